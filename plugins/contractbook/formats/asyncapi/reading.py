"""What all parts of the reader of one AsyncAPI document share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from contractbook.formats.asyncapi.structure import check_part
from contractbook.formats.asyncapi.versions import SCHEMAS, Specification
from contractbook.formats.faults import Faults
from contractbook.formats.lifecycle import ENDINGS, Endings
from contractbook.formats.nodes import Following, Node
from contractbook.formats.schema.read import Schemas
from contractbook.model import Lifecycle, Message, Security, Server
from contractbook.source.document import Document
from contractbook.source.sources import Sources, Target


class Reading(Following):
    """The reading of one document: its sources, its schemas, and what was found wrong."""

    def __init__(
        self,
        document: Document,
        sources: Sources,
        version: Specification,
        faults: Faults,
        endings: Endings = ENDINGS,
    ) -> None:
        schemas = Schemas(document, sources, SCHEMAS, faults, endings, self._check_schema)
        super().__init__(document, sources, faults, schemas)
        self.version = version
        self.endings = endings
        self.content_type = ""  # that of messages which name none
        self.messages: dict[tuple[str, ...], Message] = {}  # those that several operations refer to
        self.servers: dict[str, Server] = {}  # by where they are declared
        self.credentials: dict[str, Any] = {}  # what servers demand, by where they are declared
        self.security: dict[str, Security] = {}  # by where they are declared
        self.headers: set[str] = set()  # types that hold nothing but the headers of messages

    def _check_schema(self, target: Target) -> None:
        self.check(target, "schema")

    def check(self, target: Target, kind: str) -> None:
        check_part(target, kind, self.version, self.faults)


class Layers:
    """An object with the traits beneath it: of each key the first one that has it counts.

    AsyncAPI 3 lays the object above its traits, and a later trait above an earlier one ("Traits Merge
    Mechanism"); in AsyncAPI 2 traits are merged into the object, and so lie above it (2.6, "Message Trait
    Object").
    """

    def __init__(self, reading: Reading, node: Node, kind: str) -> None:
        traits = [reading.resolve(trait, kind) for trait in node.items("traits")]
        traits.reverse()
        self.node = node
        self.nodes = [*traits, node] if reading.version.major == 2 else [node, *traits]

    @cached_property
    def value(self) -> Mapping[str, Any]:
        """What all of them say together."""
        merged: dict[str, Any] = {}
        for node in reversed(self.nodes):
            merged = patched(merged, node.value)
        return merged

    def having(self, key: str) -> Iterator[Node]:
        """Those that say something under a key, the one that counts first."""
        return (node for node in self.nodes if key in node.value)

    def holder(self, key: str) -> Node:
        """The one whose word under a key counts."""
        return next(self.having(key), self.node)

    def text(self, key: str) -> str:
        """The text under a key, else nothing."""
        return self.holder(key).text(key)

    def lifecycle(self, endings: Endings) -> Lifecycle:
        """When it ends."""
        return endings.read(self.value)

    def rest(self, read: frozenset[str]) -> dict[str, Any]:
        """Everything that is said under other keys than those that are read, for the binding."""
        return {key: said for key, said in self.value.items() if key not in read}


def patched(target: Any, patch: Any) -> Any:
    """A value with a patch merged into it (RFC 7396)."""
    if not isinstance(patch, Mapping):
        return patch
    merged = dict(target) if isinstance(target, Mapping) else {}
    for key, said in patch.items():
        merged[key] = patched(merged[key], said) if key in merged else said
    return merged


def bindings(reading: Reading, layers: Layers | Node, level: str) -> dict[str, dict[str, Any]]:
    """What is said for each protocol."""
    nodes = [*layers.having("bindings")] if isinstance(layers, Layers) else [layers]
    merged: dict[str, Any] = {}
    for node in reversed(nodes):
        found = reading.resolve(node.child("bindings"), f"{level}-bindings")
        for protocol, inner in found.value.items():
            said = reading.resolve(found.child(protocol), "any").value if isinstance(inner, dict) else inner
            merged[protocol] = patched(merged.get(protocol), said)
    return {protocol: said for protocol, said in merged.items() if isinstance(said, dict)}
