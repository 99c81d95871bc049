"""A manager's changes to the rulebook: read, written, checked, and laid upon what is shipped."""
