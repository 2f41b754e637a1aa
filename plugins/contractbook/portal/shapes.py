"""The members of a type in chapters that each fit on a page."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from contractbook.model import Type
from contractbook.portal import meaning, words
from contractbook.portal.marks import code, count
from contractbook.portal.page import ROOM, Chapter
from contractbook.portal.pieces import fitting
from contractbook.portal.rows import Cut, Rows
from contractbook.portal.tree import tree, weight

WHOLE = ROOM - 3_000  # bytes of a chapter that has a page for itself
VALUE = 110  # bytes around a value


def members(rows: Rows, name: str, id: str, room: int, title: str, aside: str) -> Iterator[Chapter]:
    """The rows of a type: a chapter that fits in `room`, and further ones where that is too small."""
    pieces = list(fitting(rows.members(name), lambda row: weight((row,), id), room))
    rows.edition.shown.add(name)
    for number, piece in enumerate(pieces):
        names = " ".join(row.step for row in piece)
        html = tree(rows, name, id, room, tuple(piece))
        holds = tuple(f"{id}{row.sign}{row.step}" for row in piece)
        part = _part(title, number, len(pieces))
        yield Chapter(_numbered(id, number), part, html, aside, names, holds=holds)


def values(rows: Rows, enum: Type, id: str, head: str, room: int, title: str) -> Iterator[Chapter]:
    """The values of an enumeration; ids are `id=value`, that of the heading is `head`."""
    pieces = list(
        fitting(enum.values, lambda value: VALUE + len(value.doc) + 2 * (len(value.name) + len(id)), room)
    )
    for number, piece in enumerate(pieces):
        names = " ".join(value.name for value in piece)
        html = f"<p>{meaning.values(rows.edition, enum, piece, id)}</p>"
        aside = count(len(enum.values), "value")
        yield Chapter(_numbered(head, number), _part(title, number, len(pieces)), html, aside, names)


def continued(rows: Rows) -> list[Chapter]:
    """Chapters for all that found no room on the page that was just made, and for what they cut in turn."""
    found: list[Chapter] = []
    waiting = deque(rows.take_cut())
    while waiting:
        found += _cut(rows, waiting.popleft())
        waiting += rows.take_cut()
    return found


def _cut(rows: Rows, cut: Cut) -> Iterator[Chapter]:
    type = rows.contract.types[cut.type]
    title = code(cut.id.removesuffix("="))
    if type.values:
        yield from values(rows, type, cut.id.removesuffix("="), cut.id, WHOLE, title)
    else:
        aside = words.kind(rows.contract, cut.type, rows.edition.link)
        yield from members(rows, cut.type, cut.id, WHOLE, title, aside)


def _numbered(id: str, number: int) -> str:
    return f"{id}~{number + 1}" if number else id


def _part(title: str, number: int, of: int) -> str:
    return f"{title}, part {number + 1} of {of}" if number else title
