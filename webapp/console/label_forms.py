"""The forms of the queue: labels of an example, and why a report is closed."""

from __future__ import annotations

from wtforms import Form, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from checker.verdict import Category, Verdict
from webapp.console.choices import Radios, Ticks

LONGEST_REASON = 500
VERDICTS = {
    str(Verdict.OK): "Fine to post",
    str(Verdict.REVIEW): "Change it or ask first",
    str(Verdict.STOP): "Do not post",
}


class LabelForm(Form):
    """What an example is to teach."""

    verdict = Radios(
        "What should the answer be?",
        [InputRequired("Choose what the answer should be.")],
        choices=VERDICTS,
        validate_choice=True,
    )
    categories = Ticks(
        "What is the concern? Tick all that apply.",
        choices={str(one): str(one) for one in Category},
    )
    note = TextAreaField(
        "A note for the other managers (you can leave this out)",
        [Length(max=LONGEST_REASON, message=f"A note has up to {LONGEST_REASON} characters.")],
    )

    @property
    def labels(self) -> tuple[Verdict, list[Category]]:
        """Return what was chosen; raises `ValueError` for a form that was not validated."""
        return Verdict(self.verdict.data), [Category(one) for one in self.categories.data or ()]


class CloseForm(Form):
    """Why nothing comes of a report."""

    reason = StringField(
        "Why do you close it?",
        [
            DataRequired("Say why you close it."),
            Length(max=LONGEST_REASON, message=f"A reason has up to {LONGEST_REASON} characters."),
        ],
    )


class RuleForm(Form):
    """Which rule was made or changed after a report."""

    made = StringField(
        "Which rule did you make or change?",
        [
            DataRequired("Name the rule that you made or changed."),
            Length(max=LONGEST_REASON, message=f"A name has up to {LONGEST_REASON} characters."),
        ],
    )
