"""Constant values, and directives as people wrote them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from graphql.language import (
    BooleanValueNode,
    DirectiveNode,
    EnumValueNode,
    FloatValueNode,
    IntValueNode,
    ListValueNode,
    ObjectValueNode,
    StringValueNode,
    ValueNode,
)

# What these say is wholly in the model (GraphQL 3.13.3 to 3.13.5).
READ = frozenset({"deprecated", "specifiedBy", "oneOf"})


def value_of(node: ValueNode) -> Any:
    """A constant as JSON would hold it; the value of an enumeration is its name."""
    match node:
        case StringValueNode() | EnumValueNode() | BooleanValueNode():
            return node.value
        case IntValueNode():
            return int(node.value)
        case FloatValueNode():
            return float(node.value)
        case ListValueNode():
            return [value_of(each) for each in node.values]
        case ObjectValueNode():
            return {each.name.value: value_of(each.value) for each in node.fields}
    return None


def arguments(directive: DirectiveNode) -> dict[str, Any]:
    """The arguments of a directive by name."""
    return {each.name.value: value_of(each.value) for each in directive.arguments or ()}


def applied(directives: Iterable[DirectiveNode] | None, name: str) -> Mapping[str, Any] | None:
    """The arguments of a directive that stands at an element; None where it does not."""
    return next((arguments(each) for each in directives or () if each.name.value == name), None)


def kept(directives: Iterable[DirectiveNode] | None) -> dict[str, Any]:
    """The directives that have no place of their own in the model, for the binding of their element.

    Each is `@name` with its arguments (True, if it has none), or with a tuple of those of each time that it
    stands there.
    """
    found: dict[str, list[Any]] = {}
    for each in directives or ():
        if each.name.value not in READ:
            found.setdefault(f"@{each.name.value}", []).append(arguments(each) or True)
    return {name: said[0] if len(said) == 1 else tuple(said) for name, said in found.items()}


def uses(binding: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The arguments of a directive that is kept in a binding, for each time that it stands there."""
    said = binding.get(name, ())
    return [each if isinstance(each, dict) else {} for each in (said if isinstance(said, tuple) else (said,))]
