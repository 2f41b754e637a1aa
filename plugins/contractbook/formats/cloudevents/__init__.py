"""CloudEvents: single events and batches of them, as files; and their envelope, in any format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from contractbook.formats.format import Format
from contractbook.formats.lifecycle import ENDINGS, Endings
from contractbook.model import Contract
from contractbook.source.document import Document
from contractbook.source.sources import Sources

ATTRIBUTES = frozenset({"specversion", "id", "source", "type"})
NAMES = (".cloudevent", ".cloudevents")


def detect(document: Document) -> bool:
    """Whether a document is an event: by its name, or by the attributes at its top level."""
    stem, _, suffix = document.path.rpartition(".")
    if suffix.lower() in ("json", "yaml", "yml") and stem.endswith(NAMES):
        return True
    if b"specversion" not in document.utf8:
        return False
    found = document.top_keys(ATTRIBUTES)
    return "specversion" in found and len(found) > 2


def read(documents: Sequence[Document], sources: Sources, endings: Endings = ENDINGS) -> Iterable[Contract]:
    """The contracts of the documents, one for each."""
    from contractbook.formats.cloudevents.read import read as read_all

    return read_all(documents, sources, endings)


PREAMBLE = "specversion: '1.0'\n"
WORDS: Mapping[str, str] = {"values": "Attributes of this event"}

CLOUDEVENTS = Format(
    "cloudevents", "CloudEvents", (".json", ".yaml", ".yml"), detect, read, PREAMBLE, words=WORDS
)
