"""The lines of documents, as reports quote them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from contractbook.source.document import Document
from contractbook.source.sources import Tree

_breaks = re.compile(r"\r\n?|\n")


class Quotes:
    """The lines of the files of a tree."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._lines: dict[str, Sequence[str]] = {}

    def lines(self, path: str) -> Sequence[str]:
        """The lines of a file, without blank ones at its end; an empty one where it cannot be read."""
        if path not in self._lines:
            try:
                text = Document(path, self.tree.read(path)).text
            except FileNotFoundError:
                text = ""
            self._lines[path] = _breaks.split(text.rstrip())
        return self._lines[path]
