"""What is read from schemas and descriptions of services, as a golden outline beside each."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.formats.outline import outline

from contractbook.formats import FORMATS, detect
from contractbook.model import Contract
from contractbook.source.disk import DiskTree
from contractbook.source.sources import Sources

DOCUMENTS = Path(__file__).parent / "documents"
MAIN = ("library.xsd", "lending.wsdl", "reading-room.wsdl")


def read_all(*names: str) -> list[Contract]:
    """The contracts that some documents make together."""
    sources = Sources(DiskTree(DOCUMENTS))
    documents = [sources.open(name) for name in names]
    assert all(detect(document) in (FORMATS["xsd"], FORMATS["wsdl"]) for document in documents)
    return [*FORMATS["wsdl"].read(documents, sources)]


@pytest.mark.parametrize("name", MAIN)
def test_everything_a_document_says_is_in_the_model(name: str) -> None:
    [contract] = read_all(name)
    golden = (DOCUMENTS / name).with_suffix(".txt")
    found = outline(contract)
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(found, "utf-8")
    assert found == golden.read_text("utf-8")


def test_what_others_include_is_no_contract_of_its_own() -> None:
    names = sorted(path.name for path in DOCUMENTS.iterdir() if path.suffix in (".xsd", ".wsdl"))
    assert [contract.path for contract in read_all(*names)] == sorted(MAIN, key=names.index)


def test_the_namespace_names_the_contract_and_its_version() -> None:
    found = {contract.path: (contract.name, contract.version) for contract in read_all(*MAIN)}
    assert found == {
        "library.xsd": ("library.example/books", "v2"),
        "lending.wsdl": ("library:lending", "v1"),
        "reading-room.wsdl": ("library.example/room", "2026-05"),
    }
