"""Where the elements of a file stand, and what is written about them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from inspect import cleandoc

from contractbook.formats.protobuf.world import Unit
from contractbook.source.lines import Place

TAB = 8  # columns that a tab moves on to, as the compiler counts
Path = tuple[int, ...]

# Remarks to tools and to the provider's own people (https://google.aip.dev/192): not for consumers.
_remarks = re.compile(
    r"\(--.*?--\)"
    r"|^[ \t]*(?:buf:lint:\w+|protolint:\w+|contractbook:[ \t]*accept|@exclude|clang-format|nolint)\b[^\n]*$",
    re.DOTALL | re.MULTILINE,
).sub
SIGNS = ("(--", "lint", "contractbook:", "@exclude", "clang-format", "---", "===", "***", "///", "###")
_ruler = re.compile(r"^[ \t]*[-=*/#]{4,}[ \t]*$", re.MULTILINE).sub


class Spots:
    """The positions and comments of one file."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.locations = {tuple(each.path): each for each in unit.file.source_code_info.location}

    def place(self, path: Path) -> Place:
        """Line and column where an element begins."""
        found = self.locations.get(path)
        if found is None:
            return 1, 1
        if self.unit.problems is not None:  # we count characters, as editors do
            return found.span[0] + 1, found.span[1] + 1
        return self.point(found.span[0], found.span[1])

    def point(self, line: int, column: int) -> Place:
        """The place of a line and a column as the compiler counts them: from 0, in bytes, with wide tabs."""
        if column and self._is_uneven and line < len(self._lines):
            column = _characters(self._lines[line], column)
        return line + 1, column + 1

    def doc(self, path: Path) -> str:
        """The comment of an element: what stands above it, then what stands behind it."""
        found = self.locations.get(path)
        if found is None or not (found.leading_comments or found.trailing_comments):
            return ""
        texts = (tidy(found.leading_comments), tidy(found.trailing_comments))
        return "\n\n".join(filter(None, texts))

    @cached_property
    def _is_uneven(self) -> bool:
        document = self.unit.document
        return document is not None and (b"\t" in document.utf8 or not document.utf8.isascii())

    @cached_property
    def _lines(self) -> Sequence[str]:
        return self.unit.document.text.split("\n") if self.unit.document else []


def _characters(line: str, column: int) -> int:
    """The characters before a column that counts bytes, and a tab up to the next stop."""
    counted = 0
    for number, char in enumerate(line):
        if counted >= column:
            return number
        counted += TAB - counted % TAB if char == "\t" else len(char.encode("utf-8", "replace"))
    return len(line)


def tidy(comment: str) -> str:
    """The text of a comment for consumers."""
    if not comment:
        return ""
    lines = comment.split("\n")
    if all(line[:1] == " " or not line for line in lines):
        text = "\n".join(line[1:] for line in lines)
    else:
        text = cleandoc(f" \n{comment}")
    if any(sign in text for sign in SIGNS):
        text = _ruler("", _remarks("", text))
    return text.strip()
