"""Keywords that speak of the members of objects and the items of lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from contractbook.formats.schema.draft import Draft, Spot
from contractbook.formats.schema.keywords.keyword import Keyword, is_text
from contractbook.source.pointers import escaped

if TYPE_CHECKING:
    from contractbook.formats.schema.read import Schemas


def _properties(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
    if not isinstance(value, dict):
        return
    required = schema.get("required")
    needed = set(filter(is_text, required)) if isinstance(required, list) else ()
    spot = spot.into("/properties")
    if isinstance(value.get("$ref"), str):  # no version allows it; real files have it, and tools follow it
        value, spot = schemas.members(value["$ref"], spot)
    document, at, way, depth = spot.document, spot.at, spot.way, spot.depth
    fields = []
    for name, inner in value.items():
        here = f"{at}/{escaped(name)}"
        field = schemas.plain_field(name, inner, document, here, required=name in needed)
        if field is None:
            there = Spot(document, here, f"{way} > {name}", depth)
            field = schemas.field(name, inner, there, required=name in needed)
        fields.append(field)
    draft.fields = tuple(fields)


def _required(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
    properties = schema.get("properties")
    declared = properties if isinstance(properties, dict) else {}
    if isinstance(value, list):
        draft.required = tuple(
            dict.fromkeys(name for name in value if is_text(name) and name not in declared)
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
        if rest != schemas.plain(""):
            draft.rest = rest


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


MEMBERS: Mapping[str, Keyword] = {
    "properties": _properties,
    "required": _required,
    "patternProperties": _pattern_properties,
    "additionalProperties": _additional,
    "items": _items,
    "prefixItems": _prefix_items,
    "additionalItems": _additional_items,
}
