"""Request bodies and responses: each status and media type is one message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from contractbook.finding import Direction
from contractbook.formats.openapi.parameters import headers
from contractbook.formats.openapi.reading import Node, Reading, mapping
from contractbook.formats.openapi.versions import SWAGGER
from contractbook.model import NOTHING, Example, Link, Message
from contractbook.source.pointers import escaped

BODY = frozenset({"description", "required", "content"})
RESPONSE = frozenset({"summary", "description", "headers", "content", "links", "schema", "examples"})
MEDIA = frozenset({"schema", "itemSchema", "example", "examples"})
LINK = frozenset({"operationId", "operationRef", "parameters", "description"})


def request(reading: Reading, node: Node, way: str, direction: Direction) -> Iterator[Message]:
    """The messages that a request body (3.x) may be."""
    if not node.value:
        return
    found = reading.resolve(node, "requestbody")
    facts = {
        "required": found.value.get("required") is True,
        "doc": found.text("description"),
        "binding": found.rest(BODY | reading.endings.whole),
        "lifecycle": reading.endings.read(found.value),
        "direction": direction,
        "name": "request",
        "key": "request",
    }
    shared = found.pointer != node.pointer or found.document is not node.document
    yield from contents(reading, found, reading.way(found) if shared else f"{way} > request", facts)


def responses(
    reading: Reading, node: Node, way: str, direction: Direction, produces: tuple[str, ...] = ()
) -> Iterator[Message]:
    """The messages that an operation may answer; `produces` are the media types of a 2.0 operation."""
    statuses = [
        (status, inner) for status, inner in node.children("responses") if not status.startswith("x-")
    ]
    for status, inner in statuses:
        found = reading.resolve(inner, "response")
        fault = status[:1] in ("4", "5") or (status == "default" and len(statuses) > 1)
        if found.pointer == inner.pointer and found.document is inner.document:
            yield from _response(
                reading, found, status, f"{way} > response {status}", direction, fault, produces
            )
            continue
        # One that several operations refer to is read once, and its types are named after it.
        key = f"{status} {direction} {fault} {produces} {reading.at(found)}"
        if key not in reading.answers:
            read = _response(reading, found, status, reading.way(found), direction, fault, produces)
            reading.answers[key] = tuple(read)
        yield from reading.answers[key]


def _response(
    reading: Reading,
    node: Node,
    status: str,
    way: str,
    direction: Direction,
    fault: bool,
    produces: tuple[str, ...],
) -> Iterator[Message]:
    facts = {
        "status": status,
        "doc": node.text("description"),
        "title": node.text("summary"),
        "binding": node.rest(RESPONSE | reading.endings.whole),
        "lifecycle": reading.endings.read(node.value),
        "direction": direction,
        "name": f"response {status}",
        "key": status,
        "headers": headers(reading, node, way),
        "links": tuple(links(reading, node)),
        "fault": fault,
    }
    if reading.version is SWAGGER:
        return _swagger_contents(reading, node, way, facts, produces)
    return contents(reading, node, way, facts)


def contents(reading: Reading, node: Node, way: str, facts: dict[str, Any]) -> Iterator[Message]:
    """One message for each media type of a body, or one without payload."""
    medias = [(name, reading.resolve(media, "mediatype")) for name, media in node.children("content")]
    if not medias:
        yield Message(at=reading.at(node), **facts)
    schemas = [media.value.get("schema", media.value.get("itemSchema")) for _, media in medias]
    alike = all(schema == schemas[0] for schema in schemas)
    payload = ""
    for (name, media), schema in zip(medias, schemas, strict=True):
        if schema is not None and not (alike and payload):
            key = "schema" if "schema" in media.value else "itemSchema"
            there = way if alike else f"{way} ({name})"
            payload = reading.schemas.inner(schema, reading.spot(media, key, there))
        yield _message(reading, name, media, payload if schema is not None else "", facts)


def _message(reading: Reading, name: str, media: Node, payload: str, facts: Mapping[str, Any]) -> Message:
    binding = {**facts["binding"], **media.rest(MEDIA)}
    if "itemSchema" in media.value and "schema" in media.value:
        binding["itemSchema"] = media.value["itemSchema"]
    own = {
        "key": f"{facts['key']} {name}",
        "at": reading.at(media),
        "content_type": name,
        "payload": payload,
        "binding": binding or NOTHING,
        "examples": reading.examples(media),
        "stream": "itemSchema" in media.value,
    }
    return Message(**{**facts, **own})


def _swagger_contents(
    reading: Reading, node: Node, way: str, facts: dict[str, Any], produces: tuple[str, ...]
) -> Iterator[Message]:
    """A 2.0 response has one schema for all media types that the operation produces."""
    schema = node.value.get("schema")
    shown = mapping(node.value.get("examples"))
    if schema is None and not shown:
        yield Message(at=reading.at(node), **facts)
        return
    payload = "" if schema is None else reading.schemas.inner(schema, reading.spot(node, "schema", way))
    for name in produces or tuple(shown) or ("",):
        own = {
            "key": f"{facts['key']} {name}".strip(),
            "at": reading.at(node),
            "content_type": name,
            "payload": payload,
            "examples": _shown(reading, node, name),
        }
        yield Message(**{**facts, **own})


def _shown(reading: Reading, node: Node, media_type: str) -> tuple[Example, ...]:
    examples = node.child("examples")
    if media_type not in examples.value:
        return ()
    at = reading.at(Node(node.document, examples.pointer + "/" + escaped(media_type), NOTHING))
    return (Example(value=examples.value[media_type], at=at),)


def links(reading: Reading, node: Node) -> Iterator[Link]:
    """What a consumer may do next with an answer."""
    for name, inner in node.children("links"):
        found = reading.resolve(inner, "link")
        yield Link(
            name=name,
            at=reading.at(inner),
            doc=found.text("description"),
            operation=found.text("operationId") or found.text("operationRef"),
            parameters=mapping(found.value.get("parameters")),
            binding=found.rest(LINK),
        )
