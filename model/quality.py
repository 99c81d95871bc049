"""What must hold of the training data as a whole: no near-copies, worn names or real numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import nhs_number
import numpy as np
import phonenumbers
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer

from checker.detectors.identifiers import NATIONAL_INSURANCE, TEN_DIGITS
from checker.gazetteers import Names
from model.dataset import Labelled

# Jaccard likeness of the sets of word pairs, from 0 to 1. Exact, where MinHash would estimate it.
MOST_ALIKE = 0.75
# No name in more than this share of the drafts.
MOST_NAMED = 0.01
# No voice with more drafts: one writer in one mood repeats herself.
MOST_IN_BATCH = 150
# So many words in a row, the same in two texts, are a copied phrase rather than chance.
RUN = 5
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
CAPITALISED = re.compile(r"[^\W\d_]{2,}")
# Ofcom keeps these for fiction: https://www.ofcom.org.uk/phones-and-broadband/phone-numbers
FOR_FICTION = ("+44141496", "+44131496", "+441632960", "+447700900")
EMAIL = re.compile(r"[\w.+-]+@(?P<domain>[\w-]+(?:\.[\w-]+)+)")
FOR_EXAMPLES = re.compile(r"(?:^|\.)example(?:\.(?:com|org|net))?$")


def near_duplicates(drafts: Sequence[Labelled]) -> Iterator[tuple[Labelled, Labelled, float]]:
    """Yield drafts of different pairs that are more than `MOST_ALIKE` alike, with how alike."""
    counter = CountVectorizer(binary=True, ngram_range=(2, 2), token_pattern=WORD.pattern)
    sets = csr_matrix(counter.fit_transform([one.draft.text for one in drafts]), dtype=np.float32)
    sizes = np.asarray(sets.sum(1)).ravel()
    shared = (sets @ sets.T).tocoo()
    alike = shared.data / (sizes[shared.row] + sizes[shared.col] - shared.data)
    for at in np.flatnonzero((alike > MOST_ALIKE) & (shared.row < shared.col)):
        one, other = drafts[shared.row[at]], drafts[shared.col[at]]
        if one.pair is None or one.pair != other.pair:
            yield one, other, float(alike[at])


def worn_names(drafts: Sequence[Labelled], names: Names) -> dict[str, float]:
    """Return the first names that stand in more than `MOST_NAMED` of the drafts, with the share."""
    counts: Counter[str] = Counter()
    for one in drafts:
        words = {word for quote in one.people for word in CAPITALISED.findall(quote.quote)}
        counts.update(
            {word.lower() for word in words if word[0].isupper() and names.is_first(word.lower())}
        )
    return {
        name: count / len(drafts)
        for name, count in counts.items()
        if count > MOST_NAMED * len(drafts)
    }


def real_contacts(drafts: Sequence[Labelled]) -> Iterator[tuple[Labelled, str]]:
    """Yield phone numbers and e-mail addresses that could be somebody's."""
    for one in drafts:
        for match in phonenumbers.PhoneNumberMatcher(one.draft.text, "GB"):
            number = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
            if not number.startswith(FOR_FICTION):
                yield one, match.raw_string
        for found in EMAIL.finditer(one.draft.text):
            if not FOR_EXAMPLES.search(found["domain"].lower()):
                yield one, found[0]


def real_numbers(drafts: Iterable[Labelled]) -> Iterator[tuple[Labelled, str]]:
    """Yield health and National Insurance numbers that could be somebody's.

    A ten-digit number is nobody's when its check digit fails, a National Insurance number when it
    begins with QQ.
    """
    for one in drafts:
        for found in TEN_DIGITS.finditer(one.draft.text):
            if nhs_number.is_valid(re.sub(r"\D", "", found[0])):
                yield one, found[0]
        for found in NATIONAL_INSURANCE.finditer(one.draft.text):
            if not found[0].upper().startswith("QQ"):
                yield one, found[0]


def large_batches(drafts: Iterable[Labelled]) -> dict[str, int]:
    """Return the voices with more than `MOST_IN_BATCH` drafts, and how many they have."""
    counts = Counter(one.voice for one in drafts)
    return {voice: count for voice, count in counts.items() if count > MOST_IN_BATCH}


def runs(text: str) -> frozenset[tuple[str, ...]]:
    """Return every run of `RUN` words of `text`, in lower case."""
    words = [word.lower() for word in WORD.findall(text)]
    return frozenset(tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def copied(drafts: Iterable[Labelled], texts: Iterable[str], most: int) -> Iterator[Labelled]:
    """Yield drafts that share more than `most` runs of words with `texts` taken together."""
    theirs = {run for text in texts for run in runs(text)}
    for one in drafts:
        if len(runs(one.draft.text) & theirs) > most:
            yield one
