"""Where documents come from: a folder or a git ref, and no file outside the roots."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from urllib.parse import unquote

from contractbook.source.document import Document
from contractbook.source.identifiers import identifiers
from contractbook.source.lines import Place
from contractbook.source.paths import is_below
from contractbook.source.pointers import joined, parts_of, step
from contractbook.source.references import Unresolved, referred

__all__ = ["Sources", "Target", "Tree", "Unresolved"]


_MOST_HINTS = 100  # looking for a similar name among thousands is slow


class Tree(Protocol):
    """A set of files under one root, on disk or at a git ref; paths are relative to it, with `/`."""

    def read(self, path: str) -> bytes:
        """The bytes of a file; raises FileNotFoundError."""

    def files(self, under: str = "") -> Iterator[str]:
        """Every file below a folder, sorted, without what git ignores."""

    def real(self, path: str) -> str | None:
        """The path that symbolic links lead to; None where it is outside of the tree."""

    def folder(self, path: str) -> Path | None:
        """Where a folder of the tree lies on disk, if it does."""


class NoTree:
    """A tree without files."""

    def read(self, path: str) -> bytes:
        """Raises FileNotFoundError."""
        raise FileNotFoundError(path)

    def files(self, under: str = "") -> Iterator[str]:
        """Nothing."""
        return iter(())

    def folder(self, path: str) -> Path | None:
        return None

    def real(self, path: str) -> str | None:
        """The path itself."""
        return path


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
        self._inside: dict[str, bool] = {}
        self._followed: dict[str, dict[str, Target | str]] = {}
        self._hints = 0
        self._names: dict[str, dict[str, str]] = {}

    def open(self, path: str) -> Document:
        """The document at a path; raises FileNotFoundError."""
        document = self._documents.get(path)
        if document is None:
            document = self._documents[path] = Document(path, self.tree.read(path))
        return document

    def find(self, path: str) -> Document | None:
        """The document at a path, if there is one inside the roots."""
        try:
            return self.open(path) if self._is_inside(path) else None
        except FileNotFoundError:
            return None

    def forget(self, path: str) -> None:
        """Let go of a document and of all references in it, once its contract has been dealt with."""
        self._documents.pop(path, None)
        self._followed.pop(path, None)
        self._names.pop(path, None)

    def follow(self, document: Document, reference: str) -> Target:
        """What a `$ref` in a document leads to (one hop); raises Unresolved.

        Relative references start from the document that holds them (RFC 3986, 5.2) and stay in the roots.
        """
        followed = self._followed.setdefault(document.path, {})
        found = followed.get(reference) if isinstance(reference, str) else None
        if found is None:
            try:
                found = followed[reference] = self._target(document, reference)
            except Unresolved as problem:
                followed[str(reference)] = str(problem)
                raise
        if isinstance(found, str):
            raise Unresolved(found)
        return found

    def places(self, path: str, pointers: Sequence[str]) -> Sequence[Place]:
        """Line and column of JSON Pointers in the document at a path; 1:1 where there is none."""
        try:
            return self.open(path).locate_all(pointers)
        except FileNotFoundError:
            return [(1, 1)] * len(pointers)

    def _target(self, document: Document, reference: str) -> Target:
        embedded = self._embedded(document, reference)
        if embedded is not None:
            return embedded
        path, fragment = referred(document.path, reference)
        if path != document.path:
            document = self._other(path, reference)
        if fragment and not fragment.startswith("/"):
            return self._anchored(document, fragment, reference)
        return Target(document, fragment, self._value(document, fragment, reference))

    def _embedded(self, document: Document, reference: object) -> Target | None:
        """The part of the same document whose `$id` is the address that a reference names."""
        if not isinstance(reference, str) or "://" not in reference:
            return None
        address, _, fragment = reference.partition("#")
        pointer = self._named(document).get(address)
        if pointer is None or (fragment and not fragment.startswith("/")):
            return None
        pointer += unquote(fragment)
        return Target(document, pointer, self._value(document, pointer, reference))

    def _anchored(self, document: Document, name: str, reference: str) -> Target:
        names = self._named(document)
        pointer = names.get(f"#{name}")
        if pointer is None:
            near = self._nearest(f"#{name}", names)
            hint = (
                f"did you mean `{near}`?" if near else "a part is named by `#/` and the keys that lead to it"
            )
            raise Unresolved(f"`{reference}` leads nowhere: there is no anchor `{name}`: {hint}")
        return Target(document, pointer, self._value(document, pointer, reference))

    def _named(self, document: Document) -> dict[str, str]:
        if document.path not in self._names:
            self._names[document.path] = identifiers(document.data)
        return self._names[document.path]

    def _other(self, path: str, reference: str) -> Document:
        if not self._is_inside(path):
            raise Unresolved(
                f"`{reference}` leads out of the folders of the contracts: nothing there is read"
            )
        try:
            return self.open(path)
        except FileNotFoundError:
            hint = self._similar_file(path)
            raise Unresolved(f"`{reference}` leads nowhere: there is no such file{hint}") from None

    def _is_inside(self, path: str) -> bool:
        """Whether a path and what symbolic links make of it lie below a root."""
        inside = self._inside.get(path)
        if inside is None:
            real = self.tree.real(path)
            inside = (
                real is not None
                and any(is_below(path, root) for root in self.roots)
                and any(is_below(real, root) for root in self._real_roots)
            )
            self._inside[path] = inside
        return inside

    @cached_property
    def _real_roots(self) -> tuple[str, ...]:
        """The roots, and where they really are: whoever names a folder may name it by a link."""
        return (*self.roots, *filter(None, map(self.tree.real, self.roots)))

    def _similar_file(self, path: str) -> str:
        folder, name = posixpath.split(path)
        files = (posixpath.relpath(each, folder or ".") for each in self.tree.files(folder))
        near = self._nearest(name, (each for each in files if "/" not in each))
        return f": did you mean `{near}`?" if near else ""

    def _value(self, document: Document, pointer: str, reference: str) -> Any:
        value = document.data
        if value is None and document.faults:
            fault = document.faults[0]
            where = f"line {fault.location.line} of {document.path}"
            raise Unresolved(f"`{reference}` leads to a file that cannot be read ({where}: {fault.message})")
        parts = parts_of(pointer)
        for index, part in enumerate(parts):
            try:
                value = step(value, part)
            except KeyError:
                way = f"`{joined(parts[:index])}`" if index else document.path
                lack = self._lack(value, part, way)
                raise Unresolved(f"`{reference}` leads nowhere: {lack}") from None
        return value

    def _lack(self, value: Any, part: str, where: str) -> str:
        """Which part of a pointer does not exist, and what it may have meant."""
        if not isinstance(value, dict | list):
            return f"{where} has no parts, so there is no `{part}` in it"
        near = self._nearest(part, value) if isinstance(value, dict) else ""
        return f"there is no `{part}` in {where}" + (f": did you mean `{near}`?" if near else "")

    def _nearest(self, name: str, names: Iterable[str]) -> str:
        """The name that is most like another, where one is; after some time nobody reads such hints."""
        from difflib import get_close_matches

        self._hints += 1
        if self._hints > _MOST_HINTS:
            return ""
        folded = {each.lower(): each for each in names}
        near = get_close_matches(name.lower(), folded, n=1, cutoff=0.7)
        return folded[near[0]] if near else ""
