"""Which shape of type a draft makes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec.structs

from contractbook.formats.schema.draft import ANNOTATIONS, Draft, Spot
from contractbook.model import Condition, Discriminator, Field, Shape, Type

if TYPE_CHECKING:
    from contractbook.formats.schema.read import Schemas

PLAIN = frozenset({"kinds", "format", "nullable"})
LIMITS = {
    "string": frozenset({"maxLength", "minLength", "pattern"}),
    "number": frozenset({"multipleOf", "maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum"}),
    "object": frozenset({"maxProperties", "minProperties"}),
    "array": frozenset({"maxItems", "minItems", "uniqueItems", "maxContains", "minContains"}),
}
LIMITS["integer"] = LIMITS["number"]
LIMITS["boolean"] = frozenset()
NUMERIC = frozenset({"int32", "int64", "float", "double"})  # OpenAPI 3.0, 4.4
OF_OBJECT = ("fields", "required", "patterns", "rest", "open")
OF_ARRAY = ("item", "prefix")
ON_OBJECTS = frozenset({"unevaluated-properties", "property-names", "dependent-type", "dependent-required"})
Choices = tuple[tuple[str, tuple[str, ...]], ...]
ON_ARRAYS = frozenset({"contains", "unevaluated-items"})


def shaped(schemas: Schemas, draft: Draft, spot: Spot, name: str, inline: bool) -> Type:
    """The type of a draft, without what its bases say."""
    said = draft.said
    facts: dict[str, Any] = {key: said[key] for key in ANNOTATIONS.intersection(said)}
    facts |= {"name": name, "at": spot.at, "inline": inline}
    for key in ("format", "limits", "conditions", "discriminator"):
        if key in said:
            facts[key] = said[key]
    kinds = draft.kinds or tuple(_implied(draft))
    kind = kinds[0] if len(kinds) == 1 else ""
    if draft.values is not None:
        facts |= _aside(draft, (), draft.choices, spot)
        return Type(shape=Shape.ENUM, scalar=kind, values=draft.values, open=draft.growing, **facts)
    if len(kinds) > 1:
        return _union_of_kinds(schemas, draft, kinds, spot, facts)
    if kind == "array" and (draft.item or draft.prefix or not draft.choices):
        facts |= _aside(draft, kinds, draft.choices, spot)
        item = draft.item or schemas.plain("")
        return Type(shape=Shape.LIST, item=item, **{"prefix": draft.prefix, **facts})
    if draft.choices:
        return _variants(schemas, draft, kind, spot, facts)
    facts |= _aside(draft, kinds, (), spot)
    if kind == "object":
        return Type(**_object(schemas, draft, spot, facts))
    return Type(shape=Shape.SCALAR if kind else Shape.ANY, scalar=kind, **facts)


def _aside(draft: Draft, kinds: tuple[str, ...], choices: Choices, spot: Spot) -> dict[str, Any]:
    """What the shape does not say: choices, and what is said of objects or lists where there are none."""
    aside: dict[str, Any] = {}
    conditions = draft.conditions + tuple(Condition(choice, parts, at=spot.at) for choice, parts in choices)
    if "object" not in kinds:
        aside |= {"fields": draft.fields, "patterns": draft.patterns}
        if draft.rest:
            conditions += (Condition("unevaluated-properties", (draft.rest,), at=spot.at),)
    if "array" not in kinds and (draft.prefix or draft.item):
        aside["prefix"] = (*draft.prefix, draft.item) if draft.item else draft.prefix
    return aside | {"conditions": conditions} if conditions else aside


def _implied(draft: Draft) -> Iterator[str]:
    """The kind of value that a schema without `type` speaks of: it is taken as if it were declared."""
    said, limits = draft.said, draft.limits.keys()
    conditions = {condition.kind for condition in draft.conditions}
    if not said.keys().isdisjoint(OF_OBJECT) or limits & LIMITS["object"] or conditions & ON_OBJECTS:
        yield "object"
    elif not said.keys().isdisjoint(OF_ARRAY) or limits & LIMITS["array"] or conditions & ON_ARRAYS:
        yield "array"
    elif limits & LIMITS["string"]:
        yield "string"
    elif limits & LIMITS["number"]:
        yield "number"


def _object(schemas: Schemas, draft: Draft, spot: Spot, facts: dict[str, Any]) -> dict[str, Any]:
    if draft.rest and not (draft.fields or draft.required or draft.patterns):
        return {"shape": Shape.MAP, "item": draft.rest, **facts}
    fields = draft.fields
    if draft.required:
        anything, known = schemas.plain(""), {field.name for field in fields}
        demanded = (name for name in draft.required if name not in known)
        at = f"{spot.at}/required"
        fields += tuple(Field(name=name, type=anything, required=True, at=at) for name in demanded)
    return {
        "shape": Shape.RECORD,
        "fields": fields,
        "patterns": draft.patterns,
        "open": draft.open,
        "item": draft.rest,
        **facts,
    }


def _variants(schemas: Schemas, draft: Draft, kind: str, spot: Spot, facts: dict[str, Any]) -> Type:
    """A union, or a record that has variants; a further choice is a condition."""
    (choice, parts), *more = draft.choices
    facts |= {"parts": parts, "choice": choice, **_aside(draft, (kind,), tuple(more), spot)}
    if draft.discriminator:
        facts["discriminator"] = _with_names(schemas, draft.discriminator, parts)
    if kind == "object" and not draft.said.keys().isdisjoint(OF_OBJECT):
        return Type(**_object(schemas, draft, spot, facts) | {"shape": Shape.RECORD})
    return Type(shape=Shape.UNION, scalar=kind if kind not in ("object", "array") else "", **facts)


def _with_names(schemas: Schemas, discriminator: Discriminator, parts: tuple[str, ...]) -> Discriminator:
    """A discriminator with the variants that it means by their names (OpenAPI 3.0, 4.7.25)."""
    meant = discriminator.mapping.values()
    named = {part: part for part in parts if part not in meant and not schemas.is_inline(part)}
    return msgspec.structs.replace(discriminator, mapping={**discriminator.mapping, **named})


def tell_variants(schemas: Schemas, record: Type) -> None:
    """Give the fields that variants of a record only demand the types that the record has for them."""
    known = {field.name: field for field in record.fields}
    for name in filter(schemas.is_inline, record.parts):
        part = schemas.types[name]
        if not part.at.startswith(record.at + "/"):
            continue  # it is a variant of a base
        fields = tuple(
            msgspec.structs.replace(known[field.name], required=True, at=field.at)
            if field.at.endswith("/required") and field.name in known
            else field
            for field in part.fields
        )
        if fields != part.fields:
            schemas.types[name] = msgspec.structs.replace(part, fields=fields)


def _union_of_kinds(
    schemas: Schemas, draft: Draft, kinds: tuple[str, ...], spot: Spot, facts: dict[str, Any]
) -> Type:
    """Several kinds of value: each limit belongs to the kind that it speaks of."""
    parts = tuple(
        schemas.settle(_only(draft, kind), spot.into(f"/type/{i}", f" ({kind})"))
        for i, kind in enumerate(kinds)
    )
    facts |= _aside(draft, kinds, draft.choices, spot)
    taken = [condition for kind in kinds for condition in _conditions_on(draft, kind)]
    facts["conditions"] = tuple(one for one in facts.get("conditions", ()) if one not in taken)
    for key in ("limits", "format"):
        facts.pop(key, None)
    return Type(shape=Shape.UNION, parts=parts, choice="any-of", **facts)


def _only(draft: Draft, kind: str) -> Draft:
    """What a draft says of one kind of value."""
    only = Draft()
    only.kinds = (kind,)
    for key, value in draft.limits.items():
        if key in LIMITS[kind]:
            only.limit(key, value)
    for key in {"object": OF_OBJECT, "array": OF_ARRAY}.get(kind, ()):
        if key in draft.said:
            setattr(only, key, draft.said[key])
    if draft.format and (kind in ("integer", "number")) is (draft.format in NUMERIC):
        only.format = draft.format
    if conditions := _conditions_on(draft, kind):
        only.conditions = conditions
    return only


def _conditions_on(draft: Draft, kind: str) -> tuple[Condition, ...]:
    about = {"object": ON_OBJECTS, "array": ON_ARRAYS}.get(kind, frozenset())
    return tuple(condition for condition in draft.conditions if condition.kind in about)
