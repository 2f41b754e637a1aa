"""Offsets in a text as the lines and columns that an editor shows."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

Place = tuple[int, int]
"""A line and a column, both counted from 1, columns in characters."""

_lone_returns = re.compile(rb"\r(?!\n)")


class Lines:
    """The lines of a UTF-8 text, which end as editors have it: with LF, CRLF or CR."""

    def __init__(self, utf8: bytes) -> None:
        self.utf8 = _lone_returns.sub(b"\n", utf8) if b"\r" in utf8 else utf8
        self._offsets, self._numbers = [0], [1]  # what is known already: lines are counted from the nearest

    def place(self, offset: int) -> Place:
        """Line and column of an offset in bytes."""
        nearest = bisect_right(self._offsets, offset) - 1
        known, number = self._offsets[nearest], self._numbers[nearest]
        if known != offset:
            number += self.utf8.count(b"\n", known, offset)
            self._offsets.insert(nearest + 1, offset)
            self._numbers.insert(nearest + 1, number)
        begin = self.utf8.rfind(b"\n", 0, offset) + 1
        return number, 1 + len(self.utf8[begin:offset].decode("utf-8", "replace"))


def byte_offsets(utf8: bytes, characters: Iterable[int]) -> dict[int, int]:
    """The offset in bytes of each offset in characters."""
    if utf8.isascii():
        return {offset: offset for offset in characters}
    text, found, size, counted = utf8.decode("utf-8", "replace"), {}, 0, 0
    for offset in sorted(set(characters)):
        size += len(text[counted:offset].encode())
        found[offset], counted = size, offset
    return found
