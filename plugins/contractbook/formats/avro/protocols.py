"""The messages of a protocol as operations (Avro 1.12, Protocol Declaration)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from contractbook.finding import Direction
from contractbook.formats.avro.names import full_name, without_version
from contractbook.formats.avro.reading import Reading, text
from contractbook.formats.avro.survey import Spot, listed, namespace_of
from contractbook.formats.avro.types import Used, field, use
from contractbook.model import Action, Field, Message, Operation, Role, Service
from contractbook.source.faults import shortened
from contractbook.source.pointers import escaped

MESSAGE = frozenset({"doc", "request", "response", "errors", "one-way"})


def service(reading: Reading, spots: Sequence[Spot]) -> Service:
    """What a protocol offers: its own messages, and those of the protocols that it imports."""
    spot, data = spots[0], spots[0].document.data
    full = protocol_name(data)
    found = [each for one in spots for each in _operations(reading, one, full)]
    return Service(
        name=full.rpartition(".")[2],
        key=without_version(full)[0],
        at=_at(spot, "/protocol", full).at,
        doc=text(data.get("doc")),
        lifecycle=reading.lifecycle(data),
        operations=tuple({each.name: each for each in reversed(found)}.values())[::-1],
    )


def protocol_name(data: Mapping[str, Any]) -> str:
    """The full name of a protocol."""
    return full_name(text(data.get("protocol")), "", data.get("namespace"))


def _operations(reading: Reading, spot: Spot, protocol: str) -> Iterator[Operation]:
    messages = spot.document.data.get("messages")
    for name, said in messages.items() if isinstance(messages, dict) else ():
        if isinstance(said, dict):
            yield _operation(reading, protocol, name, said, spot)


def _at(spot: Spot, pointer: str, full: str) -> Spot:
    head = spot.at.partition("#")[0]
    return Spot(spot.document, f"{head}#{full}" if spot.named else spot.at + pointer, full, spot.named)


def _operation(reading: Reading, protocol: str, name: str, said: Mapping[str, Any], top: Spot) -> Operation:
    full = f"{protocol_name(top.document.data)}.{name}"
    spot = replace(_at(top, f"/messages/{escaped(name)}", full), way=name)
    namespace = namespace_of(top.document.data)
    key = f"{without_version(protocol)[0]}/{name}"
    one_way = said.get("one-way") is True
    response = said.get("response", "null")
    if one_way and (response != "null" or said.get("errors")):
        reading.invalid(
            f"{name} goes one way, so it can answer nothing", spot, "Leave response and errors out."
        )
    messages = (
        []
        if one_way
        else [_answer(reading, response, spot, namespace), *_errors(reading, said, spot, namespace)]
    )
    return Operation(
        name=name,
        key=key,
        at=spot.at,
        doc=text(said.get("doc")),
        method="one-way" if one_way else "rpc",
        action=Action.RECEIVE if one_way else Action.CALL,
        parameters=tuple(_parameters(reading, said, spot, namespace, full)),
        messages=tuple(messages),
        lifecycle=reading.lifecycle(said),
        binding=reading.rest(said, MESSAGE),
    )


def _parameters(
    reading: Reading, said: Mapping[str, Any], spot: Spot, namespace: str, full: str
) -> Iterator[Field]:
    seen = set[str]()
    for i, each in enumerate(listed(said.get("request"))):
        name = each.get("name") if isinstance(each, dict) else None
        there = spot.member(f"/request/{i}", str(name), around=full)
        if not isinstance(name, str):
            reading.invalid(f"a parameter of {spot.way} has no name", there)
        elif name in seen:
            reading.doubled(f"the parameter `{shortened(name)}` stands twice in {spot.way}", there)
        else:
            seen.add(name)
            yield replace(field(reading, each, there, namespace), role=Role.ARGUMENT)


def _answer(reading: Reading, response: Any, spot: Spot, namespace: str) -> Message:
    there = spot.into("/response", " > response" if not spot.named else "")
    used = Used("") if response == "null" else use(reading, response, there, namespace)
    payload = reading.schemas.or_null(used.name) if used.nullable else used.name
    return Message(name="response", direction=Direction.OUTPUT, payload=payload, at=there.at)


def _errors(reading: Reading, said: Mapping[str, Any], spot: Spot, namespace: str) -> Iterator[Message]:
    for i, error in enumerate(listed(said.get("errors"))):
        there = spot.into(f"/errors/{i}")
        payload = use(reading, error, there, namespace).name
        yield Message(name=payload, direction=Direction.OUTPUT, payload=payload, fault=True, at=there.at)
