"""OpenAPI 2.0 (Swagger), 3.0, 3.1 and 3.2."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from contractbook.formats.format import Format
from contractbook.model import Contract
from contractbook.source.document import Document
from contractbook.source.sources import Sources

# The marker may be the last line of a file; only a parse can tell whether it stands at the top.
MARKER = re.compile(rb"""["']?(?:openapi|swagger)["']?\s*:""")


def detect(document: Document) -> bool:
    """Whether a document is an OpenAPI description."""
    if not MARKER.search(document.raw):
        return False
    data = document.data
    return isinstance(data, dict) and ("openapi" in data or "swagger" in data)


def read(documents: Sequence[Document], sources: Sources) -> Iterable[Contract]:
    """The contracts of the documents, one for each."""
    from contractbook.formats.openapi.read import read as read_all

    return read_all(documents, sources)


PREAMBLE = "openapi: 3.1.1\ninfo: {title: Example, version: 1.0.0}\n"

OPENAPI = Format("openapi", "OpenAPI", (".yaml", ".yml", ".json"), detect, read, PREAMBLE)
