"""The jigsaw: how many people in Scotland the details of a draft would fit.

Method, sources and limits stand in `docs/jigsaw.md`, credits in `data/NOTICES.md`.
"""
