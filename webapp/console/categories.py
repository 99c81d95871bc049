"""What the categories are called on the pages of the console."""

from __future__ import annotations

from checker.policy import Policy


def category_titles(policy: Policy) -> dict[str, str]:
    """Return the title of each category by its name, as `policy` has it."""
    return {str(one.category): one.title for one in policy.concerns}
