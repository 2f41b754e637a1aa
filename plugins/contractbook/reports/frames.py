"""A few lines of a document around a place, with a mark under what is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from contractbook.finding import Location
from contractbook.reports.terminal import WIDTH, Paint, safe, width

BEFORE, AFTER = 1, 2  # lines around the place

_token = re.compile(r""""(?:[^"\\]|\\.)*"|'[^']*'|[^\s:,\[\]{}]+""").match


def frame(location: Location, lines: Sequence[str], paint: Paint, indent: str) -> Iterator[str]:
    """The line of a location and its neighbours; nothing where the document has no such line."""
    if not 0 < location.line <= len(lines):
        return
    first = max(1, location.line - BEFORE)
    last = min(len(lines), location.line + AFTER)
    gutter = len(str(last))
    room = WIDTH - len(indent) - gutter - 3
    begin = _window(lines[location.line - 1], location.column - 1, room)
    for number in range(first, last + 1):
        shown = _shown(lines[number - 1], begin, room)
        here = number == location.line
        bar = paint("mark" if here else "faint", f"{number:>{gutter}} |")
        yield f"{indent}{bar} {shown if here else paint('faint', shown)}".rstrip()
        if here:
            blanks, carets = _mark(lines[number - 1], location.column - 1, begin, room)
            yield f"{indent}{paint('mark', ' ' * gutter + ' |')} {blanks}{paint('mark', carets)}"


def _window(line: str, column: int, room: int) -> int:
    """The character at which a line is begun to be shown, so that the column is in sight."""
    if column + 40 <= room and width(safe(line[: column + 40])) <= room:
        return 0
    return max(0, column - room // 4)


def _shown(line: str, begin: int, room: int) -> str:
    """As much of a line as there is room for, its cut ends marked."""
    text = "…" * (begin > 0) + safe(line[begin : begin + room])
    if width(text) <= room and len(line) <= begin + room:
        return text
    while width(text) > room - 1:
        text = text[:-1]
    return text + "…"


def _mark(line: str, column: int, begin: int, room: int) -> tuple[str, str]:
    """Blanks up to a column, and carets under the word there."""
    before = width(safe(line[begin:column])) + (begin > 0)
    found = _token(line, column, min(len(line), column + room))
    size = width(safe(found[0])) if found else 1
    return " " * before, "^" * max(1, min(size, room - before - 1))
