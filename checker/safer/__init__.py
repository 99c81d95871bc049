"""A safer wording: edits that take out what is private, re-checked before they are offered."""
