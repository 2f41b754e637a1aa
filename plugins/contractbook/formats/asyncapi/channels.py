"""Channels: where they are, the parts of their address that vary, and what passes through them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contractbook.finding import Direction
from contractbook.formats.asyncapi.delivery import delivery
from contractbook.formats.asyncapi.messages import message
from contractbook.formats.asyncapi.reading import Reading, bindings
from contractbook.formats.asyncapi.servers import server
from contractbook.formats.nodes import Node
from contractbook.formats.schema.draft import Spot
from contractbook.model import NOTHING, Channel, Field, Message, Role, Server

READ = frozenset(
    {
        *("address", "messages", "title", "summary", "description", "servers", "parameters", "bindings"),
        *("publish", "subscribe", "$ref"),
    }
)
PARAMETER_2 = frozenset({"description", "schema", "location"})
PARAMETER_3 = frozenset({"description", "enum", "default", "examples", "location"})


def channel(reading: Reading, name: str, node: Node, used: bool) -> Channel:
    """One channel; `used` says whether operations tell what passes through it."""
    address = name if reading.version.major == 2 else node.text("address")
    texts = (node.text("summary"), node.text("description"))
    protocols = bindings(reading, node, "channel")
    found = servers(reading, node)
    said: dict[str, Any] = dict(node.rest(READ | reading.endings.whole))
    return Channel(
        name=name,
        key=address or name,
        at=reading.at(node),
        title=node.text("title"),
        doc="\n\n".join(filter(None, texts)),
        address=address,
        parameters=tuple(parameters(reading, node, address or name)),
        messages=() if used else tuple(messages(reading, node)),
        servers=tuple(each.name for each in found),
        delivery=delivery([each.protocol for each in found], [protocols], [node.value]),
        lifecycle=reading.endings.read(node.value),
        binding={**said, **protocols} or NOTHING,
    )


def servers(reading: Reading, node: Node) -> list[Server]:
    """The servers that a channel is on: all, unless it names some."""
    if not isinstance(node.value.get("servers"), list) or not node.value["servers"]:
        return [*reading.servers.values()]
    if reading.version.major == 2:
        by_name = {each.name: each for each in reading.servers.values()}
        return [by_name[name] for name in node.texts("servers") if name in by_name]
    return [server(reading, inner.text("$ref").rpartition("/")[2], inner) for inner in node.items("servers")]


def parameters(reading: Reading, node: Node, way: str) -> Iterator[Field]:
    """The parts of an address that vary."""
    for name, inner in node.children("parameters"):
        found = reading.resolve(inner, "parameter")
        there = f"{way} > path {name}"
        if reading.version.major == 2:
            schema, spot = found.value.get("schema", {"type": "string"}), reading.spot(found, "schema", there)
            rest = dict(found.rest(PARAMETER_2 | reading.endings.whole))
        else:  # AsyncAPI 3, "Parameter Object": always a text
            kept = {key: found.value[key] for key in ("enum", "default", "examples") if key in found.value}
            schema, spot = {"type": "string", **kept}, Spot(found.document, reading.at(found), there)
            rest = dict(found.rest(PARAMETER_3 | reading.endings.whole))
        if location := found.text("location"):
            rest["location"] = location
        facts: dict[str, Any] = {"at": reading.at(found), "binding": rest}
        if doc := found.text("description"):
            facts["doc"] = doc
        yield reading.schemas.field(name, schema, spot, required=True, role=Role.PATH, **facts)


def messages(reading: Reading, node: Node, direction: Direction = Direction.BOTH) -> Iterator[Message]:
    """All messages that may pass through a channel (AsyncAPI 3)."""
    for key, inner in node.children("messages"):
        yield message(reading, inner, direction, key)
