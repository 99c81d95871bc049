"""What the learned reader's heads look at beside the encoder: clues, roles and rules, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from checker.evidence import Evidence
from checker.finding import Finding

Marks = dict[str, float]


def count_marks(evidence: Evidence, findings: Sequence[Finding]) -> Marks:
    """Return the clues, roles, rules and circumstances of a draft, by name, with their weight.

    `findings` are what the rules alone find. Counts grow slowly (log(1 + n)): the third care
    word says less than the first.
    """
    marks: Counter[str] = Counter()
    for clue in evidence.clues:
        marks[f"clue:{clue.label}"] += 1
        marks[f"kind:{clue.kind}:{clue.strength}"] += 1
    for mention in evidence.mentions:
        marks[f"role:{mention.role}:{'named' if mention.named else 'unnamed'}"] += 1
    for finding in findings:
        marks[f"rule:{finding.rule}"] = 1
        marks[f"finding:{finding.category}:{finding.verdict}"] = 1
    marks.update(_circumstances(evidence))
    weighed = {name: float(np.log1p(count)) for name, count in marks.items()}
    # Divided so that the longest drafts weigh about as much as one clue.
    weighed["length"] = float(np.log1p(len(evidence.reading.lower))) / 5
    return weighed


def _circumstances(evidence: Evidence) -> Marks:
    reading = evidence.reading
    draft = reading.draft
    return {
        f"account:{draft.account}": 1,
        f"photo:{draft.photo}": 1,
        f"permission:{draft.permission}": 1,
        f"language:{'en' if reading.tongue.code == 'en' else 'other'}": 1,
        "disguises": len(reading.plain.undone - {"hashtags", "repeated letters"}),
    }
