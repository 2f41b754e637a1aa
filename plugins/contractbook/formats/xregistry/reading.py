"""What all parts of the reader of one entry of a catalogue share."""

from __future__ import annotations

from contractbook.formats.faults import Faults
from contractbook.formats.lifecycle import Endings
from contractbook.formats.nodes import Following
from contractbook.formats.schema.dialect import DRAFT_07
from contractbook.formats.schema.read import Schemas
from contractbook.source.document import Document
from contractbook.source.sources import Sources

KEPT = frozenset({"name", "description", "versionid", "defaultversionid"})  # told in words of the model


class Reading(Following):
    """The reading of one contract of a catalogue."""

    def __init__(self, document: Document, sources: Sources, endings: Endings) -> None:
        faults = Faults()
        super().__init__(document, sources, faults, Schemas(document, sources, DRAFT_07, faults, endings))
        self.endings = endings
