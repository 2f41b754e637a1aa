"""Schemas that refer to one another, by path or by the address that each says is its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urldefrag, urljoin

from contractbook.formats.bundles import mains, nearest
from contractbook.formats.schema.identifiers import identifiers, lookup
from contractbook.source.document import Document
from contractbook.source.pointers import parts_of, step
from contractbook.source.references import Unresolved, referred
from contractbook.source.sources import Target

REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")


class Bundle:
    """The schemas that are read together, and what each of them is made of."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = documents
        self._paths = {document.path: document for document in documents}
        self._addresses: dict[str, list[Document]] = defaultdict(list)
        for document in documents:
            for address in identifiers(document.data):
                if "#" not in address:
                    self._addresses[address].append(document)

    def main(self) -> list[Document]:
        """The schemas that no other one is made of; of those in a circle the first."""
        return mains(self.documents, {document.path: self._parts(document) for document in self.documents})

    def target(self, document: Document, reference: str) -> Target | None:
        """The schema whose address a reference names (JSON Schema 2020-12, core, 8.2.1)."""
        address, fragment = urldefrag(urljoin(_address(document), reference))
        other = self._nearest(document, address)
        if other is None:
            return None
        named = f"{address}#{fragment}" if fragment else address
        pointer = lookup(identifiers(other.data), named, other.data)
        if pointer is None:
            return None
        value = other.data
        for part in parts_of(pointer):
            value = step(value, part)
        return Target(other, pointer, value)

    def _parts(self, document: Document) -> set[str]:
        """The paths of the other schemas that a document refers to."""
        base = _address(document)
        found = set()
        for reference in dict.fromkeys(references(document.data)):
            try:
                path = referred(document.path, reference).path
            except Unresolved:
                path = ""
            if path not in self._paths:
                other = self._nearest(document, urldefrag(urljoin(base, reference)).url)
                path = other.path if other else ""
            found.add(path)
        return found - {"", document.path}

    def _nearest(self, document: Document, address: str) -> Document | None:
        """The document with an address; of several versions that say the same, the one that lies nearest."""
        return nearest(self._addresses.get(address, ()), document)


def references(data: Any) -> Iterator[str]:
    """Every reference in a schema."""
    stack, seen = [data] if isinstance(data, dict | list) else [], set[int]()
    while stack:
        value = stack.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, dict):
            yield from (value[key] for key in REFERENCES if isinstance(value.get(key), str))
        stack += (
            inner
            for inner in (value.values() if isinstance(value, dict) else value)
            if isinstance(inner, dict | list)
        )


def _address(document: Document) -> str:
    """What references in a document start from, where it says so."""
    data = document.data
    own = data.get("$id", data.get("id")) if isinstance(data, dict) else None
    return own if isinstance(own, str) and "://" in own else ""
