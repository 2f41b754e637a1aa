"""Servers, ways to prove who calls, and what a call needs of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from contractbook.formats.openapi.reading import Node, Reading, mapping
from contractbook.formats.openapi.versions import SWAGGER
from contractbook.model import Requirement, Security, Server, Variable

SERVER = frozenset({"url", "name", "description", "variables"})
VARIABLE = frozenset({"enum", "default", "description"})
SCHEME = frozenset({"type", "description"})
FLOWS = {"application": "clientCredentials", "accessCode": "authorizationCode"}
FLOW = frozenset({"authorizationUrl", "tokenUrl", "scopes"})


def servers(reading: Reading, node: Node) -> tuple[Server, ...]:
    """The servers that a document, path or operation names."""
    return tuple(_server(reading, inner) for inner in node.items("servers"))


def _server(reading: Reading, node: Node) -> Server:
    url = node.text("url")
    return Server(
        name=node.text("name") or url,
        key=url.rstrip("/"),
        at=reading.at(node),
        url=url,
        protocol=url.partition("://")[0] if "://" in url else "",
        doc=node.text("description"),
        variables=tuple(_variable(reading, name, inner) for name, inner in node.children("variables")),
        lifecycle=reading.endings.read(node.value),
        binding=node.rest(SERVER | reading.endings.whole),
    )


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


def swagger_servers(reading: Reading, node: Node, schemes: tuple[str, ...]) -> tuple[Server, ...]:
    """The servers that a 2.0 document means by schemes, host and base path."""
    host, path = node.text("host"), node.text("basePath")
    if not host:  # it is where the document was found
        urls = [(path or "/", scheme) for scheme in schemes] or ([(path, "")] if path else [])
    else:
        urls = [(f"{scheme}://{host}{path}", scheme) for scheme in schemes] or [(f"//{host}{path}", "")]
    at = reading.schemas.at(node.document, node.pointer + ("/host" if host else "/basePath"))
    return tuple(
        Server(
            name=url.rstrip("/") or url,
            key=url.rstrip("/"),
            at=at,
            url=url.rstrip("/") or url,
            protocol=scheme,
        )
        for url, scheme in urls
    )


def schemes(reading: Reading, node: Node) -> Iterator[Security]:
    """The ways to prove who calls."""
    key = "securityDefinitions" if reading.version is SWAGGER else "securitySchemes"
    for name, inner in node.children(key):
        found = reading.resolve(inner, "securityscheme")
        facts = _swagger_scheme(found) if reading.version is SWAGGER else dict(found.value)
        scopes: dict[str, str] = {}
        for flow in mapping(facts.get("flows")).values():
            scopes |= {
                str(scope): str(text or "") for scope, text in mapping(mapping(flow).get("scopes")).items()
            }
        whole = SCHEME | reading.endings.whole
        yield Security(
            name=name,
            at=reading.at(found),
            doc=found.text("description"),
            kind=str(facts.get("type", "")),
            scopes=scopes,
            lifecycle=reading.endings.read(found.value),
            binding={key: said for key, said in facts.items() if key not in whole},
        )


def _swagger_scheme(node: Node) -> dict[str, Any]:
    """A 2.0 security scheme in the words of 3.0."""
    facts = dict(node.value)
    if facts.get("type") == "basic":
        return facts | {"type": "http", "scheme": "basic"}
    if "flow" in facts:
        flow = str(facts.pop("flow"))
        inside = {key: facts.pop(key) for key in node.value if key in FLOW}
        facts["flows"] = {FLOWS.get(flow, flow): inside}
    return facts


def requirements(node: Mapping[str, Any]) -> tuple[tuple[Requirement, ...], ...] | None:
    """What a call needs: one of the alternatives; None where nothing is said."""
    listed = node.get("security")
    if not isinstance(listed, list):
        return None
    return tuple(
        tuple(
            Requirement(str(scheme), tuple(map(str, scopes)) if isinstance(scopes, list) else ())
            for scheme, scopes in alternative.items()
        )
        for alternative in listed
        if isinstance(alternative, dict)
    )
