"""What the lexicon finds in names and texts, and how a team changes its words."""

from __future__ import annotations

import pytest

from contractbook.lexicon import WORDY, Lexicon
from contractbook.lexicon.spelling import words
from contractbook.model import Contract, Element, Example, Field, Group, Operation, Server, Service, Variable
from contractbook.rules import RULES


def hits(
    element: Element, lexicon: Lexicon | None = None, **about: object
) -> dict[str, list[tuple[str, str]]]:
    """The hits in an element of a contract: by rule id the words, each with the part that it stands in."""
    contract = Contract(name="", format="test", path="test", **about)  # type: ignore[arg-type]
    found = (lexicon or Lexicon()).over(contract).match(element)
    return {rule: [(hit.word, hit.part) for hit in each] for rule, each in found.items()}


def field(name: str, **facts: object) -> Field:
    return Field(name=name, type="string", **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("orderId", "order id"),
        ("OrderID_list", "order id list"),
        ("customer-DTOs", "customer dtos"),
        ("HTTPServer2Go", "http server 2 go"),
        ("X-B3-TraceId", "x b 3 trace id"),
        ("$oid", "oid"),
        ("주문", "주문"),
    ],
)
def test_names_are_cut_into_words(name: str, expected: str) -> None:
    assert " ".join(words(name)) == expected


@pytest.mark.parametrize("name", ["stackTrace", "stack_trace", "STACK-TRACE", "stacktrace", "lastStackTrace"])
def test_a_word_is_found_in_every_spelling(name: str) -> None:
    assert hits(field(name)) == {"stack-trace-in-error": [("stack trace", "name")]}


@pytest.mark.parametrize(
    "name", ["stackable", "traceStack", "entityTag", "legalEntity", "impliedPrice", "tblspoon"]
)
def test_parts_of_other_words_are_no_hits(name: str) -> None:
    assert hits(field(name)).keys() <= {"money-as-float"}


def test_each_text_of_an_element_is_read() -> None:
    bucket = "s3://acme-orders/4711"
    found = hits(field("file", default=bucket, examples=(Example(value={"a": [{"b": bucket}]}),), doc=bucket))
    assert found == {"storage-location": [(bucket, "example"), (bucket, "default")]}


def test_the_variables_of_an_address_are_filled_in() -> None:
    server = Server(name="", url="https://{host}/v1", variables=(Variable(name="host", default="localhost"),))
    assert hits(server) == {"internal-host": [("https://localhost", "address")]}


def test_what_a_contract_is_about_is_no_leak() -> None:
    repository = Operation(name="list", address="/repositories/{id}")
    element = Group(name="OrderRepository")
    assert "persistence-suffix" in hits(element)
    assert hits(element, services=(Service(name="", operations=(repository,)),)) == {}


def test_a_team_allows_words_and_adds_its_own() -> None:
    lexicon = Lexicon(allow=["Bean"], add={"framework-name": ["acmeframe"], "persistence-suffix": ["rec"]})
    assert hits(field("coffeeBean"), lexicon) == hits(field("orderBean"), lexicon) == {}
    assert hits(field("acmeframeId", doc="Made by acmeframe"), lexicon) == {
        "framework-name": [("acmeframe", "name"), ("acmeframe", "doc")]
    }
    assert hits(field("orderRec"), lexicon) == {"persistence-suffix": [("rec", "name")]}
    assert hits(field("record"), lexicon) == {}
    lexicon = Lexicon(add={"generator-extension-meaning": ["x-acme"], "unfinished-text": ["¿?", "미정"]})
    assert hits(field("a", binding={"x-acme": True}), lexicon) == {
        "generator-extension-meaning": [("x-acme", "key")]
    }
    assert hits(field("a", doc="상태는 미정 입니다 ¿?"), lexicon).keys() == {"unfinished-text"}


def test_every_table_serves_a_rule_that_asks_for_words() -> None:
    assert {rule.id for rule in RULES.values() if "words" in rule.context} == WORDY


def test_a_huge_example_is_not_walked_to_its_end() -> None:
    deep: list[object] = ["s3://acme-orders/4711"]
    for _ in range(100_000):
        deep = [deep]
    assert hits(field("file", examples=(Example(value=deep),))) == {}
