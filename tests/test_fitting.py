"""Values are held against types as a validator would, and patterns that may run for ever are not run."""

from __future__ import annotations

from typing import Any

import pytest

from contractbook.circles import circles
from contractbook.fitting import Fitting
from contractbook.formats import FORMATS
from contractbook.source.disk import DiskTree
from contractbook.source.document import Document
from contractbook.source.sources import Sources
from contractbook.texts import matches

SHOP = """
openapi: 3.1.1
info: {title: Shop, version: 1.0.0}
components:
  schemas:
    Order:
      type: object
      additionalProperties: false
      required: [id, state, secret]
      properties:
        id: {type: string, format: uuid}
        state: {enum: [open, paid]}
        secret: {type: string, writeOnly: true}
        total: {type: number, minimum: 0, multipleOf: 0.01}
        code: {type: string, pattern: "^[A-Z]{3}$"}
        paidAt: {type: [string, "null"], format: date-time}
        lines: {type: array, minItems: 1, items: {$ref: "#/components/schemas/Line"}}
        payment: {$ref: "#/components/schemas/Payment"}
    Line: {type: object, required: [item], properties: {item: {type: string}, count: {type: integer}}}
    Payment:
      oneOf: [{$ref: "#/components/schemas/Card"}, {$ref: "#/components/schemas/Transfer"}]
      discriminator: {propertyName: kind, mapping: {card: "#/components/schemas/Card"}}
    Card: {type: object, required: [number], properties: {kind: {const: card}, number: {type: string}}}
    Transfer: {type: object, required: [iban], properties: {kind: {const: transfer}, iban: {type: string}}}
    Tree:
      anyOf: [{type: array, items: {$ref: "#/components/schemas/Tree"}}, {$ref: "#/components/schemas/Nest"}]
    Nest: {type: array, items: {$ref: "#/components/schemas/Tree"}, maxItems: 2}
"""
COUNT = "lines > [1] > count is a number, not an integer"
ID = "5f0c6b5e-2a55-4f0e-9a0c-0b9a5d3f6a11"


@pytest.fixture(scope="module")
def fitting() -> Fitting:
    document = Document("shop.yaml", SHOP.encode())
    (contract,) = FORMATS["openapi"].read([document], Sources(DiskTree(".")))
    assert contract.faults == ()
    return Fitting(contract)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({}, []),
        ({"total": 12.34, "code": "ABC", "paidAt": None, "lines": [{"item": "tea", "count": 2.0}]}, []),
        ({"state": "new"}, ['state is "new", not one of open, paid']),
        ({"id": "17"}, ['id is "17", which is no uuid']),
        ({"total": -1}, ["total is -1, less than 0"]),
        ({"total": 0.005}, ["total is 0.005, no multiple of 0.01"]),
        ({"code": "abc"}, ['code is "abc", which does not match ^[A-Z]{3}$']),
        ({"code": None}, ["code is null, which is not allowed"]),
        ({"paidAt": "2027-03-01T10:00:00"}, ['paidAt is "2027-03-01T10:00:00", which is no date-time']),
        ({"lines": []}, ["lines has 0 items, less than 1"]),
        (
            {"lines": [{"item": 1}, {}]},
            ["lines > [0] > item is a number, not a text", "lines > [1] lacks item"],
        ),
        ({"payment": {"kind": "card"}}, ["payment lacks number"]),
        ({"payment": {"kind": "card", "number": "4"}}, []),
        ({"note": "x"}, ['it has "note", which is not declared']),
    ],
)
def test_what_does_not_fit_is_named_by_the_way_to_it(fitting: Fitting, more: Any, says: list[str]) -> None:
    value = {"id": ID, "state": "open"} | more
    assert [str(misfit) for misfit in fitting.misfits("Order", value)] == says


def test_choices_inside_choices_end(fitting: Fitting) -> None:
    value: Any = "leaf"
    for _ in range(30):
        value = [value, value, value]
    assert fitting.misfits("Tree", value) == []


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)*$", "^(a?){30}a{30}$", r"\p{L}+", "a*a*a*a*a*b", "["])
def test_patterns_that_may_be_slow_or_mean_another_thing_are_not_run(pattern: str) -> None:
    assert matches(pattern, "a" * 100) is None


def test_a_group_of_a_graph_stands_after_those_that_it_leads_to() -> None:
    uses = {"a": ["b"], "b": ["c", "d"], "c": ["b"], "d": ["d", "e"], "e": []}
    assert circles(["a"], lambda name: uses[name]) == [["e"], ["d"], ["b", "c"], ["a"]]
