"""Checks documents against the tables of AsyncAPI's objects."""

from __future__ import annotations

from contractbook.formats.asyncapi.versions import KNOWN, Specification, stated_version
from contractbook.formats.faults import Faults
from contractbook.formats.structure.tables import Checking
from contractbook.source.document import Document
from contractbook.source.faults import shortened
from contractbook.source.sources import Target

MARKERS = frozenset({"asyncapi"})


def check(document: Document, version: Specification, faults: Faults) -> None:
    """Report what of a main document is against its specification."""
    stated = stated_version(document.data)
    if ".".join(stated.split(".")[:2]) not in KNOWN:
        faults.invalid(
            f"there is no AsyncAPI {shortened(stated)}; the document is read as AsyncAPI {version.version}",
            document,
            "/asyncapi",
            f"Write `asyncapi: {version.version}.0`, or another version that exists.",
        )
    _checking(version).check("document", document, "", document.data, faults)


def check_part(target: Target, kind: str, version: Specification, faults: Faults) -> None:
    """Report what of an object in another file, such as a message, is against the specification.

    A file that is a description itself is checked whole, for itself.
    """
    if not target.document.top_keys(MARKERS):
        _checking(version).check(kind, target.document, target.pointer, target.value, faults)


def _checking(version: Specification) -> Checking:
    return Checking(version.objects, version.version, "AsyncAPI")
