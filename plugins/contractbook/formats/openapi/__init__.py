"""OpenAPI 2.0 (Swagger), 3.0, 3.1 and 3.2."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from contractbook.formats.format import Format
from contractbook.formats.lifecycle import ENDINGS, Endings
from contractbook.model import Contract, Element, Field, Operation, Type
from contractbook.source.document import Document
from contractbook.source.sources import Sources

MARKERS = frozenset({"openapi", "swagger", "swaggerVersion"})


def detect(document: Document) -> bool:
    """Whether a document is an OpenAPI description: its marker may stand anywhere at the top level."""
    return bool(document.top_keys(MARKERS))


def read(documents: Sequence[Document], sources: Sources, endings: Endings = ENDINGS) -> Iterable[Contract]:
    """The contracts of the documents, one for each."""
    from contractbook.formats.openapi.read import read as read_all

    return read_all(documents, sources, endings)


def key(contract: Contract, element: Element, fact: str) -> str:
    """Where a fact is written; in 2.0 only operations have a flag for deprecation."""
    if fact == "deprecated" and not isinstance(element, Operation):
        own = "x-deprecated" if contract.spec_version.startswith("2") else "deprecated"
        return own if isinstance(element, Field | Type) else ""
    return WRITTEN[fact]


WRITTEN = {"id": "operationId", "deprecated": "deprecated", "format": "format", "lifecycle": "x-lifecycle"}
PREAMBLE = "openapi: 3.1.1\ninfo: {title: Example, version: 1.0.0}\n"

OPENAPI = Format("openapi", "OpenAPI", (".yaml", ".yml", ".json"), detect, read, PREAMBLE, key=key)
