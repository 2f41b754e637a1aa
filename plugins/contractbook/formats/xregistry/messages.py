"""Messages of a catalogue as operations of those who offer them, and the servers they pass through."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from contractbook.finding import Direction
from contractbook.formats.nodes import Node, mapping
from contractbook.formats.xregistry.catalogue import ADDRESSES, Catalogue, Entry
from contractbook.formats.xregistry.reading import KEPT, Reading
from contractbook.formats.xregistry.schemas import type_of
from contractbook.formats.xregistry.tables import KEPT_BY_REGISTRY
from contractbook.model import (
    NOTHING,
    Action,
    Delivery,
    Envelope,
    Field,
    Message,
    Operation,
    Role,
    Server,
)
from contractbook.source.sources import Unresolved

READ = (
    KEPT
    | KEPT_BY_REGISTRY
    | {"envelope", "envelopemetadata", "metadata", "dataschema", "datacontenttype", "versions"}
)
REQUIRED = ("specversion", "id", "source", "type")  # whatever a catalogue says (CloudEvents 1.0)
TYPES = {
    "uri": ("string", "uri"),
    "urireference": ("string", "uri-reference"),
    "uritemplate": ("string", "uri-template"),
    "timestamp": ("string", "date-time"),
    "datetime": ("string", "date-time"),
    "integer": ("integer", ""),
    "uinteger": ("integer", ""),
    "decimal": ("number", ""),
    "boolean": ("boolean", ""),
    "binary": ("string", "byte"),
}
TOPICS = ("topic_name", "topicname", "topic", "node", "subject", "path")
QUEUES = ("queue",)
NATURE = {"mqtt": "topic", "kafka": "topic"}
_template = re.compile(r"\{([\w.-]+)\}")
QOS = {0: "at-most-once", 1: "at-least-once", 2: "exactly-once"}  # MQTT 3.1.1, 4.3


def servers(reading: Reading, node: Node) -> Iterator[Server]:
    """The network addresses of an endpoint."""
    protocol = node.text("protocol") or mapping(node.value.get("config")).get("protocol") or ""
    for holder in (node, node.child("protocoloptions"), node.child("config")):
        listed = holder.value.get("endpoints")
        for index, each in enumerate(listed if isinstance(listed, list) else ()):
            said = mapping(each)
            url = each if isinstance(each, str) else str(said.get("uri") or said.get("url") or "")
            if url:
                at = f"{reading.at(holder)}/endpoints/{index}"
                name = str(protocol).partition("/")[0].lower()
                rest = {key: kept for key, kept in said.items() if key not in ("uri", "url")}
                yield Server(name=url, at=at, url=url, protocol=name, binding=rest or NOTHING)


def operation(
    reading: Reading, catalogue: Catalogue, entry: Entry, action: Action, endpoint: Node
) -> Operation:
    """A message of a catalogue, sent by or to those who offer it."""
    node = entry.node
    options = {**mapping(endpoint.value.get("protocoloptions")), **mapping(node.value.get("protocoloptions"))}
    place = next((str(options[key]) for key in (*TOPICS, *QUEUES) if isinstance(options.get(key), str)), "")
    place = place or endpoint.text("channel")
    sent = _message(reading, catalogue, entry, action)
    return Operation(
        name=entry.name,
        key=f"{action} {entry.name}",
        at=reading.at(node),
        title=node.text("name"),
        doc=node.text("description"),
        action=action,
        address=place or entry.name,
        method=action.value,
        parameters=tuple(_parameters(reading, place)),
        messages=(sent,),
        channel=place or entry.name,
        delivery=_delivery(node.text("protocol") or endpoint.text("protocol"), options),
        lifecycle=reading.endings.read(node.value),
    )


def _parameters(reading: Reading, address: str) -> Iterator[Field]:
    """The parts of an address that vary; a catalogue only names them in braces (RFC 6570)."""
    for name in dict.fromkeys(_template.findall(address)):
        yield Field(name=name, type=reading.schemas.plain("string"), role=Role.PATH, required=True)


def _delivery(protocol: str, options: Mapping[str, Any]) -> Delivery | None:
    facts: dict[str, Any] = {}
    if kind := NATURE.get(protocol.partition("/")[0].lower(), ""):
        facts["kind"] = kind
    elif isinstance(options.get("queue"), str):
        facts["kind"] = "queue"
    qos = options.get("qos")
    if isinstance(qos, int) and not isinstance(qos, bool) and qos in QOS:
        facts["guarantee"] = QOS[qos]
    for key in ("key", "partitionkey"):
        if isinstance(said := options.get(key), str):
            facts["key"] = said
    if isinstance(group := options.get("consumergroup"), str):
        facts["group"] = group
    return Delivery(**facts) if facts else None


def _message(reading: Reading, catalogue: Catalogue, entry: Entry, action: Action) -> Message:
    node = entry.node
    envelope = _envelope(reading, node)
    rest = node.rest(READ | reading.endings.whole)
    content = node.text("datacontenttype")
    if envelope and envelope.mode == "structured":
        content = "application/cloudevents+json"
    elif envelope and not content:
        content = envelope.constants.get("datacontenttype", "") if envelope.mode == "binary" else ""
    return Message(
        name=entry.name,
        at=reading.at(node),
        title=node.text("name"),
        doc=node.text("description"),
        direction=Direction.OUTPUT if action is Action.SEND else Direction.INPUT,
        payload=_payload(reading, catalogue, entry),
        content_type=content,
        envelope=envelope,
        lifecycle=reading.endings.read(node.value),
        binding=rest or NOTHING,
    )


def _payload(reading: Reading, catalogue: Catalogue, entry: Entry) -> str:
    """The type of the data: written in the message, or where it says."""
    node = entry.node
    if "dataschema" in node.value:
        return type_of(reading, node, f"{entry.name} > data")
    key = next((key for key in ADDRESSES if node.text(key)), "")
    if not key:
        return ""
    address = node.text(key)
    found = catalogue.schema(address)
    if found is not None:
        return type_of(reading, found, address.rpartition("/schemas/")[2].partition("/")[0])
    if address.startswith(("/", "#")):
        reading.faults.unresolved(
            f"`{address}` leads nowhere: there is no such schema in the catalogue",
            node.document,
            f"{node.pointer}/{key}",
            "Write `/schemagroups/GROUP/schemas/SCHEMA`, with `/versions/VERSION` for one of several.",
        )
        return ""
    try:
        target = reading.sources.follow(node.document, address)
    except Unresolved as problem:
        reading.faults.unresolved(str(problem), node.document, f"{node.pointer}/{key}")
        return ""
    schemas = reading.schemas
    schemas.documents.setdefault(target.document.path, target.document)
    said = {"schema": target.value, "format": node.text("dataschemaformat")}
    holder = Node(target.document, target.pointer, said)
    return type_of(reading, holder, entry.name)


def _envelope(reading: Reading, node: Node) -> Envelope | None:
    stated = node.text("envelope") or node.text("format")
    if not stated.lower().startswith("cloudevents"):
        return None
    holder = node.child("envelopemetadata")
    if not holder.value:
        holder = node.child("metadata").child("attributes")
    version = stated.partition("/")[2]
    constants = {"specversion": version} if version else {}
    attributes = [_attribute(reading, name, holder.child(name), constants) for name in holder.value]
    mode = str(mapping(node.value.get("envelopeoptions")).get("mode", ""))
    # What every event has is there whether a catalogue says so or not (CloudEvents 1.0.2, 3.1).
    text = reading.schemas.plain("string")
    implied = [
        Field(name=name, type=text, role=Role.ATTRIBUTE, required=True)
        for name in REQUIRED
        if name not in holder.value
    ]
    return Envelope(version, mode, (*implied, *attributes), constants)


def _attribute(reading: Reading, name: str, node: Node, constants: dict[str, str]) -> Field:
    value = node.value.get("value")
    if isinstance(value, str) and value and "{" not in value:
        constants[name] = value
    scalar, form = TYPES.get(node.text("type"), ("string", ""))
    said = {key: kept for key, kept in node.value.items() if key not in ("type", "required", "description")}
    return Field(
        name=name,
        at=reading.at(node),
        doc=node.text("description"),
        type=reading.schemas.plain(scalar, form),
        role=Role.ATTRIBUTE,
        required=node.value.get("required") is True or name in REQUIRED,
        binding=said or NOTHING,
    )
