"""Fields to choose in: what is none of their choices is told in plain words, by their label."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from wtforms import RadioField, SelectMultipleField, StringField, ValidationError
from wtforms.form import BaseForm
from wtforms.widgets import CheckboxInput, ListWidget


def demand(label: str) -> str:
    """Return the sentence for a value that is none of those of the field called `label`."""
    return f"Choose one of the answers to “{label}”."


def demand_ticks(label: str) -> str:
    """Return the sentence for a value that has no box to tick under `label`."""
    return f"Tick only what is in the list under “{label}”."


class ChoiceField(StringField):
    """One of some values; what is read says if it is none of them."""

    def __init__(
        self, label: str, choices: Mapping[Any, str] = MappingProxyType({}), **options: Any
    ) -> None:
        super().__init__(label, **options)
        self.choices = choices

    @property
    def is_known(self) -> bool:
        """Tell whether what was sent is one of the choices."""
        return self.data in self.choices

    @property
    def demand(self) -> str:
        """Return the sentence for what is none of them."""
        return demand(self.label.text)


class Radios(RadioField):
    """One of some values, which the form itself checks."""

    def pre_validate(self, form: BaseForm) -> None:
        """Raise `ValidationError` for a value that is none of the choices."""
        try:
            super().pre_validate(form)
        except ValidationError:
            raise ValidationError(demand(self.label.text)) from None


class Ticks(SelectMultipleField):
    """Several boxes to tick, none of them needed."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()
    validate_choice = True

    def pre_validate(self, form: BaseForm) -> None:
        """Raise `ValidationError` for a value that has no box."""
        try:
            super().pre_validate(form)
        except ValidationError:
            raise ValidationError(demand_ticks(self.label.text)) from None
