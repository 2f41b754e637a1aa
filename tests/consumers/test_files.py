"""Files that register consumers: reader files, Pact files and GraphQL operations, whole and broken."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.consumers.provider import ORDERS, changes, consumer

from contractbook.consumers.register import read, register
from contractbook.source.disk import DiskTree
from contractbook.source.document import Document

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "pact"
HEAD = "consumer: a\nprovider: b\nreads:\n  - "
BROKEN = {
    "consumer: a\nprovider: orders\nreeds: []\n": (
        "3:1: there is no key `reeds` in a reader file: did you mean `reads`?"
    ),
    "consumer: a\nreads:\n  - {operation: GET /}\n": "1:1: `provider` is missing",
    HEAD + "{operation: GET /, stile: strict}": (
        "4:24: there is no key `stile` in what is read: did you mean `style`?"
    ),
    HEAD + "{operation: GET /, style: strickt}": (
        "4:24: the style is `strickt`; it can be tolerant or strict"
    ),
    HEAD + "{operation: GET /, fields: id}": "4:24: `fields` is no list of texts",
    HEAD + "{fields: [id]}": "4:5: this names no operation",
    "consumer: [a\n": "2:1: ",
    "just words\n": "1:1: the file holds no keys",
}


@pytest.mark.parametrize("text", BROKEN)
def test_what_is_wrong_with_a_reader_file_has_a_place_and_a_hint(text: str) -> None:
    _, faults = read(Document("it.reader.yml", text.encode()))
    told = [f"{each.location}: {each.message}" for each in faults]
    assert any(line.startswith(f"it.reader.yml:{BROKEN[text]}") for line in told), told


def pact(version: str, interaction: dict[str, Any], key: str = "interactions") -> str:
    return json.dumps(
        {
            "consumer": {"name": "app"},
            "provider": {"name": "orders"},
            key: [interaction],
            "metadata": {"pactSpecification": {"version": version}},
        }
    )


GET = {"method": "get", "path": "/v1/orders/17"}
ANSWER = {"id": "17", "items": [{"sku": "tea", "count": 2}]}
RULES = {
    "2.0.0": {"$.body.items[0].count": {"match": "type"}},
    "3.0.0": {"body": {"$.items[*].count": {"combine": "AND", "matchers": [{"match": "integer"}]}}},
    "4.0": {"body": {"$.items": {"combine": "AND", "matchers": [{"match": "type", "min": 1}]}}},
}


@pytest.mark.parametrize("version", ["1.0.0", *RULES])
def test_pact_files_of_every_version_say_what_is_read(version: str) -> None:
    body: Any = ANSWER if version != "4.0" else {"content": ANSWER, "contentType": "application/json"}
    response = {"status": 200, "body": body, "matchingRules": RULES.get(version, {})}
    found = consumer(
        pact(version, {"description": "an order", "request": GET, "response": response}), "app.json"
    )
    assert found.name == "app" and found.uses[0].fields == ("/id", "/items/count", "/items/sku")
    assert changes(ORDERS, ORDERS.replace("sku: {type: string}", "sku: {type: integer}"), found)[
        "number-became-text"
    ].consumers == ("app",)
    assert changes(ORDERS, ORDERS.replace("        comment: {type: string}\n", ""), found)[
        "optional-field-removed"
    ].survivors == ("app",)


def test_keys_that_any_key_may_replace_are_only_examples() -> None:
    rules = {"body": {"$.prices": {"matchers": [{"match": "eachKey", "rules": []}]}}}
    response = {"status": 200, "body": {"prices": {"tea": 1, "jam": 2}}, "matchingRules": rules}
    found = consumer(pact("4.0", {"request": GET, "response": response}), "app.json")
    assert found.uses[0].fields == ("/prices",)


def test_messages_are_read_too() -> None:
    third = {"description": "order placed", "contents": {"id": "1"}, "metaData": {"topic": "orders"}}
    assert consumer(pact("3.0.0", third, "messages"), "app.json").uses[0].operation == "orders"
    both = {
        "type": "Synchronous/Messages",
        "description": "Orders/Create",
        "request": {"contents": {"content": {"sku": "tea"}, "contentType": "application/json"}},
        "response": [{"contents": {"content": {"id": "1"}, "contentType": "application/json"}}],
    }
    use = consumer(pact("4.0", both), "app.json").uses[0]
    assert (use.operation, use.sends, use.fields) == ("Orders/Create", ("/sku",), ("/id",))


QUERY = """
# consumer: app
# provider: catalog
query Tea($id: ID!) {
  product(id: $id) { name ...Priced ... on Tea { harvest } __typename }
}
fragment Priced on Product { price(currency: EUR) { amount ...Priced } }
"""


def test_a_query_reads_what_it_selects() -> None:
    found = consumer(QUERY, "tea.graphql")
    (use,) = found.uses
    assert (found.name, found.provider, use.operation, use.sends) == (
        "app",
        "catalog",
        "Query.product",
        ("id",),
    )
    assert use.fields == ("/name", "/price/currency", "/price/amount", "/harvest")


def test_a_schema_is_no_query_and_a_broken_query_is_a_fault() -> None:
    assert read(Document("schema.graphql", b"type Query { a: Int }")) == (None, ())
    _, faults = read(Document("tea.graphql", b"query { product( }"))
    assert str(faults[0].location) == "tea.graphql:1:18"


def test_all_kinds_lie_side_by_side_and_others_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.reader.yml").write_text("consumer: a\nprovider: b\nreads: [{operation: GET /}]\n")
    (tmp_path / "b.json").write_text(pact("2.0.0", {"request": GET, "response": {"status": 200}}))
    (tmp_path / "c.graphql").write_text("{ product { name } }")
    (tmp_path / "package.json").write_text('{"name": "c"}')
    (tmp_path / "notes.txt").write_text("none")
    found = register(DiskTree(tmp_path), ["."])
    assert [each.name for each in found.consumers] == ["a", "app", "c"] and not found.faults


def test_real_pact_files_are_read() -> None:
    files = [*CORPUS.rglob("*.json")] if CORPUS.is_dir() else []
    for path in files:
        found, faults = read(Document(path.name, path.read_bytes()))
        assert (
            found
            or faults
            or b'"consumer"' not in path.read_bytes()
            or b'"provider"' not in path.read_bytes()
        )
        for use in found.uses if found else ():
            assert use.operation


def test_an_answer_that_is_not_expected_may_go() -> None:
    new = ORDERS.replace('        "404": {description: None}\n', "")
    for status, breaks in ((404, ("app",)), (200, ())):
        found = consumer(pact("2.0.0", {"request": GET, "response": {"status": status}}), "app.json")
        gone = changes(ORDERS, new, found)["response-removed"]
        assert gone.consumers == breaks, status
