"""What changed from one schema to another, where GraphQL alone knows that it matters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from contractbook.declare import Fact, rule
from contractbook.finding import Direction, Guideline, Kind, Level
from contractbook.forms import kind
from contractbook.model import Contract, Field, Form, Operation, Shape, Type, Value
from contractbook.place import Place

COMPOSITE = frozenset({"object", "interface", "union", "input"})
EXECUTABLE = frozenset(
    {
        *("QUERY", "MUTATION", "SUBSCRIPTION", "FIELD", "VARIABLE_DEFINITION"),
        *("FRAGMENT_DEFINITION", "FRAGMENT_SPREAD", "INLINE_FRAGMENT"),
    }
)
# Who may ask, and how much: what a directive with such a name changes, consumers feel.
FELT = re.compile(
    r"auth|access|role|scope|permission|polic|require|cost|complex|weight|limit|rate|throttle|public|private",
    re.IGNORECASE,
).search
STANDARD = re.compile(
    r"\b(?:ISO[ -]?\d+|RFC[ -]?\d+|E\.164|UUID|unix|epoch|(?:milli)?seconds|base64|cents|UTC)\b",
    re.IGNORECASE,
).findall


def sort(type: Type) -> str:
    """What a type is in the words of the language."""
    if type.shape is Shape.RECORD:
        return str(type.binding.get("kind", "object"))
    return {Shape.UNION: "union", Shape.ENUM: "enum"}.get(type.shape, "scalar")


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def type_name_changed(old: Type | Form, new: Type | Form, *, at: Place) -> Iterator[Fact]:
    """A value is of a type with another name.

    Consumers name types in variables and fragments; a query with the old name is refused, however alike the
    two types are.

    Keep the name, or give the new type to a field of its own beside the old one.

    ```graphql old
    type Query { order(by: OrderBy!): Int }
    input OrderBy { id: ID }
    ```
    ```graphql new
    type Query { order(by: OrderKey!): Int }
    input OrderKey { id: ID }
    ```
    """
    before = at.before or at
    was, now = before.contract.types.get(old.name, old), at.contract.types.get(new.name, new)
    if was.name == now.name or Shape.LIST in (was.shape, now.shape) or " or null" in old.name + new.name:
        return
    if kind(was) == kind(now) or _is_told_as_safe(was, now, at.direction):
        where = f"{at.around} is" if at.owner else "the type is"
        yield Fact(f"{where} of the type {now.name}, and was of {was.name}", old=was.name, new=now.name)


def _is_told_as_safe(old: Type, new: Type, way: Direction | None) -> bool:
    """Whether values of the one are values of the other, though queries cannot tell."""
    wider = not kind(new) or (kind(old), kind(new)) == ("integer", "number")
    narrower = not kind(old) or (kind(old), kind(new)) == ("number", "integer")
    return wider if way is Direction.INPUT else narrower


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def type_kind_changed(old: Contract, new: Contract) -> Iterator[Fact]:
    """A type became another kind of type: an object became an interface, or an input an object.

    What consumers may write depends on the kind: a fragment on a union needs the names of its members, and
    an input type cannot be asked for fields.

    Give the new kind a name of its own, and deprecate the fields of the old one.

    ```graphql old
    type Query { find: Result }
    type Result { text: String }
    ```
    ```graphql new
    type Query { find: Result }
    interface Result { text: String }
    ```
    """
    for name, was in old.types.items():
        now = new.types.get(name)
        if now and was.at and now.at and sort(was) != sort(now) and {sort(was), sort(now)} <= COMPOSITE:
            told = f"{name} became {_a(sort(now))}, and was {_a(sort(was))}"
            yield Fact(told, old=sort(was), new=sort(now), about=now)


def _a(sort: str) -> str:
    noun = f"{sort} type" if sort in ("object", "input") else sort
    return f"{'an' if noun[0] in 'aeio' else 'a'} {noun}"


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.STRUCTURAL)
def root_type_changed(old: Contract, new: Contract) -> Iterator[Fact]:
    """Operations begin at a type with another name.

    Queries do not name it, but fragments and generated code may.

    Keep the name.

    ```graphql old
    schema { query: Shop }
    type Shop { open: Boolean }
    ```
    ```graphql new
    schema { query: Store }
    type Store { open: Boolean }
    ```
    """
    now = new.binding.get("roots", {})
    for operation, name in old.binding.get("roots", {}).items():
        if now.get(operation, name) != name:
            told = f"{operation} operations begin at {now[operation]}, and began at {name}"
            yield Fact(told, old=name, new=now[operation], at=f"#{now[operation]}")


Directives = Mapping[str, Mapping[str, Any]]


def _directives(
    old: Contract, new: Contract
) -> Iterator[tuple[str, Mapping[str, Any], Mapping[str, Any] | None]]:
    """The directives of the old schema, each with what the new one makes of it."""
    now: Directives = new.binding.get("directives", {})
    for name, was in old.binding.get("directives", {}).items():
        yield name, was, now.get(name)


def _level(directive: Mapping[str, Any]) -> Level | None:
    """Only the directives that queries may hold are the business of consumers."""
    return None if EXECUTABLE.intersection(directive["locations"]) else Level.NOTE


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def directive_removed(old: Contract, new: Contract) -> Iterator[Fact]:
    """A directive that queries may hold is gone, or may stand in fewer places, or only once.

    A query that holds it is refused.

    Keep the directive until nobody sends it; it may do nothing.

    ```graphql old
    type Query { orders: [ID!] }
    directive @cached(for: Int) on QUERY | FIELD
    ```
    ```graphql new
    type Query { orders: [ID!] }
    directive @cached(for: Int) on QUERY
    ```
    """
    for name, was, now in _directives(old, new):
        if now is None:
            yield Fact(f"the directive {name} was removed", old=name, level=_level(was), at="#")
            continue
        lost = [each for each in was["locations"] if each not in now["locations"]]
        if lost:
            level = None if EXECUTABLE.intersection(lost) else Level.NOTE
            told = f"{name} may no longer stand at {', '.join(lost)}"
            yield Fact(told, old=was["locations"], new=now["locations"], at=now["at"], level=level)
        if was["repeatable"] and not now["repeatable"]:
            yield Fact(f"{name} may stand only once", old=True, new=False, at=now["at"], level=_level(was))


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def directive_argument_changed(old: Contract, new: Contract) -> Iterator[Fact]:
    """An argument of a directive is gone, is demanded now, or has another type or default.

    A query that holds the directive as it was is refused, or means something else.

    Add what is new as an optional argument, and keep the old ones.

    ```graphql old
    type Query { orders: [ID!] }
    directive @cached(for: Int) on QUERY
    ```
    ```graphql new
    type Query { orders: [ID!] }
    directive @cached(for: Int, by: String!) on QUERY
    ```
    """
    for name, was, now in _directives(old, new):
        if now is not None:
            pairs = (was.get("arguments", {}), now.get("arguments", {}))
            for told, about, level in _arguments(name, *pairs):
                at = about["at"] if about else now["at"]
                yield Fact(told, at=at, level=_level(was) or level)


def _arguments(
    name: str, old: Directives, new: Directives
) -> Iterator[tuple[str, Mapping[str, Any] | None, Level | None]]:
    for argument, was in old.items():
        now = new.get(argument)
        called = f"the argument {argument} of {name}"
        if now is None:
            yield f"{called} was removed", None, None
        elif was["type"] != now["type"]:
            yield f"{called} is of the type {now['type']}, and was of {was['type']}", now, None
        elif (now["required"], was["nullable"]) == (True, True) or was["nullable"] > now["nullable"]:
            yield f"{called} must be given", now, None
        elif "default" in was and was["default"] != now.get("default"):
            yield f"{called} has another default", now, Level.WARNING
    for argument, now in new.items():
        if argument not in old and now["required"]:
            yield f"the argument {argument} of {name} must be given", now, None


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.SEMANTIC)
def directive_use_changed(
    old: Operation | Field | Type | Value, new: Operation | Field | Type | Value, *, at: Place
) -> Iterator[Fact]:
    """A directive about access or cost was put on an element, taken from it, or says something else.

    The shape is the same, but the same query may be refused, or cost more.

    Announce it, and say in the description who may ask and what it costs.

    ```graphql old
    type Query { orders: [ID!] @cost(weight: 1) }
    directive @cost(weight: Int) on FIELD_DEFINITION
    ```
    ```graphql new
    type Query { orders: [ID!] @cost(weight: 50) }
    directive @cost(weight: Int) on FIELD_DEFINITION
    ```
    """
    was, now = old.binding, new.binding
    if was == now:
        return
    for name in [each for each in {**was, **now} if each[0] == "@" and was.get(each) != now.get(each)]:
        told = f"{name} says something else of {at.called(new)}"
        if name not in was or name not in now:
            told = f"{name} {'was put on' if name in now else 'was taken from'} {at.called(new)}"
        level = None if FELT(name) else Level.NOTE
        yield Fact(told, old=was.get(name), new=now.get(name), level=level)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.SEMANTIC)
def scalar_meaning_changed(old: Type, new: Type) -> Iterator[Fact]:
    """A scalar names another specification.

    Its values are spelled in another way, and nothing else in the schema shows it.

    Declare a new scalar for the new spelling, and a new field for its values.

    ```graphql old
    type Query { now: Moment }
    "A moment as ISO 8601 has it."
    scalar Moment
    ```
    ```graphql new
    type Query { now: Moment }
    "A moment in seconds since the epoch."
    scalar Moment
    ```
    """
    if sort(old) != "scalar" or not (old.at and new.at):
        return
    was, now = (each.binding.get("specifiedBy") for each in (old, new))
    if was and was != now:
        yield Fact(f"{new.name} is specified by {now or 'nothing'}, and was by {was}", old=was, new=now)
    elif not (was or now):
        before, after = ([*map(str.lower, STANDARD(each.doc))] for each in (old, new))
        if old.doc and new.doc and before != after:
            yield Fact(f"{new.name} is described by another standard", old=old.doc, new=new.doc)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.NOTE, kind=Kind.LIFECYCLE)
def deprecation_reason_changed(
    old: Operation | Field | Value, new: Operation | Field | Value, *, at: Place
) -> Iterator[Fact]:
    """What is said of a deprecated element is said in other words.

    The reason tells consumers what to do; here they learn that it changed.

    Read it again, and move if it names something better.

    ```graphql old
    type Query { orders: [ID!] @deprecated(reason: "Use sales.") }
    ```
    ```graphql new
    type Query { orders: [ID!] @deprecated(reason: "Use purchases.") }
    ```
    """
    was, now = old.lifecycle, new.lifecycle
    if was.deprecated and now.deprecated and was.reason != now.reason:
        told = f"the reason why {at.called(new)} is deprecated changed"
        yield Fact(told, old=was.reason, new=now.reason, common=True)
