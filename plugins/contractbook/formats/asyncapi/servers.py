"""Servers, and what they and operations demand of those who use them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from contractbook.formats.asyncapi.reading import Reading, bindings
from contractbook.formats.nodes import Node, mapping
from contractbook.model import NOTHING, Requirement, Security, Server, Variable

Needs = tuple[tuple[Requirement, ...], ...]

READ = frozenset(
    {
        *("url", "host", "pathname", "protocol", "title", "summary", "description", "variables"),
        *("bindings", "security"),
    }
)
VARIABLE = frozenset({"enum", "default", "description"})
SCHEME = frozenset({"type", "description", "scopes"})
NEUTRAL = frozenset({"description", "scopes"})  # what schemes that are the same may differ in


def servers(reading: Reading, root: Node) -> tuple[Server, ...]:
    """The servers of a document."""
    return tuple(server(reading, name, inner) for name, inner in root.children("servers"))


def server(reading: Reading, name: str, node: Node) -> Server:
    """One server; several places may refer to it."""
    found = reading.resolve(node, "server")
    at = reading.at(found)
    if at not in reading.servers:
        protocol = found.text("protocol")
        texts = (found.text("summary"), found.text("description"))
        reading.credentials[at] = needs(reading, found)
        reading.servers[at] = Server(
            name=name,
            at=at,
            url=_address(found, protocol),
            protocol=protocol,
            title=found.text("title"),
            doc="\n\n".join(filter(None, texts)),
            variables=tuple(
                _variable(reading, key, reading.resolve(inner, "variable"))
                for key, inner in found.children("variables")
            ),
            lifecycle=reading.endings.read(found.value),
            binding={**found.rest(READ | reading.endings.whole), **bindings(reading, found, "server")}
            or NOTHING,
        )
    return reading.servers[at]


def _address(node: Node, protocol: str) -> str:
    """The address with its protocol, as AsyncAPI 2 writes it in one and AsyncAPI 3 in three parts."""
    address = node.text("url") or node.text("host") + node.text("pathname")
    return address if "://" in address or not protocol else f"{protocol}://{address}"


def _variable(reading: Reading, name: str, node: Node) -> Variable:
    values = node.value.get("enum")
    return Variable(
        name=name,
        at=reading.at(node),
        doc=node.text("description"),
        default=str(node.value.get("default", "")),
        values=tuple(map(str, values)) if isinstance(values, list) else (),
        binding=node.rest(VARIABLE),
    )


def schemes(reading: Reading, root: Node) -> Iterator[Security]:
    """The ways to prove who calls that a document declares, then those that are written where they count."""
    for name, inner in root.child("components").children("securitySchemes"):
        scheme(reading, name, inner)
    return iter(reading.security.values())


def scheme(reading: Reading, name: str, node: Node) -> Security:
    """One way to prove who calls."""
    found = reading.resolve(node, "scheme")
    at = reading.at(found)
    if at not in reading.security:
        scopes: dict[str, str] = {}
        for flow in mapping(found.value.get("flows")).values():
            said = mapping(flow)
            listed = mapping(said.get("scopes")) or mapping(said.get("availableScopes"))
            scopes |= {str(scope): str(text or "") for scope, text in listed.items()}
        reading.security[at] = Security(
            name=name,
            at=at,
            doc=found.text("description"),
            kind=found.text("type"),
            scopes=scopes,
            lifecycle=reading.endings.read(found.value),
            binding=_facts(found.rest(SCHEME | reading.endings.whole)),
        )
    return reading.security[at]


def _facts(said: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a scheme says, its scopes called as in AsyncAPI 2 and OpenAPI."""
    flows = {
        name: {"scopes" if key == "availableScopes" else key: value for key, value in mapping(flow).items()}
        for name, flow in mapping(said.get("flows")).items()
    }
    return {**said, "flows": flows} if flows else said


def needs(reading: Reading, node: Node) -> Needs | None:
    """What an operation or server demands: one of the alternatives; None where it says nothing."""
    listed = node.value.get("security")
    if not isinstance(listed, list):
        return None
    if reading.version.major == 2:
        return tuple(_named(each) for each in listed if isinstance(each, dict))
    return tuple((_referred(reading, each),) for each in node.items("security"))


def _named(alternative: Mapping[str, Any]) -> tuple[Requirement, ...]:
    return tuple(
        Requirement(str(name), tuple(map(str, scopes)) if isinstance(scopes, list) else ())
        for name, scopes in alternative.items()
    )


def _referred(reading: Reading, node: Node) -> Requirement:
    name = node.text("$ref").rpartition("/")[2] or node.text("type")
    found = reading.resolve(node, "scheme")
    return Requirement(_known(reading, name, node, found).name, found.texts("scopes"))


def _known(reading: Reading, name: str, node: Node, found: Node) -> Security:
    """A scheme, or for one that is written where it counts the declared one that says the same."""
    if "$ref" not in node.value:
        for key, inner in (
            Node(reading.document, "", reading.document.data).child("components").children("securitySchemes")
        ):
            if inner.rest(NEUTRAL) == found.rest(NEUTRAL):
                return scheme(reading, key, inner)
    return scheme(reading, name, node)


def together(asked: Sequence[Needs | None], own: Needs | None) -> Needs | None:
    """What one must have to use an operation on any of its servers, and for the operation itself."""
    said = [each for each in asked if each is not None]
    if not said:
        return own
    of_servers = tuple(dict.fromkeys(alternative for each in said for alternative in each))
    if own is None or not own:
        return of_servers
    return tuple((*one, *other) for one, other in product(of_servers or ((),), own))
