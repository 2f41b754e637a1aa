"""Texts in messages."""

from __future__ import annotations


def shortened(text: str, most: int = 60) -> str:
    """The beginning of a text on one line, for a message."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
