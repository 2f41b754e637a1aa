"""What is read from schemas, as a golden outline beside each, and which files make one contract."""

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
NAMES = sorted(path.name for path in DOCUMENTS.iterdir() if path.suffix != ".txt")


def contracts(root: Path) -> dict[str, Contract]:
    """The contracts of a folder by their main document."""
    sources = Sources(DiskTree(root))
    documents = [sources.open(path) for path in sources.tree.files()]
    found = [document for document in documents if detect(document) is FORMATS["jsonschema"]]
    return {each.path: each for each in FORMATS["jsonschema"].read(found, sources)}


@pytest.mark.parametrize("name", NAMES)
def test_everything_a_schema_says_is_in_the_model(name: str) -> None:
    golden = DOCUMENTS / f"{name}.txt"
    found = outline(contracts(DOCUMENTS)[name])
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(found, "utf-8")
    assert found == golden.read_text("utf-8")


BUNDLE = {
    "v1/placed.json": {"type": "object", "properties": {"money": {"$ref": "money.yaml"}}},
    "v1/paid.json": {"type": "object", "properties": {"money": {"$ref": "https://shop.example/money"}}},
    "v1/money.yaml": {"$id": "https://shop.example/money", "type": "string", "maxLength": 9},
    "v2/placed.json": {"type": "object", "properties": {"money": {"$ref": "https://shop.example/money"}}},
    "v2/money.yaml": {"$id": "https://shop.example/money", "type": "string", "maxLength": 99},
    "tree/a.json": {"type": "object", "properties": {"b": {"$ref": "b.json"}}},
    "tree/b.json": {"type": "object", "properties": {"a": {"$ref": "a.json"}}},
    "compose.json": {"services": {"type": "object"}},
}


def test_schemas_that_refer_to_one_another_are_one_contract(tmp_path: Path) -> None:
    import orjson

    for path, schema in BUNDLE.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(orjson.dumps(schema))
    found = contracts(tmp_path)
    assert {path: each.documents[1:] for path, each in found.items()} == {
        "tree/a.json": ("tree/b.json",),
        "v1/paid.json": ("v1/money.yaml",),
        "v1/placed.json": ("v1/money.yaml",),
        "v2/placed.json": ("v2/money.yaml",),
    }
    assert not any(each.faults for each in found.values())
    lengths = [each.types["money"].limits["maxLength"] for path, each in found.items() if "v" in path]
    assert lengths == [9, 9, 99]


DRAFT_07 = '"$schema": "http://json-schema.org/draft-07/schema#"'
SCHEMAS = {
    "order": f"{{{DRAFT_07}}}",
    "order.json": '{"type": "object", "properties": {}}',
    "order.schema.yaml": "oneOf: [{type: string}]\n",
    "money.yml": "$id: https://shop.example/money\ntype: string\n",
    "parts.json": '{"$defs": {"a": {}}}',
}
OTHERS = {
    "LICENSE": "type: object\nproperties: {}\n",
    "package.json": '{"type": "module", "dependencies": {}}',
    "openapi.json": f'{{"openapi": "3.1.0", {DRAFT_07}}}',
    "settings.json": '{"$schema": "https://json.schemastore.org/settings.json", "type": "x"}',
    "event.json": '{"specversion": "1.0", "type": "com.shop.paid", "data": {"type": "object"}}',
    "shape.json": '{"type": "FeatureCollection", "properties": {}}',
    "parameter.yaml": "name: page\nin: query\ntype: array\nitems: {type: string}\n",
    "text.json": '{"type": "string"}',
    "list.json": '[{"type": "object", "properties": {}}]',
}


@pytest.mark.parametrize("path", [*SCHEMAS, *OTHERS])
def test_only_what_is_clearly_a_schema_is_one(path: str) -> None:
    found = detect(Document(path, (SCHEMAS | OTHERS)[path].encode()))
    assert (found is FORMATS["jsonschema"]) is (path in SCHEMAS)


def test_a_schema_that_cannot_be_read_is_a_contract_with_a_fault(tmp_path: Path) -> None:
    (tmp_path / "order.json").write_text('{"$schema": "http://json-schema.org/draft-07/schema#", "type": ')
    [contract] = contracts(tmp_path).values()
    assert [fault.rule for fault in contract.faults] == ["unreadable"]
