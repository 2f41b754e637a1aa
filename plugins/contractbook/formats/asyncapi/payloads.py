"""Payloads in the schema language that their message names."""

from __future__ import annotations

import re
from typing import Any

from contractbook.formats.asyncapi.reading import Reading
from contractbook.formats.nodes import Node
from contractbook.formats.payloads import reader
from contractbook.formats.schema.dialect import DIALECTS, Dialect
from contractbook.formats.schema.draft import Spot
from contractbook.model import Shape, Type
from contractbook.source.sources import Unresolved

_asyncapi = re.compile(r"(?i)application/vnd\.aai\.asyncapi(\+(json|yaml))?(;|$)").match
_json_schema = re.compile(r"(?i)application/schema\+(json|yaml)(;.*version=(?P<draft>[-\w]+))?").match
_openapi = re.compile(
    r"(?i)application/vnd\.oai\.openapi(\+(json|yaml))?(;.*version=(?P<version>[.\d]+))?"
).match


def payload(reading: Reading, node: Node, key: str, way: str, language: str) -> str:
    """The name of the type of a payload that stands under a key, `language` being its schemaFormat.

    AsyncAPI 3 may write the language beside the schema, and so may a component that a payload refers to.
    """
    inner = node.child(key)
    found = (
        reading.resolve(inner, "any") if "$ref" in inner.value and _leads_to_format(reading, inner) else inner
    )
    if {"schemaFormat", "schema"} <= found.value.keys():
        there = reading.way(found) if found is not inner else way
        return _in_language(reading, found, "schema", there, found.text("schemaFormat"))
    return _in_language(reading, node, key, way, language)


def _leads_to_format(reading: Reading, node: Node) -> bool:
    """Whether a reference leads to a schema with its language beside it."""
    try:
        target = reading.sources.follow(node.document, str(node.value["$ref"]))
    except Unresolved:
        return False
    return isinstance(target.value, dict) and {"schemaFormat", "schema"} <= target.value.keys()


def _in_language(reading: Reading, node: Node, key: str, way: str, language: str) -> str:
    spot, schema = reading.spot(node, key, way), node.value.get(key)
    dialect = _dialect(reading, language)
    if dialect is not None:
        return reading.schemas.speaking(dialect).inner(schema, spot)
    read = reader(language)
    if read is not None and schema is not None:
        return read(reading.schemas, schema, spot)
    return _unread(reading, schema, spot, language)


def _dialect(reading: Reading, language: str) -> Dialect | None:
    """The dialect of JSON Schema that a language is; None if it is none."""
    if not language or _asyncapi(language):
        return reading.schemas.dialect
    if draft := _json_schema(language):
        return next(
            (each for each in DIALECTS.values() if each.name == draft["draft"]), reading.schemas.dialect
        )
    if openapi := _openapi(language):
        from contractbook.formats.openapi.versions import specification

        return specification({"openapi": openapi["version"] or "3.0"}).dialect
    return None


def _unread(reading: Reading, schema: Any, spot: Spot, language: str) -> str:
    """A schema in a language that is not read here: kept as it is written."""
    known = reading.schemas.places.get(spot.at)
    if known is None:
        known = reading.schemas.places[spot.at] = reading.schemas.claim(spot.way, spot)
        reading.schemas.types[known] = Type(
            name=known,
            shape=Shape.ANY,
            inline=True,
            at=spot.at,
            binding={"schemaFormat": language, "schema": schema},
        )
    return known
