"""All elements of a contract that say something of themselves, for rules that look at few of many."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property

from msgspec import UNSET

from contractbook.model import ALIVE, Contract, Element, Field, Operation

Around = tuple[Element, ...]
Placed = tuple[Element, Around]  # an element and those around it, the outermost first


class Rows:
    """The elements of a contract by what they say, in its order; what several rules ask for is sought once.

    A rule that asks for the few that it means is ten times faster than one that is asked about each element.
    """

    def __init__(self, contract: Contract) -> None:
        self._rows = list(_rows(contract))

    @cached_property
    def announced(self) -> list[Placed]:
        """Those of which a beginning or an end is announced."""
        return [
            (each, around)
            for row, around in self._rows
            for each in row
            if each.lifecycle is not ALIVE and is_own(each)
        ]

    def shown(self) -> Iterator[Placed]:
        """Those with examples."""
        return (
            (each, around)
            for row, around in self._rows
            for each in [each for each in row if each.examples]
            if is_own(each)
        )

    def preset(self) -> Iterator[Placed]:
        """Those with a default."""
        return (
            (each, around)
            for row, around in self._rows
            for each in [each for each in row if getattr(each, "default", UNSET) is not UNSET]
            if is_own(each)
        )

    def saying(self, sign: re.Pattern[str]) -> Iterator[Placed]:
        """Those whose text holds a sign; a text is searched once, however many elements have it."""
        docs = {doc for doc in self._docs if sign.search(doc)}
        return ((each, around) for each, around in self._documented if each.doc in docs)

    def called(self, fits: Callable[[str], bool]) -> Iterator[Placed]:
        """Those with a name that fits; a name is looked at once, however many elements have it."""
        names = set(filter(fits, self._names))
        return (
            (each, around)
            for row, around in self._rows
            for each in [each for each in row if each.name in names]
            if is_own(each)
        )

    def fields(self, types: set[str]) -> Iterator[tuple[Field, Around]]:
        """Those that hold values of some types."""
        return (
            (each, around)
            for row, around in self._rows
            for each in row
            if isinstance(each, Field) and each.type in types and is_own(each)
        )

    @cached_property
    def _documented(self) -> list[Placed]:
        return [(each, around) for row, around in self._rows for each in row if each.doc and is_own(each)]

    @cached_property
    def _docs(self) -> set[str]:
        return {each.doc for each, _ in self._documented}

    @cached_property
    def _names(self) -> set[str]:
        return {each.name for row, _ in self._rows for each in row}


def is_own(element: Element) -> bool:
    """Whether an element is declared where it stands: what a base declares is told there."""
    return not (isinstance(element, Field) and element.origin)


def _rows(contract: Contract) -> Iterator[tuple[tuple[Element, ...], Around]]:
    """Operations, parameters, messages, headers, types, fields and values, by the elements around them.

    A type stands in one row with its parts, and is around itself.
    """
    todo: list[tuple[Operation, Around]] = [(operation, ()) for operation in contract.operations()]
    for operation, around in todo:
        inside = (*around, operation)
        yield (operation,), around
        yield (*operation.parameters, *operation.messages), inside
        for message in operation.messages:
            if message.headers:
                yield message.headers, (*inside, message)
            if message.envelope and not message.envelope.declared:
                yield message.envelope.attributes, (*inside, message)
        todo += [(callback, inside) for callback in operation.callbacks]
    for type in contract.types.values():
        if type.at and not type.borrowed:
            yield (type, *type.fields, *type.values), (type,)
            for field in type.fields:
                if field.arguments:
                    yield field.arguments, (type, field)
