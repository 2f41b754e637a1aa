"""Interfaces and bindings of WSDL 2.0."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contractbook.finding import Direction
from contractbook.formats.wsdl.annotations import foreign, prefixed, said_of
from contractbook.formats.wsdl.files import Schema
from contractbook.formats.wsdl.names import WHTTP, WSDL2, WSDLX, WSOAP
from contractbook.formats.wsdl.reading import Reading, Symbol
from contractbook.formats.wsdl.types import Types
from contractbook.model import Action, Message, Operation, Service
from contractbook.source.xml_text import Element

SENDS = ("out-only", "robust-out-only", "out-in", "out-optional-in")
RECEIVES = ("in-only", "robust-in-only")
XML = "application/xml"


def protocol(binding: Element) -> str:
    """What a binding speaks."""
    if binding.get("type") == WSOAP:
        version = binding.attributes.get(f"{{{WSOAP}}}version", "1.2")
        return f"SOAP {version}"
    return "HTTP" if binding.get("type") == WHTTP else binding.get("type")


def interface(reading: Reading, types: Types, symbol: Symbol) -> Service:
    """An interface with its operations and those of the interfaces that it extends."""
    element, schema = symbol
    operations: dict[str, Operation] = {}
    faults = _faults(reading, symbol)
    for own in (symbol, *_extended(reading, symbol)):
        for each in own.element:
            if each.name == "operation" and each.space == WSDL2 and each.get("name") not in operations:
                made = _operation(reading, types, each, element.get("name"), own.schema, faults)
                operations[each.get("name")] = made
    extends = " ".join(value.rpartition(":")[2] for value in element.get("extends").split())
    said = said_of(
        reading.endings,
        element,
        extends=extends,
        styleDefault=element.get("styleDefault"),
        beside=foreign(element, WSDL2),
    )
    return Service(
        name=element.get("name"), at=reading.at(element, schema), operations=(*operations.values(),), **said
    )


def _extended(reading: Reading, symbol: Symbol) -> Iterator[Symbol]:
    """The interfaces that one extends, and those that these extend."""
    seen = {id(symbol.element)}
    todo = [symbol]
    while todo:
        element, schema = todo.pop(0)
        for value in element.get("extends").split():
            found = reading.find("interface", element, value, schema)
            if found is not None and id(found.element) not in seen:
                seen.add(id(found.element))
                todo.append(found)
                yield found


def _faults(reading: Reading, symbol: Symbol) -> dict[str, Symbol]:
    """The faults of an interface by name."""
    return {
        each.get("name"): Symbol(each, own.schema)
        for own in (symbol, *_extended(reading, symbol))
        for each in own.element
        if each.name == "fault" and each.space == WSDL2
    }


def _operation(
    reading: Reading, types: Types, each: Element, name: str, schema: Schema, faults: dict[str, Symbol]
) -> Operation:
    pattern = each.get("pattern").rstrip("/").rpartition("/")[2] or "in-out"
    action = Action.SEND if pattern in SENDS else Action.RECEIVE if pattern in RECEIVES else Action.CALL
    bound = dict(_bound(reading, each, name))
    said = said_of(
        reading.endings,
        each,
        pattern=pattern,
        style=each.get("style"),
        beside={**foreign(each, WSDL2), **bound},
    )
    safe = each.attributes.get(f"{{{WSDLX}}}safe") or each.get("safe")
    return Operation(
        name=each.get("name"),
        key=f"{name}/{each.get('name')}",
        at=reading.at(each, schema),
        action=action,
        method="SOAP" if any(key.startswith("SOAP") for key in bound) else "HTTP",
        address=_location(bound),
        messages=tuple(_messages(reading, types, each, f"{name}/{each.get('name')}", schema, faults)),
        safe={"true": True, "1": True, "false": False, "0": False}.get(safe or ""),
        **said,
    )


def _location(bound: dict[str, dict[str, Any]]) -> str:
    return next((str(said["location"]) for said in bound.values() if "location" in said), "")


def _bound(reading: Reading, operation: Element, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """What the bindings say of an operation, by the protocol of each."""
    for element, schema in reading.symbols["binding"].values():
        if element.space != WSDL2:
            continue
        meant = reading.find("interface", element, element.get("interface"), schema)
        if element.get("interface") and (meant is None or meant.element.get("name") != name):
            continue
        said = _own(element)
        said.pop("version", None)
        for each in element:
            if each.name == "operation" and each.get("ref").rpartition(":")[2] == operation.get("name"):
                said |= _own(each)
            elif each.name == "fault":
                said[f"fault {each.get('ref').rpartition(':')[2]}"] = _own(each)
        yield protocol(element) or element.get("name"), said


def _own(element: Element) -> dict[str, Any]:
    """What other vocabularies say of an element in attributes, with a prefix where two use one name."""
    found: dict[str, Any] = {}
    for key, value in element.attributes.items():
        if key.startswith("{"):
            name = prefixed(element, key)
            local = name.rpartition(":")[2]
            found[name if local in found else local] = value
    return found


def _messages(
    reading: Reading, types: Types, operation: Element, way: str, schema: Schema, faults: dict[str, Symbol]
) -> Iterator[Message]:
    turns = iter(("request", "response"))
    for each in operation:
        if each.space != WSDL2 or each.name not in ("input", "output", "infault", "outfault"):
            continue
        direction = Direction.INPUT if each.name.startswith("in") else Direction.OUTPUT
        if each.name in ("input", "output"):
            yield _message(reading, types, each, each, schema, next(turns, each.name), direction)
            continue
        named = each.get("ref").rpartition(":")[2]
        found = faults.get(named)
        if found is None:
            reading.faults.unresolved(
                f"the interface has no fault `{each.get('ref')}`",
                schema.document,
                each.pointer,
                "Declare the fault in the interface.",
            )
        yield _message(
            reading, types, each, found.element if found else each, schema, named or "fault", direction, found
        )


def _message(
    reading: Reading,
    types: Types,
    each: Element,
    declared: Element,
    schema: Schema,
    name: str,
    direction: Direction,
    fault: Symbol | None = None,
) -> Message:
    value = declared.get("element")
    payload = ""
    if value == "#any":
        payload = reading.builtin("anyType")
    elif value and not value.startswith("#"):
        found = reading.find("element", declared, value, fault.schema if fault else schema)
        payload = types.element(found) if found else reading.unresolved(value)
    element = "" if value.startswith("#") else value.rpartition(":")[2]
    said = said_of(
        reading.endings,
        *((each,) if declared is each else (each, declared)),
        element=element,
        messageLabel=each.get("messageLabel"),
        content=value if value.startswith("#") else "",
    )
    is_fault = each.name in ("infault", "outfault")
    return Message(
        name=name,
        key=name,
        at=reading.at(each, schema),
        direction=direction,
        payload=payload,
        content_type=XML if payload else "",
        fault=is_fault,
        required=bool(payload) and not is_fault,
        **said,
    )
