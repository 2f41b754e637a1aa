"""From a catalogue to contracts: endpoints, groups of messages that no endpoint has, and lone schemas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from contractbook.formats.faults import Faults
from contractbook.formats.lifecycle import ENDINGS, Endings
from contractbook.formats.nodes import Node
from contractbook.formats.schema.aliases import break_circles
from contractbook.formats.structure.tables import Checking
from contractbook.formats.xregistry.catalogue import Catalogue, Entry
from contractbook.formats.xregistry.messages import operation, servers
from contractbook.formats.xregistry.reading import KEPT, Reading
from contractbook.formats.xregistry.schemas import type_of
from contractbook.formats.xregistry.tables import KEPT_BY_REGISTRY, TABLES
from contractbook.model import NOTHING, Contract, Operation, Server, Service
from contractbook.source.collector import paused
from contractbook.source.document import Document
from contractbook.source.sources import Sources

READ = KEPT | KEPT_BY_REGISTRY | {"messages", "messagegroups", "endpoints", "versions", "schema"}


def read(documents: Sequence[Document], sources: Sources, endings: Endings = ENDINGS) -> Iterator[Contract]:
    """The contracts of all documents; `endings` reads the keys that announce an end."""
    for document in documents:
        with paused():
            yield from _contracts(document, sources, endings)


def _contracts(document: Document, sources: Sources, endings: Endings) -> Iterator[Contract]:
    if not isinstance(document.data, dict):
        yield _empty(document)
        return
    faults = Faults()
    catalogue = Catalogue(document)
    Checking(TABLES, "1.0", "xRegistry").check("registry", document, "", catalogue.data, faults)
    told = faults.findings([document])
    first = (*document.faults, *told)
    entries = [*_entries(catalogue)]
    for entry in entries:
        reading = Reading(document, sources, endings)
        contract = _contract(reading, catalogue, entry)
        yield _with(contract, first) if entry is entries[0] else contract
    if not entries:
        yield _with(_empty(document), tuple(told))


def _with(contract: Contract, faults: tuple[Any, ...]) -> Contract:
    from msgspec.structs import replace

    return replace(contract, faults=(*faults, *contract.faults))


def _empty(document: Document) -> Contract:
    return Contract(
        name="",
        title=document.path,
        format="xregistry",
        path=document.path,
        documents=(document.path,),
        faults=document.faults,
    )


def _entries(catalogue: Catalogue) -> Iterator[Entry]:
    """What makes a contract: endpoints, groups of messages that none of them has, and lone schemas."""
    yield from catalogue.endpoints()
    told = {xid for entry in catalogue.endpoints() for xid in entry.groups}
    yield from (entry for entry in catalogue.groups() if entry.xid not in told)
    used = catalogue.used_schemas()
    for schema in catalogue.schemas():
        versions = [*catalogue.versions(schema)]
        if schema.xid not in used or len(versions) > 1:
            yield from versions


def _contract(reading: Reading, catalogue: Catalogue, entry: Entry) -> Contract:
    node = entry.node
    found: tuple[Operation, ...] = ()
    offered: tuple[Server, ...] = ()
    if entry.kind == "schema":
        type_of(reading, node, entry.name)
    else:
        offered = tuple(servers(reading, node))
        found = tuple(
            operation(reading, catalogue, message, action, node)
            for action in entry.actions
            for message in catalogue.messages(entry)
        )
    reading.schemas.run()
    break_circles(reading.schemas)
    opened = tuple(reading.schemas.documents.values())
    at = reading.at(node)
    return Contract(
        name=entry.name,
        format="xregistry",
        path=reading.document.path,
        spec_version=catalogue.version,
        version=entry.version,
        stated_version=entry.version,
        title=node.text("name") or entry.name,
        doc=node.text("description"),
        at=at,
        lifecycle=reading.endings.read(node.value),
        binding=_binding(reading, node),
        documents=(*(one.path for one in opened), *reading.schemas.foreign),
        services=(Service(name=entry.name, at=at, operations=found),) if found else (),
        servers=offered,
        types=reading.schemas.types,
        faults=tuple(reading.faults.findings(opened)),
    )


def _binding(reading: Reading, node: Node) -> Mapping[str, Any]:
    return node.rest(READ | reading.endings.whole) or NOTHING
