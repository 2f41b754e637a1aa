"""Simple types: restrictions by facets, lists and unions (XML Schema 1.0-2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from contractbook.formats.wsdl.annotations import said_of
from contractbook.formats.wsdl.builtins import number, value_of
from contractbook.formats.wsdl.files import Schema
from contractbook.formats.wsdl.names import XS
from contractbook.formats.wsdl.patterns import as_pattern, joined
from contractbook.model import NOTHING, Shape, Type, Value
from contractbook.source.xml_text import Element

if TYPE_CHECKING:
    from contractbook.formats.wsdl.types import Types

BOUNDS = {
    "minInclusive": "minimum",
    "maxInclusive": "maximum",
    "minExclusive": "exclusiveMinimum",
    "maxExclusive": "exclusiveMaximum",
}
LENGTHS = {"length": ("min", "max"), "minLength": ("min",), "maxLength": ("max",)}
KEPT = ("totalDigits", "fractionDigits", "whiteSpace")
FACETS = frozenset({*BOUNDS, *LENGTHS, *KEPT, "pattern", "enumeration"})


def base(element: Element) -> tuple[Element, str] | None:
    """The restriction that a type is made by, and the name of its base."""
    for each in element:
        if each.space == XS and each.name == "restriction" and each.get("base"):
            return each, each.get("base")
    return None


def simple_type(types: Types, element: Element, schema: Schema, name: str, at: str, inline: bool) -> Type:
    """The type that a `simpleType` declares."""
    facts: dict[str, Any] = {"name": name, "at": at, "inline": inline}
    ways = [each for each in element if each.space == XS and each.name in ("restriction", "list", "union")]
    facts |= said_of(types.reading.endings, element, *ways[:1], final=element.get("final"))
    for each in element:
        if each.space != XS:
            continue
        if each.name == "restriction":
            base = types.base_of(each, schema, f"{name} (base)")
            return restricted(types, each, schema, facts, base)
        if each.name == "list":
            item = types.simple_inside(each, "itemType", schema, f"{name}[]")
            return Type(shape=Shape.LIST, item=item, **_bound(facts, list="separated by spaces"))
        if each.name == "union":
            return _union(types, each, schema, facts)
    types.reading.invalid(
        "this simple type says nothing of its values",
        element,
        schema.document,
        "Give it a `restriction`, `list` or `union`.",
    )
    return Type(shape=Shape.ANY, **facts)


def restricted(types: Types, each: Element, schema: Schema, facts: dict[str, Any], base: str) -> Type:
    """The type that the facets of a `restriction` make of its base."""
    known = types.known(base)
    limits, kept, values = _facets(types, each, schema, known)
    facts = {**facts}
    if known.at:
        facts["bases"] = (base,)
    binding = {**_inherited(known.binding), **facts.get("binding", NOTHING), **kept}
    facts["binding"] = binding or NOTHING
    facts |= {"scalar": known.scalar, "format": known.format, "nullable": known.nullable}
    if known.shape is Shape.LIST:
        return Type(shape=Shape.LIST, item=known.item, limits={**known.limits, **limits}, **facts)
    if known.shape is Shape.UNION:
        if values:
            return Type(shape=Shape.ENUM, open=False, values=values, limits=limits, **facts)
        return Type(
            shape=Shape.UNION,
            parts=known.parts,
            choice=known.choice,
            limits={**known.limits, **limits},
            **facts,
        )
    limits = {**known.limits, **limits}
    if values or known.shape is Shape.ENUM:
        is_open = known.open and not values
        return Type(
            shape=Shape.ENUM, open=is_open, values=values or known.values, limits=limits or NOTHING, **facts
        )
    shape = Shape.SCALAR if known.scalar else known.shape
    return Type(shape=shape, limits=limits or NOTHING, **facts)


def _inherited(binding: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in binding.items() if key in (*KEPT, *BOUNDS, "list")}


def _bound(facts: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {**facts, "binding": {**facts.get("binding", NOTHING), **more}}


def _union(types: Types, each: Element, schema: Schema, facts: dict[str, Any]) -> Type:
    name = facts["name"]
    members = [
        types.simple_named(value, each, schema) for value in each.attributes.get("memberTypes", "").split()
    ]
    for inner in each:
        if inner.space == XS and inner.name == "simpleType":
            count = len(members) + 1
            members.append(types.inline(inner, schema, f"{name} (option {count})"))
    found = [types.known(member) for member in members]
    listed = [one for one in found if one.shape is Shape.ENUM]
    free = [one for one in found if one.shape is Shape.SCALAR and one.scalar == "string" and not one.limits]
    if listed and len(listed) + len(free) == len(found) and len({one.scalar for one in found}) == 1:
        values = {value.name: value for one in listed for value in one.values}
        is_open = bool(free) or any(one.open for one in listed)
        bases = tuple(one.name for one in listed if not one.inline)
        return Type(
            shape=Shape.ENUM, scalar="string", open=is_open, values=(*values.values(),), bases=bases, **facts
        )
    if not members:
        types.reading.invalid(
            "this union has no members", each, schema.document, "Name them in `memberTypes`."
        )
    return Type(shape=Shape.UNION, choice="any-of", parts=(*dict.fromkeys(members),), **facts)


def _facets(
    types: Types, element: Element, schema: Schema, base: Type
) -> tuple[dict[str, Any], dict[str, Any], tuple[Value, ...]]:
    """Limits with JSON Schema's names, what those cannot say, and the values that are listed."""
    limits: dict[str, Any] = {}
    kept: dict[str, Any] = {}
    values: dict[str, Value] = {}
    patterns: list[str] = []
    ends = "Items" if base.shape is Shape.LIST else "Length"
    for each in element:
        if each.space != XS or each.name not in FACETS:
            continue
        value = each.attributes.get("value", "")
        if each.get("fixed") in ("true", "1"):
            kept["fixed facets"] = [*kept.get("fixed facets", ()), each.name]
        if each.name == "enumeration":
            _enumerate(types, each, schema, values, value)
        elif each.name == "pattern":
            patterns.append(value)
        elif each.name in LENGTHS:
            length = _whole(types, each, schema, value)
            limits |= {f"{end}{ends}": length for end in LENGTHS[each.name] if length is not None}
        elif each.name in BOUNDS:
            _bind(types, each, schema, base, limits, kept)
        elif each.name == "whiteSpace":
            kept["whiteSpace"] = value
        elif (digits := _whole(types, each, schema, value)) is not None:
            kept[each.name] = digits
    if patterns:
        limits["pattern"] = joined([as_pattern(pattern) for pattern in patterns])
    _check(types, element, schema, limits)
    return limits, kept, (*values.values(),)


