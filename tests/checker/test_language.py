"""English and Scots are read; whatever is not is said, never passed in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.draft import Draft
from checker.engine import Checker
from checker.errors import LanguageModelError
from checker.language import load_pipeline
from checker.verdict import Verdict

UNREAD = "Some words are in a language that could not be read. They were not checked."


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Jestem dzisiaj bardzo zmęczona po pracy, idę spać", id="Polish"),
        pytest.param("Tha mi cho sgìth an-diugh às dèidh na h-obrach", id="Gaelic"),
        pytest.param("Сьогодні був дуже важкий день на роботі", id="Ukrainian"),
        pytest.param("آج کام پر بہت لمبا دن تھا", id="Urdu"),
        pytest.param("今日返工好攰呀", id="Cantonese"),
        pytest.param("Estoy muy cansada después del trabajo de hoy", id="Spanish"),
        pytest.param("Pani umarła", id="two words of Polish"),
        pytest.param("Bhàsaich e", id="two words of Gaelic"),
        pytest.param("mi abuela", id="two words of Spanish, one known"),
        pytest.param("muy cansada", id="two words of Spanish"),
        pytest.param("gute Nacht", id="two words of German"),
        pytest.param("elle est morte", id="words that English borrows"),
        pytest.param("Znowu sama na nocce", id="Polish without accents"),
        pytest.param("Nu mai mananca nimic", id="Romanian without accents"),
        pytest.param("Ina patay na", id="three words of Tagalog"),
        pytest.param("Baba ti ku", id="three words of Yoruba"),
        pytest.param("Amma ji guzar gayin", id="Urdu in Latin letters"),
        pytest.param("Chaochail i a-raoir", id="Gaelic without accents"),
        pytest.param("han dode i natt", id="Norwegian without its sign"),
        pytest.param("他", id="one sign"),
        pytest.param("𐎀𐎁𐎂", id="a script of the higher planes"),
        pytest.param("Grand day the day.\nJestem dzisiaj bardzo zmęczona po pracy", id="mixed"),
    ],
)
def test_other_languages_are_never_passed(text: str, checker: Checker) -> None:
    report = checker.check(Draft(text))
    assert report.verdict is not Verdict.OK
    assert UNREAD in report.not_checked
    assert report.language != "en"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Lovely sunny day at the beach with the dog", id="English"),
        pytest.param("Fit like the day, loon? Gaan doon the toon fir a fly cup", id="Doric"),
        pytest.param("Pure baltic oot there so it is, away hame fur ma tea", id="Glaswegian"),
        pytest.param("omg lol cba wi this rain 2day tbh", id="textspeak"),
        pytest.param("Thanks Łukasz", id="a name with an accent"),
        pytest.param("¯\\_(ツ)_/¯", id="a shrug"),
        pytest.param("oor wee yin", id="three words of Scots"),
        pytest.param("foos yer doos", id="Doric that looks like Turkish"),
        pytest.param("guid nicht aabody", id="Scots that looks like German"),
        pytest.param("C'est la vie pals", id="a phrase that English borrows"),
        pytest.param("Slàinte mhath everyone", id="a Gaelic toast"),
        pytest.param("Agnieszka and Siya rock", id="names from elsewhere"),
        pytest.param("Eid Mubarak everyone", id="a greeting"),
        pytest.param("Hame to Drumnadrochit", id="a place"),
        pytest.param("stovies and skirlie", id="dishes"),
        pytest.param("long shift", id="two known words that look Swedish"),
        pytest.param("Oduya Kowalczyk", id="two names"),
        pytest.param("knackart again", id="two words of Scots"),
    ],
)
def test_english_and_scots_are_read(text: str, checker: Checker) -> None:
    report = checker.check(Draft(text))
    assert (report.language, UNREAD in report.not_checked) == ("en", False)


@pytest.mark.parametrize("text", ["😂😂😂", "12/3 ❤️"], ids=["emoji", "numbers"])
def test_signs_alone_are_no_language(text: str, checker: Checker) -> None:
    report = checker.check(Draft(text))
    assert (report.language, UNREAD in report.not_checked) == ("und", False)


def test_a_missing_model_is_named_with_the_remedy() -> None:
    with pytest.raises(LanguageModelError, match="“en_core_web_huge” is not installed: install"):
        load_pipeline("en_core_web_huge")


def test_a_folder_without_a_model_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(LanguageModelError, match="holds no spaCy model: a model's own folder has"):
        load_pipeline(str(tmp_path))
