"""Port types, interfaces and their operations; services and ports as servers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contractbook.finding import Direction
from contractbook.formats.wsdl import interfaces
from contractbook.formats.wsdl.annotations import foreign, said_of
from contractbook.formats.wsdl.bindings import Binding, bindings, bound, protocol, said
from contractbook.formats.wsdl.files import Schema
from contractbook.formats.wsdl.messages import Messages
from contractbook.formats.wsdl.names import HTTP, MIME, SOAP, WSDL1, WSDL2, XS
from contractbook.formats.wsdl.reading import Reading, Symbol
from contractbook.formats.wsdl.types import Types
from contractbook.model import Action, Message, Operation, Server, Service
from contractbook.source.xml_text import Element


class Services:
    """What a contract offers, and where."""

    def __init__(self, reading: Reading, types: Types) -> None:
        self.reading = reading
        self.types = types
        self.messages = Messages(reading, types)
        self.found: list[Service] = []
        self.servers: list[Server] = []
        self.version = ""
        self.title = ""

    def read(self) -> None:
        """Read every port type and interface, and every service."""
        for _, root in self.reading.files.descriptions:
            self.version = self.version or ("1.1" if root.space == WSDL1 else "2.0")
        for symbol in self.reading.symbols["portType"].values():
            self.found.append(self._port_type(symbol))
        for symbol in self.reading.symbols["interface"].values():
            self.found.append(interfaces.interface(self.reading, self.types, symbol))
        for document, root in self.reading.files.descriptions:
            around = Schema(root, document, root.get("targetNamespace"))
            for each in root:
                if each.name == "service" and each.space == root.space:
                    self.title = self.title or each.get("name")
                    self.servers += self._servers(each, around)
        self._dangling()

    def _port_type(self, symbol: Symbol) -> Service:
        element, schema = symbol
        found = [*bindings(self.reading, element)]
        operations = [
            self._operation(each, element, schema, found)
            for each in element
            if each.name == "operation" and each.space == WSDL1
        ]
        facts = said_of(self.reading.endings, element, beside=foreign(element, WSDL1, XS))
        return Service(
            name=element.get("name"),
            at=self.reading.at(element, schema),
            operations=tuple(operations),
            **facts,
        )

    def _operation(
        self, each: Element, port_type: Element, schema: Schema, found: list[Binding]
    ) -> Operation:
        name = each.get("name")
        key = f"{port_type.get('name')}/{name}"
        if not name:
            self.reading.invalid("this operation has no name", each, schema.document, "Give it a `name`.")
        offered = [binding for binding in found if name in binding.operations]
        first = next((inner.name for inner in each if inner.name in ("input", "output")), "")
        sends = first == "output"
        has_both = {"input", "output"} <= {inner.name for inner in each}
        action = Action.SEND if sends else Action.CALL if has_both else Action.RECEIVE
        said_by = {binding.protocol or binding.name: said(binding, name) for binding in offered}
        facts = said_of(
            self.reading.endings,
            each,
            beside={**foreign(each, WSDL1), **self._more(offered, name), **said_by},
            parameterOrder=each.get("parameterOrder"),
        )
        is_http = bool(offered) and all(binding.protocol.startswith("HTTP") for binding in offered)
        return Operation(
            name=name or key,
            key=key,
            at=self.reading.at(each, schema),
            action=action,
            method="HTTP" if is_http else "SOAP",
            address=str(said_by[offered[0].protocol].get("location", "")) if is_http else "",
            messages=tuple(self._messages(each, schema, key, offered)),
            safe=True if is_http and offered[0].protocol == "HTTP GET" else None,
            **facts,
        )

    def _more(self, offered: list[Binding], name: str) -> dict[str, Any]:
        """What other vocabularies say of an operation where it is bound."""
        found: dict[str, Any] = {}
        for binding in offered:
            found |= foreign(binding.operations[name], WSDL1, HTTP, MIME, *SOAP)
        return found

    def _messages(self, each: Element, schema: Schema, key: str, found: list[Binding]) -> Iterator[Message]:
        turns = iter(("request", "response"))
        for inner in each:
            if inner.space != WSDL1 or inner.name not in ("input", "output", "fault"):
                continue
            turn = "" if inner.name == "fault" else next(turns, inner.name)
            direction = Direction.INPUT if inner.name == "input" else Direction.OUTPUT
            fault = inner.get("name") if inner.name == "fault" else ""
            of = bound(self.reading, found, each.get("name"), inner.name, fault)
            yield self.messages.message(inner, schema, key, direction, of, turn)

    def _servers(self, service: Element, around: Schema) -> Iterator[Server]:
        """The ports of a service, with the address of each."""
        is_new = around.root.space == WSDL2
        for port in service:
            if port.space != around.root.space or port.name not in ("port", "endpoint"):
                continue
            found = (
                self.reading.find("binding", port, port.get("binding"), around)
                if port.get("binding")
                else None
            )
            address = next((each for each in port if each.name == "address"), None)
            url = port.get("address") or (address.get("location") if address is not None else "")
            speaks = interfaces.protocol(found.element) if is_new and found else ""
            if found and not is_new:
                speaks = protocol(found.element)
            facts = said_of(
                self.reading.endings,
                port,
                service,
                service=service.get("name"),
                interface=service.get("interface").rpartition(":")[2],
                binding=port.get("binding").rpartition(":")[2],
                beside=foreign(port, WSDL1, WSDL2, HTTP, *SOAP),
            )
            yield Server(
                name=port.get("name"),
                key=f"{service.get('name')}/{port.get('name')}",
                at=self.reading.at(port, around),
                url=url,
                protocol=speaks,
                **{"doc": "", **facts},
            )

    def _dangling(self) -> None:
        """Tell of bindings for operations that their port type does not have."""
        for element, schema in self.reading.symbols["binding"].values():
            found = (
                self.reading.find("portType", element, element.get("type"), schema)
                if element.space == WSDL1
                else None
            )
            names = {each.get("name") for each in found.element} if found else set()
            for each in element if found else ():
                if each.name == "operation" and each.space == WSDL1 and each.get("name") not in names:
                    self.reading.faults.unresolved(
                        f"port type `{element.get('type')}` has no operation `{each.get('name')}`",
                        schema.document,
                        each.pointer,
                        "Bind operations that there are.",
                    )
