"""Which messages a type travels in, and so in which directions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from contractbook.circles import circles
from contractbook.finding import Direction
from contractbook.fitting import Fitting
from contractbook.model import Action, Contract, Message, Operation, Role, Shape, Type
from contractbook.rows import Rows

WAYS = (Direction.INPUT, Direction.OUTPUT)


class Entry(NamedTuple):
    """A place where values enter the contract: the parameters of an operation, or one of its messages."""

    turn: int  # its number in the contract
    label: str  # GET /customers/{id} > response 200
    words: str  # what GET /customers/{id} answers


def entry(turn: int, label: str, direction: Direction, message: Message | None, action: Action) -> Entry:
    """The entry of an operation (called `label`), or of one of its messages."""
    sends = action is Action.SEND
    verb = ("sends" if sends else "answers") if direction is Direction.OUTPUT else "takes"
    if sends and direction is Direction.INPUT:
        verb = "expects back"
    return Entry(turn, f"{label} > {message.name}" if message else label, f"what {label} {verb}")


def asks(operation: Operation) -> Direction:
    """Who writes what an operation begins with: the consumer, unless the provider sends it."""
    return Direction.OUTPUT if operation.action is Action.SEND else Direction.INPUT


def ways(message: Message) -> tuple[Direction, ...]:
    """The directions that a message travels in."""
    return WAYS if message.direction is Direction.BOTH else (message.direction,)


def carried(message: Message) -> list[str]:
    """The types that a message names itself."""
    types = [header.type for header in message.headers]
    if message.payload:
        types.append(message.payload)
    if envelope := message.envelope:
        types += [envelope.declared] if envelope.declared else [field.type for field in envelope.attributes]
    return types


def fills(operation: Operation) -> Direction:
    """Who writes the parameters of an operation: arguments are the consumer's, whoever sends what follows."""
    asked = any(each.role is Role.ARGUMENT for each in operation.parameters)
    return Direction.INPUT if asked else asks(operation)


class Reach:
    """The places of a contract's types: every operation and message that leads to them, by direction."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self._labels: dict[tuple[tuple[Direction, int], ...], tuple[str, ...]] = {}
        self._named: dict[tuple[Direction, int], tuple[Entry, ...]] = {}

    @cached_property
    def uses(self) -> dict[str, list[str]]:
        """The types that each type refers to."""
        return {name: type.uses() for name, type in self.contract.types.items()}

    @cached_property
    def anything(self) -> frozenset[str]:
        """The types without any facts, which all values share of which nothing is said."""
        types = self.contract.types.values()
        return frozenset(
            type.name for type in types if type.shape is Shape.ANY and not type.at and not type.binding
        )

    @cached_property
    def fitting(self) -> Fitting:
        """What holds values against the contract's types."""
        return Fitting(self.contract)

    @cached_property
    def rows(self) -> Rows:
        """The elements of the contract, for rules that look at few of many."""
        return Rows(self.contract)

    def directions(self, name: str) -> frozenset[Direction]:
        """The directions in which a type travels; one that nothing reaches may travel in both."""
        found = frozenset(way for way in WAYS if name in self._masks[way])
        if found or name not in self.contract.types:
            return found or frozenset(WAYS)
        way = self.contract.types[name].direction
        return frozenset(WAYS) if way is Direction.BOTH else frozenset({way})

    def travels(self, name: str, way: Direction) -> bool:
        """Whether a message or parameter brings the type along in a direction."""
        return name in self._masks[way]

    def reached(self, name: str) -> bool:
        """Whether any message or parameter leads to the type."""
        return name in self._all

    @cached_property
    def _all(self) -> set[str]:
        types, uses = self.contract.types, self.uses
        # Not from the masks: a comparison asks for this alone, and they cost more.
        todo = {name for _, _, names in _entries(self.contract) for name in names if name in types}
        seen = set(todo)
        while todo:
            led = [name for each in todo for name in uses[each]]
            led += [name for each in todo for name in types[each].bases]
            todo = {name for name in led if name in types} - seen
            seen |= todo
        return seen

    def entries(self, name: str, direction: Direction | None = None) -> tuple[Entry, ...]:
        """The operations and messages that reach a type, in the order of the contract."""
        ways = WAYS if direction in (None, Direction.BOTH) else (direction,)
        found = [self._entries(way, mask) for way in ways if (mask := self._masks[way].get(name, 0))]
        return found[0] if len(found) == 1 else tuple(each for entries in found for each in entries)

    def labels(self, name: str, direction: Direction | None = None) -> tuple[str, ...]:
        """What the entries that reach a type are called, each once."""
        ways = WAYS if direction in (None, Direction.BOTH) else (direction,)
        key = tuple((way, mask) for way in ways if (mask := self._masks[way].get(name, 0)))
        known = self._labels.get(key)
        if known is None:
            entries = (each for way, mask in key for each in self._entries(way, mask))
            known = self._labels[key] = tuple(dict.fromkeys(each.label for each in entries))
        return known

    def _entries(self, way: Direction, mask: int) -> tuple[Entry, ...]:
        named = self._named.get((way, mask))
        if named is None:
            entries = self._roots[way][1]
            named = self._named[way, mask] = tuple(entries[bit] for bit in _bits(mask))
        return named

    @cached_property
    def _roots(self) -> dict[Direction, tuple[dict[str, int], list[Entry]]]:
        """For each direction the types that places name themselves, as sets of bits, and the places."""
        masks: dict[Direction, dict[str, int]] = {way: {} for way in WAYS}
        entries: dict[Direction, list[Entry]] = {way: [] for way in WAYS}
        for each, way, types in _entries(self.contract):
            if not entries[way] or entries[way][-1].label != each.label:
                entries[way].append(each)
            bit = 1 << len(entries[way]) - 1
            for name in types:
                masks[way][name] = masks[way].get(name, 0) | bit
        return {way: (masks[way], entries[way]) for way in WAYS}

    @cached_property
    def _masks(self) -> dict[Direction, dict[str, int]]:
        return {way: self._spread(self._roots[way][0], way) for way in WAYS}

    def _spread(self, roots: dict[str, int], way: Direction) -> dict[str, int]:
        """Give each type the bits of all that leads to it; types in a circle have the same."""
        uses = self.uses | {
            type.name: kept
            for type in self.contract.types.values()
            if (kept := travelling(type, way)) is not None
        }
        masks = dict(roots)
        for group in reversed(circles(roots, lambda name: uses.get(name, ()))):
            mask = 0
            for name in group:
                mask |= masks.get(name, 0)
            for name in group:
                masks[name] = mask
            for name in group:
                for used in uses.get(name, ()):
                    masks[used] = masks.get(used, 0) | mask
        return masks


