"""`python -m model train|data|add|evaluate|mistakes|card|compare|names|practice`."""

from __future__ import annotations

from model.commands import main

if __name__ == "__main__":
    main()
