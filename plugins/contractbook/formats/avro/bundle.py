"""Documents of Avro that refer to one another: by imports, or by the full names that each declares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from posixpath import normpath
from urllib.parse import quote

from contractbook.formats.avro.survey import Survey, listed, survey
from contractbook.formats.bundles import closure, mains, nearest
from contractbook.source.document import Document
from contractbook.source.sources import Sources, Unresolved


class Bundle:
    """The documents that are read together, with those that they import."""

    def __init__(self, documents: Sequence[Document], sources: Sources) -> None:
        self.sources = sources
        self.documents = {each.path: each for each in documents}
        self.unresolved: dict[str, list[tuple[str, str]]] = defaultdict(list)  # imports and why, by path
        self._parts: dict[str, set[str]] = {}
        self._surveys: dict[str, Survey] = {}

    def survey(self, document: Document) -> Survey:
        """What a document declares and refers to."""
        known = self._surveys.get(document.path)
        if known is None:
            known = self._surveys[document.path] = survey(document, f"{document.path}#")
        return known

    def mains(self) -> list[Document]:
        """The documents that no other one is made of."""
        documents = [*self.documents.values()]
        for document in documents:
            self.parts(document)
        return mains(documents, self._parts)

    def made_of(self, main: Document) -> list[Document]:
        """A document and all that it imports or names types of."""
        todo, seen = [main], {main.path}
        for document in todo:
            fresh = self.parts(document) - seen
            seen |= fresh
            todo += [self.documents[path] for path in sorted(fresh)]
        return [self.documents[path] for path in closure(main.path, self._parts)]

    def parts(self, document: Document) -> set[str]:
        """The paths of the documents that one refers to itself."""
        known = self._parts.get(document.path)
        if known is None:
            imported = self._imported(document)
            self._parts[document.path] = imported
            for path in imported:
                self.parts(self.documents[path])
            missing = self.survey(document).missing - self._declared_in(imported)
            named = (nearest(self._homes.get(full, ()), document) for full in sorted(missing))
            known = self._parts[document.path] = {*imported, *(each.path for each in named if each)} - {
                document.path
            }
        return known

    def _declared_in(self, paths: set[str]) -> set[str]:
        """All names that some documents and what they import declare."""
        every = {each for path in paths for each in closure(path, self._parts)}
        return {full for path in every for full in self.survey(self.documents[path]).definitions}

    @cached_property
    def _homes(self) -> Mapping[str, list[Document]]:
        found: dict[str, list[Document]] = defaultdict(list)
        for document in [*self.documents.values()]:
            for full in self.survey(document).definitions:
                found[full].append(document)
        return found

    def _imported(self, document: Document) -> set[str]:
        data = document.data
        found = set()
        for each in listed(data.get("imports")) if isinstance(data, dict) else ():
            path = str(each.get("path"))
            try:
                target = self._file(document, path)
            except Unresolved as problem:
                self.unresolved[document.path].append((path, str(problem)))
                continue
            if target.path not in self.documents:
                self.documents[target.path] = target
            found.add(target.path)
        return found

    def _file(self, document: Document, path: str) -> Document:
        """The file that an import names: beside the document, else below a root."""
        try:
            return self.sources.follow(document, quote(path)).document
        except Unresolved:
            for root in self.sources.roots:
                found = self.sources.find(normpath(f"{root}/{path}" if root else path))
                if found is not None:
                    return found
            raise
