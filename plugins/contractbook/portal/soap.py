"""A SOAP call as an envelope and a shell command, made from the model."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any
from xml.sax.saxutils import escape as xml_text
from xml.sax.saxutils import quoteattr

from contractbook.model import Contract, Field, Message, Operation, Role
from contractbook.portal import calls
from contractbook.portal.examples import Maker
from contractbook.portal.marks import compact

SOAP_11 = "http://schemas.xmlsoap.org/soap/envelope/"
SOAP_12 = "http://www.w3.org/2003/05/soap-envelope"
MOST = 60  # lines of an envelope in an example


def envelope(contract: Contract, operation: Operation, message: Message, maker: Maker) -> str:
    """The envelope of a message (SOAP 1.1, 4; SOAP 1.2 part 1, 5)."""
    space = SOAP_12 if _is_newer(contract, operation) else SOAP_11
    body = list(_body(contract, operation, message, maker))
    if len(body) > MOST:
        body = [*body[:MOST], "    <!-- and so on -->"]
    lines = (
        "<soap:Envelope",
        f'    xmlns:soap="{space}">',
        "  <soap:Body>",
        *body,
        "  </soap:Body>",
        "</soap:Envelope>",
    )
    return "\n".join(lines)


def curl(contract: Contract, operation: Operation) -> str:
    """A call as a shell command, as HTML; the envelope stands in a file."""
    found = calls.servers(contract, operation)
    url = found[0].url if found else "ADDRESS"
    action = next((said["soapAction"] for said in operation.binding.values() if _has_action(said)), "")
    newer = _is_newer(contract, operation)
    kind = "application/soap+xml; charset=utf-8" if newer else "text/xml; charset=utf-8"
    if newer and action:
        kind += f'; action="{action}"'
    lines = [f'<span class="k">curl</span> {_quoted(url)}', f"  -H {_quoted(f'Content-Type: {kind}')}"]
    if not newer:
        text = f'SOAPAction: "{action}"'
        lines.append(f"  -H {_quoted(text)}")
    return " \\\n".join([*lines, f"  -d {_quoted('@envelope.xml')}"])


def _has_action(said: Any) -> bool:
    return isinstance(said, Mapping) and "soapAction" in said


def _is_newer(contract: Contract, operation: Operation) -> bool:
    """Whether it is offered as SOAP 1.2 alone."""
    protocols = {server.protocol for server in calls.servers(contract, operation)} or {*operation.binding}
    return "SOAP 1.2" in protocols and "SOAP 1.1" not in protocols


def _body(contract: Contract, operation: Operation, message: Message, maker: Maker) -> Iterator[str]:
    if not message.payload:
        return
    type = contract.types[message.payload]
    name = str(message.binding.get("element") or ("" if type.inline else type.name))
    name = name or calls.name_in_group(operation)[1]
    spaces = (message.binding.get("body namespace"), contract.resolve(type.name).binding.get("namespace"))
    space = next(filter(None, (*spaces, contract.binding.get("targetNamespace"))), "")
    opened = f" xmlns={quoteattr(str(space))}" if space else ""
    yield from _element(contract, name, type.name, maker.make(type.name), "    ", opened)


def _element(
    contract: Contract, name: str, type: str, value: Any, indent: str, opened: str = ""
) -> Iterator[str]:
    """The lines of an element with its attributes and what is inside it."""
    if isinstance(value, list):
        item = contract.resolve(type).item or type
        for each in value:
            yield from _element(contract, name, item, each, indent)
        return
    if not isinstance(value, dict):
        text = "" if value is None else xml_text(compact(value))
        yield f"{indent}<{name}{opened}>{text}</{name}>" if text else f"{indent}<{name}{opened}/>"
        return
    fields = {field.name: field for field in contract.resolve(type).fields}
    attributes = {key for key in value if key in fields and _is_attribute(fields[key])}
    written = "".join(f" {key}={quoteattr(compact(value[key]))}" for key in value if key in attributes)
    inner = [(key, each) for key, each in value.items() if key not in attributes]
    if len(inner) == 1 and inner[0][0] in fields and _xml(fields[inner[0][0]]).get("nodeType") == "text":
        yield f"{indent}<{name}{opened}{written}>{xml_text(compact(inner[0][1]))}</{name}>"
        return
    yield f"{indent}<{name}{opened}{written}>"
    for key, each in inner:
        below = fields[key].type if key in fields else type
        yield from _element(contract, key, below, each, f"{indent}  ")
    yield f"{indent}</{name}>"


def _is_attribute(field: Field) -> bool:
    return field.role is Role.ATTRIBUTE or _xml(field).get("attribute") is True


def _xml(field: Field) -> Mapping[str, Any]:
    """How a field is written in XML, where that is not as an element of its name."""
    said = field.binding.get("xml")
    return said if isinstance(said, Mapping) else {}


def _quoted(text: str) -> str:
    return f'<span class="s2">{escape(shlex.quote(text), quote=False)}</span>'