def _enumerate(types: Types, each: Element, schema: Schema, values: dict[str, Value], value: str) -> None:
    if value in values:
        types.reading.faults.doubled(
            f"the value `{value}` is listed twice",
            schema.document,
            each.pointer,
            "Remove one of the two.",
        )
        return
    values[value] = Value(
        name=value, at=types.reading.at(each, schema), **said_of(types.reading.endings, each)
    )


def _whole(types: Types, each: Element, schema: Schema, value: str) -> int | None:
    if value.strip().isdigit():
        return int(value)
    types.reading.invalid(
        f"`{each.name}` is a whole number of at least 0, not `{value[:40]}`", each, schema.document
    )
    return None


def _bind(
    types: Types, each: Element, schema: Schema, base: Type, limits: dict[str, Any], kept: dict[str, Any]
) -> None:
    """A bound: of numbers a limit, of dates and durations kept as it is written."""
    value = each.get("value")
    if base.scalar not in ("integer", "number"):
        if base.scalar == "string" and base.format == "":
            types.reading.invalid(
                f"`{each.name}` bounds numbers and dates, but this is a text", each, schema.document
            )
        kept[each.name] = value
        return
    try:
        limits[BOUNDS[each.name]] = number(value)
    except ValueError:
        types.reading.invalid(f"`{each.name}` is a number, not `{value[:40]}`", each, schema.document)


def _check(types: Types, element: Element, schema: Schema, limits: Mapping[str, Any]) -> None:
    pairs = (("minLength", "maxLength"), ("minItems", "maxItems"), ("minimum", "maximum"))
    for least, most in pairs:
        if least in limits and most in limits and limits[least] > limits[most]:
            types.reading.invalid(
                f"no value can be at least {limits[least]} and at most {limits[most]}",
                element,
                schema.document,
                "Exchange the two facets, or mend one.",
            )


def fixed(types: Types, value: str, of: str, name: str, at: str) -> Type:
    """The type of what can have one value only."""
    known = types.known(of)
    return Type(
        name=name,
        at=at,
        inline=True,
        shape=Shape.ENUM,
        scalar=known.scalar or "string",
        format=known.format,
        open=False,
        values=(Value(name=value, at=at),),
    )


def default(types: Types, value: str, of: str) -> Any:
    """A default as a value of its type."""
    return value_of(value, types.known(of).scalar)
