"""A clause of a policy: the SSSC Codes, the SSSC guidance, or the council's own policy."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause, paraphrased in our words.

    `id` is source and topic (`sssc.confidentiality`); the number differs between versions
    and is shown as unconfirmed where `confirmed` is false. `evidence` is where the number
    and the meaning were read.
    """

    id: str
    source: str
    version: str
    number: str
    title: str
    text: str
    url: str
    confirmed: bool
    evidence: str

    @property
    def label(self) -> str:
        """Return the number as a person should see it, with its version and any doubt."""
        if self.confirmed:
            return f"{self.number} ({self.version})"
        return f"{self.number} ({self.version}, number not confirmed)"
