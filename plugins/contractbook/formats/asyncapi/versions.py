"""The versions of AsyncAPI as values: their tables, and the dialect of their schemas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from contractbook.formats.asyncapi.tables import OBJECTS_2, OBJECTS_3
from contractbook.formats.schema.dialect import DRAFT_07, Dialect
from contractbook.formats.structure.tables import Tables

# AsyncAPI 2.6, "Schema Object": draft 7 with `discriminator`, `externalDocs` and `deprecated`.
SCHEMAS = Dialect("asyncapi", DRAFT_07.keywords | {"discriminator"}, siblings=False, beside=DRAFT_07.beside)
KNOWN = ("2.0", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "3.0", "3.1")


class Specification(NamedTuple):
    """One version of the specification; `major` is what decides how a document is read."""

    version: str
    major: int
    objects: Tables


def stated_version(data: Mapping[str, Any]) -> str:
    """The version that a document says it is written in."""
    return str(data.get("asyncapi") or "")


def specification(stated: str) -> Specification:
    """The version that a document is to be read by: the stated one, else the nearest."""
    version = ".".join(stated.split(".")[:2])
    if version not in KNOWN:
        version = "2.6" if stated[:1] == "2" else "3.1"
    return Specification(version, int(version[0]), OBJECTS_2 if version[0] == "2" else OBJECTS_3)
