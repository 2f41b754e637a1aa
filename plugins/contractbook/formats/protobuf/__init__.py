"""Protobuf (proto2, proto3 and editions) and the gRPC services in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from contractbook.formats.format import Format
from contractbook.formats.lifecycle import ENDINGS, Endings
from contractbook.model import Contract
from contractbook.source.document import Document
from contractbook.source.sources import Sources


def detect(document: Document) -> bool:
    """Whether a document is a proto file: by its name, or by what it begins with."""
    if document.path.lower().endswith(".proto"):
        return True
    return document.raw[:9].startswith((b"syntax ", b"syntax=", b"edition ", b"edition=", b"package "))


def read(documents: Sequence[Document], sources: Sources, endings: Endings = ENDINGS) -> Iterable[Contract]:
    """The contracts of the documents, one for each package in each of its versions."""
    from contractbook.formats.protobuf.read import read as read_all

    return read_all(documents, sources, endings)


def encode(contract: Contract, name: str, value: Any) -> bytes:
    """A value in the wire format of Protocol Buffers."""
    from contractbook.formats.protobuf.encode import encode as write

    return write(contract, name, value)


PREAMBLE = 'syntax = "proto3";\npackage shop.orders.v1;\n'
WORDS = {
    "oneof": "one of",
    "oneofs": "choices",
    "number": "number",
    "wire": "type on the wire",
    "json_name": "name in JSON",
    "reserved": "reserved",
    "extensions": "open to extensions",
    "extends": "extends",
    "packed": "packed",
    "features": "features",
    "http": "HTTP",
    "behavior": "behaviour",
    "buf.validate.field": "validation",
    "validate.rules": "validation",
    "google.api.resource": "resource",
    "google.api.resource_reference": "refers to",
    "google.api.method_signature": "signature",
    "google.longrunning.operation_info": "long-running operation",
    "label": "label",
    "encoding": "encoding",
    "utf8": "UTF-8",
    "options": "options",
    "files": "files",
    "package": "package",
    "key": "key",
}

ENDS = "`deprecated = true` with a comment `Deprecated since 2026-05-01. Sunset 2027-03-01. Use Foo.`"
REMOVES = "and reserve its number and its name"

PROTOBUF = Format(
    "protobuf",
    "Protobuf",
    (".proto",),
    detect,
    read,
    PREAMBLE,
    together=True,
    words=WORDS,
    exact=True,
    encoding="Protobuf",
    encode=encode,
    ends=ENDS,
    removes=REMOVES,
)
