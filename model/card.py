"""Writes the model card: what the learned reader is for, how it was made, how far to trust it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from checker.classifier import FOLDER
from checker.draft import Account
from checker.errors import PostcheckError
from checker.verdict import Category, Verdict
from model.agreement import agreements, load_second_labels
from model.card_words import BUILT, ETHICS, FOR, LICENCE, LIMITS, NOT_FOR, RETRAIN, TRAINED_ON
from model.dataset import TRAITS, Labelled, load_dataset
from model.evaluate import DOCS
from model.evaluation_page import FOLDER as FIGURES
from model.heads import MISSED_STOP, MOST_FALSE_ALARMS
from model.markdown import join, percent, table, with_interval
from model.provenance import changed_files, read_manifest
from model.stored import Headline, Stored, load_stored

PAGE = "model-card.md"


class CardError(PostcheckError):
    """The card cannot be written; says what to run first."""


def write_card(docs: Path = DOCS, trained: Path = FOLDER) -> Path:
    """Write the card of the reader in `trained` into `docs`, and return the page.

    Raises `ClassifierError` where there is no reader, and `CardError` where `docs` keeps no
    figures of it: a card without figures would only advertise.
    """
    manifest = read_manifest(trained)
    stored = load_stored(manifest["id"], docs / FIGURES)
    if stored is None:
        raise CardError(
            f"There are no figures of {manifest['id']} in {docs / FIGURES}: "
            "run “python -m model evaluate” first."
        )
    drafts = load_dataset()
    page = docs / PAGE
    sizes = {name: (trained / name).stat().st_size for name in manifest["files"]}
    page.write_text(make_card(manifest, sizes, drafts, stored), encoding="utf-8")
    return page


def make_card(
    manifest: Mapping[str, Any],
    sizes: Mapping[str, int],
    drafts: Sequence[Labelled],
    stored: Stored,
) -> str:
    """Return the card as Markdown; `sizes` are those of the trained files, in bytes."""
    return join(
        (
            "# Model card: Postcheck's learned reader",
            f"Made by `python -m model card`. Version {manifest['id']}, made with Postcheck "
            f"{manifest['versions']['postcheck']}; figures of {stored.date[:10]}.",
            *FOR,
            *NOT_FOR,
            *_trained_on(manifest, drafts),
            *_built(manifest, sizes),
            *_figures(stored),
            *LIMITS,
            *ETHICS,
            *LICENCE,
            *RETRAIN,
        )
    )


def _trained_on(manifest: Mapping[str, Any], drafts: Sequence[Labelled]) -> Iterator[str]:
    yield from TRAINED_ON
    voices = len({one.voice for one in drafts})
    yield (
        f"It was trained on {manifest['data']['drafts']:,} drafts. training_data/ now holds "
        f"{len(drafts):,}, by {voices:,} voices (batches by one writer)."
    )
    changed = changed_files(dict(manifest))
    if changed:
        yield (
            f"**{len(changed)} of its files have been changed since**, so the counts below are "
            "not quite those of training."
        )
    yield _counted("verdict", Verdict, drafts, lambda one: (one.verdict,))
    yield _counted("category (a breach may have several)", Category, drafts, _categories)
    yield _counted("account", Account, drafts, lambda one: (one.draft.account,))
    sectors = sorted({one.sector for one in drafts})
    yield _counted("sector", sectors, drafts, lambda one: (one.sector,))
    yield _counted("trait (a draft may have several)", TRAITS, drafts, lambda one: one.traits)
    yield _languages(drafts)
    yield _agreement(drafts)


def _categories(labelled: Labelled) -> Iterable[str]:
    return labelled.categories


def _counted(
    heading: str,
    names: Iterable[str],
    drafts: Sequence[Labelled],
    of: Callable[[Labelled], Iterable[str]],
) -> str:
    counts = Counter(name for one in drafts for name in of(one))
    rows = ((name, f"{counts[name]:,}", percent(counts[name] / len(drafts))) for name in names)
    return table((heading, "drafts", "share"), rows)


def _languages(drafts: Sequence[Labelled]) -> str:
    counts = Counter(one.language for one in drafts if one.language != "en")
    told = ", ".join(f"{code} {count}" for code, count in counts.most_common())
    return f"In languages other than English and Scots: {counts.total()} ({told or 'none'})."


def _agreement(drafts: Sequence[Labelled]) -> str:
    found = agreements(drafts, load_second_labels())[-1]
    return (
        f"{found.count:,} drafts were labelled twice, the second time without sight of the first "
        f"label: {percent(found.share)} got the same verdict (Cohen's κ {found.kappa:.2f}). "
        "A reader can hardly agree with the labels more than that."
    )


def _built(manifest: Mapping[str, Any], sizes: Mapping[str, int]) -> Iterator[str]:
    yield from BUILT
    yield (
        "The thresholds cost least on the held-out drafts, where a missed stop costs "
        f"{MISSED_STOP:.0f} false alarms and no more than {MOST_FALSE_ALARMS:.0%} of fine drafts "
        "may be flagged:"
    ).replace("%", " %")
    yield table(
        ("account", "flags a breach from", "says stop from", "lets a likely rule go below"),
        (
            (account, *(percent(at[name]) for name in ("raise_review", "raise_stop", "clear")))
            for account, at in manifest["thresholds"].items()
        ),
    )
    files = ", ".join(f"`{name}` {size / 1e6:.1f} MB" for name, size in sizes.items())
    versions = ", ".join(f"{name} {number}" for name, number in manifest["versions"].items())
    yield from _before(manifest)
    yield f"Seed {manifest['seed']}. Files: {files}. Made with {versions}."


def _before(manifest: Mapping[str, Any]) -> Iterator[str]:
    """Yield a sentence on the versions that the network went on from, where there are any."""
    earlier = [one["id"] for one in manifest.get("further than", ())]
    if earlier:
        named = ", ".join(f"`{one}`" for one in earlier)
        yield (
            f"The network did not start anew: it went on from {named}, as shipped then "
            f"(`train --further`), with the seed {manifest['training seed']} for order and "
            "variation. The SHA-256 of what it went on from stands in the manifest."
        )


def _figures(stored: Stored) -> Iterator[str]:
    yield "## How good it is"
    yield (
        "With 95 % intervals in brackets; [evaluation.md](evaluation.md) says what each figure "
        "means, and has them by category, sector, length, language and way of writing."
    )
    for headline in stored.headlines.values():
        yield from _headline(headline)


def _headline(headline: Headline) -> Iterator[str]:
    yield f"### On {headline.part}, {headline.way}"
    yield headline.about
    yield table(
        ("figure", headline.way),
        ((name, with_interval(share)) for name, share in headline.shares.items()),
    )
