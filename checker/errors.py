"""Errors a person can act on: each message names the thing and the remedy, never a draft."""

from __future__ import annotations


class PostcheckError(Exception):
    """Base of every error that Postcheck raises on purpose; its text is one clear sentence."""


class DraftError(PostcheckError):
    """The draft cannot be read: empty, too long, binary, or with an answer that is no choice."""


class RulebookError(PostcheckError):
    """A rule, lexicon or policy file is wrong; names file, rule, key and remedy."""


class LanguageModelError(PostcheckError):
    """The spaCy model cannot be loaded; says how to get it."""


class ClassifierError(PostcheckError):
    """The learned reader's files cannot be trusted or read; says why and how to train anew."""
