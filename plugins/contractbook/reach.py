"""Which messages a type travels in, and so in which directions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from contractbook.finding import Direction
from contractbook.fitting import Fitting
from contractbook.model import Contract, Operation, Type

WAYS = (Direction.INPUT, Direction.OUTPUT)


class Reach:
    """The places of a contract's types: every operation and message that leads to them, by direction."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self._named: dict[tuple[Direction, int], tuple[str, ...]] = {}

    @cached_property
    def fitting(self) -> Fitting:
        """What holds values against the contract's types."""
        return Fitting(self.contract)

    def directions(self, name: str) -> frozenset[Direction]:
        """The directions in which a type travels; one that nothing reaches may travel in both."""
        found = frozenset(way for way in WAYS if name in self._masks[way])
        return found or frozenset(WAYS)

    def reached(self, name: str) -> bool:
        """Whether any message or parameter leads to the type."""
        return any(name in self._masks[way] for way in WAYS)

    def places(self, name: str, direction: Direction | None = None) -> tuple[str, ...]:
        """The operations and messages that reach a type, in the order of the contract."""
        ways = WAYS if direction in (None, Direction.BOTH) else (direction,)
        found = (place for way in ways for place in self._places(way, self._masks[way].get(name, 0)))
        return tuple(dict.fromkeys(found))

    def _places(self, way: Direction, mask: int) -> tuple[str, ...]:
        named = self._named.get((way, mask))
        if named is None:
            names = self._roots[way][1]
            named = tuple(name for bit, name in enumerate(names) if mask >> bit & 1)
            self._named[way, mask] = named
        return named

    @cached_property
    def _roots(self) -> dict[Direction, tuple[dict[str, int], list[str]]]:
        """For each direction the types that places name themselves, as sets of bits, and the places."""
        masks: dict[Direction, dict[str, int]] = {way: {} for way in WAYS}
        names: dict[Direction, list[str]] = {way: [] for way in WAYS}
        for place, way, types in _entries(self.contract):
            if not names[way] or names[way][-1] != place:
                names[way].append(place)
            bit = 1 << len(names[way]) - 1
            for name in types:
                masks[way][name] = masks[way].get(name, 0) | bit
        return {way: (masks[way], names[way]) for way in WAYS}

    @cached_property
    def _masks(self) -> dict[Direction, dict[str, int]]:
        return {way: _spread(self.contract, self._roots[way][0], way) for way in WAYS}


def _entries(contract: Contract) -> Iterator[tuple[str, Direction, list[str]]]:
    """Every place where types enter, with its direction."""
    for operation in contract.operations():
        yield from _operation_entries(operation, operation.label)


def _operation_entries(operation: Operation, label: str) -> Iterator[tuple[str, Direction, list[str]]]:
    asks = Direction.OUTPUT if operation.action == "send" else Direction.INPUT
    if operation.parameters:
        yield label, asks, [parameter.type for parameter in operation.parameters]
    for message in operation.messages:
        types = [header.type for header in message.headers]
        if message.payload:
            types.append(message.payload)
        ways = WAYS if message.direction is Direction.BOTH else (message.direction,)
        for way in ways:
            yield f"{label} > {message.name}", way, types
    for callback in operation.callbacks:
        yield from _operation_entries(callback, f"{label} > {callback.label}")


def _spread(contract: Contract, roots: dict[str, int], way: Direction) -> dict[str, int]:
    """Carry the bits of each type to all that it uses, until nothing changes."""
    types = contract.types
    masks = dict(roots)
    todo = list(roots)
    while todo:
        name = todo.pop()
        mask = masks[name]
        for used in travelling(types[name], way) if name in types else ():
            known = masks.get(used, 0)
            if known | mask != known:
                masks[used] = known | mask
                todo.append(used)
    return masks


def travelling(type: Type, way: Direction) -> Iterator[str]:
    """The types that values of this type bring along in one direction."""
    hidden = "write_only" if way is Direction.OUTPUT else "read_only"
    barred = {field.type for field in type.fields if getattr(field, hidden)}
    if not barred:
        return type.uses()
    kept = {field.type for field in type.fields if not getattr(field, hidden)}
    return (name for name in type.uses() if name in kept or name not in barred)
