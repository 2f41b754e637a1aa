"""Whatever a schema says is in the model, at the place where it stands.

Schemas are parsed here by graphql-core alone: every name, description, default and directive must be found.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from graphql.language import ast, parse
from tests.compare.reading import SHARED
from tests.formats.graphql.test_read import read, read_one

from contractbook.model import Contract, Element

HERE = Path(__file__).parent
OWN = [HERE / "documents" / "bookshop" / "schema.graphql"]
OWN += (HERE.parents[2] / "specs" / "catalog").rglob("*.graphql")
REAL = [*OWN, *sorted((SHARED / "corpus" / "graphql").rglob("*.graphql"))]


class Said(NamedTuple):
    """An element as the parser tells it: its schema coordinate, its text and the names of its directives."""

    pointer: str
    doc: str
    directives: tuple[str, ...]


def said(node: Any, pointer: str) -> Iterator[Said]:
    """An element and all that is in it."""
    description = getattr(node, "description", None)
    directives = tuple(each.name.value for each in node.directives or ())
    yield Said(pointer, description.value if description else "", directives)
    for each in (*(getattr(node, "fields", None) or ()), *(getattr(node, "values", None) or ())):
        yield from said(each, f"{pointer}.{each.name.value}")
    for each in getattr(node, "arguments", None) or ():
        yield from said(each, f"{pointer}({each.name.value}:)")


def elements(found: Any) -> Iterator[Element]:
    """Each element of a model, however deep."""
    if isinstance(found, Element):
        yield found
    if isinstance(found, msgspec.Struct):
        found = [
            getattr(found, name) for name in found.__struct_fields__ if name not in ("binding", "faults")
        ]
    if isinstance(found, dict):
        found = list(found.values())
    if isinstance(found, tuple | list):
        for inner in found:
            yield from elements(inner)


def missing(contract: Contract, text: str) -> Iterator[Said]:
    """What a text says that the contract does not."""
    found: dict[str, Element] = {}
    for element in elements(contract):
        found.setdefault(element.at.rpartition("#")[2], element)
    for node in parse(text).definitions:
        if isinstance(node, ast.TypeDefinitionNode | ast.TypeExtensionNode):
            for each in said(node, node.name.value):
                if not _is_there(found.get(each.pointer), each):
                    yield each


def _is_there(element: Element | None, said: Said) -> bool:
    if element is None or said.doc not in element.doc:
        return False
    return all(_is_told(element, name) for name in said.directives)


def _is_told(element: Element, directive: str) -> bool:
    match directive:
        case "deprecated":
            return element.lifecycle.deprecated
        case "oneOf" | "specifiedBy":
            return directive in element.binding
    return f"@{directive}" in element.binding


@pytest.mark.parametrize("path", REAL, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_everything_that_a_schema_names_is_in_the_model(path: Path) -> None:
    text = path.read_text("utf-8")
    contract = read_one(text)
    # What is defined twice is read once, and told.
    twice = {each.pointer for each in contract.faults if each.rule == "duplicate-key"}
    assert [each for each in missing(contract, text) if each.pointer not in twice] == []


# Each construct of the language by itself, and the same schema without it.
Q = "type Query { a: Int }\n"
CONSTRUCTS = {
    "schema_definition": ('"S" schema { query: Query }\n' + Q, Q),
    "operation_type_definition": (
        "schema { query: A mutation: B }\ntype A { a: Int }\ntype B { b: Int }",
        "schema { query: A }\ntype A { a: Int }\ntype B { b: Int }",
    ),
    "schema_extension": ('extend schema @link(url: "x")\n' + Q, Q),
    "directive_definition": ("directive @d on FIELD\n" + Q, Q),
    "scalar_type_definition": ("scalar D\n" + Q, Q),
    "scalar_type_extension": ("scalar D\nextend scalar D @x\n" + Q, "scalar D\n" + Q),
    "object_type_definition": ("type D { e: Int }\n" + Q, Q),
    "object_type_extension": ("extend type Query { b: Int }\n" + Q, Q),
    "interface_type_definition": ("interface D { e: Int }\n" + Q, "type D { e: Int }\n" + Q),
    "interface_type_extension": (
        "interface D { e: Int }\nextend interface D { f: Int }",
        "interface D { e: Int }",
    ),
    "union_type_definition": ("union D = Query\n" + Q, Q),
    "union_type_extension": ("type A { b: Int }\nunion D\nextend union D = A", "type A { b: Int }\nunion D"),
    "enum_type_definition": ("enum D { E }\n" + Q, Q),
    "enum_type_extension": ("enum D { E }\nextend enum D { F }", "enum D { E }"),
    "enum_value_definition": ("enum D { E F }", "enum D { E }"),
    "input_object_type_definition": ("input D { e: Int }\n" + Q, "type D { e: Int }\n" + Q),
    "input_object_type_extension": ("input D { e: Int }\nextend input D { f: Int }", "input D { e: Int }"),
    "input_value_definition": ("type Query { a(b: Int): Int }", Q),
    "field_definition": ("type Query { a: Int b: Int }", Q),
    "named_type": ("type Query { a: Float }", Q),
    "list_type": ("type Query { a: [Int] }", Q),
    "non_null_type": ("type Query { a: Int! }", Q),
    "name": ("type Query { b: Int }", Q),
    "directive": ("type Query { a: Int @d }", Q),
    "argument": ("type Query { a: Int @d(e: 1) }", "type Query { a: Int @d }"),
    **{
        kind: (f"type Query {{ a(b: I = {value}): Int }}\nscalar I", "type Query { a(b: I): Int }\nscalar I")
        for kind, value in {
            "int_value": "7",
            "float_value": "7.5",
            "string_value": '"x"',
            "boolean_value": "true",
            "null_value": "null",
            "enum_value": "RED",
            "list_value": "[1]",
            "object_value": "{c: 1}",
        }.items()
    },
    "object_field": (
        "type Query { a(b: I = {c: 1}): Int }\nscalar I",
        "type Query { a(b: I = {}): Int }\nscalar I",
    ),
}


@pytest.mark.parametrize("kind", CONSTRUCTS)
def test_each_construct_leaves_its_trace(kind: str) -> None:
    with_it, without = CONSTRUCTS[kind]
    kinds = {node.kind for definition in parse(with_it).definitions for node in nodes(definition)}
    assert kind in kinds
    assert bare(with_it) != bare(without)


def bare(text: str) -> Contract:
    """The contract of a text, without the places that any other text would move."""
    return msgspec.structs.replace(read({"a.graphql": text})[0], places={})


def nodes(node: ast.Node) -> Iterator[ast.Node]:
    """A node and all below it."""
    yield node
    for key in node.keys:
        value = getattr(node, key)
        for each in value if isinstance(value, list | tuple) else [value]:
            if isinstance(each, ast.Node):
                yield from nodes(each)
