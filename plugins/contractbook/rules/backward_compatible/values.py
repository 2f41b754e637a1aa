"""Enumerations, and how the branches of a choice are told apart."""

from __future__ import annotations

from collections.abc import Iterator

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Kind, Level
from contractbook.forms import constant
from contractbook.model import Discriminator, Element, Shape, Type, Value
from contractbook.place import Place


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.ERROR, output=Level.NOTE, kind=Kind.STRUCTURAL)
def value_removed(old: Value, new: None, *, at: Place) -> Iterator[Fact]:
    """An enumeration has a value less.

    What consumers write with it is refused.

    Go on accepting it, and treat it as the value that took its place.

    ```openapi old
    components:
      schemas: {Status: {type: string, enum: [open, paid, lost]}}
    ```
    ```openapi new
    components:
      schemas: {Status: {type: string, enum: [open, paid]}}
    ```
    """
    if at.owner:
        level = Level.NOTE if _takes_unknown(at.owner) else None
        yield Fact(f"{at.around} can no longer be {old.name}", old=old.name, level=level)


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.NOTE, output=Level.WARNING, kind=Kind.EXPANSION)
def value_added(old: None, new: Value, *, at: Place) -> Iterator[Fact]:
    """An enumeration has a further value.

    Consumers that read it may meet a value that they have no code for.

    Say early that values may be added, and which value to take an unknown one for.

    ```openapi old
    components:
      schemas: {Status: {type: string, enum: [open, paid]}}
    ```
    ```openapi new
    components:
      schemas: {Status: {type: string, enum: [open, paid, lost]}}
    ```
    ```avro old
    enum Speed { STANDARD, EXPRESS }
    record Parcel { Speed speed; }
    ```
    ```avro new
    enum Speed { STANDARD, EXPRESS, NIGHT }
    record Parcel { Speed speed; }
    ```
    """
    before = at.before.owner if at.before else None
    if at.owner:
        level = Level.NOTE if _takes_unknown(before) else None
        if isinstance(before, Type) and before.choice == "tagged" and not before.open and at.read:
            level = Level.ERROR  # a reader refuses the whole message
        yield Fact(f"{at.around} may be {new.name}", new=new.name, level=level)


