"""Messages of WSDL 1.1: parts that are elements or types, with what bindings make of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contractbook.finding import Direction
from contractbook.formats.wsdl.annotations import said_of
from contractbook.formats.wsdl.bindings import Bound
from contractbook.formats.wsdl.files import Schema
from contractbook.formats.wsdl.names import WSDL1
from contractbook.formats.wsdl.reading import Reading, Symbol
from contractbook.formats.wsdl.types import Types
from contractbook.model import NOTHING, Field, Message, Role, Shape, Type
from contractbook.source.xml_text import Element

XML = "application/xml"


class Messages:
    """Makes the messages of operations."""

    def __init__(self, reading: Reading, types: Types) -> None:
        self.reading = reading
        self.types = types

    def message(
        self, each: Element, around: Schema, way: str, direction: Direction, bound: Bound, turn: str
    ) -> Message:
        """The message of an input, an output or a fault of an operation."""
        fault = each.name == "fault"
        name = each.get("name") if fault else turn
        if fault and not name:
            self.reading.invalid("this fault has no name", each, around.document, "Give it a `name`.")
        found = (
            self.reading.find("message", each, each.get("message"), around) if each.get("message") else None
        )
        if not each.get("message"):
            self.reading.invalid(f"this {each.name} names no `message`", each, around.document)
        parts = [*self._parts(found)] if found else []
        apart = bound.header_parts(found.element.get("name") if found else "")
        body = [part for part in parts if part.get("name") not in apart and bound.holds(part.get("name"))]
        for name_of in sorted((bound.parts or frozenset()) - {part.get("name") for part in parts}):
            self.reading.faults.unresolved(
                f"the message `{each.get('message')}` has no part `{name_of}` that its body could hold",
                around.document,
                each.pointer,
                "Name parts that it has.",
            )
        payload, element = self._payload(body, found, f"{way} > {name or 'fault'}", bound)
        binding: dict[str, Any] = {"message": each.get("message").rpartition(":")[2]}
        if element:
            binding["element"] = element
        own = each.get("name")
        if own and not fault and own not in (way.rpartition("/")[2], name, binding["message"]):
            binding["message name"] = own
        said = said_of(
            self.reading.endings, each, *((found.element,) if found else ()), beside={**bound.said, **binding}
        )
        return Message(
            name=name or "fault",
            key=name or "fault",
            at=self.reading.at(each, around),
            direction=direction,
            payload=payload,
            content_type=XML if payload else "",
            headers=tuple(self._headers(bound)),
            fault=fault,
            required=bool(payload) and not fault,
            **said,
        )

    def _parts(self, found: Symbol) -> Iterator[Element]:
        names = set()
        for part in found.element:
            if part.name != "part" or part.space != found.element.space:
                continue
            name = part.get("name")
            if not name:
                self.reading.invalid("this part has no name", part, found.schema.document)
            elif name in names:
                self.reading.faults.doubled(
                    f"the message has two parts `{name}`",
                    found.schema.document,
                    part.pointer,
                    "Remove one of the two or rename it.",
                )
            if bool(part.get("element")) == bool(part.get("type")):
                self.reading.invalid(
                    f"part `{name}` names either an `element` or a `type`, and one of them",
                    part,
                    found.schema.document,
                )
            names.add(name)
            yield part

    def _payload(self, parts: list[Element], found: Symbol | None, way: str, bound: Bound) -> tuple[str, str]:
        """The type of a body, and the element that it is: one element, or a record of several parts."""
        if found is None or not parts:
            return "", ""
        if len(parts) == 1 and parts[0].get("element") and not bound.is_rpc:
            return self.part(parts[0], found), parts[0].get("element").rpartition(":")[2]
        name = self.reading.claim(way)
        self.reading.types[name] = Type(
            name=name,
            at=self.reading.at(found.element, found.schema),
            inline=True,
            shape=Shape.RECORD,
            open=False,
            fields=tuple(self._field(part, found) for part in parts),
            binding={"content": "parts"},
        )
        return name, ""

    def part(self, part: Element, found: Symbol) -> str:
        """The type of a part."""
        if value := part.get("element"):
            symbol = self.reading.find("element", part, value, found.schema)
            return self.types.element(symbol) if symbol else self.reading.unresolved(value)
        if value := part.get("type"):
            return self.types.of_name(part, value, found.schema)
        return self.reading.builtin("anyType")

    def _field(self, part: Element, found: Symbol, role: Role = Role.FIELD) -> Field:
        element = part.get("element").rpartition(":")[2]
        named = element if role is Role.HEADER and element else part.get("name") or element
        said = said_of(self.reading.endings, part, element=element if element != named else "")
        return Field(
            name=named,
            type=self.part(part, found),
            role=role,
            required=role is Role.FIELD,
            at=self.reading.at(part, found.schema),
            **said,
        )

    def _headers(self, bound: Bound) -> Iterator[Field]:
        """The SOAP headers that go with a message: optional, unless the binding demands them."""
        seen: dict[str, Field] = {}
        for each, around in bound.headers:
            found = (
                self.reading.find("message", each, each.get("message"), around)
                if each.get("message")
                else None
            )
            for part in found.element if found else ():
                if found and part.name == "part" and part.get("name") == each.get("part"):
                    field = self._field(part, found, Role.HEADER)
                    if field.name not in seen:
                        seen[field.name] = _bound(field, each, self.reading.at(each, around))
            if found and not any(part.get("name") == each.get("part") for part in found.element):
                self.reading.faults.unresolved(
                    f"the message `{each.get('message')}` has no part `{each.get('part')}`",
                    around.document,
                    each.pointer,
                    "Name a part that it has.",
                )
        yield from seen.values()


def _bound(field: Field, each: Element, at: str) -> Field:
    required = each.attributes.get(f"{{{WSDL1}}}required") in ("true", "1")
    binding = {**field.binding, **{key: each.get(key) for key in ("use", "namespace") if each.get(key)}}
    facts = {name: getattr(field, name) for name in field.__struct_fields__}
    return Field(**{**facts, "required": required, "at": at, "binding": binding or NOTHING})
