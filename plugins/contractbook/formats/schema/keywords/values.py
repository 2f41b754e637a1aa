"""Keywords that speak of single values: their kind, limits and enumerations."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from contractbook.formats.schema.draft import Draft, Spot
from contractbook.formats.schema.enumerations import value_name, values
from contractbook.formats.schema.keywords.keyword import Keyword, is_text, text
from contractbook.model import Value

KINDS = frozenset({"string", "integer", "number", "boolean", "object", "array"})

if TYPE_CHECKING:
    from contractbook.formats.schema.read import Schemas


def _type(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
    if value in KINDS if isinstance(value, str) else False:
        draft.kinds = (value,)
        return
    names = value if isinstance(value, list) else [value]
    if "null" in names:
        draft.nullable = True
    if "file" in names:  # Swagger 2.0: the bytes of a file
        names = ["string"]
        draft.format = "binary"
    kinds = tuple(dict.fromkeys(name for name in names if isinstance(name, str) and name in KINDS))
    if "number" in kinds:
        kinds = tuple(kind for kind in kinds if kind != "integer")
    if kinds:
        draft.kinds = kinds
    elif draft.nullable:
        draft.kinds = ("null",)


def is_number(value: Any) -> bool:
    """Whether a value can be compared as a number; true and NaN cannot."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _limit(key: str) -> Keyword:
    neutral = 0 if key.startswith("min") and key != "minimum" and key != "minContains" else None

    def read(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
        if is_number(value) and value != neutral:
            draft.limit(key, value)

    return read


def _bound(key: str, exclusive: str) -> Keyword:
    number = _limit(key)

    def read(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
        if schema.get(exclusive) is not True:  # draft 4: a flag that changes what the bound means
            number(schemas, draft, value, spot, schema)

    return read


def _exclusive(key: str, bound: str) -> Keyword:
    number = _limit(key)

    def read(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
        number(schemas, draft, schema.get(bound) if value is True else value, spot, schema)

    return read


def _pattern(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
    if isinstance(value, str):
        draft.limit("pattern", value)


def _unique(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
    if value is True:
        draft.limit("uniqueItems", True)


def _enum(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
    if not isinstance(value, list):
        return
    if None in value:
        draft.nullable = True
    listed = values(value, spot, schema)
    if listed:
        draft.values = listed
    kinds = _kinds_of(value)
    if len(listed) < len(value) - value.count(None) or not _declared(kinds, schema.get("type")):
        draft.bind("enum", value)  # what the values cannot say: which are listed twice, or of another kind
    if not draft.kinds:
        draft.kinds = kinds


def _declared(kinds: tuple[str, ...], type: Any) -> bool:
    """Whether all kinds of values are among those that a schema declares."""
    declared = set(filter(is_text, type if isinstance(type, list) else [type]))
    return type is None or "number" in declared or declared.issuperset(kinds) or kinds == ("null",)


def _kinds_of(values: list[Any]) -> tuple[str, ...]:
    """The kinds of JSON values that are listed."""
    kinds = dict.fromkeys(KIND_OF.get(type(value), "null") for value in values if value is not None)
    return tuple(kinds) or ("null",)


KIND_OF = {str: "string", bool: "boolean", int: "integer", float: "number", dict: "object", list: "array"}


def _const(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
    if value is None:
        draft.nullable = True
        draft.kinds = draft.kinds or ("null",)
    else:
        draft.values = (Value(name=value_name(value), at=f"{spot.at}/const"),)
        draft.kinds = draft.kinds or _kinds_of([value])


def _extensible(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
    if isinstance(value, list):
        draft.values = values(value, spot, schema, "x-extensible-enum")
        draft.growing = True


VALUES: Mapping[str, Keyword] = {
    "type": _type,
    "format": text("format"),
    "multipleOf": _limit("multipleOf"),
    "maximum": _bound("maximum", "exclusiveMaximum"),
    "minimum": _bound("minimum", "exclusiveMinimum"),
    "exclusiveMaximum": _exclusive("exclusiveMaximum", "maximum"),
    "exclusiveMinimum": _exclusive("exclusiveMinimum", "minimum"),
    "maxLength": _limit("maxLength"),
    "minLength": _limit("minLength"),
    "maxItems": _limit("maxItems"),
    "minItems": _limit("minItems"),
    "maxProperties": _limit("maxProperties"),
    "minProperties": _limit("minProperties"),
    "maxContains": _limit("maxContains"),
    "minContains": _limit("minContains"),
    "pattern": _pattern,
    "uniqueItems": _unique,
    "enum": _enum,
    "const": _const,
    "x-extensible-enum": _extensible,
}
