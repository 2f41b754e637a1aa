"""Parameters and headers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from contractbook.formats.openapi.reading import Node, Reading
from contractbook.formats.openapi.versions import SWAGGER
from contractbook.formats.schema.draft import Spot
from contractbook.model import ALIVE, Field, Role

ROLES = {
    "path": Role.PATH,
    "query": Role.QUERY,
    "querystring": Role.QUERY,
    "header": Role.HEADER,
    "cookie": Role.COOKIE,
}
READ = frozenset({"name", "in", "description", "required", "schema", "content", "example", "examples"})
MEDIA = frozenset({"schema", "example", "examples"})
# What is usual in a place is no fact (OpenAPI 3.0, 4.7.12.2).
STYLES = {Role.PATH: "simple", Role.HEADER: "simple", Role.QUERY: "form", Role.COOKIE: "form"}
# A Swagger 2.0 parameter that is no body is its own schema but for these keys.
OUTER = READ | {"collectionFormat", "allowEmptyValue", "x-example"}
FORMATS: Mapping[str, Mapping[str, Any]] = {
    "csv": {"explode": False},
    "multi": {"explode": True},
    "ssv": {"style": "spaceDelimited", "explode": False},
    "pipes": {"style": "pipeDelimited", "explode": False},
    "tsv": {"collectionFormat": "tsv"},
}


def parameters(reading: Reading, nodes: Iterable[Node], way: str) -> Iterator[Field]:
    """The parameters of an operation or path; those that are parts of a body (2.0) are left out."""
    for node in nodes:
        found = reading.resolve(node, "parameter")
        role = ROLES.get(found.text("in"))
        if role is not None:
            name = found.text("name")
            yield _shared_or_own(reading, node, found, name, role, f"{way} > {role} {name}")


def headers(reading: Reading, node: Node, way: str) -> tuple[Field, ...]:
    """The headers of a response."""
    return tuple(
        _shared_or_own(
            reading, inner, reading.resolve(inner, "header"), name, Role.HEADER, f"{way} > header {name}"
        )
        for name, inner in node.children("headers")
    )


def _shared_or_own(reading: Reading, node: Node, found: Node, name: str, role: Role, way: str) -> Field:
    """A parameter that several places refer to is read once, and its types are named after it."""
    if found.pointer == node.pointer and found.document is node.document:
        return parameter(reading, found, name, role, way)
    at = f"{name} {reading.at(found)}"
    if at not in reading.shared:
        reading.shared[at] = parameter(reading, found, name, role, reading.way(found))
    return reading.shared[at]


def parameter(reading: Reading, node: Node, name: str, role: Role, way: str) -> Field:
    """One parameter or header."""
    schema, spot, binding = _schema(reading, node, role, way)
    facts: dict[str, Any] = {"at": reading.at(node), "binding": binding}
    if role is Role.HEADER:
        facts["key"] = name.lower()  # RFC 9110, 5.1
    if doc := node.text("description"):
        facts["doc"] = doc
    if examples := reading.examples(node):
        facts["examples"] = examples
    if (lifecycle := reading.endings.read(node.value)) is not ALIVE:
        facts["lifecycle"] = lifecycle
    required = node.value.get("required") is True or role is Role.PATH
    return reading.schemas.field(name, schema, spot, required=required, role=role, **facts)


def _schema(reading: Reading, node: Node, role: Role, way: str) -> tuple[Any, Spot, dict[str, Any]]:
    """The schema of a parameter, where it stands, and how the value is written."""
    if reading.version is SWAGGER and "schema" not in node.value:
        return simple(reading, node, role, way)
    binding = dict(node.rest(READ | reading.endings.whole))
    if node.text("in") == "querystring":
        binding["in"] = "querystring"
    for media_type, media in node.children("content"):
        binding["contentType"] = media_type
        binding |= media.rest(MEDIA)
        return media.value.get("schema", {}), reading.spot(media, "schema", way), binding
    return node.value.get("schema", {}), reading.spot(node, "schema", way), usual(binding, role)


def usual(binding: dict[str, Any], role: Role) -> dict[str, Any]:
    """Leave out what is said though it is usual, so that two spellings of one fact are one."""
    style = binding.get("style", STYLES[role])
    if binding.get("explode") is (style in ("form", "cookie")):
        del binding["explode"]
    if style == STYLES[role]:
        binding.pop("style", None)
    for flag in ("allowReserved", "allowEmptyValue"):
        if binding.get(flag) is False:
            del binding[flag]
    return binding


def simple(reading: Reading, node: Node, role: Role, way: str) -> tuple[Any, Spot, dict[str, Any]]:
    """A Swagger 2.0 parameter or header, whose schema is the object itself (2.0, "Parameter Object")."""
    schema = {key: said for key, said in node.value.items() if key not in OUTER}
    binding: dict[str, Any] = {}
    if node.value.get("type") == "array":
        binding |= FORMATS.get(node.text("collectionFormat") or "csv", {})
    if node.value.get("allowEmptyValue") is True:
        binding["allowEmptyValue"] = True
    return schema, Spot(node.document, reading.at(node), way), usual(binding, role)
