"""What is too long for one page goes on on numbered ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from contractbook.portal.page import ROOM, Chapter

T = TypeVar("T")
AROUND = 400  # bytes of a heading, and of the head of a page


def numbered(uri: str, pieces: Sequence[T]) -> Iterator[tuple[str, list[tuple[int, str]], T]]:
    """Addresses for the pieces of what is too long for a page: its own, then `2/`, `3/`."""
    addresses = [uri if not index else f"{uri}{index + 1}/" for index in range(len(pieces))]
    numbers = numbers_of(addresses)
    for here, piece in zip(addresses, pieces, strict=True):
        yield here, numbers(here), piece


def numbers_of(addresses: Sequence[str]) -> Callable[[str], list[tuple[int, str]]]:
    """For each of several pages the numbers of all with their addresses, the own one without."""

    def numbers(here: str) -> list[tuple[int, str]]:
        if len(addresses) < 2:
            return []
        return [(number, "" if each == here else f"~/{each}") for number, each in enumerate(addresses, 1)]

    return numbers


def fitting(items: Iterable[T], size: Callable[[T], int], room: int) -> Iterator[list[T]]:
    """Items together as many as there is room for; at least one."""
    piece: list[T] = []
    used = 0
    for item in items:
        needed = size(item)
        if piece and used + needed > room:
            yield piece
            piece, used = [], 0
        piece.append(item)
        used += needed
    yield piece


def in_pieces(lines: Iterable[str], joint: str) -> Iterator[str]:
    """Lines joined to pieces that each fit on a page."""
    piece: list[str] = []
    used = 0
    for line in lines:
        if piece and used + len(line) > ROOM - 2_000:
            yield joint.join(piece)
            piece, used = [], 0
        piece.append(line)
        used += len(line) + len(joint)
    yield joint.join(piece)


def cut_code(html: str) -> Iterator[str]:
    """A block of code that is too long for a page, in parts that end at a line."""
    head, begin, rest = html.partition("<code>")
    inner, end, tail = rest.rpartition("</code>")
    if len(html) < ROOM - 2_000 or not begin:
        yield html
        return
    for piece in in_pieces(inner.split("\n"), "\n"):
        yield f"{head}{begin}{piece}{end}{tail}"


def gathered(chapters: Iterable[Chapter]) -> list[list[Chapter]]:
    """Chapters together as many as fit on a page."""
    pages: list[list[Chapter]] = []
    used = ROOM
    for chapter in chapters:
        size = len(chapter.html.encode("utf-8", "replace")) + AROUND
        if used + size > ROOM:
            pages.append([])
            used = AROUND
        pages[-1].append(chapter)
        used += size
    return pages


def first_and_rest(chapters: Iterable[Chapter], room: int) -> tuple[list[Chapter], list[Chapter]]:
    """The chapters that fit in `room` bytes, and those from the first one on that does not."""
    every = list(chapters)
    for number, chapter in enumerate(every):
        room -= len(chapter.html.encode("utf-8", "replace")) + AROUND
        if room < 0:
            return every[:number], every[number:]
    return every, []
