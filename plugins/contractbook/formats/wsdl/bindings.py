"""What bindings of WSDL 1.1 say of operations: protocol, style, use, actions and headers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from contractbook.formats.wsdl.annotations import foreign, plain
from contractbook.formats.wsdl.files import Schema
from contractbook.formats.wsdl.names import HTTP, MIME, SOAP, WSDL1
from contractbook.formats.wsdl.reading import Reading
from contractbook.model import NOTHING
from contractbook.source.xml_text import Element

OVER_HTTP = "http://schemas.xmlsoap.org/soap/http"  # what a transport is where nothing else is said


class Bound(NamedTuple):
    """What bindings say of one message: its headers, the parts in its body, whether parts are wrapped."""

    headers: tuple[tuple[Element, Schema], ...] = ()
    parts: frozenset[str] | None = None
    is_rpc: bool = False
    said: Mapping[str, Any] = NOTHING

    def holds(self, part: str) -> bool:
        """Whether the body holds a part."""
        return self.parts is None or part in self.parts

    def header_parts(self, message: str) -> set[str]:
        """The parts of a message that travel as headers."""
        return {
            each.get("part") for each, _ in self.headers if each.get("message").rpartition(":")[2] == message
        }


class Binding(NamedTuple):
    """One way to reach a port type: its name, its protocol, and its operations by name."""

    name: str
    protocol: str
    element: Element
    schema: Schema
    operations: Mapping[str, Element]

    @property
    def own(self) -> Element | None:
        """What the protocol says of the whole binding."""
        return _of_protocol(self.element, "binding")

    @property
    def style(self) -> str:
        """document or rpc, where an operation says nothing else."""
        return (self.own.get("style") if self.own is not None else "") or "document"


def bindings(reading: Reading, port_type: Element) -> Iterator[Binding]:
    """The bindings of a port type."""
    for symbol in reading.symbols["binding"].values():
        element, schema = symbol
        if element.space != WSDL1:
            continue
        found = reading.find("portType", element, element.get("type"), schema)
        if found is not None and found.element is port_type:
            yield Binding(
                element.get("name"), protocol(element), element, schema, _operations(reading, symbol.element)
            )


def protocol(binding: Element) -> str:
    """What a binding speaks: SOAP 1.1, SOAP 1.2, HTTP, or the name of another vocabulary."""
    for each in binding:
        if each.name in ("binding", "address") or each.space in SOAP:
            if each.space in SOAP:
                return SOAP[each.space]
            if each.space == HTTP:
                return f"HTTP {each.get('verb')}".strip()
            if each.space != WSDL1:
                return _vocabulary(each)
    return ""


def _vocabulary(each: Element) -> str:
    prefix = next((known for known, space in each.scope.items() if space == each.space), "")
    return prefix or each.space.rstrip("/").rpartition("/")[2]


def _operations(reading: Reading, binding: Element) -> Mapping[str, Element]:
    return {
        each.get("name"): each for each in binding if each.name == "operation" and each.space == binding.space
    }


def said(binding: Binding, name: str) -> dict[str, Any]:
    """What a binding says of an operation, in the words of WSDL."""
    found: dict[str, Any] = {}
    own = binding.own
    operation = binding.operations.get(name)
    of_operation = _of_protocol(operation, "operation") if operation is not None else None
    if binding.protocol.startswith("SOAP"):
        found["style"] = (of_operation.get("style") if of_operation is not None else "") or binding.style
        uses = {use for each in operation or () for use in _uses(each)}
        if uses:
            found["use"] = " and ".join(sorted(uses))
        if of_operation is not None and "soapAction" in of_operation.attributes:
            found["soapAction"] = of_operation.get("soapAction")
        if of_operation is not None and of_operation.get("soapActionRequired"):
            found["soapActionRequired"] = of_operation.get("soapActionRequired")
    if own is not None and own.get("transport") not in ("", OVER_HTTP):
        found["transport"] = own.get("transport")
    if binding.protocol.startswith("HTTP") and of_operation is not None:
        found["location"] = of_operation.get("location")
    if not found and own is None:
        found["binding"] = binding.name
    return found


def _uses(each: Element) -> Iterator[str]:
    for inner in each.walk():
        if inner.space in SOAP and inner.get("use"):
            yield inner.get("use")


def _of_protocol(element: Element | None, name: str) -> Element | None:
    return next((each for each in element or () if each.name == name and each.space != WSDL1), None)


def bound(reading: Reading, found: list[Binding], operation: str, kind: str, fault: str = "") -> Bound:
    """What all bindings say of a message of an operation."""
    headers: list[tuple[Element, Schema]] = []
    parts: set[str] | None = None
    is_rpc = False
    kept: dict[str, Any] = {}
    for binding in found:
        inside = binding.operations.get(operation)
        of_operation = _of_protocol(inside, "operation") if inside is not None else None
        style = (of_operation.get("style") if of_operation is not None else "") or binding.style
        is_rpc = is_rpc or (style == "rpc" and binding.protocol.startswith("SOAP"))
        for each in inside or ():
            if each.name == kind and (not fault or each.get("name") == fault) and each.space == WSDL1:
                for inner in each.walk():
                    if inner.space in SOAP and inner.name in ("header", "headerfault"):
                        headers.append((inner, binding.schema))
                    elif inner.name == "body" and inner.space in SOAP:
                        if "parts" in inner.attributes:
                            parts = (parts or set()) | {*inner.get("parts").split()}
                        for key in ("namespace", "encodingStyle"):
                            if inner.get(key):
                                kept[f"body {key}"] = inner.get(key)
                    elif inner.space == MIME and inner.name in ("content", "multipartRelated"):
                        kept.setdefault("mime", []).append(plain(inner))
                if extra := foreign(each, WSDL1, MIME, HTTP, *SOAP):
                    kept |= extra
    names = frozenset(parts) if parts is not None else None
    if names is not None:
        kept["body parts"] = " ".join(sorted(names))
    return Bound(tuple(headers), names, is_rpc, kept)
