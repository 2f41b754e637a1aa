"""Documents that refer to one another, and so make one contract."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from contractbook.source.document import Document

Parts = Mapping[str, set[str]]
"""The paths of the documents that a document refers to, by its own path."""
Some = TypeVar("Some")


def mains(documents: Sequence[Document], parts: Parts) -> list[Document]:
    """The documents that no other one refers to; of those in a circle the first."""
    used = {path for found in parts.values() for path in found}
    found, seen = [], set[str]()
    for document in sorted(documents, key=lambda each: each.path in used):
        if document.path not in seen:
            found.append(document)
            seen.update(closure(document.path, parts))
    return found


def closure(path: str, parts: Parts) -> list[str]:
    """A document and all that it is made of."""
    found, todo = {path: None}, [path]
    while todo:
        fresh = [part for part in sorted(parts.get(todo.pop(), ())) if part not in found]
        found |= dict.fromkeys(fresh)
        todo += fresh
    return [*found]


def nearest(found: Iterable[Document], document: Document) -> Document | None:
    """The document that lies nearest to another: of several versions the one of its own folder."""
    return max(found, key=lambda each: _closeness(each.path, document.path), default=None)


def _closeness(one: str, other: str) -> int:
    return len(posixpath.commonprefix([one.split("/"), other.split("/")]))
