"""The commands that the checker brings along itself, one module for each."""
