"""Apache Avro: schemas, protocols and the interface definition language (Avro 1.12)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import Any

from contractbook.formats.format import Format
from contractbook.formats.lifecycle import ENDINGS, Endings
from contractbook.model import Contract
from contractbook.source.document import Document
from contractbook.source.sources import Sources

SUFFIXES = (".avsc", ".avpr", ".avdl")
NAMED = frozenset({"record", "error", "enum", "fixed"})
KEYS = frozenset({"type", "name", "fields", "symbols", "size", "protocol", "messages", "types", "$schema"})
_listed = re.compile(rb'\[\s*\{[^{}\[\]]*"type"\s*:\s*"(?:record|error|enum|fixed)"').match


def detect(document: Document) -> bool:
    """Whether a document is written in Avro: by its suffix, else by the clear shape of a named type."""
    suffix = PurePosixPath(document.path).suffix.lower()
    text = document.utf8.lstrip()
    if suffix in SUFFIXES:
        return bool(text)
    if suffix or text[:1] not in (b"{", b"["):
        return False
    if text[:1] == b"[":
        return _listed(text) is not None
    keys = document.top_keys(KEYS)
    if "protocol" in keys:
        return "types" in keys or "messages" in keys
    return keys.get("type") in NAMED and "name" in keys and not keys.keys().isdisjoint(MEMBERS)


MEMBERS = frozenset({"fields", "symbols", "size"})


def read(documents: Sequence[Document], sources: Sources, endings: Endings = ENDINGS) -> Iterable[Contract]:
    """The contracts of the documents: one for each that no other one is made of."""
    from contractbook.formats.avro.read import read as read_all

    return read_all(documents, sources, endings)


def encode(contract: Contract, name: str, value: Any) -> bytes:
    """A value in Avro's binary encoding."""
    from contractbook.formats.avro.encode import encode as write

    return write(contract, name, value)


AVRO = Format(
    "avro",
    "Apache Avro",
    (".avdl", ".avsc", ".avpr", ""),
    detect,
    read,
    together=True,
    exact=True,
    encoding="Avro",
    encode=encode,
    parts=True,
    ends="a doc `Deprecated since 2026-05-01. Sunset 2027-03-01. Use foo instead.`",
    words={
        "namespace": "namespace",
        "type": "carried as",
        "size": "bytes",
        "precision": "digits",
        "scale": "digits after the point",
        "order": "sort order",
        "branches": "order of the branches",
        "error": "an error",
    },
)
