"""Payloads in a schema language of their own, as messages of another format name them by a media type."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from contractbook.formats.schema.draft import Spot
    from contractbook.formats.schema.read import Schemas

Payload = Callable[["Schemas", Any, "Spot"], str]
"""Reads the schema that stands at a spot into the types of a contract; gives the name of its type."""

# The module whose `payload` reads a language, by media type without suffix and parameters.
LANGUAGES = {
    "application/vnd.apache.avro": "contractbook.formats.avro.payload",
    "application/vnd.google.protobuf": "contractbook.formats.protobuf.payload",
    "application/x-protobuf": "contractbook.formats.protobuf.payload",
}
_bare = re.compile(r"\s*([^;+\s]+)").match


def reader(media_type: str) -> Payload | None:
    """What reads payloads in the language of a media type; None where it is not known."""
    found = _bare(media_type)
    module = LANGUAGES.get(found[1].lower()) if found else None
    read: Payload | None = import_module(module).payload if module else None
    return read
