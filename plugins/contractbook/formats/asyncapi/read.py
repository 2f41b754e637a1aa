"""From an AsyncAPI document to a contract."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from contractbook.finding import Finding
from contractbook.formats.asyncapi.channels import channel
from contractbook.formats.asyncapi.operations import operations, tags
from contractbook.formats.asyncapi.payloads import payload
from contractbook.formats.asyncapi.reading import Layers, Reading
from contractbook.formats.asyncapi.servers import schemes, servers
from contractbook.formats.asyncapi.structure import check
from contractbook.formats.asyncapi.versions import specification, stated_version
from contractbook.formats.cloudevents.envelope import enveloped, mentioned
from contractbook.formats.faults import Faults
from contractbook.formats.lifecycle import ENDINGS, Endings
from contractbook.formats.nodes import Node
from contractbook.formats.schema.aliases import break_circles
from contractbook.model import Channel, Contract, Group, Operation, Service
from contractbook.source.collector import paused
from contractbook.source.document import Document
from contractbook.source.faults import shortened
from contractbook.source.sources import Sources

ROOT = frozenset(
    {
        *("asyncapi", "info", "servers", "defaultContentType", "channels", "operations", "components"),
        "tags",
    }
)
INFO = frozenset({"title", "description", "version", "tags"})
TAG = frozenset({"name", "description"})
# The parts of a contract that are worth telling when nothing refers to them; the rest is read with the
# types, the servers or the ways to prove who calls.
PARTS = (
    *("messages", "channels", "operations", "parameters", "correlationIds", "replies", "replyAddresses"),
    *("operationTraits", "messageTraits", "serverBindings", "channelBindings", "operationBindings"),
    *("messageBindings", "servers", "serverVariables", "externalDocs", "tags"),
)


def read(documents: Sequence[Document], sources: Sources, endings: Endings = ENDINGS) -> Iterator[Contract]:
    """One contract for each document; `endings` reads the keys that announce an end."""
    for document in documents:
        with paused():
            yield _contract(document, sources, endings)


def _contract(document: Document, sources: Sources, endings: Endings) -> Contract:
    if not isinstance(document.data, dict):
        return _unread(document, document.faults)
    faults, stated = Faults(), stated_version(document.data)
    if stated.split(".")[0] in ("0", "1"):
        faults.invalid(
            f"AsyncAPI {shortened(stated)} is not read",
            document,
            "/asyncapi",
            "Convert the document to AsyncAPI 3; the converter of the AsyncAPI Initiative does that.",
        )
        return _unread(document, (*document.faults, *faults.findings([document])))
    version = specification(stated)
    if not any(fault.rule == "unreadable" for fault in document.faults):
        check(document, version, faults)
    reading = Reading(document, sources, version, faults, endings)
    return _read(reading, Node(document, "", document.data), stated)


def _read(reading: Reading, root: Node, stated: str) -> Contract:
    reading.content_type = root.text("defaultContentType")
    _named_types(reading, root)
    info = root.child("info")
    offered = servers(reading, root)
    found = operations(reading, root)
    channels = tuple(_channels(reading, root, found))
    security = tuple(schemes(reading, root))
    groups = tuple(_groups(reading, root, info))
    reading.schemas.run()
    break_circles(reading.schemas)
    _drop_headers(reading, (*found, *channels))
    opened = tuple(reading.schemas.documents.values())
    contract = Contract(
        name="",
        format="asyncapi",
        path=reading.document.path,
        spec_version=stated,
        stated_version=str(info.value.get("version", "")),
        title=info.text("title"),
        doc=info.text("description"),
        at="#/info",
        lifecycle=reading.endings.read(info.value),
        binding=_binding(reading, root, info),
        documents=(*(one.path for one in opened), *reading.schemas.foreign),
        services=(Service(name=info.text("title"), at="#/channels", operations=found),),
        channels=channels,
        groups=groups,
        servers=offered,
        security=security,
        types=reading.schemas.types,
        faults=(
            *(fault for one in opened for fault in one.faults),
            *reading.faults.findings(opened),
        ),
    )
    return enveloped(contract) if mentioned(one.raw for one in opened) else contract


def _unread(document: Document, faults: tuple[Finding, ...]) -> Contract:
    """What is left of a document that cannot be read: its path, and why."""
    return Contract(
        name="",
        title=document.path,
        format="asyncapi",
        path=document.path,
        documents=(document.path,),
        faults=faults,
    )


def _named_types(reading: Reading, root: Node) -> None:
    """Read the schemas that have a name, first those of the main document, so that they keep it."""
    parts = root.child("components").child("schemas")
    for name, schema in parts.value.items():
        inner = parts.child(name)
        if {"schemaFormat", "schema"} <= inner.value.keys():
            known = payload(reading, parts, name, name, "")
            reading.schemas.places.setdefault(reading.at(inner), known)
        else:
            reading.schemas.named(schema, reading.spot(parts, name, name), name)
    reading.schemas.run()


def _channels(reading: Reading, root: Node, found: Sequence[Operation]) -> Iterator[Channel]:
    used = {name for operation in found for name in (operation.channel, operation.reply)}
    for name, inner in root.children("channels"):
        node = reading.resolve(inner, "channel")
        yield channel(reading, name, node, name in used or node.text("address") in used - {""})


def _groups(reading: Reading, root: Node, info: Node) -> Iterator[Group]:
    """The tags of the document, then those that operations bring along."""
    told: set[str] = set()
    listed = [*tags(reading, root), *tags(reading, info), *_tags_of_operations(reading, root)]
    for node in listed:
        name = node.text("name")
        if name and name not in told:
            told.add(name)
            yield Group(
                name=name,
                at=reading.at(node),
                doc=node.text("description"),
                lifecycle=reading.endings.read(node.value),
                binding=node.rest(TAG | reading.endings.whole),
            )


def _tags_of_operations(reading: Reading, root: Node) -> Iterator[Node]:
    for _, inner in (*root.children("channels"), *root.children("operations")):
        outer = reading.resolve(inner, "any")
        for node in (outer, outer.child("publish"), outer.child("subscribe")):
            if node is not outer or "channel" in outer.value:
                layers = Layers(reading, node, "operation-trait")
                yield from tags(reading, layers.holder("tags"))


def _drop_headers(reading: Reading, elements: Sequence[Operation | Channel]) -> None:
    """Leave out the types that only said which headers messages have."""
    types = reading.schemas.types
    left = reading.headers & types.keys()
    if not left:
        return
    used = {name for each in types.values() if each.name not in left for name in (*each.uses(), *each.bases)}
    for element in elements:
        for message in element.messages:
            used |= {message.payload, *(field.type for field in message.headers)}
    for name in left - used:
        del types[name]


def _binding(reading: Reading, root: Node, info: Node) -> Mapping[str, Any]:
    kept = {**root.rest(ROOT), **info.rest(INFO | reading.endings.whole)}
    if reading.content_type:
        kept["defaultContentType"] = reading.content_type
    if unused := dict(_unused(reading, root)):
        kept["unused"] = unused
    return kept


def _unused(reading: Reading, root: Node) -> Iterator[tuple[str, Any]]:
    """Components that nothing refers to, as they are written."""
    parts = root.child("components")
    yield from (
        (reading.at(node), node.value)
        for kind in PARTS
        for _, node in parts.children(kind)
        if reading.at(node) not in reading.used
    )
    rest = parts.rest(frozenset((*PARTS, "schemas", "securitySchemes")))
    if rest:
        yield reading.at(parts), rest
