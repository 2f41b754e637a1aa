"""Whatever a real schema or service names is in the model, at the place where it stands.

The documents are walked here with another parser, lxml, and without the reader: each type, element,
attribute, enumeration value, operation, fault and port must be found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import etree
from tests.formats.openapi.test_complete import places

from contractbook.formats import FORMATS, detect
from contractbook.model import Contract
from contractbook.source.disk import DiskTree
from contractbook.source.sources import Sources

REPOSITORY = Path(__file__).resolve().parents[3]
CORPUS = [parent / "shared/corpus" for parent in REPOSITORY.parents]
FOLDERS = (
    "wsdl/cxf-testutils",
    "wsdl/cxf-samples",
    "wsdl/zeep-tests",
    "wsdl/juddi-api",
    "jsonschema/cyclonedx",
)
REAL = [path for place in CORPUS for name in FOLDERS for path in (place / name).glob("*") if path.is_dir()]
OWN = [Path(__file__).parent / "documents", *(REPOSITORY / "specs").glob("invoicing/*")]
XS = "{http://www.w3.org/2001/XMLSchema}"
WSDL = "{http://schemas.xmlsoap.org/wsdl/}"
# What is part of another element, and told with it.
INSIDE = {f"{XS}key", f"{XS}unique", f"{XS}keyref", f"{XS}notation"}
WORDS = {"group": "group", "attributeGroup": "attribute group", "attribute": "attribute"}
GROUPS = {f"{XS}{kind}" for kind in WORDS}
LONGEST = 12  # lines of a start tag, or until the first port of a service
BOUND = {f"{WSDL}binding", f"{WSDL}message", f"{WSDL}part"}


class Named(NamedTuple):
    """Something with a name, and the line of its start tag, which libxml2 counts at its end."""

    kind: str
    name: str
    line: int


def names(path: Path, unused: Collection[str]) -> Iterator[Named]:
    """Everything in a file that has a name of its own in the contract."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    for each in etree.parse(path, parser).getroot().iter(f"{XS}*", f"{WSDL}*"):
        line = each.sourceline if isinstance(each.sourceline, int) else 0
        above = {parent.tag for parent in each.iterancestors()}
        if not all(tag.startswith((XS, WSDL)) for tag in above):
            continue  # what another vocabulary wraps is none of the contract
        if each.tag in INSIDE or above & (BOUND | {f"{XS}redefine"}) or each.tag in BOUND:
            continue
        kind = etree.QName(each).localname
        groups = [parent.get("name") for parent in (each, *each.iterancestors()) if parent.tag in GROUPS]
        if any(f"{WORDS[kind]} {name}" in unused for kind in WORDS for name in groups):
            continue
        if (
            kind == "element"
            and len(above) <= 3
            and str(each.get("type")).rpartition(":")[2] == each.get("name")
        ):
            continue  # all one with the type of its name
        if each.get("name") and kind not in ("group", "attributeGroup", "definitions", "input", "output"):
            if each.get("use") != "prohibited" and each.get("maxOccurs") != "0":
                yield Named(kind, str(each.get("name")), line)
        elif kind == "enumeration":
            yield Named("value", str(each.get("value")), line)


def missing(contract: Contract, sources: Sources, root: Path) -> Iterator[tuple[str, Named]]:
    known: dict[tuple[str, str], set[int]] = {}
    services = [(str(server.binding["service"]), server.at) for server in contract.servers]
    for label, at in (*places(contract), *services):
        path, pointer = contract.place(at)
        line, _ = sources.open(path).locate(pointer)
        for name in (label, label.split(" ")[0].split(":")[-1], label.split("/")[-1]):
            known.setdefault((path, name), set()).add(line)
    twice = {(each.location.path, each.location.line) for each in contract.faults}
    for path in contract.documents:
        if sources.open(path).data is not None:
            for each in names(root / path, contract.binding.get("not used", ())):
                lines = known.get((path, each.name), ())
                reach = range(each.line - LONGEST, each.line + (LONGEST if each.kind == "service" else 1))
                doubled = (path, each.line) in twice
                if not doubled and not any(line in reach for line in lines):
                    yield path, each


@pytest.mark.parametrize("folder", sorted(OWN + REAL), ids=lambda path: "/".join(path.parts[-2:]))
def test_everything_with_a_name_is_in_the_model(folder: Path) -> None:
    sources = Sources(DiskTree(folder))
    documents = [sources.open(path) for path in DiskTree(folder).files()]
    ours = [each for each in documents if detect(each) in (FORMATS["wsdl"], FORMATS["xsd"])]
    contracts = [*FORMATS["wsdl"].read(ours, sources)]
    assert {path for contract in contracts for path in contract.documents} >= {each.path for each in ours}
    for contract in contracts:
        assert list(missing(contract, sources, folder)) == []
