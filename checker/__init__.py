"""Postcheck's engine: a draft post in, a reasoned report out."""

__version__ = "0.1.0"
