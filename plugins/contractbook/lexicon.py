"""Words of implementation and technology: declared with the rule they serve, matched once over a contract."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from contractbook.model import Element


class Hit(NamedTuple):
    """A word of the lexicon in an element: as declared, the text it stands in, and which text that is."""

    word: str
    text: str
    part: str  # name, doc, example, address, default


Words = tuple[Hit, ...]


class Lexicon:
    """The words of every rule, compiled once; teams allow words and add their own."""

    def __init__(self, allow: tuple[str, ...] = (), add: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self.allow = allow
        self.add = add or {}

    def match(self, element: Element) -> Mapping[str, Words]:
        """The hits in an element by rule id; empty for nearly every element."""
        return {}
