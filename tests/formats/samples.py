"""Meta-schemas as lists of keywords, and a value for each keyword that is no plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from jsonschema_specifications import REGISTRY

from contractbook.model import Contract, Type

SENTINEL = "sentinel-text"
NUMBERS = {
    *("maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum", "multipleOf", "maxLength", "minLength"),
    *("maxItems", "minItems", "maxProperties", "minProperties", "maxContains", "minContains"),
}
SCHEMAS = {
    *("items", "additionalProperties", "additionalItems", "not", "if", "then", "else", "contains"),
    *("propertyNames", "contentSchema", "unevaluatedItems", "unevaluatedProperties"),
}
INNER = {"type": "string", "maxLength": 77}

SCHEMA_SAMPLES: Mapping[str, Any] = {
    **dict.fromkeys(NUMBERS, 77),
    **dict.fromkeys(SCHEMAS, INNER),
    "type": "integer",
    "required": [SENTINEL],
    "enum": [SENTINEL],
    "examples": [SENTINEL],
    "uniqueItems": True,
    "properties": {SENTINEL: INNER},
    "patternProperties": {SENTINEL: INNER},
    "prefixItems": [INNER],
    "allOf": [INNER],
    "oneOf": [INNER, {"type": "integer"}],
    "anyOf": [INNER, {"type": "integer"}],
    "dependentRequired": {SENTINEL: ["other"]},
    "dependentSchemas": {SENTINEL: INNER},
    "dependencies": {SENTINEL: INNER},
    "$defs": {SENTINEL: INNER},
    "definitions": {SENTINEL: INNER},
    "discriminator": {"propertyName": SENTINEL},
    "xml": {"name": SENTINEL},
    "externalDocs": {"url": SENTINEL},
    **dict.fromkeys(("readOnly", "writeOnly", "nullable", "deprecated", "$recursiveAnchor"), True),
    "$vocabulary": {SENTINEL: True},
}
# What a keyword means nothing without.
BESIDE: Mapping[str, Mapping[str, Any]] = {
    "then": {"if": {"type": "integer"}},
    "else": {"if": {"type": "integer"}},
    "additionalItems": {"items": [{"type": "integer"}]},
}

# What a meta-schema says of the parts of an object, or of what it must not be.
OF_PARTS = {"properties", "patternProperties", "additionalProperties", "items", "contains", "not"}


def keywords(schema: Any) -> Iterator[str]:
    """Every key that a meta-schema names, on whatever condition, of the object itself."""
    if isinstance(schema, dict):
        yield from (key for key in schema.get("properties", {}))
        yield from (key for key in schema.get("patternProperties", {}) if re.fullmatch(r"[$\w]+", key))
        for key, inner in schema.items():
            if key not in OF_PARTS:
                yield from keywords(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from keywords(inner)


def of_draft(uri: str) -> list[str]:
    """The keywords of a draft of JSON Schema, with those of its vocabularies."""
    schema = REGISTRY.contents(uri)
    parts = [
        REGISTRY.contents(f"{uri.rpartition('/')[0]}/{part['$ref']}") for part in schema.get("allOf", ())
    ]
    return list(dict.fromkeys(key for part in (schema, *parts) for key in part.get("properties", {})))


def content(read: Contract | Mapping[str, Type]) -> str:
    """All that was read, without where it stands."""
    if isinstance(read, Contract):
        read = msgspec.structs.replace(read, faults=())
    return re.sub(r"\bat=('[^']*'|\"[^\"]*\")", "", repr(read))
