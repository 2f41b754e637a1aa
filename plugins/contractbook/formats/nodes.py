"""The objects of JSON and YAML documents, and the references between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from contractbook.formats.faults import Faults
from contractbook.formats.schema.draft import Spot
from contractbook.formats.schema.names import way_to
from contractbook.formats.schema.read import Schemas
from contractbook.model import NOTHING
from contractbook.source.document import Document
from contractbook.source.pointers import escaped
from contractbook.source.sources import Sources, Target, Unresolved

HOPS = 100  # references to references


class Node(msgspec.Struct, frozen=True, gc=False):
    """An object of a document: where it stands, and what it says (nothing, if it is no object)."""

    document: Document
    pointer: str
    value: Mapping[str, Any]

    def child(self, key: str) -> Node:
        """The object under a key, empty where there is none."""
        return Node(self.document, self.pointer + "/" + escaped(key), mapping(self.value.get(key)))

    def children(self, key: str) -> Iterator[tuple[str, Node]]:
        """The members of the map under a key."""
        inside = self.child(key)
        for name in inside.value:
            yield name, inside.child(name)

    def items(self, key: str) -> Iterator[Node]:
        """The objects of the list under a key."""
        listed = self.value.get(key)
        for i, item in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(item, dict):
                yield Node(self.document, f"{self.pointer}/{escaped(key)}/{i}", item)

    def text(self, key: str) -> str:
        """The text under a key, else nothing."""
        found = self.value.get(key)
        return found if isinstance(found, str) else ""

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of the list under a key."""
        listed = self.value.get(key)
        return tuple(item for item in listed if isinstance(item, str)) if isinstance(listed, list) else ()

    def rest(self, read: frozenset[str]) -> Mapping[str, Any]:
        """Everything that is said here under other keys than those that are read, for the binding."""
        value = self.value
        if value.keys() <= read:
            return NOTHING
        return {key: said for key, said in value.items() if key not in read}


def mapping(value: Any) -> Mapping[str, Any]:
    """A value as an object; anything else says nothing, and the structure check tells it."""
    return value if isinstance(value, dict) else NOTHING


class Following:
    """Follows the references between the objects of one contract, whose main document is given.

    `beside` are the keys that count beside `$ref`, and win over those of its target.
    """

    beside: tuple[str, ...] = ()

    def __init__(self, document: Document, sources: Sources, faults: Faults, schemas: Schemas) -> None:
        self.document = document
        self.sources = sources
        self.faults = faults
        self.schemas = schemas
        self.used: set[str] = set()  # every place that a reference leads to

    def at(self, node: Node) -> str:
        """The `at` of a node in the model."""
        return self.schemas.at(node.document, node.pointer)

    def way(self, node: Node) -> str:
        """How people are led to a node that has a name of its own."""
        return way_to(node.document.path, node.pointer)

    def spot(self, node: Node, key: str, way: str) -> Spot:
        """Where the schema under a key stands."""
        return Spot(node.document, self.schemas.at(node.document, node.pointer + "/" + escaped(key)), way)

    def resolve(self, node: Node, kind: str) -> Node:
        """The node itself, or the object of a kind that its `$ref` leads to; empty where it leads nowhere.

        What stands beside `$ref` counts where the specification says so.
        """
        beside: dict[str, Any] = {}
        for _ in range(HOPS):
            reference = node.value.get("$ref")
            if not isinstance(reference, str):
                return Node(node.document, node.pointer, {**node.value, **beside}) if beside else node
            beside = {key: node.value[key] for key in self.beside if key in node.value} | beside
            try:
                target = self.sources.follow(node.document, reference)
            except Unresolved as problem:
                self.faults.unresolved(str(problem), node.document, node.pointer + "/$ref")
                return Node(node.document, node.pointer, NOTHING)
            self._opened(target, kind)
            node = Node(target.document, target.pointer, mapping(target.value))
        self.faults.unresolved(
            "this reference leads back to itself",
            node.document,
            node.pointer,
            "Let one of them hold the object.",
        )
        return Node(node.document, node.pointer, NOTHING)

    def _opened(self, target: Target, kind: str) -> None:
        """Note that a reference leads to a place, and check what stands in another file, once."""
        at = self.schemas.at(target.document, target.pointer)
        if at in self.used:
            return
        self.used.add(at)
        self.schemas.documents.setdefault(target.document.path, target.document)
        if target.document is not self.document:
            self.check(target, kind)

    def check(self, target: Target, kind: str) -> None:
        """Report what of an object in another document is against the specification."""
