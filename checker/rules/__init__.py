"""What clues amount to: rules in YAML, how they combine, and their exceptions."""
