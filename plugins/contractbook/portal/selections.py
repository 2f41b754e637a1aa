"""A query of GraphQL, made from the model: what to select of an answer, what to give, and what comes back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any, NamedTuple

from contractbook.model import Contract, Field, Operation, Shape, Type
from contractbook.portal import calls
from contractbook.portal.examples import Maker

DEEP = 3  # levels that are selected
WIDE = 6  # fields that are selected of a type
VARIANTS = 3  # types of a choice that are told apart
TYPENAME = "__typename"


class Chosen(NamedTuple):
    """A field that is selected, or the part of a selection that is for one type of a choice."""

    name: str
    type: str = ""
    inside: tuple[Chosen, ...] = ()
    is_variant: bool = False


def document(contract: Contract, operation: Operation) -> str:
    """The text of a query, as HTML."""
    name = calls.name_in_group(operation)[1]
    passing = given(operation)
    declared = ", ".join(f"${each.name}: {_written(each)}" for each in passing)
    passed = ", ".join(f"{each.name}: ${each.name}" for each in passing)
    head = f"{operation.method} {name[:1].upper()}{name[1:]}{f'({declared})' if declared else ''}"
    call = f"  {name}{f'({passed})' if passed else ''}"
    inner = [*_lines(selection(contract, operation), "    ")]
    text = "\n".join([f"{head} {{", *([f"{call} {{", *inner, "  }"] if inner else [call]), "}"])
    word, _, rest = text.partition(" ")
    return f'<span class="k">{escape(word)}</span> {escape(rest, quote=False)}'


def given(operation: Operation) -> Sequence[Field]:
    """The arguments that the query passes: all that must be given, else the first ones."""
    return [each for each in operation.parameters if each.required] or operation.parameters[:2]


def answer(contract: Contract, operation: Operation, maker: Maker) -> dict[str, Any]:
    """What comes back for the selection."""
    payload = next((message.payload for message in operation.outputs()), "")
    value = _value(contract, payload, selection(contract, operation), maker) if payload else None
    return {"data": {calls.name_in_group(operation)[1]: value}}


def selection(contract: Contract, operation: Operation) -> tuple[Chosen, ...]:
    """What to select of the answer: its first simple fields, some levels deep."""
    payloads = (message.payload for message in operation.outputs() if message.payload)
    return tuple(each for payload in payloads for each in _chosen(contract, payload, ()))


def _written(argument: Field) -> str:
    return argument.type if argument.nullable else f"{argument.type}!"


def _chosen(contract: Contract, name: str, trail: tuple[str, ...]) -> Iterator[Chosen]:
    """What to select of a value of a type; nothing where the type has no fields."""
    type = _bare(contract, name)
    if type.name in trail or len(trail) >= DEEP:
        return
    if type.parts:
        yield Chosen(TYPENAME, "")
    simple = [field for field in type.fields if _is_simple(field)]
    leaves = [field for field in simple if not _has_fields(contract, field)][:WIDE]
    yield from (Chosen(field.name, field.type) for field in leaves)
    deeper = (*trail, type.name)
    trees = [field for field in simple if _has_fields(contract, field)]
    for field in trees[: max(1, WIDE - len(leaves))]:
        if inside := tuple(_chosen(contract, field.type, deeper)):
            yield Chosen(field.name, field.type, inside)
    if type.shape is Shape.UNION:
        for part in type.parts[:VARIANTS]:
            if inside := tuple(_chosen(contract, part, deeper)):
                yield Chosen(part, part, inside, is_variant=True)


def _lines(every: Sequence[Chosen], indent: str) -> Iterator[str]:
    for each in every:
        name = f"... on {each.name}" if each.is_variant else each.name
        if each.inside:
            yield from (f"{indent}{name} {{", *_lines(each.inside, f"{indent}  "), f"{indent}}}")
        else:
            yield indent + name


def _value(contract: Contract, name: str, inside: Sequence[Chosen], maker: Maker) -> Any:
    """An example of a value, as far as it is selected."""
    type = contract.resolve(name)
    if type.shape is Shape.LIST and type.item:
        return [_value(contract, type.item, inside, maker)]
    if not inside:
        return maker.make(name)
    variant = next((each for each in inside if each.is_variant), None)
    made: dict[str, Any] = {}
    for each in inside:
        if each.name == TYPENAME:
            made[TYPENAME] = variant.name if variant else (type.parts or (type.name,))[0]
        elif not each.is_variant:
            made[each.name] = _value(contract, each.type, each.inside, maker)
    return made | _value(contract, variant.type, variant.inside, maker) if variant else made


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
