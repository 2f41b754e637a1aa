"""What Swagger 2.0 says in another way: body and form parameters, and media types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contractbook.finding import Direction
from contractbook.formats.openapi.parameters import simple
from contractbook.formats.openapi.reading import Node, Reading
from contractbook.model import NOTHING, Field, Message, Role, Shape, Type

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
BODY = frozenset({"name", "in", "description", "required", "schema"})


def swagger_types(reading: Reading, node: Node, key: str) -> tuple[str, ...]:
    """The media types of an operation: its own, else the document's."""
    if key in node.value:
        return node.texts(key)
    return Node(reading.document, "", reading.document.data).texts(key)


def swagger_request(
    reading: Reading, item: Node, node: Node, way: str, direction: Direction
) -> Iterator[Message]:
    """The request body that body or form parameters mean."""
    found = [
        reading.resolve(one, "parameter") for one in (*item.items("parameters"), *node.items("parameters"))
    ]
    consumes = swagger_types(reading, node, "consumes")
    body = [one for one in found if one.text("in") == "body"]
    form = [one for one in found if one.text("in") == "formData"]
    if body:
        yield from _body(reading, body[-1], f"{way} > request", consumes, direction)
    elif form:
        types = tuple(one for one in consumes if one in FORMS) or FORMS[:1]
        if any(one.value.get("type") == "file" for one in form):
            types = FORMS[1:]
        yield from _form(reading, node, form, f"{way} > request", types, direction)


def _body(
    reading: Reading, node: Node, way: str, consumes: tuple[str, ...], direction: Direction
) -> Iterator[Message]:
    payload = reading.schemas.inner(node.value.get("schema", {}), reading.spot(node, "schema", way))
    for name in consumes or ("",):
        yield Message(
            name="request",
            key=f"request {name}".strip(),
            at=reading.at(node),
            doc=node.text("description"),
            direction=direction,
            payload=payload,
            content_type=name,
            required=node.value.get("required") is True,
            binding={"parameter": node.text("name"), **node.rest(BODY)},
        )


def _form(
    reading: Reading, node: Node, form: list[Node], way: str, types: tuple[str, ...], direction: Direction
) -> Iterator[Message]:
    """All form parameters are the fields of one record."""
    spot = reading.spot(node, "parameters", way)
    name = reading.schemas.claim(way, spot)
    fields = tuple(_form_field(reading, one, way) for one in form)
    reading.schemas.types[name] = Type(name=name, at=spot.at, shape=Shape.RECORD, fields=fields, inline=True)
    for media_type in types:
        yield Message(
            name="request",
            key=f"request {media_type}",
            at=spot.at,
            direction=direction,
            payload=name,
            content_type=media_type,
            required=any(field.required for field in fields),
        )


def _form_field(reading: Reading, node: Node, way: str) -> Field:
    name = node.text("name")
    schema, spot, binding = simple(reading, node, Role.QUERY, f"{way} > {name}")
    facts: dict[str, Any] = {"doc": node.text("description"), "lifecycle": reading.endings.read(node.value)}
    required = node.value.get("required") is True
    return reading.schemas.field(name, schema, spot, required=required, binding=binding or NOTHING, **facts)
