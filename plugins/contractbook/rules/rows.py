"""All elements of a contract that say something of themselves, for rules that look at few of many."""

from __future__ import annotations

from collections.abc import Iterator

from contractbook.model import Contract, Element, Field, Operation

Around = tuple[Element, ...]


def rows(contract: Contract) -> Iterator[tuple[tuple[Element, ...], Around]]:
    """Operations, parameters, messages, headers, types, fields and values, by the elements around them.

    A type stands in one row with its parts, and is around itself.
    A rule that asks a row at once is ten times faster than one that is asked about each element.
    """
    todo: list[tuple[Operation, Around]] = [(operation, ()) for operation in contract.operations()]
    for operation, around in todo:
        inside = (*around, operation)
        yield (operation,), around
        yield (*operation.parameters, *operation.messages), inside
        for message in operation.messages:
            if message.headers:
                yield message.headers, (*inside, message)
        todo += [(callback, inside) for callback in operation.callbacks]
    for type in contract.types.values():
        if type.at:
            yield (type, *type.fields, *type.values), (type,)


def is_own(element: Element) -> bool:
    """Whether an element is declared where it stands: what a base declares is told there."""
    return not (isinstance(element, Field) and element.origin)
