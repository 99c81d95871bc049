"""The tables of accounts, overlays and the audit log."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.store.base import Base, Key, Long, Name, Short, choice


class Role(StrEnum):
    """What a manager may do; each may also do what those before it may."""

    MANAGER = "manager"
    APPROVER = "approver"
    ADMINISTRATOR = "administrator"

    @property
    def rank(self) -> int:
        """Rank for comparing: 0 manager, 1 approver, 2 administrator."""
        return tuple(Role).index(self)


class State(StrEnum):
    """Where a version of an overlay stands."""

    PENDING = "pending"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


class Team(Base):
    """A service with an overlay of its own, or the council, which is the root of all.

    `closed` is when it was given up; its history stays.
    """

    __tablename__ = "team"

    id: Mapped[Key]
    slug: Mapped[Short] = mapped_column(unique=True)
    name: Mapped[Name]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    closed: Mapped[datetime | None]


class Manager(Base):
    """An account of the console. `stamp` is in its sessions: a new one ends them all."""

    __tablename__ = "manager"

    id: Mapped[Key]
    email: Mapped[Name] = mapped_column(unique=True)
    name: Mapped[Name]
    role: Mapped[Role] = mapped_column(choice(Role))
    active: Mapped[bool]
    password_hash: Mapped[Long]
    must_change: Mapped[bool]
    stamp: Mapped[Short]
    failures: Mapped[int]
    locked_until: Mapped[datetime | None]
    password_changed: Mapped[datetime | None]
    last_seen: Mapped[datetime | None]
    created: Mapped[datetime]


class WorkingOverlay(Base):
    """What a team's managers are working on; `revision` counts the savings of it."""

    __tablename__ = "working_overlay"

    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), primary_key=True)
    yaml: Mapped[Long]
    revision: Mapped[int]
    saved_by: Mapped[int | None] = mapped_column(ForeignKey("manager.id"))
    saved: Mapped[datetime]


class OverlayVersion(Base):
    """One version of a team's overlay. What it says never changes, only where it stands."""

    __tablename__ = "overlay_version"
    __table_args__ = (
        UniqueConstraint("team_id", "number"),
        # At most one of each per team, whatever a program does.
        Index(
            "uq_overlay_version_published",
            "team_id",
            unique=True,
            sqlite_where=text("state = 'published'"),
            postgresql_where=text("state = 'published'"),
        ),
        Index(
            "uq_overlay_version_pending",
            "team_id",
            unique=True,
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
    )

    id: Mapped[Key]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    number: Mapped[int]
    yaml: Mapped[Long]
    hash: Mapped[Short]
    reason: Mapped[Long]
    author_id: Mapped[int] = mapped_column(ForeignKey("manager.id"))
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("manager.id"))
    state: Mapped[State] = mapped_column(choice(State))
    created: Mapped[datetime]
    published: Mapped[datetime | None]


class AuditEvent(Base):
    """Who did what, when and why. Only ever added to: triggers refuse the rest.

    `who` is the name as it was then, so that the log reads the same after somebody left.
    """

    __tablename__ = "audit_event"

    id: Mapped[Key]
    created: Mapped[datetime] = mapped_column(index=True)
    manager_id: Mapped[int | None] = mapped_column(ForeignKey("manager.id"))
    who: Mapped[Name]
    what: Mapped[Short]
    why: Mapped[Long]
    detail: Mapped[dict[str, Any]]