def _takes_unknown(element: Element | None) -> bool:
    """Whether readers take a value that they do not know for another one, as the contract says."""
    return isinstance(element, Type) and element.choice == "tagged" and element.open


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def value_renamed(old: Value, new: Value, *, at: Place) -> Iterator[Fact]:
    """A value of an enumeration is spelled in another way.

    Consumers write the old spelling, which is refused, and do not know the new one.

    Accept both spellings, and go on sending the old one.

    ```openapi old
    components:
      schemas: {Status: {type: string, enum: [open, in_delivery]}}
    ```
    ```openapi new
    components:
      schemas: {Status: {type: string, enum: [open, IN-DELIVERY]}}
    ```
    """
    if old.name != new.name:
        surface = "json" if old.key and old.key == new.key else None
        told = f"{at.called(old)} is spelled {new.name}"
        yield Fact(told, old=old.name, new=new.name, surface=surface)


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.ERROR, output=Level.NOTE, kind=Kind.STRUCTURAL)
def values_listed(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """A value that was free must be one of a list.

    What consumers write, and what was right until now, is refused.

    Go on accepting any value where consumers write; where they read, nothing is to be done.

    ```openapi old
    components:
      schemas: {Status: {type: string}}
    ```
    ```openapi new
    components:
      schemas: {Status: {type: string, enum: [open, paid]}}
    ```
    """
    if new.shape is Shape.ENUM and old.shape is not Shape.ENUM:
        listed = ", ".join(value.name for value in new.values[:5])
        more = f" and {len(new.values) - 5} more" if len(new.values) > 5 else ""
        verb = "must be" if at.written else "is"
        said = f"is always {listed}" if constant(new) else f"{verb} one of {listed}{more}"
        yield Fact(f"{at.called(new)} {said}", new=[value.name for value in new.values])


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.NOTE, output=Level.WARNING, kind=Kind.STRUCTURAL)
def values_freed(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """A value that was one of a list may be any.

    Consumers that read it meet values that they have no code for.

    Keep the list, and add to it; say that values may be added.

    ```openapi old
    components:
      schemas: {Status: {type: string, enum: [open, paid]}}
    ```
    ```openapi new
    components:
      schemas: {Status: {type: string}}
    ```
    """
    if old.shape is Shape.ENUM and new.shape is not Shape.ENUM:
        level = Level.ERROR if constant(old) and at.read else None
        listed = [value.name for value in old.values]
        yield Fact(f"{at.called(new)} may be any {new.scalar or 'value'}", old=listed, level=level)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def fixed_value_changed(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """A value that can only be one is another one.

    Consumers that send or look for the old value fail.

    Accept the old value too, or give the new one another field.

    ```openapi old
    components:
      schemas: {Event: {type: object, properties: {kind: {const: order-placed}}}}
    ```
    ```openapi new
    components:
      schemas: {Event: {type: object, properties: {kind: {const: order-created}}}}
    ```
    """
    if constant(old) and constant(new) and old.values[0].name != new.values[0].name:
        was, now = old.values[0].name, new.values[0].name
        yield Fact(f"{at.called(new)} is always {now}, and was always {was}", old=was, new=now)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.STRUCTURAL)
def choice_changed(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """Exactly one branch of a choice became any number of them, or the reverse.

    A value that is of two branches is accepted on one side and refused on the other.

    Tell the branches apart by a discriminator, so that the two mean the same.

    ```openapi old
    components:
      schemas: {Id: {oneOf: [{type: string}, {type: integer}]}}
    ```
    ```openapi new
    components:
      schemas: {Id: {anyOf: [{type: string}, {type: integer}]}}
    ```
    """
    if old.choice and new.choice and old.choice != new.choice:
        yield Fact(f"{at.called(new)} is {new.choice} instead of {old.choice}", old.choice, new.choice)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.STRUCTURAL)
def discriminator_added(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """A field tells the branches of a choice apart, where nothing did before.

    Consumers that write a branch without it may be refused.

    Demand the field only when all consumers send it.

    ```openapi old
    components:
      schemas:
        Card: {type: object, properties: {kind: {type: string}}}
        Payment: {oneOf: [{$ref: "#/components/schemas/Card"}, {type: string}]}
    ```
    ```openapi new
    components:
      schemas:
        Card: {type: object, properties: {kind: {type: string}}}
        Payment:
          oneOf: [{$ref: "#/components/schemas/Card"}, {type: string}]
          discriminator: {propertyName: kind}
    ```
    """
    if new.discriminator and not old.discriminator:
        yield Fact(
            f"{at.called(new)} is told apart by {new.discriminator.field}", new=new.discriminator.field
        )


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def discriminator_changed(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """The branches of a choice are told apart by another field, by none, or their values mean others.

    Consumers take one branch for another, or none.

    Keep the field and what its values mean; a new branch gets a new value.

    ```openapi old
    components:
      schemas:
        Card: {type: object, properties: {kind: {type: string}, type: {type: string}}}
        Payment:
          oneOf: [{$ref: "#/components/schemas/Card"}, {type: string}]
          discriminator: {propertyName: kind}
    ```
    ```openapi new
    components:
      schemas:
        Card: {type: object, properties: {kind: {type: string}, type: {type: string}}}
        Payment:
          oneOf: [{$ref: "#/components/schemas/Card"}, {type: string}]
          discriminator: {propertyName: type}
    ```
    """
    was, now = old.discriminator, new.discriminator
    if was is None:
        return
    name = at.called(new)
    if now is None:
        yield Fact(f"{name} is no longer told apart by {was.field}", old=was.field)
    elif was.field != now.field:
        yield Fact(f"{name} is told apart by {now.field} instead of {was.field}", was.field, now.field)
    elif was.mapping != now.mapping:
        for value in _other_meaning(was, now, set(new.parts or at.contract.types)):
            yield Fact(f"{value} means another branch of {name}", was.mapping[value], now.mapping.get(value))
        for value in _other_meaning(now, was, set(old.parts or (at.before or at).contract.types)):
            if value not in was.mapping and now.mapping[value] not in was.mapping.values():
                said = f"{value} means a branch of {name} that had no such value"
                yield Fact(said, new=now.mapping[value], level=Level.WARNING)


def _other_meaning(one: Discriminator, other: Discriminator, branches: set[str]) -> Iterator[str]:
    """The values whose branch the other version has too, where it has another value, or none."""
    for value, branch in one.mapping.items():
        if other.mapping.get(value) != branch and branch in branches:
            yield value
