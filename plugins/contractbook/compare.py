"""compare: two versions side by side, down to the first element that stands alone.

Types are compared where they are used: the pairs that matched messages and fields reach, once for each
direction, whatever the two are called. So extracting, inlining or renaming a type is no change.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from contractbook.declare import Fact, Rule
from contractbook.finding import Direction, Finding, Location
from contractbook.lint import Bound, Options, bind, fingerprint
from contractbook.model import Contract, Element, Field, Operation, Shape, Type
from contractbook.pairing import operations, pair, pair_variants
from contractbook.place import Parents, Place, declared, label
from contractbook.reach import Reach
from contractbook.rules import RULES


class Pair(NamedTuple):
    """Two versions of one element, either of which may be missing, and where they stand."""

    old: Element | None
    new: Element | None
    place: Place


def compare(
    old: Contract,
    new: Contract,
    *,
    rules: Iterable[Rule] | None = None,
    options: Options | None = None,
    today: date | None = None,
) -> Iterator[Finding]:
    """What changed from `old` to `new`: one finding for each rule, declared element and direction.

    `rules` are those to ask (all that compare, unless given), `options` their options by rule id, `today`
    the day for rules about lifecycles. Places have no lines yet.
    """
    chosen = [rule for rule in (RULES.values() if rules is None else rules) if rule.compares]
    asked = _by_classes(
        bind(rule, options or {}, today) for rule in chosen if today or "today" not in rule.context
    )
    told: set[tuple[str, str, str]] = set()
    for each in pairs(old, new):
        if each.old == each.new:
            continue
        for bound in asked.get((type(each.old), type(each.new)), ()):
            ask = bound.ask(each.old, each.new, at=each.place) if bound.at else bound.ask(each.old, each.new)
            for fact in ask:
                finding = _finding(bound.rule, fact, each)
                key = (bound.rule.id, finding.pointer, finding.direction or "") if finding else None
                if finding and key and key not in told:
                    told.add(key)
                    yield finding


def _by_classes(bounds: Iterable[Bound]) -> dict[tuple[type, type], list[Bound]]:
    asked: dict[tuple[type, type], list[Bound]] = {}
    for bound in bounds:
        for subjects in bound.rule.subjects:
            asked.setdefault(subjects, []).append(bound)
    return asked


def pairs(old: Contract, new: Contract) -> Iterator[Pair]:
    """Every pair of elements that two versions of a contract have, parents before children."""
    walk = _Walk(old, new)
    yield from walk.elements()
    yield from walk.reached()
    yield from walk.unreached()


class _Walk:
    """One comparison under way: which pairs of types are still to be looked at, and which were."""

    def __init__(self, old: Contract, new: Contract) -> None:
        self.old, self.new = old, new
        self.before, self.after = Reach(old), Reach(new)
        self.seen: set[tuple[str, str, Direction]] = set()
        self.todo: deque[tuple[str, str, Place]] = deque()

    def elements(self) -> Iterator[Pair]:
        """The contract and all its elements but types; the types that they name are put on the list."""
        yield Pair(self.old, self.new, self.place((), ()))
        top = self.place((self.old,), (self.new,))
        for part in ("servers", "security", "groups", "channels"):
            for old, new in pair(getattr(self.old, part), getattr(self.new, part)):
                yield Pair(old, new, top)
        for before, after in operations(self.old, self.new):
            yield from self.operation(before, after, top)

    def operation(self, old: Operation | None, new: Operation | None, place: Place) -> Iterator[Pair]:
        yield Pair(old, new, place)
        if old is None or new is None:
            return
        asks = Direction.OUTPUT if new.action == "send" else Direction.INPUT
        yield from self.fields(old.parameters, new.parameters, self.inside(place, old, new, asks))
        for before, after in pair(old.messages, new.messages):
            way = (after or before).direction  # type: ignore[union-attr]
            around = self.inside(place, old, new, way)
            yield Pair(before, after, around)
            if before is None or after is None:
                continue
            within = self.inside(around, before, after, way)
            yield from self.fields(before.headers, after.headers, within)
            for was, now in pair(before.links, after.links):
                yield Pair(was, now, within)
            if before.payload and after.payload:
                self.todo.append((before.payload, after.payload, within))
        for ours, theirs in pair(old.callbacks, new.callbacks):
            yield from self.operation(ours, theirs, self.inside(place, old, new, None))

    def fields(self, old: Iterable[Field], new: Iterable[Field], place: Place) -> Iterator[Pair]:
        for before, after in pair(old, new):
            yield Pair(before, after, place)
            if before and after:
                around = self.inside(place, before, after, place.direction)
                self.todo.append((before.type, after.type, around))

    def reached(self) -> Iterator[Pair]:
        """The pairs of types that were put on the list, and all that they lead to."""
        while self.todo:
            before, after, place = self.todo.popleft()
            old, new = self.old.resolve(before), self.new.resolve(after)
            key = (old.name, new.name, place.direction or Direction.BOTH)
            if key not in self.seen:
                self.seen.add(key)
                yield from self.types(old, new, place)

    def unreached(self) -> Iterator[Pair]:
        """Types that nothing reaches are matched by name; they may travel either way."""
        left = [type for type in self.old.types.values() if type.at and not self.before.reached(type.name)]
        right = [type for type in self.new.types.values() if type.at and not self.after.reached(type.name)]
        top = self.place((self.old,), (self.new,), Direction.BOTH)
        for old, new in pair([t for t in left if not t.inline], [t for t in right if not t.inline]):
            if old and new:
                self.todo.append((old.name, new.name, top))
            else:
                yield Pair(old, new, top)
        yield from self.reached()

    def types(self, old: Type, new: Type, place: Place) -> Iterator[Pair]:
        """Two types and their members."""
        yield Pair(old, new, place)
        inside = self.inside(place, old, new, place.direction)
        match old.shape, new.shape:
            case (Shape.UNION, Shape.UNION):
                pass
            case (Shape.UNION, _):
                yield from self.branch(old, new, inside)
                return
            case (_, Shape.UNION):
                yield from self.branch(old, new, inside)
                return
        if old.shape is new.shape or {old.shape, new.shape} == {Shape.RECORD, Shape.MAP}:
            yield from self.members(old, new, inside)

    def members(self, old: Type, new: Type, inside: Place) -> Iterator[Pair]:
        yield from self.fields(old.fields, new.fields, inside)
        yield from self.fields(old.patterns, new.patterns, inside)
        for before, after in pair(old.values, new.values):
            yield Pair(before, after, inside)
        if old.parts or new.parts:
            for ours, theirs in pair_variants(self.old, self.new, old, new):
                yield Pair(ours, theirs, inside)
                if ours and theirs:
                    self.todo.append((ours.type, theirs.type, inside))
        for was, now in zip(old.prefix, new.prefix, strict=False):
            self.todo.append((was, now, inside))
        if old.item and new.item:
            self.todo.append((old.item, new.item, inside))

    def branch(self, old: Type, new: Type, inside: Place) -> Iterator[Pair]:
        """A union on one side only: the branch that is the other side goes on alone."""
        for ours, theirs in pair_variants(self.old, self.new, _as_union(old), _as_union(new)):
            if ours and theirs:
                self.todo.append((ours.type, theirs.type, inside))
            else:
                yield Pair(ours, theirs, inside)

    def place(self, old: Parents, new: Parents, way: Direction | None = None) -> Place:
        return Place(self.after, new, way, Place(self.before, old, way))

    def inside(self, place: Place, old: Element, new: Element, way: Direction | None) -> Place:
        before = place.before.parents if place.before else ()
        if isinstance(new, Type) and new.at:
            return self.place((old,), (new,), way)
        return self.place((*before, old), (*place.parents, new), way)


def _as_union(type: Type) -> Type:
    if type.shape is Shape.UNION:
        return type
    return Type(name=type.name, shape=Shape.UNION, parts=(type.name,))


def _finding(rule: Rule, fact: str | Fact, each: Pair) -> Finding | None:
    if isinstance(fact, str):
        fact = Fact(fact)
    place, before = each.place, each.place.before
    assert before is not None
    level = fact.level or rule.level(place.direction)
    if level is None:
        return None
    now = _declared(each.new, place)
    then = _declared(each.old, before)
    about, parents, side = (
        (*now, place) if now and each.new else (*then, before) if then else (None, (), place)
    )
    if about is None:
        return None
    path, pointer = side.contract.place(about.at)
    if side is before:
        path, pointer = _in_new_version(about, parents, place, pointer)
    was = before.contract.place(then[0].at) if then else None
    name = label(about, parents)
    return Finding(
        rule=rule.id,
        level=level,
        guideline=rule.guideline,
        kind=rule.kind,
        message=fact.message,
        element=name,
        places=(place if each.new else before).places,
        pointer=pointer,
        location=Location(path),
        was=Location(was[0]) if was else None,
        was_pointer=was[1] if was else "",
        direction=place.direction,
        surface=rule.surface,
        old=fact.old,
        new=fact.new,
        advice=fact.advice or rule.advice,
        fingerprint=fingerprint(rule.id, place.contract, name, place.direction),
    )


def _declared(element: Element | None, place: Place) -> tuple[Element, Parents] | None:
    return None if element is None else declared(element, place.parents)


def _in_new_version(gone: Element, parents: Parents, place: Place, pointer: str) -> tuple[str, str]:
    """Where the removed element would stand in the new version: below what its old parent has become."""
    around, _ = declared(parents[-1], parents[:-1]) if parents else (None, ())
    partner, _ = declared(place.parents[-1], place.parents[:-1]) if place.parents else (place.contract, ())
    path, base = place.contract.place(partner.at)
    own = around.at.partition("#")[2] if around is not None else ""
    tail = pointer[len(own) :] if own and pointer.startswith(own) else "" if own else pointer
    return path, base + tail
