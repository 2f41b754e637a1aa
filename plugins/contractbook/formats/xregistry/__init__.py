"""xRegistry 1.0: catalogues of endpoints, messages and schemas, with their versions and lifecycles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from contractbook.formats.format import Format
from contractbook.formats.lifecycle import ENDINGS, Endings
from contractbook.model import Contract
from contractbook.source.document import Document
from contractbook.source.sources import Sources

# The groups of a catalogue, also as release candidates called them.
GROUPS = frozenset({"messagegroups", "schemagroups", "definitionGroups", "schemaGroups"})
MARKERS = GROUPS | {"endpoints", "specversion", "registryid"}


def detect(document: Document) -> bool:
    """Whether a document is a catalogue of messages or schemas."""
    found = document.top_keys(MARKERS).keys()
    return not GROUPS.isdisjoint(found) or {"endpoints", "specversion"} <= found


def read(documents: Sequence[Document], sources: Sources, endings: Endings = ENDINGS) -> Iterable[Contract]:
    """The contracts of the documents: one for each endpoint, group of messages and version of a schema."""
    from contractbook.formats.xregistry.read import read as read_all

    return read_all(documents, sources, endings)


PREAMBLE = "specversion: '1.0'\n"
WORDS: Mapping[str, str] = {
    "dataschemaformat": "Schema language",
    "documentation": "More",
    "format": "Schema language",
    "labels": "Labels",
    "protocoloptions": "Protocol",
    "usage": "Used by",
}

XREGISTRY = Format(
    "xregistry",
    "xRegistry",
    (".json", ".yaml", ".yml", ".cereg"),
    detect,
    read,
    PREAMBLE,
    together=True,  # a catalogue holds many contracts
    words=WORDS,
)
