"""Every pair of elements of two versions: down to the first element that stands alone, or became another.

Types are compared where they are used: the pairs that matched messages and fields reach, once for each
direction, whatever the two are called. So extracting, inlining or renaming a type is no change. What
several places share is one pair, and its route knows them all.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple

from contractbook.finding import Direction
from contractbook.forms import apart, constant, envelope, foreign, form, kind, nullable, resolved
from contractbook.model import (
    Action,
    Channel,
    Contract,
    Element,
    Field,
    Message,
    Operation,
    Server,
    Shape,
    Type,
    Variant,
)
from contractbook.pairing.fields import fields, moves
from contractbook.pairing.match import match
from contractbook.pairing.operations import messages, operations
from contractbook.pairing.parts import callbacks, schemes, servers
from contractbook.pairing.types import branches, heirs, untouched, values, variants
from contractbook.place import Parents, Place
from contractbook.reach import Entry, Reach, Route, asks, carried, entry, fills
from contractbook.rules.splits import splits


class Pair(NamedTuple):
    """Two versions of one element, either of which may be missing, and where they stand."""

    old: Element | None
    new: Element | None
    place: Place


def pairs(old: Contract, new: Contract) -> list[Pair]:
    """The pairs whose two sides differ, parents before children."""
    walk = Walk(old, new)
    walk.elements()
    walk.reached()
    walk.unreached()
    return walk.found


class Walk:
    """One comparison under way: what was found, and which pairs of types are still to be looked at."""

    def __init__(self, old: Contract, new: Contract) -> None:
        self.old, self.new = old, new
        self.before, self.after = Reach(old), Reach(new)
        self.untouched = untouched(old, self.after)
        self.found: list[Pair] = []
        self.known: dict[Hashable, Route] = {}
        self.met: dict[tuple[str, str, Direction | None], Route] = {}
        self.todo: deque[tuple[Type, Type, Place]] = deque()
        self.turn = 0

    # -- the contract and its parts

    def elements(self) -> None:
        """Look at everything but types; the types that it names are put on the list."""
        old, new = self.old, self.new
        self.found.append(Pair(old, new, self.place((), ())))
        top = self.place((old,), (new,))
        for before, after in servers(old.servers, new.servers):
            self.server(before, after, top)
        for was, now in schemes(old.security, new.security):
            self.note(was, now, top)
        for ours, theirs in match(old.groups, new.groups):
            self.note(ours, theirs, top)
        for was_there, is_there in match(old.channels, new.channels):
            self.channel(was_there, is_there, top)
        for left, right in operations(old, new):
            self.turn += 1
            self.operation(left, right, "")
        for one, other in root_pairs(old, new):
            self.turn += 1
            self.root(one, other)

    def root(self, old: Type | None, new: Type | None) -> None:
        """Types that stand for themselves; one that others refer to since is no longer a root."""
        either = new or old
        assert either is not None
        route = Route(entry=Entry(self.turn, either.name, either.name))
        place = self.place((), (), Direction.BOTH, route)
        if old and new:
            self.use(old.name, new.name, place)
        elif either.name not in (self.old if new else self.new).types:
            self.note(old, new, place)

    def server(self, old: Server | None, new: Server | None, place: Place) -> None:
        self.note(old, new, place)
        if old and new:
            inside = self.inside(place, old, new)
            for before, after in match(old.variables, new.variables):
                self.note(before, after, inside)

    def channel(self, old: Channel | None, new: Channel | None, place: Place) -> None:
        """Two channels, and the messages that no operation tells."""
        self.note(old, new, place)
        if old and new and old.messages and new.messages:
            self.turn += 1
            for before, after in messages(old, new):
                self.message(before, after, old, new, new.label)

    def operation(self, old: Operation | None, new: Operation | None, around: str) -> None:
        either = new or old
        assert either is not None
        if old == new and all(name in self.untouched for name in named(either)):
            return
        label = f"{around} > {either.label}" if around else either.label
        begins = asks(either)
        route = Route(entry=entry(self.turn, label, begins, None, either.action))
        place = self.place((), (), begins, route)
        self.note(old, new, place)
        if old is None or new is None:
            return
        self.fields(old.parameters, new.parameters, self.place((old,), (new,), fills(new), route))
        for before, after in servers(old.servers, new.servers):
            self.server(before, after, self.inside(place, old, new))
        for left, right in messages(old, new):
            self.message(left, right, old, new, label)
        for ours, theirs in callbacks(old, new):
            self.operation(ours, theirs, label)

    def message(
        self,
        before: Message | None,
        after: Message | None,
        old: Operation | Channel,
        new: Operation | Channel,
        label: str,
    ) -> None:
        either = after or before
        assert either is not None
        way = either.direction
        action = new.action if isinstance(new, Operation) else Action.SEND
        route = Route(entry=entry(self.turn, label, way, either, action))
        place = self.place((old,), (new,), way, route)
        self.note(before, after, place)
        if before is None or after is None:
            return
        within = self.inside(place, before, after)
        self.fields(before.headers, after.headers, within)
        if before.envelope and after.envelope:
            self.fields(before.envelope.attributes, after.envelope.attributes, within)
        for was, now in match(before.links, after.links):
            self.note(was, now, within)
        if before.payload and after.payload:
            self.use(before.payload, after.payload, within)

    def fields(self, old: Sequence[Field], new: Sequence[Field], place: Place) -> None:
        """Two lists of fields; those that do not travel this way are no part of it."""
        gone: list[Field] = []
        come: list[Field] = []
        way = place.direction
        for before, after in fields(old, new, self.old, self.new):
            was = before is not None and before.travels(way)
            now = after is not None and after.travels(way)
            if before and after and (was or now):
                self.note(before, after, place)
                if was and now:
                    self.field(before, after, place)
            elif before and was:
                gone.append(before)
            elif after and now:
                come.append(after)
        self.alone(gone, come, place)

    def field(self, old: Field, new: Field, place: Place) -> None:
        if old.arguments or new.arguments:
            self.arguments(old, new, place)
        if old.type == new.type and old.nullable == new.nullable and old.type in self.untouched:
            return
        self.use(old.type, new.type, self.inside(place, old, new), old.nullable, new.nullable)

    def arguments(self, old: Field, new: Field, place: Place) -> None:
        """What consumers write to get a field, whichever way the field itself travels."""
        same = old.arguments == new.arguments
        if not same or any(each.type not in self.untouched for each in new.arguments):
            before = place.before.parents if place.before else ()
            was, now = (*before, old), (*place.parents, new)
            self.fields(old.arguments, new.arguments, self.place(was, now, Direction.INPUT, place.route))

    def alone(self, gone: list[Field], come: list[Field], place: Place) -> None:
        """Fields without a partner: some are found again inside one another."""
        moved: set[int] = set()
        if gone and come and isinstance(place.owner, Type):
            before = place.before or place
            for old, new, around in moves(gone, come, self.old, self.new):
                self.move(old, new, before.parents, (*place.parents, around), place, moved)
            for new, old, around in moves(come, gone, self.new, self.old):
                self.move(old, new, (*before.parents, around), place.parents, place, moved)
            for field, parts in (*splits(gone, come), *splits(come, gone)):  # told of the whole record
                moved |= {id(each) for each in (field, *parts)}
        for field in gone:
            if id(field) not in moved:
                self.note(field, None, place)
        for field in come:
            if id(field) not in moved:
                self.note(None, field, place)

    def move(self, old: Field, new: Field, was: Parents, now: Parents, place: Place, moved: set[int]) -> None:
        if id(old) not in moved and id(new) not in moved:
            moved |= {id(old), id(new)}
            self.note(old, new, self.place(was, now, place.direction, place.route))

    # -- types

    def use(self, before: str, after: str, place: Place, was: bool = False, now: bool = False) -> None:
        """Two types where they are used; `was` and `now` say whether null may stand here."""
        if before == after and was == now and before in self.untouched:
            return
        old, new = self.old.resolve(before), self.new.resolve(after)
        was, now = was or nullable(self.old, before), now or nullable(self.new, after)
        if was != now and not old.nullable and not new.nullable:
            self.note(form(old, was, here=True), form(old, now, here=True), place)
        self.todo.append((old, new, place))

    def reached(self) -> None:
        """Look at the pairs of types that were put on the list, and all that they lead to."""
        while self.todo:
            old, new, place = self.todo.popleft()
            if not old.at or not new.at or (old.name != new.name and kind(old) != kind(new)):
                self.types(old, new, place)  # what changed is the place, not a type that others share
                continue
            key = (old.name, new.name, place.direction)
            if key not in self.met:
                self.met[key] = Route(place.route)
                self.types(old, new, _by(self.met[key], place))
            elif place.route:
                self.met[key].above.append(place.route)

    def unreached(self) -> None:
        """Types that nothing reaches are matched by name; they may travel either way."""
        met = ({before for before, _, _ in self.met}, {after for _, after, _ in self.met})
        left = [type for type in self.old.types.values() if self.is_alone(type, self.before, met[0])]
        right = [type for type in self.new.types.values() if self.is_alone(type, self.after, met[1])]
        for old, new in match(left, right):
            either = new or old
            assert either is not None
            top = self.place((), (), either.direction)
            if old and new:
                self.todo.append((old, new, top))
            elif (old and old.name not in self.new.types) or (new and new.name not in self.old.types):
                self.note(old, new, top)
        self.reached()

    def is_alone(self, type: Type, reach: Reach, met: set[str]) -> bool:
        """Whether nothing leads to a type that has a name of its own, and that is not what it was."""
        if not type.at or type.inline or type.borrowed or type.name in self.untouched or type.name in met:
            return False
        return not reach.reached(type.name)

    def types(self, old: Type, new: Type, place: Place) -> None:
        """Two types and their members, unless one took the place of the other."""
        if not resolved(old) or not resolved(new):
            return
        if old.borrowed and new.borrowed and old.identity == new.identity:
            return  # told of the contract that declares it
        if (old.shape is Shape.UNION) is not (new.shape is Shape.UNION):
            self.branch(old, new, place)
        elif kind(old) == kind(new) and not apart(old, new):
            self.alike(old, new, place)
        elif found := envelope(self.new, self.old, new, old):
            self.replaced(old, new, place)
            self.use(old.name, found.type, self.place((old,), (new, found), place.direction, place.route))
        elif found := envelope(self.old, self.new, old, new):
            self.replaced(old, new, place)
            self.use(found.type, new.name, self.place((old, found), (new,), place.direction, place.route))
        elif kind(old) != kind(new) or foreign(old, new):
            self.replaced(old, new, place)
        else:
            self.alike(old, new, place)

    def replaced(self, old: Type, new: Type, place: Place) -> None:
        here = old.name != new.name
        self.note(form(old, old.nullable, here=here), form(new, new.nullable, here=here), place)

    def alike(self, old: Type, new: Type, place: Place) -> None:
        """Two types of one kind: their own facts, and their members."""
        if old.nullable != new.nullable:
            self.replaced(old, new, place)
        conditional = (part for each in new.conditions for part in each.types if part)
        self.note(old, new, place, again=any(part not in self.untouched for part in conditional))
        inside = self.inside(place, old, new)
        self.fields(old.fields, new.fields, inside)
        self.fields(old.patterns, new.patterns, inside)
        if old.shape is new.shape is Shape.ENUM and not (constant(old) and constant(new)):
            for before, after in values(old.values, new.values):
                self.note(before, after, inside)
        if old.parts and new.parts:
            self.branches(variants(self.old, self.new, old, new), inside)
        elif self.new.selective and old.name == new.name and old.shape is new.shape is Shape.RECORD:
            gone = branches(self.old, old) if old.parts else []
            come = branches(self.new, new) if new.parts else []
            self.branches([*((each, None) for each in gone), *((None, each) for each in come)], inside)
        for was, now in heirs(old, new):
            self.use(was, now, inside)
        for was, now in zip(old.prefix, new.prefix, strict=False):
            self.use(was, now, inside)
        if old.item and new.item:
            self.use(old.item, new.item, inside)

    def branches(self, pairs: Iterable[tuple[Variant | None, Variant | None]], inside: Place) -> None:
        for before, after in pairs:
            if before and after:
                self.use(before.type, after.type, inside)
            else:
                self.note(before, after, inside)

    def branch(self, old: Type, new: Type, place: Place) -> None:
        """A choice on one side only: the branch that is what the other side was goes on alone."""
        found = list(variants(self.old, self.new, old, new))
        if all(before is None or after is None for before, after in found):
            self.replaced(old, new, place)
        else:
            self.branches(found, self.inside(place, old, new))

    # -- places

    def note(self, old: Element | None, new: Element | None, place: Place, again: bool = False) -> None:
        """Keep a pair that differs; one that was met before has one more way that leads to it.

        With `again` it is kept though it looks the same, because what it refers to differs.
        """
        if old == new and not again:
            return
        before = place.before or place
        key = (_key(old, before.parents), _key(new, place.parents), place.direction)
        route = self.known.get(key)
        if route is None:
            route = self.known[key] = Route(place.route)
            self.found.append(Pair(old, new, _by(route, place)))
        elif place.route:
            route.above.append(place.route)

    def place(
        self,
        old: Parents,
        new: Parents,
        way: Direction | None = None,
        route: Route | None = None,
    ) -> Place:
        return Place(self.after, new, way, Place(self.before, old, way), route)

    def inside(self, place: Place, old: Element, new: Element) -> Place:
        """The place of the children of two elements; a declared type needs no further parents."""
        before = place.before.parents if place.before else ()
        if isinstance(new, Type) and isinstance(old, Type) and new.at and old.at:
            return self.place((old,), (new,), place.direction, place.route)
        return self.place((*before, old), (*place.parents, new), place.direction, place.route)


def root_pairs(old: Contract, new: Contract) -> Iterator[tuple[Type | None, Type | None]]:
    """The types that stand for themselves, beside what they are in the other version.

    One that is used by others since is still what it was. Of what is left a lone one is the partner of a
    lone one, whatever the two are called.
    """
    before, after = (_declared(contract) for contract in (old, new))
    sides = (old, new)
    names = dict.fromkeys(side.types[name].identity for side in sides for name in side.roots)
    yield from ((before[name], after[name]) for name in names if name in before and name in after)
    gone = [before[name] for name in names if name in before and name not in after]
    come = [after[name] for name in names if name in after and name not in before]
    if len(gone) == len(come) == 1:
        yield gone[0], come[0]
    else:
        yield from match(gone, come, lambda type: type.name)


def _declared(contract: Contract) -> dict[str, Type]:
    """The types that may be a root, by their identity."""
    named = (type for name, type in contract.types.items() if name in contract.roots or not type.inline)
    return {type.identity: type for type in named if type.at}


def named(operation: Operation) -> Iterator[str]:
    """The types that an operation and its callbacks name themselves."""
    yield from (field.type for field in operation.parameters)
    for message in operation.messages:
        yield from carried(message)
    for callback in operation.callbacks:
        yield from named(callback)


def _by(route: Route, place: Place) -> Place:
    return Place(place.reach, place.parents, place.direction, place.before, route)


def _key(element: Element | None, parents: Parents) -> Hashable:
    """What makes an element the same one wherever a comparison meets it."""
    if element is None:
        return None
    if not element.at and parents:
        return (element.name, _key(parents[-1], parents[:-1]))
    if isinstance(element, Field):  # the heirs of a base may each demand its field or not
        return (element.at, element.identity, element.type, element.required, element.nullable)
    return (element.at, element.identity)
