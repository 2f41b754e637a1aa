"""The functions of Spectral: what each finds, and what it lets pass."""

from __future__ import annotations

from typing import Any

import pytest

from contractbook.source.document import Document
from contractbook.spectral.functions import FUNCTIONS, MISSING
from contractbook.spectral.nodes import node

Case = tuple[str, dict[str, Any], list[Any], list[Any]]  # function, options, right values, wrong values

CASES: list[Case] = [
    ("truthy", {}, ["a", 1, True, [], {}], ["", 0, False, None, MISSING]),
    ("falsy", {}, ["", 0, False, None, MISSING], ["a", 1, True, []]),
    ("defined", {}, ["", None], [MISSING]),
    ("undefined", {}, [MISSING], ["", None]),
    ("alphabetical", {}, [["a", "b"], {"a": 2, "b": 1}, "b", 1], [["b", "a"], {"b": 1, "a": 2}]),
    ("alphabetical", {"keyedBy": "name"}, [[{"name": "a"}, {"name": "b"}]], [[{"name": "b"}, {"name": "a"}]]),
    ("enumeration", {"values": ["a", 1]}, ["a", 1, MISSING, {}], ["b", 2]),
    ("length", {"min": 2, "max": 3}, ["ab", [1, 2], {"a": 1, "b": 2}, 3, MISSING], ["a", "abcd", [1], {}, 4]),
    ("pattern", {"match": "^[a-z]+$"}, ["ab", 1, MISSING], ["aB", ""]),
    ("pattern", {"notMatch": "/^x-/i"}, ["a"], ["x-a", "X-a"]),
    ("casing", {"type": "flat"}, ["abc1"], ["aBc", "a-b"]),
    ("casing", {"type": "camel"}, ["abcDef", "a1"], ["AbcDef", "abc_def"]),
    ("casing", {"type": "pascal"}, ["AbcDef"], ["abcDef", "Abc_Def"]),
    ("casing", {"type": "kebab"}, ["abc-def", "a"], ["abc_def", "-a", "aB"]),
    ("casing", {"type": "cobol"}, ["ABC-DEF"], ["abc-def"]),
    ("casing", {"type": "snake"}, ["abc_def"], ["abc-def", "Abc"]),
    ("casing", {"type": "macro"}, ["ABC_DEF"], ["abc_def"]),
    ("casing", {"type": "camel", "disallowDigits": True}, ["abc"], ["a1"]),
    (
        "casing",
        {"type": "kebab", "separator": {"char": "/", "allowLeading": True}},
        ["/a-b/c", "a-b/c", "/"],
        ["/aB", "a//b"],
    ),
    ("schema", {"schema": {"type": "object", "required": ["a"]}}, [{"a": 1}, MISSING], [{}, "a"]),
    ("xor", {"properties": ["a", "b"]}, [{"a": 1}, {"b": 1, "c": 2}], [{}, {"a": 1, "b": 1}]),
    ("or", {"properties": ["a", "b"]}, [{"a": 1}, {"a": 1, "b": 1}], [{}, {"c": 1}]),
    (
        "typedEnum",
        {},
        [{"type": "string", "enum": ["a"]}, {"enum": [1]}],
        [{"type": "integer", "enum": [1, "a"]}],
    ),
    ("unreferencedReusableObject", {"reusableObjectsLocation": "#/used"}, ["a"], []),
]


@pytest.mark.parametrize(("name", "options", "right", "wrong"), CASES)
def test_a_function_finds_what_is_wrong_and_nothing_else(
    name: str, options: dict[str, Any], right: list[Any], wrong: list[Any]
) -> None:
    def told(value: Any) -> list[str]:
        held = value if value is MISSING else node(value, Document("a.yaml", b""))
        return [each.message for each in FUNCTIONS[name](held, options, "it")]

    assert [value for value in right if told(value)] == []
    assert [value for value in wrong if not told(value)] == []


def test_an_object_that_nothing_refers_to_is_found() -> None:
    text = b"used: {a: 1, b: 2, c: 3}\nhere: [{$ref: '#/used/a'}, {$ref: '#/used/c/d'}]\n"
    document = Document("a.yaml", text)
    held = node(document.data["used"], document, "/used")
    check = FUNCTIONS["unreferencedReusableObject"]
    assert [each.part for each in check(held, {"reusableObjectsLocation": "#/used"}, "it")] == ["b"]


def test_every_function_is_tried_here() -> None:
    assert {name for name, *_ in CASES} == FUNCTIONS.keys()
