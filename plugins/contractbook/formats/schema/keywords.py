"""What each keyword of JSON Schema and its dialects means: one table, one small function each."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from contractbook.formats.schema.choices import choose
from contractbook.formats.schema.draft import Draft, Spot
from contractbook.formats.schema.enumerations import value_name, values
from contractbook.model import ALIVE, Condition, Discriminator, Example, Value
from contractbook.source.pointers import escaped

if TYPE_CHECKING:
    from contractbook.formats.schema.read import Schemas

Keyword = Callable[["Schemas", Draft, Any, Spot, Mapping[str, Any]], None]
KINDS = frozenset({"string", "integer", "number", "boolean", "object", "array"})


# -- annotations


def _text(attribute: str) -> Keyword:
    def read(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
        if isinstance(value, str):
            setattr(draft, attribute, value)

    return read


def _flag(attribute: str) -> Keyword:
    def read(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
        if value is True:
            setattr(draft, attribute, True)

    return read


def _default(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
    draft.default = value


def _example(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
    draft.examples = (*draft.examples, Example(value=value, at=spot.at + "/example"))


def _examples(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
    values = value if isinstance(value, list) else [value]
    more = (Example(value=one, at=f"{spot.at}/examples/{i}") for i, one in enumerate(values))
    draft.examples = (*draft.examples, *more)


def lifecycle(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
    """Read the keys that announce an end, all at once."""
    if "lifecycle" not in draft.said:
        found = schemas.endings.read(schema)
        if found is not ALIVE:
            draft.lifecycle = found


def lifecycle_beside(key: str) -> Keyword:
    """Read a key that announces an end and says more than that."""

    def read(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
        lifecycle(schemas, draft, value, spot, schema)
        draft.bind(key, value)

    return read


# -- kinds and limits


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


# -- enumerations


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
    declared = set(filter(_is_text, type if isinstance(type, list) else [type]))
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


# -- objects


def _properties(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
    if not isinstance(value, dict):
        return
    required = schema.get("required")
    needed = set(filter(_is_text, required)) if isinstance(required, list) else ()
    spot = spot.into("/properties")
    if isinstance(value.get("$ref"), str):  # no version allows it; real files have it, and tools follow it
        value, spot = schemas.members(value["$ref"], spot)
    document, at, way, depth = spot
    fields = []
    for name, inner in value.items():
        there = Spot(document, f"{at}/{escaped(name)}", f"{way} > {name}", depth)
        fields.append(schemas.field(name, inner, there, required=name in needed))
    draft.fields = tuple(fields)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _required(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
    properties = schema.get("properties")
    declared = properties if isinstance(properties, dict) else {}
    if isinstance(value, list):
        draft.required = tuple(
            dict.fromkeys(name for name in value if _is_text(name) and name not in declared)
        )
    elif value is True:  # draft 3 wrote it beside the property; kept, and told by the structure check
        draft.bind("required", value)


def _pattern_properties(
    schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]
) -> None:
    if isinstance(value, dict):
        draft.patterns = tuple(
            schemas.field(
                pattern,
                inner,
                spot.into(f"/patternProperties/{escaped(pattern)}", f" > /{pattern}/"),
                required=False,
            )
            for pattern, inner in value.items()
        )


def _additional(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
    if value is False:
        draft.open = False
    elif isinstance(value, dict) and value:
        rest = schemas.inner(value, spot.into("/additionalProperties", "{}"))
        if rest != schemas.anything:
            draft.rest = rest


# -- arrays


def _items(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
    if isinstance(value, list):
        draft.prefix = _prefix(schemas, value, spot, "items")
    else:
        draft.item = schemas.inner(value, spot.into("/items", "[]"))


def _prefix_items(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
    if isinstance(value, list):
        draft.prefix = _prefix(schemas, value, spot, "prefixItems")


def _prefix(schemas: Schemas, value: list[Any], spot: Spot, key: str) -> tuple[str, ...]:
    return tuple(schemas.inner(one, spot.into(f"/{key}/{i}", f"[{i}]")) for i, one in enumerate(value))


def _additional_items(
    schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]
) -> None:
    if isinstance(schema.get("items"), list):  # elsewhere it means nothing
        draft.item = schemas.inner(value, spot.into("/additionalItems", "[]"))


# -- combinations


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
                names = (name, *filter(_is_text, demand))
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


# -- references


def _reference(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
    draft.bases = (schemas.reference(value, spot), *draft.bases)


def _definitions(key: str) -> Keyword:
    def read(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
        for name, inner in value.items() if isinstance(value, dict) else ():
            schemas.named(inner, spot.into(f"/{key}/{escaped(name)}"))

    return read


KEYWORDS: Mapping[str, Keyword] = {
    "title": _text("title"),
    "description": _text("doc"),
    "default": _default,
    "example": _example,
    "examples": _examples,
    "readOnly": _flag("read_only"),
    "writeOnly": _flag("write_only"),
    "nullable": _flag("nullable"),
    "x-nullable": _flag("nullable"),
    "type": _type,
    "format": _text("format"),
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
    "properties": _properties,
    "required": _required,
    "patternProperties": _pattern_properties,
    "additionalProperties": _additional,
    "items": _items,
    "prefixItems": _prefix_items,
    "additionalItems": _additional_items,
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
"""How each keyword is read; what is not here stays as it is written, in `binding`."""
