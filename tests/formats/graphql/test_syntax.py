"""Tokens and nodes are those of graphql-core, and each kind of node is read or left out for a reason."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import pytest
from graphql.language import ast, parse, print_ast
from tests.compare.reading import SHARED
from tests.formats.graphql.test_complete import CONSTRUCTS

from contractbook.formats.graphql import syntax

OWN = [*(Path(__file__).parent / "documents").rglob("*.graphql")]
OWN += (Path(__file__).parents[3] / "specs" / "catalog").rglob("*.graphql")
REAL = [*OWN, *(SHARED / "corpus" / "graphql").rglob("*.graphql")]
ODD = '''
# a comment, and , commas,,
type Query,{a(b:Int=-1 c:Float=1.5e3,d:String="\\u00e9 \\" x" # beside
):[Int!]!@deprecated(reason:"""
    two \\""" lines
      indented
""") "" e:Int """x""" f:Int """ y
  z """ g:Int """"""h:Int}\r\n\r
"""one"" two"""enum E{A B}
'''


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_real_schemas_have_the_same_nodes_at_the_same_places(path: Path) -> None:
    text = path.read_text("utf-8")
    if len(text) < 100_000:  # that many say nothing more
        assert_same(text)


@pytest.mark.parametrize("ahead", [1, 2, 1_000])
def test_odd_spellings_have_the_same_nodes(ahead: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syntax, "AHEAD", ahead)
    assert_same(ODD)
    assert_same(ODD.replace("\n", "\r\n"))


def assert_same(text: str) -> None:
    ours, theirs = syntax.parse(text), parse(text)
    assert not ours.faults
    for mine, other in zip(ours.definitions, theirs.definitions, strict=True):
        assert print_ast(mine) == print_ast(other)
        for one, two in zip(places(mine), places(other), strict=True):
            assert one == two


def places(node: ast.Node) -> list[tuple[int, int]]:
    """Line and column of every name below a node."""
    found = []
    for key in node.keys:
        value = getattr(node, key)
        for each in value if isinstance(value, list | tuple) else [value]:
            if isinstance(each, ast.NameNode):
                token: Any = getattr(each.loc, "start_token", each.loc)
                found.append((token.line, token.column))
            elif isinstance(each, ast.Node):
                found += places(each)
    return found


# What stands in operations, and what is no node of a document.
ELSEWHERE = {
    "document": "the whole of a text",
    **dict.fromkeys(
        (
            *("operation_definition", "variable_definition", "selection_set", "field", "fragment_argument"),
            *("fragment_spread", "inline_fragment", "fragment_definition", "variable"),
        ),
        "of operations: they are consumers, and no contracts",
    ),
    **dict.fromkeys(
        ("type_coordinate", "member_coordinate", "argument_coordinate", "directive_coordinate"),
        "names an element of a schema from outside",
    ),
    "directive_argument_coordinate": "names an element of a schema from outside",
    "directive_extension": "no edition of the specification has it",
}
BASES = {"ast", "definition", "executable_definition", "selection", "value", "type", "type_definition"}
BASES |= {"type_extension", "type_system_definition", "type_system_extension", "schema_coordinate", "node"}


def test_every_kind_of_node_is_accounted_for() -> None:
    nodes = [each for _, each in inspect.getmembers(ast, inspect.isclass) if issubclass(each, ast.Node)]
    kinds = {each.kind for each in nodes if each is not ast.Node} - BASES
    assert kinds - CONSTRUCTS.keys() - ELSEWHERE.keys() == set()
