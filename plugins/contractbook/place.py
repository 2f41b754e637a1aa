"""Where an element stands: what rules may ask about its surroundings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import msgspec

from contractbook.finding import Direction
from contractbook.fitting import Misfit
from contractbook.model import Contract, Element, Field, Message, Operation, Role, Type
from contractbook.reach import Entry, Reach, Route, asks, entry, fills
from contractbook.rows import Rows

Parents = tuple[Element, ...]


class Place(msgspec.Struct, eq=False, gc=False):
    """The surroundings of an element: its parents (outermost first), its contract, which way it travels.

    In a comparison `before` is the place of the old side, and `route` tells what led to the pair.
    """

    reach: Reach
    parents: Parents = ()
    direction: Direction | None = None
    before: Place | None = None
    route: Route | None = None

    @property
    def contract(self) -> Contract:
        """The contract that the element belongs to."""
        return self.reach.contract

    @property
    def rows(self) -> Rows:
        """The elements of the contract, for rules that look at few of many."""
        return self.reach.rows

    @property
    def owner(self) -> Element | None:
        """The parent right around the element."""
        return self.parents[-1] if self.parents else None

    @property
    def operation(self) -> Operation | None:
        """The innermost operation around the element."""
        return next((parent for parent in reversed(self.parents) if isinstance(parent, Operation)), None)

    @property
    def message(self) -> Message | None:
        """The innermost message around the element."""
        return next((parent for parent in reversed(self.parents) if isinstance(parent, Message)), None)

    @property
    def directions(self) -> frozenset[Direction]:
        """The directions in which the element travels."""
        if self.direction is not None:
            both = self.direction is Direction.BOTH
            return frozenset((Direction.INPUT, Direction.OUTPUT) if both else (self.direction,))
        name = self._type_name()
        return self.reach.directions(name) if name else frozenset()

    @property
    def moved(self) -> bool:
        """Whether the element stands inside another field than before, or no longer inside one."""
        before = self.before.owner if self.before else self.owner
        return isinstance(self.owner, Field) is not isinstance(before, Field)

    @property
    def read(self) -> bool:
        """Whether consumers may read the element."""
        return self.direction is not Direction.INPUT

    @property
    def written(self) -> bool:
        """Whether consumers may write the element."""
        return self.direction is not Direction.OUTPUT

    @property
    def entries(self) -> Sequence[Entry]:
        """The operations and messages that lead to the element."""
        if self.route is not None:
            return self.route.all()
        name = self._type_name()
        if name:
            return self.reach.entries(name, self._way)
        operation = self.operation
        if operation is None:
            return ()
        chain = " > ".join(parent.label for parent in self.parents if isinstance(parent, Operation))
        direction = self.direction or asks(operation)
        return (entry(0, chain, direction, self.message, operation.action),)

    @property
    def places(self) -> tuple[str, ...]:
        """The labels of the operations and messages that lead to the element."""
        name = "" if self.route is not None else self._type_name()
        if name:
            return self.reach.labels(name, self._way)
        return tuple(dict.fromkeys(each.label for each in self.entries))

    @property
    def where(self) -> str:
        """The places in words, to end a message: `what GET /customers/{id} answers and 3 more`."""
        words = list(dict.fromkeys(each.words for each in self.entries))
        if not words:
            return "the contract"
        return words[0] if len(words) == 1 else f"{words[0]} and {len(words) - 1} more"

    def type(self, name: str) -> Type:
        """The type behind a name, aliases followed."""
        return self.contract.resolve(name)

    def called(self, element: Element) -> str:
        """What to call an element in a sentence that stands alone: `email of Customer`."""
        names = chain(element, self.parents)
        around = self.owner
        if isinstance(element, Type) and not element.at and isinstance(around, Type) and around.item:
            names[-1] += "[]"
        return _spoken(names)

    @property
    def around(self) -> str:
        """What to call the parent in a sentence that stands alone."""
        return _spoken(chain(self.parents[-1], self.parents[:-1]) if self.parents else [])

    def misfits(self, name: str, value: Any, *, nullable: bool = False) -> list[Misfit]:
        """What keeps a value from being of a type."""
        return self.reach.fitting.misfits(name, value, nullable=nullable)

    def under(self, *parents: Element) -> Place:
        """The place of a child of these parents."""
        return Place(self.reach, (*self.parents, *parents), self.direction)

    @property
    def _way(self) -> Direction | None:
        """The direction of the type around the element: arguments come to a field either way."""
        return None if isinstance(self.owner, Field) else self.direction

    def _type_name(self) -> str:
        return next((each.name for each in reversed(self.parents) if isinstance(each, Type)), "")


def label(element: Element, parents: Parents) -> str:
    """The element's name in full, such as `Customer > phoneNumber` or `GET /orders > query page`."""
    return " > ".join(chain(element, parents))


