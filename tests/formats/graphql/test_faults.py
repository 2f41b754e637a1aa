"""What is wrong with a schema is a finding with its place; everything else is read."""

from __future__ import annotations

import pytest
from tests.formats.graphql.test_read import read_one

from contractbook.formats.graphql import syntax

FAULTS = [
    (
        "type Query { a: Int a: Int b: Int }",
        "1:21 duplicate-key: `Query.a` is defined twice: here and in line 1",
    ),
    (
        "type Query { a: A }\ntype A { b: Int }\ntype A { c: Int }",
        "3:6 duplicate-key: the type `A` is defined twice: here and in line 2",
    ),
    ("enum A { B C B }", "1:14 duplicate-key: `A.B` is defined twice: here and in line 1"),
    (
        "type Query { a(b: Int, b: Int): Int }",
        "1:24 duplicate-key: `Query.a(b:)` is defined twice: here and in line 1",
    ),
    (
        "directive @a on FIELD directive @a on FIELD",
        "1:34 duplicate-key: the directive `@a` is defined twice: here and in line 1",
    ),
    (
        "type Query { a: Ordr }\ntype Order { b: Int }",
        "1:17 unresolved-reference: there is no type `Ordr`: did you mean `Order`?",
    ),
    ("extend type Order { a: Int }", "1:13 unresolved-reference: `Order` is extended, but defined nowhere"),
    (
        "type A { b: Int }\nextend input A { c: Int }",
        "2:14 invalid-structure: `A` is extended as an input type, but is an object type",
    ),
    (
        "type Query { a(b: B): Int }\ntype B { c: Int }",
        "1:19 invalid-structure: `Query.a(b:)` takes `B`, which is no input type",
    ),
    (
        "type Query { a: B }\ninput B { c: Int }",
        "1:17 invalid-structure: `Query.a` answers with `B`, which is an input type",
    ),
    ("union U = Int", "1:11 invalid-structure: `U` has the member `Int`, which is no object type"),
    (
        "type A implements B { c: Int }\ntype B { c: Int }",
        "1:19 invalid-structure: `A` implements `B`, which is no interface",
    ),
    (
        "type A implements B { d: Int }\ninterface B { c: Int }",
        "1:19 invalid-structure: `A` implements `B`, but lacks its field `c`",
    ),
    (
        "type A implements B { c: Int }\ninterface B { c: Int! }",
        "1:23 invalid-structure: `A.c` is `Int`, and `Int!` in `B`",
    ),
    (
        "type A implements B { c: Int }\ninterface B { c(d: Int): Int }",
        "1:23 invalid-structure: `A.c` lacks the argument `d`, which it has in `B`",
    ),
    (
        "type A implements B { c(d: Int!): Int }\ninterface B { c: Int }",
        "1:25 invalid-structure: `A.c` demands the argument `d`, which `B` does not know",
    ),
    (
        "type A implements B { c(d: Int): Int }\ninterface B { c(d: ID): Int }",
        "1:25 invalid-structure: `A.c(d:)` is `Int`, and `ID` in `B`",
    ),
    (
        "schema { query: A }\nenum A { B }",
        "1:17 invalid-structure: `A` cannot be where a query begins: it is no object type",
    ),
    (
        "input A { b: Int! @deprecated }",
        "1:11 invalid-structure: `A.b` is deprecated, but must be written",
    ),
]


def faults(text: str) -> list[str]:
    return [
        f"{each.location.line}:{each.location.column} {each.rule}: {each.message}"
        for each in read_one(text).faults
    ]


@pytest.mark.parametrize(("text", "fault"), FAULTS)
def test_a_fault_is_told_where_it_stands(text: str, fault: str) -> None:
    assert faults(text) == [fault]


@pytest.mark.parametrize(
    "text",
    [
        "interface B { c: [B] }\ntype A implements B { c: [A!]! }",
        "union U = A | B\ninterface I { c: U }\ntype A implements I { c: B }\ntype B { d: Int }",
        "interface I { c(d: Int): Int }\ntype A implements I { c(d: Int, e: Int! = 1): Int! }",
        "extend type Query { a: Int }\nextend type Mutation { b: Int }",
    ],
)
def test_what_the_specification_allows_is_no_fault(text: str) -> None:
    assert faults(text) == []


def test_behind_a_fault_reading_goes_on_with_the_next_definition() -> None:
    contract = read_one(
        "type Query {\n  a: Int,\n  b Int\n}\n\ntype Order {\n  c: Int ?\n}\nenum Kind { D }\n"
    )
    assert [*contract.types] == ["Kind"]
    assert [(each.rule, each.location.line, each.location.column) for each in contract.faults] == [
        ("unreadable", 3, 5),
        ("unreadable", 7, 10),
    ]
    assert contract.faults[0].message == "this is no GraphQL: expected ':', found Name 'Int'"


def test_what_is_lost_by_a_fault_is_not_told_again() -> None:
    assert len(faults("type Query { a: Order }\ntype Order {")) == 1


def test_a_fault_in_one_file_is_told_of_that_file() -> None:
    assert faults("type Query { a: Int\r\n\r\n  é: Int }") == [
        "3:3 unreadable: this is no GraphQL: unexpected character: U+00E9"
    ]


def test_hostile_schemas_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = "type Query { a: " + "[" * 10_000 + "Int" + "]" * 10_000 + " }\nenum E { F }"
    contract = read_one(deep)
    assert [each.message for each in contract.faults] == ["the text is nested deeper than 254 levels"]
    assert [*contract.types] == ["E"]
    monkeypatch.setattr(syntax, "MOST_TOKENS", 9)
    assert [each.rule for each in read_one("enum A { B C D }\nenum E { F }").faults] == ["unreadable"]
