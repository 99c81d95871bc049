"""What a change of the rulebook would change, shown on labelled drafts before it is published."""