def chain(element: Element, parents: Parents) -> list[str]:
    """The names that lead to an element and its own, the outermost first."""
    if isinstance(element, Contract):
        return []
    if isinstance(element, Type):
        return element.name.split(" > ") if element.at or not parents else chain(parents[-1], parents[:-1])
    own = element.label
    if isinstance(element, Field):
        if element.role is not Role.FIELD:
            own = f"{element.role} {element.name}"
        elif element.origin:
            return [*element.origin.split(" > "), own]
    return [*(chain(parents[-1], parents[:-1]) if parents else ()), own]


def _spoken(names: list[str]) -> str:
    """The last of some names that lead to one another, with as many of the others as make it clear."""
    if not names:
        return "the contract"
    own = f"items of {names[-1].removesuffix('[]')}" if names[-1].endswith("[]") else names[-1]
    if len(names) > 2:
        return f"{own} of {names[-2]} in {names[0]}"
    return f"{own} of {names[0]}" if len(names) > 1 else own


def declared(element: Element, parents: Parents) -> tuple[Element, Parents]:
    """The element itself where the document declares it, else the nearest parent that it does declare."""
    while not element.at and parents:
        element, parents = parents[-1], parents[:-1]
    return element, parents


def members(type: Type) -> tuple[Element, ...]:
    """The parts of a type that are elements."""
    return (*type.fields, *type.patterns, *type.values)


def walk(
    contract: Contract, reach: Reach, members: Callable[[Type], Iterable[Element]] = members
) -> Iterator[tuple[Element, Place]]:
    """Every element of a contract with its place, in document order; a type's place is inside it.

    Most elements are members of types: `members` gives those that are wanted.
    """
    top = Place(reach, (contract,))
    yield contract, Place(reach)
    for element in (*contract.servers, *contract.security, *contract.groups):
        yield element, top
    for channel in contract.channels:
        yield channel, top
        for message in channel.messages:
            yield from _walk_message(message, top.under(channel))
    for operation in contract.operations():
        yield from _walk_operation(operation, top)
    for type in contract.types.values():
        if type.at and not type.borrowed:
            inside = Place(reach, (contract, type))
            yield type, inside
            for child in members(type):
                yield child, inside
                if isinstance(child, Field) and child.arguments:
                    asked = Place(reach, (contract, type, child), Direction.INPUT)
                    for argument in child.arguments:
                        yield argument, asked


def _walk_operation(operation: Operation, place: Place) -> Iterator[tuple[Element, Place]]:
    yield operation, place
    inside = place.under(operation)
    for server in operation.servers:
        yield server, inside
    sent = Place(place.reach, inside.parents, fills(operation))
    for parameter in operation.parameters:
        yield parameter, sent
    for message in operation.messages:
        yield from _walk_message(message, inside)
    for callback in operation.callbacks:
        yield from _walk_operation(callback, inside)


def _walk_message(message: Message, place: Place) -> Iterator[tuple[Element, Place]]:
    """A message and its parts; attributes that a type declares are met there."""
    yield message, Place(place.reach, place.parents, message.direction)
    within = Place(place.reach, (*place.parents, message), message.direction)
    envelope = message.envelope
    attributes = envelope.attributes if envelope and not envelope.declared else ()
    for child in (*message.headers, *attributes, *message.links):
        yield child, within
