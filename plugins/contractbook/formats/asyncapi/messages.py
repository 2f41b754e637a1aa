"""Messages, with their traits merged into them."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from contractbook.finding import Direction
from contractbook.formats.asyncapi.payloads import payload
from contractbook.formats.asyncapi.reading import Layers, Reading, bindings
from contractbook.formats.nodes import Node
from contractbook.formats.schema.draft import Spot
from contractbook.model import NOTHING, Example, Field, Message, Role

READ = frozenset(
    {
        *("headers", "payload", "correlationId", "schemaFormat", "contentType", "name", "title", "summary"),
        *("description", "bindings", "examples", "traits", "messageId"),
    }
)
EXAMPLE = frozenset({"name", "summary", "payload"})


def message(reading: Reading, node: Node, direction: Direction, key: str = "") -> Message:
    """The message that stands somewhere or is referred to from there, where it is called `key`."""
    found = reading.resolve(node, "message")
    given = key or node.text("$ref").rpartition("/")[2] or _own_key(found)
    known = (reading.at(found), direction, given)
    if known not in reading.messages:
        reading.messages[known] = _message(reading, found, direction, given)
    return reading.messages[known]


def _own_key(node: Node) -> str:
    """How a message is called in the map that it stands in."""
    return node.pointer.rpartition("/")[2] if node.pointer.count("/") == 3 else ""


def _message(reading: Reading, node: Node, direction: Direction, key: str) -> Message:
    layers = Layers(reading, node, "message-trait")
    name = layers.text("name") or layers.text("messageId") or key or layers.text("title")
    name = name or _named_payload(layers) or "message"
    way = reading.way(node) if node.pointer.startswith("/components/") else f"message {name}"
    texts = (layers.text("summary"), layers.text("description"))
    protocols = bindings(reading, layers, "message")
    correlation = reading.resolve(layers.holder("correlationId").child("correlationId"), "correlation")
    binding = {**layers.rest(READ | reading.endings.whole), **protocols}
    if layers.text("messageId") not in ("", name):
        binding["messageId"] = layers.text("messageId")
    if correlation.rest(frozenset({"location"})):
        binding["correlationId"] = dict(correlation.value)
    return Message(
        name=name,
        at=reading.at(node),
        title=layers.text("title"),
        doc="\n\n".join(filter(None, texts)),
        direction=direction,
        payload=_payload(reading, layers, way),
        content_type=layers.text("contentType") or reading.content_type,
        headers=_headers(reading, layers, way),
        examples=_examples(reading, layers),
        correlation=correlation.text("location"),
        lifecycle=layers.lifecycle(reading.endings),
        binding=binding or NOTHING,
    )


def _named_payload(layers: Layers) -> str:
    """What the payload is called, where it only refers to a schema."""
    said = layers.holder("payload").child("payload")
    return said.text("$ref").rpartition("/")[2] if "#/" in said.text("$ref") else ""


def _payload(reading: Reading, layers: Layers, way: str) -> str:
    holder = layers.holder("payload")
    if "payload" not in holder.value:
        return ""
    return payload(reading, holder, "payload", f"{way} > payload", layers.text("schemaFormat"))


def _headers(reading: Reading, layers: Layers, way: str) -> tuple[Field, ...]:
    """The headers that the message and its traits name.

    A list of those that are required takes the place of the lists beneath it (RFC 7396).
    """
    headers: dict[str, Field] = {}
    required: list[Any] | None = None
    for node in layers.having("headers"):
        inner = node.child("headers")
        for field in _fields(reading, inner, f"{way} > headers"):
            asked = field.required if required is None else field.name in required
            headers.setdefault(field.name, replace(field, role=Role.HEADER, required=asked))
        own = inner.value.get("required")
        required = required if required is not None or not isinstance(own, list) else own
    return tuple(headers.values())


def _fields(reading: Reading, node: Node, way: str) -> tuple[Field, ...]:
    """The members of the record that a schema of headers is."""
    found = reading.resolve(node, "schema")
    if {"schemaFormat", "schema"} <= found.value.keys():
        found = reading.resolve(found.child("schema"), "schema")
    at = reading.at(found)
    if at in reading.schemas.places:
        reading.headers.add(reading.schemas.places[at])
    spot = Spot(found.document, at, reading.schemas.places.get(at, way))
    made = reading.schemas.make(reading.schemas.draft(found.value, spot), spot, spot.way, inline=True)
    return made.fields


def _examples(reading: Reading, layers: Layers) -> tuple[Example, ...]:
    """What examples show: the payload, with the headers beside it."""
    holder = layers.holder("examples")
    return tuple(
        Example(
            value=node.value.get("payload"),
            name=node.text("name"),
            doc=node.text("summary"),
            at=reading.at(node) + ("/payload" if "payload" in node.value else ""),
            binding=node.rest(EXAMPLE),
        )
        for node in holder.items("examples")
    )
