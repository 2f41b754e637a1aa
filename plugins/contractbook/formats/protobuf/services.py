"""Services and their rpcs, and messages that are events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from contractbook.finding import Direction
from contractbook.formats.protobuf.options import plain
from contractbook.formats.protobuf.reading import Part, Reading, neutral
from contractbook.formats.protobuf.spots import Path
from contractbook.model import (
    ALIVE,
    NOTHING,
    Action,
    Envelope,
    Group,
    Lifecycle,
    Message,
    Operation,
    Server,
    Service,
)

HTTP, HOST = "google.api.http", "google.api.default_host"
EVENT = "google.events.cloud_event_type"
VERBS = ("get", "put", "post", "delete", "patch")
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
REPEATABLE = SAFE | {"PUT", "DELETE"}
LEVELS = {"NO_SIDE_EFFECTS": (True, True), "IDEMPOTENT": (None, True)}
TELLING = frozenset({"deprecated", "features", HTTP, HOST, "idempotency_level"})


def services(reading: Reading, part: Part) -> Iterator[tuple[Service, Group]]:
    """The services of a file, each with the heading that its rpcs stand under."""
    for index, service in enumerate(part.unit.file.service):
        path, full = (6, index), part.package + service.name
        options = plain(service)
        doc = part.spots.doc(path)
        ends = reading.lifecycle(options, doc)
        at = reading.at(part, full, path)
        binding = {key: value for key, value in options.items() if key not in TELLING}
        operations = tuple(
            _operation(reading, part, full, method, (*path, 2, number), ends, service.name)
            for number, method in enumerate(service.method)
        )
        yield (
            Service(
                name=service.name, at=at, doc=doc, lifecycle=ends, operations=operations, binding=binding
            ),
            Group(name=service.name, at=at, doc=doc, lifecycle=ends, binding=binding),
        )


def _operation(
    reading: Reading, part: Part, service: str, method: Any, path: Path, ends: Lifecycle, group: str
) -> Operation:
    options = plain(method)
    doc = part.spots.doc(path)
    lifecycle = reading.lifecycle(options, doc)
    routes = list(_routes(options.get(HTTP)))
    safe, idempotent = _repeatable(options, routes)
    at = reading.at(part, f"{service}.{method.name}", path)
    kept = {key: value for key, value in options.items() if key not in TELLING}
    if routes:
        kept["http"] = routes
    return Operation(
        name=method.name,
        key=f"{neutral(service)}/{method.name}",
        at=at,
        doc=doc,
        lifecycle=ends if lifecycle is ALIVE else lifecycle,
        action=Action.CALL,
        address=f"/{service}/{method.name}",
        method="rpc",
        messages=(
            _message(reading, part, "request", method.input_type, at, method.client_streaming),
            _message(reading, part, "response", method.output_type, at, method.server_streaming),
        ),
        groups=(group,),
        safe=safe,
        idempotent=idempotent,
        binding=kept or NOTHING,
    )


def _message(reading: Reading, part: Part, name: str, type: str, at: str, streams: bool) -> Message:
    return Message(
        name=name,
        key=name,
        at=at,
        direction=Direction.INPUT if name == "request" else Direction.OUTPUT,
        payload=reading.use(type, part),
        required=True,
        stream=streams,
    )


def _routes(rule: Any) -> Iterator[Mapping[str, str]]:
    """The ways to call an rpc by HTTP (google.api.HttpRule)."""
    if not isinstance(rule, Mapping):
        return
    said = {key: value for key, value in rule.items() if key in ("body", "response_body") and value}
    for verb in VERBS:
        if verb in rule:
            yield {"verb": verb.upper(), "path": str(rule[verb]), **said}
    custom = rule.get("custom")
    if isinstance(custom, Mapping):
        yield {"verb": str(custom.get("kind", "")), "path": str(custom.get("path", "")), **said}
    further = rule.get("additional_bindings", ())
    for each in further if isinstance(further, list) else [further]:
        yield from _routes(each)


def _repeatable(
    options: Mapping[str, Any], routes: list[Mapping[str, str]]
) -> tuple[bool | None, bool | None]:
    """Whether a call only reads, and whether it may be repeated, where the contract says so."""
    level = options.get("idempotency_level")
    if level in LEVELS:
        return LEVELS[level]
    verbs = {route["verb"] for route in routes}
    if not verbs:
        return None, None
    return verbs <= SAFE or None, verbs <= REPEATABLE or None


def servers(reading: Reading, parts: list[Part]) -> Iterator[Server]:
    """The hosts that the services of a contract name."""
    hosts: dict[str, str] = {}
    for part in parts:
        for index, service in enumerate(part.unit.file.service):
            host = plain(service).get(HOST)
            if isinstance(host, str) and host:
                hosts.setdefault(host, reading.at(part, part.package + service.name, (6, index)))
    for host, at in hosts.items():
        yield Server(name=host, url=f"https://{host}", protocol="grpc", at=at)


def events(reading: Reading, part: Part) -> Iterator[Operation]:
    """Messages that say which CloudEvent they are (CloudEvents 1.0, 3.1); `data` in them is the payload."""
    for index, message in enumerate(part.unit.file.message_type):
        kind = plain(message).get(EVENT)
        if not isinstance(kind, str):
            continue
        full, path = part.package + message.name, (4, index)
        data = next((field.type_name for field in message.field if field.name == "data"), f".{full}")
        at, doc = reading.at(part, full, path), part.spots.doc(path)
        sent = Message(
            name=message.name,
            key=message.name,
            at=at,
            direction=Direction.OUTPUT,
            payload=reading.use(data or f".{full}", part),
            envelope=Envelope(version="1.0", constants={"type": kind}),
        )
        yield Operation(
            name=kind,
            key=f"send {kind}",
            at=at,
            doc=doc,
            action=Action.SEND,
            method="event",
            messages=(sent,),
        )
