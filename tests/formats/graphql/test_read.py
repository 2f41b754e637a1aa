"""What is read from schemas, as a golden outline beside them, and which files make one schema."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.formats.outline import outline

from contractbook.formats import FORMATS, detect
from contractbook.model import Contract, Lifecycle
from contractbook.source.disk import DiskTree
from contractbook.source.document import Document
from contractbook.source.sources import Sources

DOCUMENTS = Path(__file__).parent / "documents"
GRAPHQL = FORMATS["graphql"]


def read(texts: Mapping[str, str]) -> list[Contract]:
    documents = [Document(path, text.encode()) for path, text in texts.items()]
    return [*GRAPHQL.read(documents, Sources(DiskTree(DOCUMENTS)))]


def read_one(text: str) -> Contract:
    [contract] = read({"schema.graphql": text})
    return contract


def test_everything_that_files_say_together_is_in_the_model() -> None:
    folder = DOCUMENTS / "bookshop"
    [contract] = read({path.name: path.read_text("utf-8") for path in folder.glob("*.graphql")})
    golden, found = DOCUMENTS / "bookshop.txt", outline(replace(contract, places={}))
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(found, "utf-8")
    assert found == golden.read_text("utf-8")
    assert contract.documents == ("schema.graphql", "desk.graphql")


def test_elements_stand_where_their_names_do() -> None:
    lines = ("type Query {", '  """', "  All of them", '  """', "  all(first: Int): [Int]", "}")
    contract = read_one("\r\n".join([*lines, "extend type Query { one: Int }"]))
    assert {
        at: contract.places[at] for at in ("#Query", "#Query.all", "#Query.all(first:)", "#Query.one")
    } == {
        "#Query": (1, 6),
        "#Query.all": (5, 3),
        "#Query.all(first:)": (5, 7),
        "#Query.one": (7, 21),
    }


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("", Lifecycle(deprecated=True)),
        (
            '(reason: "Gone. Removal on 2027-03-01 UTC.")',
            Lifecycle(deprecated=True, sunset=date(2027, 3, 1), reason="Gone. Removal on 2027-03-01 UTC."),
        ),
        (
            '(reason: "Use `b` instead.")',
            Lifecycle(deprecated=True, replacement="b", reason="Use `b` instead."),
        ),
        ('(reason: "No longer supported")', Lifecycle(deprecated=True)),
    ],
)
def test_the_end_of_an_element_is_read_from_the_reason(reason: str, expected: Lifecycle) -> None:
    contract = read_one(f"type Query {{ a: Int @deprecated{reason} }}")
    assert next(contract.operations()).lifecycle == expected


@pytest.mark.parametrize(
    ("text", "is_contract"),
    [
        ("type Query { a: Int }", True),
        ('\ufeff# shop\n"""\nwith "quotes" \\"""\n"""\nenum A { B }', True),
        ("typ Query { a: Int }", True),
        ("query { a }", False),
        ("# only this\n", False),
        ("fragment F on A { b }\n", False),
        ("{ type { name } }", False),
        ("", False),
    ],
)
def test_documents_of_operations_are_no_contracts(text: str, is_contract: bool) -> None:
    assert (detect(Document("a.graphql", text.encode())) is GRAPHQL) is is_contract


SHOP, TYPES = "type Query { a: Order }", "type Order { b: Int }"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({"s/types.graphql": TYPES, "s/z.graphql": SHOP}, [["s/z.graphql", "s/types.graphql"]]),
        (
            {"s/v1/a.graphql": SHOP, "s/v1/b.graphql": TYPES, "s/v2/a.graphql": SHOP},
            [["s/v1/a.graphql", "s/v1/b.graphql"], ["s/v2/a.graphql"]],
        ),
        ({"s/a.graphql": SHOP, "s/b.graphql": SHOP}, [["s/a.graphql"], ["s/b.graphql"]]),
        (
            {"s/a.graphql": SHOP, "s/b.graphql": "type Query { c: Int }", "s/t.graphql": TYPES},
            [["s/a.graphql", "s/t.graphql"], ["s/b.graphql"]],
        ),
        (
            {"s/a/q.graphql": SHOP, "s/a/t.graphql": TYPES, "s/b/q.graphql": SHOP, "s/b/t.graphql": TYPES},
            [["s/a/q.graphql", "s/a/t.graphql"], ["s/b/q.graphql", "s/b/t.graphql"]],
        ),
        (
            {"s/q.graphql": SHOP, "s/m.graphql": "type Mutation { c: Int }", "s/t.graphql": TYPES},
            [["s/q.graphql", "s/m.graphql", "s/t.graphql"]],
        ),
        ({"s/t.graphql": TYPES, "s/u.graphql": "enum U { V }"}, [["s/t.graphql", "s/u.graphql"]]),
    ],
)
def test_files_that_make_one_schema_are_one_contract(
    texts: dict[str, str], expected: list[list[str]]
) -> None:
    assert [[*contract.documents] for contract in read(texts)] == expected


def test_directives_of_a_federation_stay_with_their_elements() -> None:
    contract = read_one(
        'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3")\n'
        'extend type Product @key(fields: "id") { id: ID! @external, stock: Int @shareable }'
    )
    product = contract.types["Product"]
    assert product.binding == {"@key": {"fields": "id"}}
    assert [dict(field.binding) for field in product.fields] == [{"@external": True}, {"@shareable": True}]
    assert contract.binding["@link"] == {"url": "https://specs.apollo.dev/federation/v2.3"}
    assert not contract.faults
