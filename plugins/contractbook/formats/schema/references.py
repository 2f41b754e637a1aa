"""Where references between schemas lead: by path, by anchor, or the address a schema calls its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import quote, urljoin

from contractbook.formats.schema.draft import Spot
from contractbook.formats.schema.identifiers import identifiers, lookup
from contractbook.source.document import Document
from contractbook.source.sources import Sources, Target, Unresolved

Elsewhere = Callable[[Document, str], Target | None]
"""The schema that a reference names which names no file, if there is one."""


class References:
    """Follows the references of one contract; `id` is the keyword that gives a schema an address."""

    def __init__(self, sources: Sources, id: str, elsewhere: Elsewhere) -> None:
        self.sources = sources
        self.elsewhere = elsewhere
        self._id = id.encode()
        self._known: dict[str, Mapping[str, str]] = {}
        self._resources: dict[str, dict[str, str]] = {}

    def absolute(self, reference: str, spot: Spot) -> str:
        """A reference in a schema that has its own address, as it is written elsewhere in the document.

        Such a schema is a resource of its own: what it refers to starts from there (2020-12, core, 8.2.1).
        """
        resources = self.resources(spot.document)
        if not resources:
            return reference
        around = max((each for each in resources if _is_inside(spot.pointer, each)), key=len, default="")
        if not around:
            return reference
        if reference[:1] == "#" and reference[1:2] in ("", "/"):
            return f"#{quote(around)}{reference[1:]}"
        address = urljoin(resources[around], reference)
        pointer = lookup(self._identifiers(spot.document), address, spot.document.data)
        return reference if pointer is None else f"#{quote(pointer)}"

    def resources(self, document: Document) -> Mapping[str, str]:
        """The addresses of the schemas inside a document that have one, by their pointers."""
        found = self._resources.get(document.path)
        if found is None:
            found = self._resources[document.path] = {}
            if self._id in document.utf8:
                for name, pointer in self._identifiers(document).items():
                    if pointer and "#" not in name:
                        found.setdefault(pointer, name)
        return found

    def target(self, reference: str, document: Document) -> Target:
        """What a reference leads to; raises Unresolved."""
        try:
            return self.sources.follow(document, reference)
        except Unresolved:
            pointer = lookup(self._identifiers(document), reference, document.data)
            if pointer is not None:
                return self.sources.follow(document, "#" + quote(pointer))
            target = self.elsewhere(document, reference)
            if target is None:
                raise
            return target

    def _identifiers(self, document: Document) -> Mapping[str, str]:
        known = self._known.get(document.path)
        if known is None:
            known = self._known[document.path] = identifiers(document.data)
        return known


def _is_inside(pointer: str, resource: str) -> bool:
    return pointer == resource or pointer.startswith(resource + "/")
