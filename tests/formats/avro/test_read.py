"""What is read from documents of Avro, as a golden outline beside each, and which files make one contract."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.formats.outline import outline

from contractbook.formats import FORMATS, detect
from contractbook.model import Contract
from contractbook.source.disk import DiskTree
from contractbook.source.document import Document
from contractbook.source.sources import Sources

DOCUMENTS = Path(__file__).parent / "documents"
NAMES = ("shipping.avdl", "stock", "warehouse.avpr")


def contracts(root: Path) -> dict[str, Contract]:
    """The contracts of a folder by their main document."""
    sources = Sources(DiskTree(root))
    documents = [sources.open(path) for path in sources.tree.files()]
    found = [document for document in documents if detect(document) is FORMATS["avro"]]
    return {each.path: each for each in FORMATS["avro"].read(found, sources)}


def test_everything_a_document_says_is_in_the_model() -> None:
    found = contracts(DOCUMENTS)
    assert tuple(found) == NAMES
    for name in NAMES:
        golden = DOCUMENTS / f"{name}.txt"
        if os.environ.get("UPDATE_GOLDEN"):
            golden.write_text(outline(found[name]), "utf-8")
        assert outline(found[name]) == golden.read_text("utf-8")


IDL = "namespace shop.shipping;\n%s\nrecord Parcel { string id; %s }\n"
FILES = {
    "v1/parcel.avdl": IDL % ('import idl "money.avdl";', "Money price;"),
    "v1/money.avdl": 'namespace shop.shipping;\nimport idl "parcel.avdl";\nrecord Money { string amount; }\n',
    "v2/parcel.avsc": '{"type": "record", "name": "Parcel", "namespace": "shop.shipping", "fields":'
    ' [{"name": "price", "type": "Money"}]}',
    "v2/money.avsc": '{"type": "fixed", "name": "shop.shipping.Money", "size": 8}',
    "v2/other.avsc": '{"type": "map", "values": "Money"}',
}


def test_documents_that_need_one_another_are_one_contract(tmp_path: Path) -> None:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    found = contracts(tmp_path)
    assert {path: each.documents[1:] for path, each in found.items()} == {
        "v1/money.avdl": ("v1/parcel.avdl",),  # of a circle the first
        "v2/other.avsc": (),
        "v2/parcel.avsc": ("v2/money.avsc",),
    }
    assert [each.message for each in found["v2/other.avsc"].faults] == ["there is no type `Money`"]
    assert not found["v1/money.avdl"].faults
    assert not found["v2/parcel.avsc"].faults


@pytest.mark.parametrize(
    ("path", "text", "is_avro"),
    [
        ("a.avsc", '"string"', True),
        ("a.avdl", "schema int;", True),
        ("a.avdl", "\n", False),
        ("order", '{"name": "Order", "type": "record", "fields": []}', True),
        ("both", '[{"type": "record", "name": "A", "fields": []}]', True),
        ("hello", '{"protocol": "Hello", "messages": {}}', True),
        ("order", '{"name": "order", "type": "record"}', False),
        ("package.json", '{"name": "order", "type": "record", "fields": []}', False),
        ("connection", '{"protocol": "https", "host": "shop.example"}', False),
        ("LICENSE", "All of this is ours.", False),
    ],
)
def test_only_what_is_clearly_avro_is_avro(path: str, text: str, is_avro: bool) -> None:
    assert (detect(Document(path, text.encode())) is FORMATS["avro"]) is is_avro
