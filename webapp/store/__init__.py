"""What the console keeps: accounts, overlays, feedback and figures. Never a draft."""
