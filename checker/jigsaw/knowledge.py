"""All that the jigsaw knows before it sees a draft, loaded once with the checker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from checker.gazetteers import Place
from checker.jigsaw.figures import Figures, load_figures
from checker.jigsaw.phrases import Phrases, load_phrases


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The figures, the phrases that point at them, and the towns by lower-case name."""

    figures: Figures
    phrases: Phrases
    places: Mapping[str, Place]


def load_knowledge(places: Mapping[str, Place]) -> Knowledge:
    """Return what the jigsaw knows; `places` are the towns of the gazetteer."""
    figures = load_figures()
    return Knowledge(figures, load_phrases(figures), places)
