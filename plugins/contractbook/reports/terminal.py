"""Text for terminals: safe to print, right in width, and in colour where colour is wanted."""

from __future__ import annotations

import re
import textwrap
from typing import NamedTuple
from unicodedata import combining, east_asian_width

WIDTH = 100  # columns

_BLANKS = re.compile(r"\s+")
# Control characters, and those that reorder or hide text (Unicode Standard Annex 9, 2)
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def plain(text: str) -> str:
    """A text of a contract on one line, without characters that could fool a terminal or its reader."""
    return _UNSAFE.sub("\ufffd", _BLANKS.sub(" ", text)).strip()


def safe(line: str) -> str:
    """A line of a file with its blanks; a tab becomes two."""
    return _UNSAFE.sub("\ufffd", line.replace("\t", "  "))


def width(text: str) -> int:
    """The columns that a text takes: two for wide characters, none for marks on others."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(char) else 1 + (east_asian_width(char) in "WF") for char in text)


def cut(text: str, columns: int) -> str:
    """A text shortened to so many columns."""
    if width(text) <= columns:
        return text
    taken = 0
    for index, char in enumerate(text):
        taken += width(char)
        if taken > columns - 1:
            return text[:index].rstrip() + "…"
    return text


def wrapped(text: str, columns: int) -> list[str]:
    """A text in lines of so many columns."""
    if text.isascii():
        return textwrap.wrap(text, columns, break_on_hyphens=False)
    lines, line = [], ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and width(longer) > columns:
            lines.append(line)
            longer = word
        while width(longer) > columns:
            head = cut(longer, columns)[:-1]
            lines.append(head)
            longer = longer[len(head) :]
        line = longer
    return [*lines, line] if line else lines


class Paint(NamedTuple):
    """Colours, by what they are for; without colour every text stays as it is."""

    colour: bool

    def __call__(self, style: str, text: str) -> str:
        return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if self.colour and text else text


STYLES = {
    "error": "1;31",
    "warning": "1;33",
    "note": "1;36",
    "safe": "1;32",
    "strong": "1",
    "faint": "2",
    "mark": "31",
}
