"""The tables of feedback, local examples, counts, background runs and reviews of the policy."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from checker.draft import Account
from checker.verdict import Verdict
from webapp.store.base import Base, Key, Long, Name, Short, choice


class Complaint(StrEnum):
    """What somebody says of an answer: it was wrong, or it missed something."""

    WRONG = "wrong"
    MISSED = "missed"


class FeedbackState(StrEnum):
    """What became of a report from staff."""

    OPEN = "open"
    ACCEPTED = "accepted"
    TURNED_INTO_RULE = "turned into rule"
    CLOSED = "closed"


class Counted(StrEnum):
    """What is counted: checks by verdict, findings by rule, and what authors say is not so.

    A dismissal is by rule where the author says that it does not apply, else by what they say.
    Shadow findings are those of rules on trial, which nobody was shown.
    """

    CHECK = "check"
    FINDING = "finding"
    DISMISSAL = "dismissal"
    SHADOW = "shadow"


class RunState(StrEnum):
    """Where a piece of background work stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Feedback(Base):
    """What a member of staff sent by their own press of a button, masked; deleted on `expires`."""

    __tablename__ = "feedback"

    id: Mapped[Key]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    kind: Mapped[Complaint] = mapped_column(choice(Complaint))
    masked: Mapped[Long]
    note: Mapped[Long]
    account: Mapped[Account] = mapped_column(choice(Account))
    verdict: Mapped[Verdict] = mapped_column(choice(Verdict))
    rules: Mapped[list[str]]
    state: Mapped[FeedbackState] = mapped_column(choice(FeedbackState))
    reason: Mapped[Long]
    created: Mapped[dt.datetime]
    expires: Mapped[dt.datetime] = mapped_column(index=True)


class LocalExample(Base):
    """A masked text that managers labelled; `spans` may say where people and clues stand."""

    __tablename__ = "local_example"

    id: Mapped[Key]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    masked: Mapped[Long]
    account: Mapped[Account] = mapped_column(choice(Account))
    verdict: Mapped[Verdict] = mapped_column(choice(Verdict))
    categories: Mapped[list[str]]
    spans: Mapped[list[dict[str, Any]]]
    origin: Mapped[Short]
    added_by: Mapped[int] = mapped_column(ForeignKey("manager.id"))
    created: Mapped[dt.datetime]


class Count(Base):
    """How often something happened in a team on a day. Read only through `counts`."""

    __tablename__ = "count"
    __table_args__ = (UniqueConstraint("day", "team_id", "kind", "name"),)

    id: Mapped[Key]
    day: Mapped[dt.date]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    kind: Mapped[Counted] = mapped_column(choice(Counted))
    name: Mapped[Short]
    number: Mapped[int]


class Run:
    """What previews and retrainings have in common: progress, a result and a sign of life."""

    id: Mapped[Key]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    asked_by: Mapped[int] = mapped_column(ForeignKey("manager.id"))
    about: Mapped[Name]
    state: Mapped[RunState] = mapped_column(choice(RunState))
    progress: Mapped[int]
    total: Mapped[int]
    result: Mapped[dict[str, Any]]
    created: Mapped[dt.datetime]
    started: Mapped[dt.datetime | None]
    heartbeat: Mapped[dt.datetime | None]


class PreviewRun(Run, Base):
    """A trial of an overlay on the labelled drafts; `about` is the overlay's hash."""

    __tablename__ = "preview_run"


class RetrainRun(Run, Base):
    """A fitting of the heads with local examples; `about` names the model it starts from."""

    __tablename__ = "retrain_run"


class PolicyReview(Base):
    """Somebody read a team's policy through and wrote down the outcome."""

    __tablename__ = "policy_review"

    id: Mapped[Key]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    clause_set: Mapped[Short]
    reviewed_by: Mapped[int] = mapped_column(ForeignKey("manager.id"))
    reviewed: Mapped[dt.datetime]
    next_due: Mapped[dt.date]
    note: Mapped[Long]
