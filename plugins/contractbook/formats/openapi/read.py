"""From an OpenAPI document to a contract."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from contractbook.finding import Finding
from contractbook.formats.faults import Faults
from contractbook.formats.lifecycle import ENDINGS, Endings
from contractbook.formats.openapi.operations import paths, webhooks
from contractbook.formats.openapi.reading import Node, Reading, mapping
from contractbook.formats.openapi.security import schemes, servers, swagger_servers
from contractbook.formats.openapi.structure import check
from contractbook.formats.openapi.versions import SWAGGER, specification, stated_version
from contractbook.formats.schema.aliases import break_circles
from contractbook.model import Contract, Group, Service
from contractbook.source.collector import paused
from contractbook.source.document import Document
from contractbook.source.sources import Sources, Unresolved

ROOT = frozenset(
    {
        *("openapi", "swagger", "info", "servers", "paths", "webhooks", "components", "tags"),
        *("definitions", "parameters", "responses", "securityDefinitions"),
        *("host", "basePath", "schemes", "consumes", "produces"),
    }
)
INFO = frozenset({"title", "description", "version"})
TAG = frozenset({"name", "summary", "description", "parent"})
PARTS = (
    *("responses", "parameters", "examples", "requestBodies", "headers", "links", "callbacks"),
    *("pathItems", "mediaTypes"),
)


def read(documents: Sequence[Document], sources: Sources, endings: Endings = ENDINGS) -> Iterator[Contract]:
    """One contract for each document; `endings` reads the keys that announce an end."""
    for document in documents:
        yield read_one(document, sources, endings)


def read_one(document: Document, sources: Sources, endings: Endings = ENDINGS) -> Contract:
    """The contract that a document is the main one of."""
    with paused():
        return _contract(document, sources, endings)


def _contract(document: Document, sources: Sources, endings: Endings) -> Contract:
    if not isinstance(document.data, dict):
        return _unread(document, document.faults)
    faults = Faults()
    if "swaggerVersion" in document.data:
        faults.invalid(
            "Swagger 1 is not read", document, "/swaggerVersion", "Convert the document to OpenAPI 3."
        )
        return _unread(document, (*document.faults, *faults.findings([document])))
    version = specification(document.data)
    if not any(fault.rule == "unreadable" for fault in document.faults):
        check(document, version, faults)
    reading = Reading(document, sources, version, faults, endings)
    root = Node(document, "", document.data)
    _named_types(reading, root)
    operations = (*paths(reading, root), *webhooks(reading, root))
    info = root.child("info")
    parts = root if version is SWAGGER else root.child("components")
    security = tuple(schemes(reading, parts))
    reading.schemas.run()
    break_circles(reading.schemas)
    opened = tuple(reading.schemas.documents.values())
    contract = Contract(
        name="",
        format="openapi",
        path=document.path,
        spec_version=stated_version(document.data),
        stated_version=_version(info),
        title=info.text("title"),
        doc=info.text("description") or _text(reading, info.child("description")),
        at="#/info",
        lifecycle=reading.endings.read(info.value),
        binding=_binding(reading, root, info),
        documents=tuple(one.path for one in opened),
        services=(Service(name=info.text("title"), at="#/paths", operations=operations),),
        groups=tuple(_groups(reading, root)),
        servers=_servers(reading, root),
        security=security,
        types=reading.schemas.types,
        faults=(*(fault for one in opened for fault in one.faults), *faults.findings(opened)),
    )
    if any(b"specversion" in one.raw or b"cloudevents" in one.raw for one in opened):
        from contractbook.formats.cloudevents.envelope import enveloped

        return enveloped(contract)
    return contract


def _unread(document: Document, faults: tuple[Finding, ...]) -> Contract:
    """What is left of a document that cannot be read: its path, and why."""
    return Contract(
        name="",
        title=document.path,
        format="openapi",
        path=document.path,
        documents=(document.path,),
        faults=faults,
    )


def _text(reading: Reading, node: Node) -> str:
    """A text that stands in a file of its own, which real documents have though no version allows it."""
    reference = node.value.get("$ref")
    if not isinstance(reference, str):
        return ""
    try:
        target = reading.sources.follow(node.document, reference)
    except Unresolved as problem:
        reading.faults.unresolved(str(problem), node.document, node.pointer + "/$ref")
        return ""
    return target.value if isinstance(target.value, str) else ""


def _version(info: Node) -> str:
    """The version as it is written: 1.10 is not 1.1, though a number would be."""
    version = info.value.get("version", "")
    if isinstance(version, float):
        line, column = info.document.locate("/info/version")
        written = NUMBER(info.document.text.splitlines()[line - 1], column - 1)
        return written[1] if written else str(version)
    return str(version)


NUMBER = re.compile(r"""["']?version["']?\s*:\s*([-+.\w]+)""").match


def _named_types(reading: Reading, root: Node) -> None:
    """Read the schemas that have a name, first those of the main document, so that they keep it."""
    parts = (
        root.child("definitions") if reading.version is SWAGGER else root.child("components").child("schemas")
    )
    spots = [(name, reading.spot(parts, name, name)) for name in parts.value]
    for name, spot in spots:
        reading.schemas.named(parts.value[name], spot, name)
    reading.schemas.run()


def _servers(reading: Reading, root: Node) -> tuple[Any, ...]:
    if reading.version is SWAGGER:
        return swagger_servers(reading, root, root.texts("schemes"))
    return servers(reading, root)


def _groups(reading: Reading, root: Node) -> Iterable[Group]:
    for node in root.items("tags"):
        yield Group(
            name=node.text("name"),
            at=reading.at(node),
            title=node.text("summary"),
            doc=node.text("description") or _text(reading, node.child("description")),
            parent=node.text("parent"),
            lifecycle=reading.endings.read(node.value),
            binding=node.rest(TAG | reading.endings.whole),
        )


def _binding(reading: Reading, root: Node, info: Node) -> Mapping[str, Any]:
    kept = dict(root.rest(ROOT | {reading.version.webhooks}))
    kept |= info.rest(INFO | reading.endings.whole)
    bare = {
        address: item
        for address, item in root.child("paths").value.items()
        if not address.startswith("x-") and not _has_operations(reading, item)
    }
    if bare:
        kept["paths"] = bare
    if unused := dict(_unused(reading, root)):
        kept["unused"] = unused
    return kept


def _has_operations(reading: Reading, item: Any) -> bool:
    keys = mapping(item).keys()
    return not keys.isdisjoint(reading.version.methods | {"$ref", "additionalOperations"})


def _unused(reading: Reading, root: Node) -> Iterator[tuple[str, Any]]:
    """Components that nothing refers to, as they are written."""
    parts = root if reading.version is SWAGGER else root.child("components")
    for kind in PARTS:
        for _, node in parts.children(kind):
            if reading.at(node) not in reading.used:
                yield reading.at(node), node.value
