"""Keywords that put schemas together: branches, choices, conditions and references."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from contractbook.formats.schema.choices import choose
from contractbook.formats.schema.draft import Draft, Spot
from contractbook.formats.schema.keywords.keyword import Keyword, is_text
from contractbook.model import Condition, Discriminator
from contractbook.source.pointers import escaped

if TYPE_CHECKING:
    from contractbook.formats.schema.read import Schemas


def _all_of(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
    if isinstance(value, list):
        branches = tuple(schemas.branch(one, spot.into(f"/allOf/{i}")) for i, one in enumerate(value))
        draft.bases = (*draft.bases, *branches)


def _choice(key: str, choice: str) -> Keyword:
    def read(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
        if isinstance(value, list) and value:
            choose(schemas, draft, key, choice, value, spot, schema)

    return read


def _condition(key: str, kind: str) -> Keyword:
    def read(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
        there = spot.into(f"/{key}", f" ({key})")
        draft.conditions = (*draft.conditions, Condition(kind, (schemas.inner(value, there),), at=there.at))

    return read


def _if(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
    parts = tuple(
        schemas.inner(schema[key], spot.into(f"/{key}", f" ({key})")) if key in schema else ""
        for key in ("if", "then", "else")
    )
    draft.conditions = (*draft.conditions, Condition("if", parts, at=f"{spot.at}/if"))


def _unless_if(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
    if "if" not in schema:  # without it the branch means nothing; it is kept as written
        draft.bind("then" if schema.get("then") is value else "else", value)


def _unevaluated(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
    if value is False:
        draft.open = False
    _condition("unevaluatedProperties", "unevaluated-properties")(schemas, draft, value, spot, schema)


def _dependent(key: str) -> Keyword:
    """Read a mapping from a field to the fields it demands or the schema that must hold beside it."""

    def read(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
        for name, demand in value.items() if isinstance(value, dict) else ():
            there = spot.into(f"/{key}/{escaped(name)}", f" (with {name})")
            if isinstance(demand, list):
                names = (name, *filter(is_text, demand))
                condition = Condition("dependent-required", (), names, there.at)
            else:
                part = schemas.inner(demand, there)
                condition = Condition("dependent-type", (part,), (name,), there.at)
            draft.conditions = (*draft.conditions, condition)

    return read


def _discriminator(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
    if isinstance(value, str):  # Swagger 2.0
        draft.discriminator = Discriminator(value)
    elif isinstance(value, dict) and isinstance(value.get("propertyName"), str):
        mapping = value.get("mapping")
        pairs = mapping.items() if isinstance(mapping, dict) else ()
        there = spot.into("/discriminator/mapping")
        targets = {text: schemas.mapped(target, there) for text, target in pairs if isinstance(target, str)}
        last = value.get("defaultMapping")
        draft.discriminator = Discriminator(
            value["propertyName"], targets, schemas.mapped(last, there) if isinstance(last, str) else ""
        )
        more = {key: kept for key, kept in value.items() if key not in DISCRIMINATOR}
        if more:
            draft.bind("discriminator", more)


DISCRIMINATOR = frozenset({"propertyName", "mapping", "defaultMapping"})


def _reference(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
    draft.bases = (schemas.reference(value, spot), *draft.bases)


def _definitions(key: str) -> Keyword:
    def read(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
        for name, inner in value.items() if isinstance(value, dict) else ():
            schemas.named(inner, spot.into(f"/{key}/{escaped(name)}"))

    return read


COMBINATIONS: Mapping[str, Keyword] = {
    "allOf": _all_of,
    "oneOf": _choice("oneOf", "one-of"),
    "anyOf": _choice("anyOf", "any-of"),
    "not": _condition("not", "not"),
    "if": _if,
    "then": _unless_if,
    "else": _unless_if,
    "contains": _condition("contains", "contains"),
    "contentSchema": _condition("contentSchema", "content"),
    "propertyNames": _condition("propertyNames", "property-names"),
    "unevaluatedProperties": _unevaluated,
    "unevaluatedItems": _condition("unevaluatedItems", "unevaluated-items"),
    "dependentRequired": _dependent("dependentRequired"),
    "dependentSchemas": _dependent("dependentSchemas"),
    "dependencies": _dependent("dependencies"),
    "discriminator": _discriminator,
    "$ref": _reference,
    "$dynamicRef": _reference,
    "$recursiveRef": _reference,
    "$defs": _definitions("$defs"),
    "definitions": _definitions("definitions"),
}
