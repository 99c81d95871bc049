"""What the training data holds: the tables of the datasheet, and the floors it must reach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from checker.draft import Account
from checker.verdict import Category, Verdict
from model.dataset import Labelled

DRAFTS, IN_A_CATEGORY, IN_A_SECTOR = 6000, 250, 200
# The sectors of Scottish social services that the data must speak for.
SECTORS = (
    "care-home", "care-at-home", "housing-support", "ld", "mh", "addictions", "justice",
    "childrens-house", "fostering", "elc", "school-age", "day-service", "social-work",
    "sheltered", "childminding", "homelessness", "family-support",
)  # fmt: skip
SHORT, LONG = 8, 100


@dataclass(frozen=True, slots=True)
class Floor:
    """A count that the data must reach: what is counted, how many there are, how many it takes."""

    name: str
    count: int
    least: int

    @property
    def is_reached(self) -> bool:
        """Tell whether there are enough."""
        return self.count >= self.least


def floors(drafts: Sequence[Labelled]) -> tuple[Floor, ...]:
    """Return every floor with what `drafts` hold."""
    categories = Counter(category for one in drafts for category in one.categories)
    sectors = Counter(one.sector for one in drafts)
    return (
        Floor("drafts", len(drafts), DRAFTS),
        *(Floor(f"category {name}", categories[name], IN_A_CATEGORY) for name in Category),
        *(Floor(f"sector {name}", sectors[name], IN_A_SECTOR) for name in SECTORS),
        *_kinds(drafts),
    )


def _kinds(drafts: Sequence[Labelled]) -> Iterable[Floor]:
    def count(test: Callable[[Labelled], bool]) -> int:
        return sum(map(test, drafts))

    def trait(name: str) -> int:
        return count(lambda one: name in one.traits)

    yield Floor("service account", count(lambda one: one.draft.account is Account.SERVICE), 700)
    yield Floor("dialect", trait("dialect"), 500)
    yield Floor("textspeak and typos", trait("textspeak"), 400)
    yield Floor("disguises", trait("disguise"), 200)
    yield Floor("hashtags that disclose", trait("hashtag"), 200)
    yield Floor(f"under {SHORT} words", count(lambda one: one.words < SHORT), 300)
    yield Floor(f"over {LONG} words", count(lambda one: one.words > LONG), 400)
    yield Floor("other languages", count(lambda one: one.language != "en"), 200)
    yield Floor("in minimal pairs", count(lambda one: one.pair is not None), 1800)
    yield Floor("ordinary life", trait("ordinary"), 900)
    yield Floor("innocent, full of care words", trait("care-words"), 900)
    yield Floor("breaches without obvious words", trait("plain"), 900)


def table(drafts: Sequence[Labelled]) -> str:
    """Return the tables as Markdown: verdicts, then every floor."""
    verdicts = Counter(one.verdict for one in drafts)
    lines = ["| verdict | drafts | share |", "|---|---|---|"]
    lines += [
        f"| {name} | {verdicts[name]} | {verdicts[name] / len(drafts):.0%} |" for name in Verdict
    ]
    lines += ["", "| what | there are | wanted | |", "|---|---|---|---|"]
    lines += [
        f"| {one.name} | {one.count} | {one.least} | {'' if one.is_reached else 'short'} |"
        for one in floors(drafts)
    ]
    return "\n".join(lines)


def batch_table(drafts: Sequence[Labelled]) -> str:
    """Return what one batch holds, for its writer: verdicts, accounts, categories, kinds."""
    verdicts = Counter(one.verdict for one in drafts)
    categories = Counter(category for one in drafts for category in one.categories)
    held = ", ".join(f"{name} {verdicts[name]}" for name in Verdict)
    lines = [f"{len(drafts)} drafts: {held}"]
    lines += [f"{name}: {categories[name]}" for name in Category]
    lines += [f"{kind.name}: {kind.count}" for kind in _kinds(drafts)]
    return "\n".join(lines)
