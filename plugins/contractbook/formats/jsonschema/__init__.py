"""JSON Schema, draft 4 to 2020-12."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from contractbook.formats.format import Format
from contractbook.formats.lifecycle import ENDINGS, Endings
from contractbook.model import Contract, Element
from contractbook.source.document import Document
from contractbook.source.sources import Sources

KINDS = frozenset({"object", "array", "string", "number", "integer", "boolean", "null"})
MEMBERS = frozenset({"properties", "items", "patternProperties", "additionalProperties", "required"})
COMBINED = frozenset({"allOf", "anyOf", "oneOf", "$ref", "enum", "definitions", "type"})
KEYS = MEMBERS | COMBINED | {"$schema", "$id", "$defs", "openapi", "swagger", "asyncapi", "in"}
# Also a schema that describes itself, by the rules of its registry.
_dialect = re.compile(r"https?://json-schema\.org/|.*/self-desc/schema/jsonschema/").match
_named = re.compile(r".*[.-]schema(\.(json|ya?ml))?", re.IGNORECASE).fullmatch


def detect(document: Document) -> bool:
    """Whether a document is a schema: it names a draft, or has the clear shape of one.

    Other contracts are asked for first, so that a big one is not searched again.
    """
    if "." not in document.path.rpartition("/")[2] and document.utf8.lstrip()[:1] != b"{":
        return False
    keys = document.top_keys(KEYS)
    if _dialect(keys.get("$schema", "")):
        return True
    if not keys or not keys.keys().isdisjoint(("openapi", "swagger", "asyncapi", "in")):
        return False
    if "$id" in keys or "$defs" in keys or _named(document.path):
        return not keys.keys().isdisjoint(MEMBERS | COMBINED | {"$defs"})
    return keys.get("type") in KINDS and not keys.keys().isdisjoint(MEMBERS)


def read(documents: Sequence[Document], sources: Sources, endings: Endings = ENDINGS) -> Iterable[Contract]:
    """The contracts of the documents: one for each schema that no other one is made of."""
    from contractbook.formats.jsonschema.read import read as read_all

    return read_all(documents, sources, endings)


def key(contract: Contract, element: Element, fact: str) -> str:
    """Where a fact is written, in each draft."""
    return WRITTEN.get(fact, "")


WRITTEN = {"deprecated": "deprecated", "format": "format", "lifecycle": "x-lifecycle"}

JSONSCHEMA = Format(
    "jsonschema",
    "JSON Schema",
    (".yaml", ".yml", ".json", ""),
    detect,
    read,
    preamble="$schema: https://json-schema.org/draft/2020-12/schema\n",
    together=True,
    parts=True,
    words={"$schema": "dialect", "$id": "address", "$comment": "comment", "self": "says of itself"},
    key=key,
)
