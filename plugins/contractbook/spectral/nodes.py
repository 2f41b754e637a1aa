"""The documents of a contract as rulesets see them: references are followed as they are met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from contractbook.source.document import Document
from contractbook.source.pointers import escaped
from contractbook.source.sources import Sources, Unresolved

LONGEST = 50  # references that lead to one another


class Node:
    """An object or array of a document, at a pointer; its parts are looked at only when they are asked for.

    `sources` follow its references; without them a `$ref` stays what it is.
    """

    def __init__(self, value: Any, document: Document, pointer: str, sources: Sources | None) -> None:
        self.value = value
        self.document = document
        self.pointer = pointer
        self.sources = sources

    def __len__(self) -> int:
        return len(self.value)

    def at(self, key: str | int) -> str:
        """Path and pointer of a part."""
        return f"{self.document.path}#{self.pointer}/{escaped(str(key))}"

    @property
    def place(self) -> str:
        """Its own path and pointer."""
        return f"{self.document.path}#{self.pointer}"

    def part(self, key: str | int) -> Any:
        """A part, with what it refers to in its place."""
        value, document = self.value[key], self.document
        pointer = f"{self.pointer}/{escaped(str(key))}"
        for _ in range(LONGEST if self.sources else 0):
            reference = value.get("$ref") if isinstance(value, dict) else None
            if not isinstance(reference, str):
                break
            try:
                target = self.sources.follow(document, reference) if self.sources else None
            except Unresolved:
                break
            if target is not None:
                value, document, pointer = target.value, target.document, target.pointer
        return node(value, document, pointer, self.sources)


class Members(Node, Mapping[str, Any]):
    """An object."""

    def __getitem__(self, key: str) -> Any:
        return self.part(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self.value)


class Items(Node, Sequence[Any]):
    """An array."""

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self.part(number) for number in range(*index.indices(len(self)))]
        return self.part(range(len(self))[index])


def node(value: Any, document: Document, pointer: str = "", sources: Sources | None = None) -> Any:
    """A value of a document as a node; what has no parts is itself."""
    if isinstance(value, dict):
        return Members(value, document, pointer, sources)
    return Items(value, document, pointer, sources) if isinstance(value, list) else value


def plain(value: Any) -> Any:
    """The value that a node stands for, with its references as they are written."""
    return value.value if isinstance(value, Node) else value
