"""What a type holds besides what it names, and the conditions that its values meet."""

from __future__ import annotations

from collections.abc import Iterator

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Kind, Level
from contractbook.forms import kind, same
from contractbook.model import Condition, Contract, Type
from contractbook.place import Place


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.ERROR, output=Level.NOTE, kind=Kind.STRUCTURAL)
def type_closed(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """A type refuses what it does not name, and took it before.

    Consumers that send more than is asked for, as many do, are refused.

    Go on ignoring what you do not know.

    ```openapi old
    components:
      schemas: {Customer: {type: object, properties: {email: {type: string}}}}
    ```
    ```openapi new
    components:
      schemas: {Customer: {type: object, additionalProperties: false, properties: {email: {type: string}}}}
    ```
    """
    if old.open and not new.open and old.shape is new.shape and new.choice != "tagged":
        yield Fact(f"{at.called(new)} refuses what it does not name", old="open", new="closed")


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.NOTE, output=Level.WARNING, kind=Kind.STRUCTURAL)
def type_opened(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """A type may hold what it does not name, and could not before.

    A consumer that validates strictly what it reads may meet what it refuses.

    Tell your consumers to ignore what they do not know.

    ```openapi old
    components:
      schemas: {Customer: {type: object, additionalProperties: false, properties: {email: {type: string}}}}
    ```
    ```openapi new
    components:
      schemas: {Customer: {type: object, properties: {email: {type: string}}}}
    ```
    """
    if new.open and not old.open and old.shape is new.shape and new.choice != "tagged":
        yield Fact(f"{at.called(new)} may hold what it does not name", old="closed", new="open")


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.ERROR, output=Level.ERROR, kind=Kind.STRUCTURAL)
def undeclared_fields_changed(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """Fields that a type does not name must be of a type, or need not be any more.

    Consumers write values that are refused, or read values of kinds that they do not expect.

    Name the fields that are meant, and leave the others as they are.

    ```openapi old
    components:
      schemas: {Labels: {type: object}}
    ```
    ```openapi new
    components:
      schemas: {Labels: {type: object, additionalProperties: {type: string}}}
    ```
    """
    if kind(old) == "object" and bool(old.item) is not bool(new.item) and old.open and new.open:
        harmless = not at.written if new.item else not at.read
        said = "must be of one type" if new.item else "may be of any type"
        fact = f"fields that {at.called(new)} does not name {said}"
        yield Fact(fact, old.item or None, new.item or None, level=Level.NOTE if harmless else None)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def tuple_changed(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """A list has more or fewer entries with a fixed place.

    Consumers take one entry for another.

    Add entries at the end of an object with names, not of a list.

    ```openapi old
    components:
      schemas: {Point: {type: array, prefixItems: [{type: number}, {type: number}]}}
    ```
    ```openapi new
    components:
      schemas: {Point: {type: array, prefixItems: [{type: number}, {type: number}, {type: number}]}}
    ```
    """
    was, now = len(old.prefix), len(new.prefix)
    if was != now:
        yield Fact(f"{at.called(new)} has {now} entries with a fixed place, and had {was}", was, now)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def condition_changed(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """A condition that values must meet was set, changed or lifted, such as a field that demands another.

    What consumers write may be refused, and what they read may be of a form that could not be.

    Where consumers write, only lift conditions; where they read, only add some.

    ```openapi old
    components:
      schemas: {Order: {type: object, properties: {coupon: {type: string}, shop: {type: string}}}}
    ```
    ```openapi new
    components:
      schemas:
        Order:
          type: object
          properties: {coupon: {type: string}, shop: {type: string}}
          dependentRequired: {coupon: [shop]}
    ```
    """
    before = (at.before or at).contract
    left, right = _told(old, old.open is not new.open), _told(new, old.open is not new.open)
    alike = [(was, now) for was in left for now in right if _alike(was, now, before, at)]
    gone = [each for each in left if all(each is not was for was, _ in alike)]
    come = [each for each in right if all(each is not now for _, now in alike)]
    if gone or come:
        harmless = (not gone and not at.written) or (not come and not at.read)
        kinds = ", ".join(dict.fromkeys(each.kind for each in (*come, *gone)))
        verb = "meets another condition" if gone and come else "meets a further condition"
        said = verb if come else "no longer meets a condition"
        yield Fact(
            f"{at.called(new)} {said}: {kinds}",
            old=[each.kind for each in gone] or None,
            new=[each.kind for each in come] or None,
            level=Level.NOTE if harmless else None,
        )


def _told(type: Type, turned: bool) -> list[Condition]:
    """The conditions of a type; what says no more than that it was closed is told as such."""
    return [each for each in type.conditions if not (turned and each.kind == "unevaluated-properties")]


def _alike(was: Condition, now: Condition, before: Contract, at: Place) -> bool:
    """Whether two conditions ask for the same."""
    return (
        (was.kind, was.names, len(was.types)) == (now.kind, now.names, len(now.types))
        and all(bool(left) is bool(right) for left, right in zip(was.types, now.types, strict=True))
        and all(
            same(before, at.contract, left, right)
            for left, right in zip(was.types, now.types, strict=True)
            if left and right
        )
    )
