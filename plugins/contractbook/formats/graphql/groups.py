"""Which documents of a service make one schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from graphql.language import SchemaDefinitionNode, SchemaExtensionNode

from contractbook.formats.graphql.schema import KINDS, ROOTS
from contractbook.formats.graphql.syntax import Parsed, parse
from contractbook.source.document import Document
from contractbook.source.versions import identity

SCHEMA = "schema"


class Read:
    """A document that was parsed: what it declares, and what it asks for."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.path = document.path
        self.parsed: Parsed = parse(document.text)
        self._nodes: list[Any] = [*self.parsed.definitions]

    @cached_property
    def defines(self) -> frozenset[str]:
        """The names of types that are defined here."""
        return frozenset(node.name.value for node in self._nodes if node.kind in _DEFINITIONS)

    @cached_property
    def heads(self) -> frozenset[str]:
        """What makes a schema of it: the types that operations begin at, or the schema's own definition."""
        own = (
            SCHEMA
            for node in self._nodes
            if isinstance(node, SchemaDefinitionNode)
            or (isinstance(node, SchemaExtensionNode) and _links(node))
        )
        return self.defines & {*ROOTS.values()} | {*own}

    @cached_property
    def asks(self) -> frozenset[str]:
        """The names of types that are used here."""
        return frozenset(_names(self._nodes))


_DEFINITIONS = frozenset(f"{kind}_definition" for kind in KINDS)


def _links(node: SchemaExtensionNode) -> bool:
    """Whether a subgraph begins here: each has its own link to the specification of federation."""
    return any(each.name.value == "link" for each in node.directives or ())


def _names(nodes: Iterable[Any]) -> Iterator[str]:
    todo = list(nodes)
    while todo:
        node = todo.pop()
        if node.kind == "named_type":
            yield node.name.value
            continue
        for attribute in ("type", "fields", "arguments", "interfaces", "types"):
            inner = getattr(node, attribute, None)
            if isinstance(inner, list | tuple):
                todo += inner
            elif inner is not None:
                todo.append(inner)


def schemas(documents: Sequence[Document]) -> Iterator[list[Read]]:
    """The documents of each schema, the main one first; sorted by the paths of the main ones."""
    versions: dict[str, list[Read]] = {}
    for document in sorted(documents, key=lambda each: each.path):
        versions.setdefault(identity(document.path).version, []).append(Read(document))
    found = (each for reads in versions.values() for each in _shared_out(_split(reads)))
    yield from sorted((_main_first(each) for each in found), key=lambda reads: reads[0].path)


def _split(reads: list[Read]) -> list[list[Read]]:
    """Apart where two of them define the same beginning: by folders, then by files."""
    heads = [head for read in reads for head in read.heads]
    if len(reads) == 1 or len(heads) == len({*heads}):
        return [reads]
    shared = _shared(reads)
    parts: dict[str, list[Read]] = {}
    for read in reads:
        parts.setdefault(read.path.split("/")[shared], []).append(read)
    return [group for part in parts.values() for group in _split(part)]


def _shared(reads: list[Read]) -> int:
    """How many parts of their paths some documents have in common."""
    ways = [read.path.split("/") for read in reads]
    return next(i for i, parts in enumerate(zip(*ways, strict=False)) if len({*parts}) > 1)


def _shared_out(groups: list[list[Read]]) -> Iterator[list[Read]]:
    """Those without a beginning of their own belong to all that ask for what they define."""
    whole = [group for group in groups if any(read.heads for read in group)]
    loose = [group for group in groups if not any(read.heads for read in group)]
    if not whole or not loose:
        yield from groups
        return
    for group in whole:
        yield _with_asked(group, loose)
    used = {id(read) for group in whole for read in _with_asked(group, loose)}
    yield from (group for group in loose if id(group[0]) not in used)


def _with_asked(group: list[Read], loose: list[list[Read]]) -> list[Read]:
    found = list(group)
    left = list(loose)
    while True:
        asked = frozenset().union(*(read.asks for read in found)) - _all(found)
        more = [each for each in left if asked & _all(each)]
        if not more:
            return found
        found += [read for each in more for read in each]
        left = [each for each in left if each not in more]


def _all(reads: Iterable[Read]) -> frozenset[str]:
    return frozenset().union(*(read.defines for read in reads))


def _main_first(reads: list[Read]) -> list[Read]:
    """The document that the schema begins in stands first: it gives the contract its path."""
    return sorted(reads, key=lambda read: (SCHEMA not in read.heads, "Query" not in read.heads, read.path))
