"""Where documents come from: a folder or a git ref, and no file outside the roots."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, Protocol

from contractbook.source.document import Document


class Tree(Protocol):
    """A set of files under one root, on disk or at a git ref; paths are relative to it, with `/`."""

    def read(self, path: str) -> bytes:
        """The bytes of a file; raises FileNotFoundError."""

    def files(self, under: str = "") -> Iterator[str]:
        """Every file below a folder, sorted, without what git ignores."""


class Target(NamedTuple):
    """What a reference leads to."""

    document: Document
    pointer: str
    value: Any


class Unresolved(Exception):
    """A reference leads nowhere, or where it may not; the text says why and how to mend it."""


class Sources:
    """The documents of one state of a project, each read once."""

    def __init__(self, tree: Tree, roots: tuple[str, ...] = ("",)) -> None:
        self.tree = tree
        self.roots = roots

    def open(self, path: str) -> Document:
        """The document at a path; raises FileNotFoundError."""
        raise NotImplementedError

    def follow(self, document: Document, reference: str) -> Target:
        """What a `$ref` in a document leads to (one hop); raises Unresolved.

        Relative references start from the document that holds them (RFC 3986, 5.2) and stay in the roots.
        """
        raise NotImplementedError
