"""Whether a provider offers what its consumers use, and whether a rule's own examples say so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.consumers.provider import ORDERS, consumer, contract, reader

from contractbook.consumers.consumer import Consumer
from contractbook.consumers.offered import Offer, unmet
from contractbook.consumers.register import read as read_consumer
from contractbook.entries import Scope
from contractbook.finding import Finding
from contractbook.library import library
from contractbook.model import Contract
from contractbook.rules import RULES
from contractbook.source.disk import DiskTree
from contractbook.source.document import Document

REPOSITORY = Path(__file__).parents[2]
CORPUS = REPOSITORY.parent / "shared" / "corpus" / "pact" / "swagger-mock-validator" / "2025-05" / "test"
OFFERED = [contract(ORDERS)]


def problems(one: Consumer, *offered: Contract) -> list[Finding]:
    contracts = offered or OFFERED
    return list(unmet([one], {each.service: Offer(contracts) for each in contracts}, {}, contracts))


@pytest.mark.parametrize(
    ("operation", "fields", "says"),
    [
        ("GET /orders/{orderId}", "id, customerName, /items/sku", ""),
        ("GET /order/{id}", "", "there is no operation GET /order/{id}: did you mean GET /orders/{id}?"),
        ("DELETE /orders/{id}", "", "/orders/{id} takes GET only, not DELETE"),
        ("GET /orders/{id}", "id, total", "GET /orders/{id} has no total"),
        ("GET /orders/{id}", "/items/price", "GET /orders/{id} has no items > price"),
        ("POST /orders", "items, channel, id", ""),
    ],
)
def test_what_a_reader_file_asks_for(operation: str, fields: str, says: str) -> None:
    assert [each.message for each in problems(reader(operation, fields))] == (
        [f"tolerant: {says}"] if says else []
    )


def test_a_version_that_has_it_all_is_enough() -> None:
    newer = contract(ORDERS.replace("comment:", "remark:"), "v2")
    assert not problems(reader("GET /orders/{id}", "comment"), contract(ORDERS, "v1"), newer)
    reads = "{operation: 'GET /orders/{id}', fields: [comment]}"
    bound = consumer(f"consumer: a\nprovider: orders\nversion: v2\nreads: [{reads}]")
    assert len(problems(bound, contract(ORDERS, "v1"), newer)) == 1


def test_a_pact_is_held_against_the_contract_part_by_part() -> None:
    request = {"method": "POST", "path": "/v1/orders", "body": {"channel": "fax"}}
    response = {"status": 201, "body": {"id": 7, "totl": 1}}
    pact = {"consumer": {"name": "app"}, "provider": {"name": "orders"}}
    text = json.dumps({**pact, "interactions": [{"request": request, "response": response}]})
    assert [each.message for each in problems(consumer(text, "app.json"))] == [
        "app: not what POST /orders answers: id is a number, not a text",
        "app: POST /orders does not answer totl",
        "app: not what POST /orders takes: it lacks items",
        'app: not what POST /orders takes: channel is "fax", not one of web, app, phone',
    ]


@pytest.mark.parametrize("rule", ["consumer-unmet", "provider-unknown"])
def test_the_examples_of_the_rules_are_right(rule: str) -> None:
    customers = library(DiskTree(REPOSITORY), Scope(("specs/customers",))).contracts
    offered = [each for each in customers if each.service] or customers
    for sample in RULES[rule].samples:
        found, faults = read_consumer(Document("it.reader.yml", sample.text.encode()))
        assert found and not faults
        named = [_as_service(each) for each in offered]
        told = list(unmet([found], {"customers": Offer(named)}, {}, named))
        assert [each.rule for each in told] == ([rule] if sample.label == "bad" else [])


def _as_service(each: Contract) -> Contract:
    from msgspec.structs import replace

    return replace(each, service="customers")


# Of the 22 broken calls three are wrong by what only the transport knows: Accept and Content-Type of a
# request, and a missing Authorization.
PAIRS = {
    "e2e/fixtures/pact-working-consumer.json": ("e2e/fixtures/swagger-provider.json", 0),
    "e2e/fixtures/pact-broken-consumer.json": ("e2e/fixtures/swagger-provider.json", 19),
    "e2e/fixtures/v3-pact-file.json": ("e2e/fixtures/pactv3-compatible-swagger.yaml", 0),
    "e2e/fixtures/v4-pact-file.json": ("e2e/fixtures/pactv4-compatible-swagger.yaml", 0),
    "example-contracts/allOf/allOfExamplePact.json": ("example-contracts/allOf/allOf.json", 0),
    "example-contracts/anyOf/anyOfPact.json": ("example-contracts/anyOf/anyOf.json", 0),
    "example-contracts/oneOf/oneOfPact.json": ("example-contracts/oneOf/oneOf.json", 0),
}


def test_pairs_are_decided_as_their_authors_decided_them() -> None:
    for pact, (provider, wrong) in PAIRS.items() if CORPUS.is_dir() else ():
        (offered,) = library(DiskTree(CORPUS), Scope(), [provider]).contracts
        found, _ = read_consumer(Document("pact.json", (CORPUS / pact).read_bytes()))
        assert found
        offer = Offer([offered])
        told = [each.says for use in found.uses for each in offer.problems(use, "")]
        assert len(told) == wrong, (pact, told)
