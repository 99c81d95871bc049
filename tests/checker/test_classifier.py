"""The learned reader is used only when its files are what the manifest says."""

from __future__ import annotations

import hashlib
import json
import shutil
from copy import copy
from pathlib import Path

import pytest

from checker.classifier import FOLDER, HEADS, MANIFEST, load_classifier, try_classifier
from checker.draft import Account, Draft
from checker.encoder import MODEL
from checker.engine import Checker
from checker.errors import ClassifierError


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "trained"))


def change(folder: Path, key: str, value: object) -> None:
    path = folder / MANIFEST
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest[key] = value
    path.write_text(json.dumps(manifest), encoding="utf-8")


def test_the_shipped_files_load() -> None:
    manifest = json.loads((FOLDER / MANIFEST).read_text(encoding="utf-8"))
    assert load_classifier().version == manifest["id"]


def test_a_changed_file_is_refused(copied: Path) -> None:
    with (copied / HEADS).open("ab") as heads:
        heads.write(b"x")
    with pytest.raises(
        ClassifierError, match="file reader.joblib was changed: install Postcheck anew"
    ):
        load_classifier(copied)


def test_a_missing_file_is_refused(copied: Path) -> None:
    (copied / HEADS).unlink()
    with pytest.raises(
        ClassifierError, match="file reader.joblib is missing: install Postcheck anew"
    ):
        load_classifier(copied)


def test_another_scikit_learn_is_refused(copied: Path) -> None:
    change(copied, "versions", {"scikit-learn": "0.1"})
    with pytest.raises(ClassifierError, match=r"made with scikit-learn 0\.1 and .* is installed"):
        load_classifier(copied)


def test_a_manifest_of_another_kind_is_refused(copied: Path) -> None:
    change(copied, "thresholds", {"nonsense": 1})
    with pytest.raises(ClassifierError, match="manifest is of another kind"):
        load_classifier(copied)


def test_no_training_is_said(tmp_path: Path) -> None:
    with pytest.raises(ClassifierError, match="has not been trained: install Postcheck anew"):
        load_classifier(tmp_path)


def test_rules_go_on_alone_and_the_report_says_so(rules_alone: Checker) -> None:
    report = rules_alone.check(Draft("key safe code is 4417 if anyone covers me"))
    assert report.verdict == "stop"
    assert "Only the rules were used: the learned reader was not available." in report.not_checked
    assert report.checked_with.model == "none, rules only: left out for this test"


def test_probabilities_add_up(checker: Checker) -> None:
    assert checker.classifier is not None
    (gathered,) = checker.gather([Draft("wee man was greeting for his mum again")])
    opinion = checker.classifier.opine(*gathered)
    assert sum(opinion.verdicts.values()) == pytest.approx(1.0)
    assert len(opinion.find_similar()) == 2


def test_an_encoder_that_answers_otherwise_is_refused(copied: Path) -> None:
    probes = [{"text": "personal: what a day", "logits": [99.0] * 16}]
    change(copied, "probes", probes)
    with pytest.raises(ClassifierError, match="answers otherwise on this machine"):
        load_classifier(copied)


def test_a_torn_file_with_a_fresh_hash_is_refused(copied: Path) -> None:
    path = copied / MODEL
    path.write_bytes(path.read_bytes()[:100_000])
    manifest = json.loads((copied / MANIFEST).read_text(encoding="utf-8"))
    fresh = hashlib.sha256(path.read_bytes()).hexdigest()
    change(copied, "files", manifest["files"] | {MODEL: fresh})
    with pytest.raises(ClassifierError, match="files cannot be read .*: install Postcheck anew"):
        load_classifier(copied)


@pytest.mark.parametrize(
    "before",
    [
        pytest.param("", id="short"),
        # More word pieces than the encoder reads at once, in one sentence.
        pytest.param("rain " * 300 + ". ", id="past the first window"),
    ],
)
def test_the_sentence_that_weighed_most_is_found_by_leaving_out(
    before: str, checker: Checker
) -> None:
    assert checker.classifier is not None
    secret = "Our resident Mrs Oduya cried all night for her dead son."
    text = f"{before}Bus was late again. {secret} Chips for tea."
    (gathered,) = checker.gather([Draft(text)])
    weighed = checker.classifier.opine(*gathered).weigh()
    assert weighed is not None
    assert (weighed.quote, text[weighed.start : weighed.end]) == (secret, secret)


def test_a_single_sentence_is_not_weighed(checker: Checker) -> None:
    assert checker.classifier is not None
    (gathered,) = checker.gather([Draft("Our resident Mrs Oduya cried all night")])
    assert checker.classifier.opine(*gathered).weigh() is None


def test_each_account_has_thresholds_of_its_own() -> None:
    assert set(load_classifier().thresholds) == set(Account)


def test_a_reader_trained_beside_another_rulebook_is_said_once(
    checker: Checker, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    classifier = copy(checker.classifier)
    assert classifier is not None
    monkeypatch.setattr("checker.classifier.load_classifier", lambda: classifier)
    assert try_classifier(checker.rulebook.hash) == (classifier, "")
    assert caplog.messages == []

    classifier.rulebook = "0123456789ab"
    assert try_classifier(checker.rulebook.hash) == (classifier, "")
    (message,) = caplog.messages
    assert message.startswith("The learned reader was trained beside rulebook 0123456789ab and ")
    assert "“python -m model train”" in message


def test_health_says_which_rulebook_the_reader_learned_beside(
    checker: Checker, rules_alone: Checker
) -> None:
    assert checker.health()["model_rulebook"] == checker.rulebook.hash
    assert "model_rulebook" not in rules_alone.health()
