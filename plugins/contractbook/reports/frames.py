"""A few lines of a document around a place, with a mark under what is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contractbook.finding import Location
from contractbook.reports.quotes import Quotes
from contractbook.reports.terminal import WIDTH, Paint, safe, width

BEFORE, AFTER = 1, 2  # lines around the place

_token = re.compile(r""""(?:[^"\\]|\\.)*"|'[^']*'|[^\s:,\[\]{}]+""").match


def frame(place: Location, quotes: Quotes, paint: Paint, indent: str) -> Iterator[str]:
    """The line of a place and its neighbours; nothing where the document has no such line."""
    first = max(1, place.line - BEFORE)
    lines = quotes.lines(place.path, first, place.line + AFTER)
    here = place.line - first
    if not 0 <= here < len(lines):
        return
    gutter = len(str(first + len(lines) - 1))
    room = WIDTH - len(indent) - gutter - 3
    begin = _window(lines[here], place.column - 1, room)
    for index, line in enumerate(lines):
        if begin and index != here:
            continue  # beside a part of a long line its neighbours say nothing
        shown = _shown(line, begin, room)
        bar = paint("mark" if index == here else "faint", f"{first + index:>{gutter}} |")
        yield f"{indent}{bar} {shown if index == here else paint('faint', shown)}".rstrip()
        if index == here:
            blanks, carets = _mark(line, place.column - 1, begin, room)
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
