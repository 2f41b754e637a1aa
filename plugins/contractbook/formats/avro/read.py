"""From documents of Avro to contracts: one for each that no other one is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from contractbook.formats.avro.bundle import Bundle
from contractbook.formats.avro.checks import check_doubled
from contractbook.formats.avro.names import full_name, without_version
from contractbook.formats.avro.protocols import service
from contractbook.formats.avro.reading import Reading, text
from contractbook.formats.avro.survey import Definition, Spot, is_idl, namespace_of
from contractbook.formats.avro.types import inner
from contractbook.formats.faults import Faults
from contractbook.formats.lifecycle import ENDINGS, Endings
from contractbook.formats.schema.aliases import break_circles
from contractbook.formats.schema.dialect import DRAFT_07
from contractbook.formats.schema.read import Schemas
from contractbook.model import Contract, Service
from contractbook.source.collector import paused
from contractbook.source.document import Document
from contractbook.source.sources import Sources
from contractbook.source.versions import split_version, stem

PROTOCOL = frozenset({"protocol", "namespace", "doc", "types", "messages", "imports", "schema"})


def read(documents: Sequence[Document], sources: Sources, endings: Endings = ENDINGS) -> Iterator[Contract]:
    """The contracts of the documents; `endings` reads the properties that announce an end."""
    with paused():
        bundle = Bundle(documents, sources)
        main = bundle.mains()
    for document in main:
        with paused():
            contract = _contract(document, bundle, endings)
        yield contract


def _contract(main: Document, bundle: Bundle, endings: Endings) -> Contract:
    documents = bundle.made_of(main)
    faults = Faults()
    schemas = Schemas(main, bundle.sources, DRAFT_07, faults, endings)
    definitions: dict[str, Definition] = {}
    again: list[Definition] = []
    for document in documents:
        found = bundle.survey(document)
        again += [*found.doubled, *(each for full, each in found.definitions.items() if full in definitions)]
        definitions |= {full: each for full, each in found.definitions.items() if full not in definitions}
        schemas.documents[document.path] = document
    reading = Reading(schemas, (_in(main, each) for each in definitions.values()))
    check_doubled(reading, again)
    for document in documents:
        for path, problem in bundle.unresolved.get(document.path, ()):
            faults.unresolved(problem, document, f"import {path}")
    for full in definitions:
        reading.named(full)
    schemas.run()
    protocols = [_spot(each, main) for each in documents if _is_protocol(each)]
    services = [service(reading, protocols)] if protocols else []
    top = _top(reading, main)
    schemas.run()
    break_circles(schemas)
    return _made(main, documents, reading, services, top, faults)


def _made(
    main: Document,
    documents: list[Document],
    reading: Reading,
    services: list[Service],
    top: str,
    faults: Faults,
) -> Contract:
    data: dict[str, Any] = main.data if isinstance(main.data, dict) else {}
    is_protocol = _is_protocol(main)
    named = full_name(data.get("protocol", data.get("name")), "", data.get("namespace"))
    title = named.rpartition(".")[2] or (top if top in reading.schemas.types else "") or stem(main.path)
    space = namespace_of(data) if is_protocol or is_idl(main) else named.rpartition(".")[0]
    types = reading.schemas.types
    return Contract(
        name="",
        version=without_version(f"{space}.{title}")[1],
        format="avro",
        path=main.path,
        title=title,
        at=services[0].at if is_protocol and services else "#",
        doc=text(data.get("doc")) if is_protocol else "",
        lifecycle=reading.lifecycle(data),
        binding={**reading.rest(data, PROTOCOL), "namespace": space} if is_protocol else {},
        documents=tuple(each.path for each in documents),
        services=tuple(one for one in services if one.operations),
        types=types,
        roots=tuple(_roots(reading, services, top)),
        faults=(*(fault for one in documents for fault in one.faults), *faults.findings(documents)),
    )


def _in(main: Document, definition: Definition) -> Definition:
    """A definition as its place is written in the contract: the main document has no path."""
    spot = definition.spot
    if spot.document is not main:
        return definition
    return definition._replace(spot=Spot(spot.document, f"#{spot.pointer}", spot.way, spot.named))


def _is_protocol(document: Document) -> bool:
    return isinstance(document.data, dict) and "protocol" in document.data


def _spot(document: Document, main: Document) -> Spot:
    return Spot(document, "#" if document is main else f"{document.path}#", named=is_idl(document))


def _top(reading: Reading, main: Document) -> str:
    """The type that a document is as a whole, where it is one; none where it only declares some."""
    data, spot = main.data, Spot(main, "#", _file_name(main), is_idl(main))
    if isinstance(data, dict) and ("protocol" in data or spot.named):
        return (
            inner(reading, data["schema"], spot.into("/schema"), namespace_of(data))
            if "schema" in data
            else ""
        )
    if data is None:
        return ""
    return inner(reading, data, spot, "")


def _file_name(document: Document) -> str:
    return split_version(stem(document.path.rpartition("/")[2]))[0] or "schema"


def _roots(reading: Reading, services: list[Service], top: str) -> Iterator[str]:
    """The types that stand for themselves: the schema as a whole, and what no other type or message uses."""
    types = reading.schemas.types
    if top:
        yield top
    used = _reached(types, [top] if top else [])
    for one in services:
        for operation in one.operations:
            names = [each.type for each in operation.parameters] + [
                each.payload for each in operation.messages
            ]
            used |= _reached(types, [name for name in names if name])
    inside = {part for type in types.values() for part in type.uses() if part != type.name}
    own = [name for name, type in types.items() if type.at and not type.inline and name not in used]
    for name in sorted(own, key=lambda name: name in inside):  # of types in a circle the first
        if name not in used:
            used |= _reached(types, [name])
            yield name


def _reached(types: Any, names: list[str]) -> set[str]:
    seen, todo = set(names), [*names]
    while todo:
        fresh = {part for part in types[todo.pop()].uses() if part in types} - seen
        seen |= fresh
        todo += fresh
    return seen
