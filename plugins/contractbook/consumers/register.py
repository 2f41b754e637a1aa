"""Finds the consumers of a project in the files that it names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from contractbook.consumers import pact, queries, reader_file
from contractbook.consumers.consumer import Consumer
from contractbook.finding import Finding
from contractbook.formats.faults import Faults
from contractbook.source.document import Document
from contractbook.source.sources import Tree
from contractbook.source.specs import candidates


class Register(NamedTuple):
    """The consumers of a project, sorted by name, and what is wrong with their files."""

    consumers: tuple[Consumer, ...] = ()
    faults: tuple[Finding, ...] = ()


def register(tree: Tree, paths: Sequence[str], exclude: Sequence[str] = ()) -> Register:
    """Read the reader files, Pact files and GraphQL operations below some folders; others are passed over."""
    consumers: list[Consumer] = []
    wrong: list[Finding] = []
    for each in candidates(tree, paths, exclude):
        if each.path.lower().endswith((*reader_file.SUFFIXES, ".json", *queries.SUFFIXES)):
            found, faults = read(Document(each.path, tree.read(each.path)))
            wrong += faults
            consumers += [found] if found else []
    return Register(tuple(sorted(consumers, key=lambda one: (one.name, one.path))), tuple(wrong))


def read(document: Document) -> tuple[Consumer | None, tuple[Finding, ...]]:
    """The consumer of a file, if it is one, and what is wrong with the file."""
    if document.path.lower().endswith(queries.SUFFIXES):
        return queries.read(document) if queries.is_query(document) else (None, ())
    faults = Faults()
    found = None
    if reader_file.is_reader_file(document.path):
        found = reader_file.read(document, faults)
    elif pact.is_pact(document.data):
        found = pact.read(document, faults)
    elif not _broken_pact(document):
        return None, ()
    return found, (*document.faults, *faults.findings([document]))


def _broken_pact(document: Document) -> bool:
    """Whether a file that is no JSON was to be a Pact file."""
    return document.data is None and b'"consumer"' in document.raw and b'"provider"' in document.raw
