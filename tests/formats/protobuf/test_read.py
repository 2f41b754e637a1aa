"""Proto files as contracts: golden outlines that were read by a person."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.formats.outline import outline

from contractbook.formats import FORMATS
from contractbook.model import Contract
from contractbook.source.disk import DiskTree
from contractbook.source.document import Document
from contractbook.source.sources import Sources

DOCUMENTS = Path(__file__).parent / "documents"


def contracts(*texts: tuple[str, str] | str) -> list[Contract]:
    """The contracts of some texts, or of files among our documents."""
    sources = Sources(DiskTree(DOCUMENTS))
    documents = [
        sources.open(each) if isinstance(each, str) else Document(each[0], each[1].encode()) for each in texts
    ]
    return [*FORMATS["protobuf"].read(documents, sources)]


@pytest.mark.parametrize(
    "name",
    [
        *("shop/orders/v1/orders.proto", "shop/common/v1/money.proto", "shop/options/options.proto"),
        *("edition.proto", "limits.proto", "broken.proto"),
    ],
)
def test_a_file_reads_as_a_person_reads_it(name: str) -> None:
    (contract,) = contracts(name)
    golden = DOCUMENTS / f"{name}.txt"
    assert outline(contract) == golden.read_text("utf-8")


def test_every_element_has_its_line_and_column() -> None:
    (contract,) = contracts(
        ("a.proto", 'syntax = "proto3";\npackage a;\n\tmessage M {/* 값 */ string name = 1;}\n')
    )
    assert contract.places == {"#a": (2, 1), "#a.M": (3, 2), "#a.M.name": (3, 21)}
    assert contract.location("#a.M.name.gone") == contract.location("#a.M.name")
