"""Which draft a schema is written in, and its meta-schema."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urldefrag

from contractbook.formats.faults import Faults
from contractbook.formats.schema.dialect import (
    DIALECTS,
    DRAFT_04,
    DRAFT_07,
    DRAFT_2020_12,
    Dialect,
)
from contractbook.formats.structure.check import Structure
from contractbook.source.document import Document
from contractbook.source.faults import shortened

BY_NAME = {dialect.name: address for address, dialect in DIALECTS.items()}
NEWEST = BY_NAME[DRAFT_2020_12.name]


def dialect(document: Document, faults: Faults) -> Dialect:
    """The draft that a schema names, else the one whose words it uses."""
    data = document.data
    stated = data.get("$schema")
    if not isinstance(stated, str):
        return _by_words(data)
    address = urldefrag(stated).url.removesuffix("/")
    known = DIALECTS.get(address) or DIALECTS.get(_other_scheme(address))
    if known is None and address.startswith(("http://json-schema.org/", "https://json-schema.org/")):
        known = _nearest(address)
        if known is None:
            faults.invalid(
                f"there is no draft `{shortened(stated)}` that is read; the schema is read as draft 4",
                document,
                "/$schema",
                f"Write `{NEWEST}`, or another draft from 4 on.",
            )
            return DRAFT_04
    return known or _by_words(data)


def _other_scheme(address: str) -> str:
    secure = address.startswith("https:")
    return address.replace("https:", "http:", 1) if secure else address.replace("http:", "https:", 1)


def _nearest(address: str) -> Dialect | None:
    """The draft of a hyper-schema, or the one that `http://json-schema.org/schema` means today."""
    if address.endswith("//json-schema.org/schema"):
        return DRAFT_2020_12
    return next((one for one in DIALECTS.values() if f"/{one.name}/" in address), None)


def _by_words(data: Mapping[str, Any]) -> Dialect:
    if "self" in data or ("id" in data and "$id" not in data):
        return DRAFT_04
    return DRAFT_07 if "definitions" in data and "$defs" not in data else DRAFT_2020_12


def check(document: Document, value: Any, pointer: str, dialect: Dialect, faults: Faults) -> None:
    """Report what of a schema is against the meta-schema of its draft."""
    _structure(BY_NAME[dialect.name]).check(document, pointer, value, faults)


@lru_cache(maxsize=8)
def _structure(address: str) -> Structure:
    return Structure({"$schema": address, "$ref": address}, {})
