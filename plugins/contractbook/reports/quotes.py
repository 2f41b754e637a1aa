"""The lines of documents, as reports quote them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from contractbook.source.document import Document
from contractbook.source.sources import Tree

_lone_return = re.compile(rb"\r(?!\n)").search
_breaks = re.compile(rb"\r\n?|\n")


class Quotes:
    """The lines of the files of a tree."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._lines: dict[str, Sequence[bytes]] = {}

    def lines(self, path: str, first: int, last: int) -> list[str]:
        """Some lines of a file, counted from 1; fewer where it ends before, none where it cannot be read."""
        if path not in self._lines:
            self._lines[path] = self._read(path)
        found = self._lines[path][max(0, first - 1) : last]
        return [line.decode("utf-8", "replace").rstrip("\r") for line in found]

    def _read(self, path: str) -> Sequence[bytes]:
        try:
            utf8 = Document(path, self.tree.read(path)).utf8.rstrip()
        except FileNotFoundError:
            return ()
        return _breaks.split(utf8) if _lone_return(utf8) else utf8.split(b"\n")
