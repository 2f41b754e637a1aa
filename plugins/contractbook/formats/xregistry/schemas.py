"""Schemas of a catalogue, each in the language that it names."""

from __future__ import annotations

import re
from typing import Any

from contractbook.formats.nodes import Node
from contractbook.formats.payloads import reader
from contractbook.formats.schema.dialect import DIALECTS, Dialect
from contractbook.formats.schema.draft import Spot
from contractbook.formats.xregistry.reading import Reading
from contractbook.model import Shape, Type
from contractbook.source.sources import Unresolved

_json_schema = re.compile(r"(?i)json-?schema(/(draft-?)?(?P<draft>[\w-]+))?").match
MEDIA = {"avro": "application/vnd.apache.avro", "protobuf": "application/vnd.google.protobuf"}
DRAFTS = {**dict.fromkeys(("4", "04"), "draft-04"), **dict.fromkeys(("6", "06"), "draft-06")}
KEYS = ("schema", "dataschema")


def type_of(reading: Reading, node: Node, name: str) -> str:
    """The type of the schema that stands in an entry; empty where there is none."""
    key = next((key for key in KEYS if key in node.value), "")
    language = node.text("dataschemaformat") or node.text("schemaformat") or node.text("format")
    if not key:
        return _elsewhere(reading, node, name, language)
    schema, spot = node.value[key], reading.spot(node, key, name)
    if isinstance(schema, dict) and (dialect := _dialect(language, schema)):
        return reading.schemas.speaking(dialect).named(schema, spot, name)
    read = reader(MEDIA.get(language.partition("/")[0].lower(), ""))
    if read is not None:
        return read(reading.schemas, schema, spot)
    return _unread(reading, schema, spot, language)


def _elsewhere(reading: Reading, node: Node, name: str, language: str) -> str:
    """The type of a schema that stands in a file of its own."""
    key = next((key for key in ("schemauri", "schemaurl") if node.text(key)), "")
    if not key:
        return ""
    try:
        target = reading.sources.follow(node.document, node.text(key))
    except Unresolved as problem:
        reading.faults.unresolved(str(problem), node.document, f"{node.pointer}/{key}")
        return _unread(reading, node.text(key), reading.spot(node, key, name), language)
    reading.schemas.documents.setdefault(target.document.path, target.document)
    there = Node(target.document, target.pointer, {"schema": target.value, "format": language})
    return type_of(reading, there, name)


def _dialect(language: str, schema: dict[str, Any]) -> Dialect | None:
    """The dialect of a JSON Schema; None for what is no JSON Schema."""
    stated = DIALECTS.get(str(schema.get("$schema", "")).rstrip("#"))
    if stated is not None:
        return stated
    found = _json_schema(language)
    if not found:
        return None
    draft = DRAFTS.get(found["draft"] or "", found["draft"])
    return next((each for each in DIALECTS.values() if each.name == draft), DIALECTS[DRAFT_07])


DRAFT_07 = "http://json-schema.org/draft-07/schema"


def _unread(reading: Reading, schema: Any, spot: Spot, language: str) -> str:
    """A schema in a language that is not read here: kept as it is written."""
    known = reading.schemas.places.get(spot.at)
    if known is None:
        known = reading.schemas.places[spot.at] = reading.schemas.claim(spot.way, spot)
        binding = {"schemaFormat": language, "schema": schema}
        reading.schemas.types[known] = Type(name=known, shape=Shape.ANY, at=spot.at, binding=binding)
    return known
