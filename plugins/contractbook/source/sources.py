"""Where documents come from: a folder or a git ref, and no file outside the roots."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple, Protocol

from contractbook.source.document import Document
from contractbook.source.lines import Place
from contractbook.source.paths import is_below
from contractbook.source.pointers import joined, parts_of, step
from contractbook.source.references import Unresolved, referred

__all__ = ["Sources", "Target", "Tree", "Unresolved"]


class Tree(Protocol):
    """A set of files under one root, on disk or at a git ref; paths are relative to it, with `/`."""

    def read(self, path: str) -> bytes:
        """The bytes of a file; raises FileNotFoundError."""

    def files(self, under: str = "") -> Iterator[str]:
        """Every file below a folder, sorted, without what git ignores."""

    def real(self, path: str) -> str | None:
        """The path that symbolic links lead to; None where it is outside of the tree."""


class Target(NamedTuple):
    """What a reference leads to."""

    document: Document
    pointer: str
    value: Any


class Sources:
    """The documents of one state of a project, each read once.

    `roots` are the folders that references may lead to: "" is the whole tree.
    """

    def __init__(self, tree: Tree, roots: tuple[str, ...] = ("",)) -> None:
        self.tree = tree
        self.roots = roots
        self._documents: dict[str, Document] = {}
        self._followed: dict[tuple[str, str], Target | Unresolved] = {}

    def open(self, path: str) -> Document:
        """The document at a path; raises FileNotFoundError."""
        document = self._documents.get(path)
        if document is None:
            document = self._documents[path] = Document(path, self.tree.read(path))
        return document

    def forget(self, path: str) -> None:
        """Let go of a document and of all references in it, once its contract has been dealt with."""
        self._documents.pop(path, None)
        self._followed = {asked: found for asked, found in self._followed.items() if asked[0] != path}

    def follow(self, document: Document, reference: str) -> Target:
        """What a `$ref` in a document leads to (one hop); raises Unresolved.

        Relative references start from the document that holds them (RFC 3986, 5.2) and stay in the roots.
        """
        asked = (document.path, reference)
        found = self._followed.get(asked) if isinstance(reference, str) else None
        if found is None:
            try:
                found = self._target(document, reference)
            except Unresolved as error:
                found = error
            if isinstance(reference, str):
                self._followed[asked] = found
        if isinstance(found, Unresolved):
            raise Unresolved(str(found))
        return found

    def places(self, path: str, pointers: Sequence[str]) -> Sequence[Place]:
        """Line and column of JSON Pointers in the document at a path; 1:1 where there is none."""
        try:
            return self.open(path).locate_all(pointers)
        except FileNotFoundError:
            return [(1, 1)] * len(pointers)

    def _target(self, document: Document, reference: str) -> Target:
        path, fragment = referred(document.path, reference)
        if path != document.path:
            document = self._other(path, reference)
        if fragment and not fragment.startswith("/"):
            raise Unresolved(f"`{reference}` names no part of {path}: a part is named by `#/` and its keys")
        return Target(document, fragment, _value(document, fragment, reference))

    def _other(self, path: str, reference: str) -> Document:
        real = self.tree.real(path)
        if real is None or not self._is_inside(path) or not self._is_inside(real):
            raise Unresolved(
                f"`{reference}` leads out of the folders of the contracts: nothing there is read"
            )
        try:
            return self.open(path)
        except FileNotFoundError:
            raise Unresolved(f"there is no file {path}{self._nearest_file(path)}") from None

    def _is_inside(self, path: str) -> bool:
        return any(is_below(path, root) for root in self.roots)

    def _nearest_file(self, path: str) -> str:
        folder = posixpath.dirname(path)
        near = get_close_matches(path, self.tree.files(folder), n=1) or get_close_matches(
            path, self.tree.files(), n=1, cutoff=0.8
        )
        return f": did you mean {near[0]}?" if near else ""


def _value(document: Document, pointer: str, reference: str) -> Any:
    value = document.data
    parts = parts_of(pointer)
    for index, part in enumerate(parts):
        try:
            value = step(value, part)
        except KeyError:
            raise Unresolved(_nothing_there(document, value, parts[:index], part, reference)) from None
    return value


def _nothing_there(document: Document, value: Any, way: list[str], part: str, reference: str) -> str:
    """Which part of a pointer does not exist, and what it may have meant."""
    where = f"`{joined(way)}` of {document.path}" if way else document.path
    if not isinstance(value, dict | list):
        return f"`{reference}` leads nowhere: {where} has no parts, so there is no `{part}` in it"
    names = list(value) if isinstance(value, dict) else []
    near = get_close_matches(part, names, n=1) or [name for name in names if name.lower() == part.lower()]
    hint = f": did you mean `{near[0]}`?" if near else ""
    return f"`{reference}` leads nowhere: there is no `{part}` in {where}{hint}"