def _entries(contract: Contract) -> Iterator[tuple[Entry, Direction, list[str]]]:
    """Every place where types enter, with its direction."""
    operations = list(contract.operations())
    for turn, operation in enumerate(operations):
        yield from _operation_entries(operation, operation.label, turn)
    for turn, name in enumerate(contract.roots, len(operations)):
        for way in WAYS:
            yield Entry(turn, name, name), way, [name]
    turn = len(operations) + len(contract.roots)
    for type in contract.types.values():
        for field in type.fields:
            if field.arguments:
                label = f"{type.name} > {field.name}"
                asked = [argument.type for argument in field.arguments]
                yield Entry(turn, label, f"what {label} takes"), Direction.INPUT, asked


def _operation_entries(
    operation: Operation, label: str, turn: int
) -> Iterator[tuple[Entry, Direction, list[str]]]:
    if operation.parameters:
        begins = fills(operation)
        types = [parameter.type for parameter in operation.parameters]
        yield entry(turn, label, begins, None, operation.action), begins, types
    for message in operation.messages:
        for way in ways(message):
            yield entry(turn, label, way, message, operation.action), way, carried(message)
    for callback in operation.callbacks:
        yield from _operation_entries(callback, f"{label} > {callback.label}", turn)


def _bits(mask: int) -> Iterator[int]:
    """The positions of the bits that are set; few of many are, so they are searched for as text."""
    text = bin(mask)[:1:-1]
    at = text.find("1")
    while at >= 0:
        yield at
        at = text.find("1", at + 1)


def travelling(type: Type, way: Direction) -> list[str] | None:
    """The types that values of a type bring along in one direction, where these are not all that it uses."""
    if way is Direction.OUTPUT:
        barred = {field.type for field in type.fields if field.write_only}
    else:
        barred = {field.type for field in type.fields if field.read_only}
    if not barred:
        return None
    kept = {field.type for field in type.fields if field.travels(way)}
    return [name for name in type.uses() if name in kept or name not in barred]


class Route:
    """How a comparison came to a pair of elements: straight from entries, or by way of other pairs."""

    __slots__ = ("above", "entries", "ring")

    def __init__(self, above: Route | None = None, entry: Entry | None = None) -> None:
        self.above = [above] if above else []
        self.entries = [entry] if entry else []
        self.ring: Ring | None = None

    def all(self) -> tuple[Entry, ...]:
        """Every entry that leads here, in order; to be asked when all routes are known."""
        if self.ring is None:
            for routes in circles([self], lambda route: () if route.ring else route.above):
                if routes[0].ring is None:
                    _close(routes)
        assert self.ring is not None
        return self.ring.all()


class Ring:
    """Routes that lead to one another: what leads to one of them leads to all."""

    __slots__ = ("_found", "above", "entries")

    def __init__(self) -> None:
        self.above: set[Ring] = set()
        self.entries: set[Entry] = set()
        self._found: tuple[Entry, ...] | None = None

    def all(self) -> tuple[Entry, ...]:
        """Every entry that leads here, in order."""
        ring = self
        while len(ring.above) == 1 and not ring.entries:
            ring = next(iter(ring.above))
        if ring._found is None:
            ring._found = tuple(sorted({entry for each in ring._upward() for entry in each.entries}))
        return ring._found

    def _upward(self) -> set[Ring]:
        """This ring and all that lead to it."""
        seen, todo = {self}, [self]
        while todo:
            fresh = todo.pop().above - seen
            seen |= fresh
            todo += fresh
        return seen


def _close(routes: list[Route]) -> None:
    """Make a ring of routes; those above it have theirs."""
    ring = Ring()
    for route in routes:
        route.ring = ring
        ring.entries.update(route.entries)
    ring.above = {above.ring for route in routes for above in route.above if above.ring} - {ring}
