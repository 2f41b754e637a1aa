"""A query of GraphQL, made from the model: what to select of an answer, and what to give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from contractbook.model import Contract, Field, Operation, Shape, Type
from contractbook.portal import calls

DEEP = 3  # levels that are selected
WIDE = 6  # fields that are selected of a type
VARIANTS = 3  # types of a choice that are told apart


def document(contract: Contract, operation: Operation) -> str:
    """The text of a query, as HTML."""
    name = calls.name_in_group(operation)[1]
    passing = given(operation)
    declared = ", ".join(f"${each.name}: {_written(each)}" for each in passing)
    passed = ", ".join(f"{each.name}: ${each.name}" for each in passing)
    head = f"{operation.method} {name[:1].upper()}{name[1:]}"
    inner = [
        line for message in operation.outputs() for line in _selected(contract, message.payload, (), "    ")
    ]
    call = f"  {name}{f'({passed})' if passed else ''}"
    lines = [f"{head}{f'({declared})' if declared else ''} {{", f"{call} {{" if inner else call, *inner]
    text = "\n".join([*lines, *(["  }"] if inner else []), "}"])
    word, _, rest = text.partition(" ")
    return f'<span class="k">{escape(word)}</span> {escape(rest, quote=False)}'


def given(operation: Operation) -> Sequence[Field]:
    """The arguments that the query passes: all that must be given, else the first ones."""
    return [each for each in operation.parameters if each.required] or operation.parameters[:2]


def _written(argument: Field) -> str:
    return argument.type if argument.nullable else f"{argument.type}!"


def _selected(contract: Contract, name: str, trail: tuple[str, ...], indent: str) -> Iterator[str]:
    """The lines inside the braces of a value of a type; none where the type has no fields."""
    type = _bare(contract, name)
    if type.name in trail or len(trail) >= DEEP or not (type.fields or type.parts):
        return
    if type.parts:
        yield f"{indent}__typename"
    chosen = [field for field in type.fields if _is_simple(field)]
    leaves = [field for field in chosen if not _has_fields(contract, field)]
    trees = [field for field in chosen if _has_fields(contract, field)]
    for field in leaves[:WIDE]:
        yield indent + field.name
    for field in trees[: max(1, WIDE - len(leaves))]:
        inner = [*_selected(contract, field.type, (*trail, type.name), f"{indent}  ")]
        if inner:
            yield from (f"{indent}{field.name} {{", *inner, f"{indent}}}")
    if type.shape is Shape.UNION:
        for part in type.parts[:VARIANTS]:
            inner = [*_selected(contract, part, (*trail, type.name), f"{indent}  ")]
            if inner:
                yield from (f"{indent}... on {part} {{", *inner, f"{indent}}}")


def _bare(contract: Contract, name: str) -> Type:
    """The type of a value, or of the items of a list."""
    type = contract.resolve(name)
    return _bare(contract, type.item) if type.shape is Shape.LIST and type.item else type


def _has_fields(contract: Contract, field: Field) -> bool:
    type = _bare(contract, field.type)
    return bool(type.fields or type.parts)


def _is_simple(field: Field) -> bool:
    """Whether a field can be asked for without arguments, and is there to stay."""
    return not field.lifecycle.deprecated and not any(each.required for each in field.arguments)
