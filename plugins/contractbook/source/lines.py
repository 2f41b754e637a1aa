"""Offsets in a text as the lines and columns that an editor shows."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

Place = tuple[int, int]
"""A line and a column, both counted from 1, columns in characters."""

_lone_return = re.compile(rb"\r(?!\n)").search
_breaks = re.compile(rb"\r\n?|\n").finditer


def places(utf8: bytes, offsets: Iterable[int]) -> dict[int, Place]:
    """Line and column of each offset, which counts bytes."""
    if _lone_return(utf8):
        return _by_table(utf8, offsets)
    found, line, counted = {}, 1, 0
    for offset in sorted(set(offsets)):
        line += utf8.count(b"\n", counted, offset)
        counted = offset
        found[offset] = (line, _column(utf8, utf8.rfind(b"\n", 0, offset) + 1, offset))
    return found


def byte_offsets(utf8: bytes, characters: Iterable[int]) -> dict[int, int]:
    """The offset in bytes of each offset in characters."""
    if utf8.isascii():
        return {offset: offset for offset in characters}
    text, found, size, counted = utf8.decode("utf-8", "replace"), {}, 0, 0
    for offset in sorted(set(characters)):
        size += len(text[counted:offset].encode())
        found[offset], counted = size, offset
    return found


def _by_table(utf8: bytes, offsets: Iterable[int]) -> dict[int, Place]:
    """The same for a text in which a carriage return alone ends a line."""
    starts = [0, *(found.end() for found in _breaks(utf8))]
    lines = {offset: bisect_right(starts, offset) for offset in offsets}
    return {offset: (line, _column(utf8, starts[line - 1], offset)) for offset, line in lines.items()}


def _column(utf8: bytes, begin: int, offset: int) -> int:
    return 1 + len(utf8[begin:offset].decode("utf-8", "replace"))
