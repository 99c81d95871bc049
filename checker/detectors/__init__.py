"""What is there: each detector turns one reading into clues."""
