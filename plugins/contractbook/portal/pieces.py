"""What is too long for one page goes on on numbered ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from contractbook.portal.page import ROOM

T = TypeVar("T")


def numbered(uri: str, pieces: Sequence[T]) -> Iterator[tuple[str, list[tuple[int, str]], T]]:
    """Addresses for the pieces of what is too long for a page: its own, then `2/`, `3/`."""
    addresses = [uri if not index else f"{uri}{index + 1}/" for index in range(len(pieces))]
    for here, piece in zip(addresses, pieces, strict=True):
        numbers = [(number, "" if each == here else f"~/{each}") for number, each in enumerate(addresses, 1)]
        yield here, numbers if len(pieces) > 1 else [], piece


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


def gathered(blocks: Iterable[tuple[str, str, str]]) -> Iterator[list[tuple[str, str, str]]]:
    """Blocks together as many as fit on a page."""
    piece: list[tuple[str, str, str]] = []
    used = 0
    for block in blocks:
        if piece and used + len(block[2]) > ROOM - 1_000:
            yield piece
            piece, used = [], 0
        piece.append(block)
        used += len(block[2])
    if piece:
        yield piece
