"""A contract as text that a person can read, for golden files: what is usual is left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from contractbook.model import Contract, Element, Field, Message, Operation, Type

APART = {
    "name",
    "key",
    "role",
    "fields",
    "patterns",
    "headers",
    "links",
    "parameters",
    "messages",
    "callbacks",
}


def outline(contract: Contract) -> str:
    """Every fact of a contract, one element a line."""
    return "\n".join(_lines(contract)) + "\n"


def _lines(contract: Contract) -> Iterator[str]:
    several = {"services", "groups", "servers", "security", "channels", "types", "faults", "places"}
    yield f"contract {_facts(contract, several)}"
    for kind in ("groups", "servers", "security"):
        for element in getattr(contract, kind):
            yield f"{kind} {element.name}: {_facts(element, APART)}"
    for channel in contract.channels:
        yield f"channel {channel.name}: {_facts(channel, APART)}"
        for parameter in channel.parameters:
            yield f"    {parameter.role} {parameter.name}: {_facts(parameter, APART)}"
        for message in channel.messages:
            yield from _message(message, "    ")
    for operation in contract.operations():
        yield from _operation(operation, "")
    for named in contract.types.values():
        if named.at:
            yield from _type(named)
    for fault in contract.faults:
        yield f"fault {fault.location.line}:{fault.location.column} {fault.rule}: {fault.message}"


def _operation(operation: Operation, indent: str) -> Iterator[str]:
    yield f"{indent}{operation.key}: {_facts(operation, APART)}"
    for parameter in operation.parameters:
        yield f"{indent}    {parameter.role} {parameter.name}: {_facts(parameter, APART)}"
    for message in operation.messages:
        yield from _message(message, indent + "    ")
    for callback in operation.callbacks:
        yield from _operation(callback, indent + "    ")


def _message(message: Message, indent: str) -> Iterator[str]:
    apart = APART | {"status", "content_type"} if message.key else APART
    # A message on a channel is known by its name.
    name = message.key or (message.name if message.content_type or message.envelope else "")
    yield f"{indent}{name}: {_facts(message, apart)}"
    for element in (*message.headers, *message.links):
        word = "header" if isinstance(element, Field) else "link"
        yield f"{indent}    {word} {element.name}: {_facts(element, APART - {'parameters'})}"


def _type(named: Type) -> Iterator[str]:
    yield f"[{named.name}] {_facts(named, APART)}"
    for field in (*named.fields, *named.patterns):
        yield f"    {field.name}: {_facts(field, APART)}"


def _facts(element: Any, apart: set[str]) -> str:
    usual = {field.name: field.default for field in msgspec.structs.fields(type(element))}
    said = {name: getattr(element, name) for name in element.__struct_fields__ if name not in apart}
    return " ".join(
        f"{key}={_value(key, value)}" for key, value in said.items() if value not in (usual[key], {})
    )


def _value(key: str, value: Any) -> str:
    if key == "values" and not isinstance(value[0], str):
        return ", ".join(f"{one.name} ({one.doc})" if one.doc else one.name for one in value)
    if key == "examples":
        return repr([one.value for one in value])
    if isinstance(value, tuple) and value and isinstance(value[0], str):
        return " | ".join(value)
    if isinstance(value, tuple) and value and isinstance(value[0], msgspec.Struct):
        return "; ".join(f"{_short(one)}" for one in value)
    return _short(value)


def _short(value: Any) -> str:
    if isinstance(value, msgspec.Struct):
        return (
            f"({getattr(value, 'name', '')} {_facts(value, APART if isinstance(value, Element) else set())})"
        )
    return str(value) if not isinstance(value, tuple) else f"({' '.join(map(_short, value))})"
