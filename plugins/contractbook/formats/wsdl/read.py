"""From the documents of a service to its contracts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec.structs import replace

from contractbook.formats.faults import Faults
from contractbook.formats.lifecycle import ENDINGS, Endings
from contractbook.formats.wsdl.annotations import foreign, said_of
from contractbook.formats.wsdl.files import Files, mains
from contractbook.formats.wsdl.grammar import check
from contractbook.formats.wsdl.names import WSDL1, WSDL2, XS, unversioned
from contractbook.formats.wsdl.reading import Reading
from contractbook.formats.wsdl.services import Services
from contractbook.formats.wsdl.types import Types
from contractbook.model import Contract
from contractbook.source.collector import paused
from contractbook.source.document import Document
from contractbook.source.sources import Sources
from contractbook.source.versions import identity
from contractbook.source.xml_text import Element


def read(documents: Sequence[Document], sources: Sources, endings: Endings = ENDINGS) -> Iterator[Contract]:
    """One contract for each document that no other one refers to; `endings` reads announced ends."""
    with paused():
        found = [_contract(document, sources, endings, documents) for document in mains(documents, sources)]
    yield from _told_apart(found)


def _contract(main: Document, sources: Sources, endings: Endings, others: Sequence[Document]) -> Contract:
    faults = Faults()
    files = Files(main, sources, faults, others)
    files.gather()
    root = main.data
    if not isinstance(root, Element):
        return _unread(main)
    reading = Reading(files, faults, endings)
    for document in files.documents.values():
        if isinstance(document.data, Element):
            check(document, document.data, faults)
    reading.collect()
    types = Types(reading)
    types.declare()
    services = Services(reading, types)
    services.read()
    reading.run()
    is_schema = root.space == XS
    name, version = unversioned(root.get("targetNamespace"))
    opened = tuple(files.documents.values())
    kept = {"not used": reading.unused(), **foreign(root, XS, WSDL1, WSDL2)}
    said = said_of(endings, root, beside={**kept, **_binding(files, root)})
    return Contract(
        name=name,
        version=version,
        at="#",
        format="xsd" if is_schema else "wsdl",
        path=main.path,
        spec_version=services.version or "1.0",
        stated_version=root.get("version"),
        title=_title(root, services),
        documents=tuple(files.documents),
        services=tuple(services.found),
        servers=tuple(services.servers),
        types=reading.in_order(),
        roots=tuple(types.roots) if is_schema else (),
        faults=(
            *(fault for one in opened for fault in one.faults),
            *faults.findings(opened),
        ),
        **said,
    )


def _unread(document: Document) -> Contract:
    """What is left of a document that cannot be read: its path, and why."""
    format = "xsd" if document.path.endswith(".xsd") else "wsdl"
    return Contract(
        name="",
        title=document.path,
        format=format,
        path=document.path,
        documents=(document.path,),
        faults=document.faults,
    )


def _title(root: Element, services: Services) -> str:
    """What people call the contract: a service, or the name that the document has."""
    return root.get("name") or services.title


def _binding(files: Files, root: Element) -> dict[str, Any]:
    own = root.get("targetNamespace")
    spaces = {schema.space for schema in files.schemas} | {
        each.get("targetNamespace") for _, each in files.descriptions
    }
    found: dict[str, Any] = {"targetNamespace": own}
    if others := sorted(spaces - {own, ""}):
        found["namespaces"] = others
    for key in ("elementFormDefault", "attributeFormDefault", "blockDefault", "finalDefault"):
        said = [schema.root.get(key) for schema in files.schemas if schema.root.get(key)]
        if said and said[0] != "unqualified":
            found[key] = said[0]
    return found


def _told_apart(contracts: Iterable[Contract]) -> Iterator[Contract]:
    """The contracts; where several are of one namespace and version, their paths tell them apart."""
    found = list(contracts)
    count = Counter(_who(contract) for contract in found)
    doubled = {(contract.format, contract.name) for contract in found if count[_who(contract)] > 1}
    for contract in found:
        if (contract.format, contract.name) in doubled:
            contract = replace(contract, name="")
        yield contract


def _who(contract: Contract) -> tuple[str, ...]:
    lies = identity(contract.path)
    return contract.format, contract.name, contract.version, lies.version
