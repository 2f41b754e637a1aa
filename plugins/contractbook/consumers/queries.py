"""GraphQL operation documents (`*.graphql` with queries): a client says which fields it reads.

Two comments may say what the language has no word for: `# consumer: app` and `# provider: catalog`. Without
them the consumer is called like the file, and the provider is whoever offers the root fields.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from contractbook.consumers.consumer import Consumer, Use
from contractbook.finding import Finding
from contractbook.source.document import Document
from contractbook.source.faults import unreadable

if TYPE_CHECKING:
    from graphql import (
        DocumentNode,
        FieldNode,
        FragmentDefinitionNode,
        OperationDefinitionNode,
        SelectionSetNode,
    )

SUFFIXES = (".graphql", ".gql", ".graphqls")
ROOTS = {"query": "Query", "mutation": "Mutation", "subscription": "Subscription"}
DEEPEST = 60
MOST_FIELDS = 5_000  # fragments inside fragments multiply
_said = re.compile(r"^\s*#\s*(consumer|provider)\s*:\s*(\S.*?)\s*$", re.MULTILINE)
_operation = re.compile(r"^\s*(?:query|mutation|subscription|fragment)\b|^\s*\{", re.MULTILINE).search


def is_query(document: Document) -> bool:
    """Whether a document holds operations, not a schema."""
    return document.path.lower().endswith(SUFFIXES) and bool(_operation(document.text))


def read(document: Document) -> tuple[Consumer | None, tuple[Finding, ...]]:
    """The consumer of an operation document; one that cannot be parsed is a fault."""
    from graphql import GraphQLSyntaxError, OperationDefinitionNode, parse

    try:
        parsed = parse(document.text, max_tokens=100_000)
    except GraphQLSyntaxError as error:
        line, column = (error.locations[0].line, error.locations[0].column) if error.locations else (1, 1)
        fault = unreadable(document.path, (line, column), error.message, "Mend the query at this place.")
        return None, (fault,)
    except RecursionError:
        fault = unreadable(document.path, (1, 1), "the query is nested too deep", "Use fragments.")
        return None, (fault,)
    said = dict(_said.findall(document.text))
    name = said.get("consumer") or posixpath.basename(document.path).partition(".")[0]
    fragments = _fragments(parsed)
    uses = tuple(
        use
        for node in parsed.definitions
        if isinstance(node, OperationDefinitionNode)
        for use in _uses(node, fragments)
    )
    return Consumer(name, said.get("provider", ""), uses, document.path), ()


Fragments = dict[str, "FragmentDefinitionNode"]


def _fragments(parsed: DocumentNode) -> Fragments:
    from graphql import FragmentDefinitionNode

    return {node.name.value: node for node in parsed.definitions if isinstance(node, FragmentDefinitionNode)}


class _Chosen(NamedTuple):
    """A field of a selection, and the fragments that led to it."""

    node: FieldNode
    through: frozenset[str]


def _uses(operation: OperationDefinitionNode, fragments: Fragments) -> Iterator[Use]:
    """One use for each root field; everything else below it is a path."""
    for root, through in _chosen(operation.selection_set, fragments, frozenset()):
        fields: dict[str, None] = {}
        if root.selection_set:
            _collect(root.selection_set, fragments, through, "", fields)
        location = root.loc.start_token if root.loc else None
        yield Use(
            operation=f"{ROOTS[operation.operation.value]}.{root.name.value}",
            fields=tuple(fields),
            sends=tuple(argument.name.value for argument in root.arguments or ()),
            at=f"{location.line}:{location.column}" if location else "",
        )


def _collect(
    selection: SelectionSetNode,
    fragments: Fragments,
    through: frozenset[str],
    above: str,
    to: dict[str, None],
) -> None:
    for field, way in _chosen(selection, fragments, through):
        path = f"{above}/{field.name.value}"
        if len(to) >= MOST_FIELDS or path.count("/") > DEEPEST:
            return
        if field.name.value.startswith("__"):
            continue
        to.update({f"{path}/{argument.name.value}": None for argument in field.arguments or ()})
        if field.selection_set:
            _collect(field.selection_set, fragments, way, path, to)
        else:
            to[path] = None


def _chosen(selection: SelectionSetNode, fragments: Fragments, through: frozenset[str]) -> Iterator[_Chosen]:
    """The fields of a selection with those of its fragments; a fragment inside itself is passed over."""
    from graphql import FieldNode, FragmentSpreadNode, InlineFragmentNode

    for node in selection.selections:
        match node:
            case FieldNode():
                yield _Chosen(node, through)
            case InlineFragmentNode():
                yield from _chosen(node.selection_set, fragments, through)
            case FragmentSpreadNode():
                name = node.name.value
                if name in fragments and name not in through:
                    yield from _chosen(fragments[name].selection_set, fragments, through | {name})
