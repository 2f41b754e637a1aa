"""What changed about fields beyond what the common model says: numbers, encodings, names in JSON, choices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Kind, Level
from contractbook.formats.protobuf.wire import camel, single, wire, word
from contractbook.model import Field, Shape, Type, Value
from contractbook.place import Place

NUMBERS = frozenset({"integer", "number"})
GENERATED = {"jstype": "for JavaScript", "ctype": "for C++", "features": "of features"}
READING = ("lazy", "weak", "unverified_lazy")


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL, surface="wire")
def number_changed(old: Field | Value, new: Field | Value, *, at: Place) -> Iterator[Fact]:
    """A field or value of the same name has another number.

    On the wire there are only numbers: what consumers send is not found, and what they read is not theirs.

    Keep the number; a new number is a new field.

    ```protobuf old
    message Order { string id = 1; string mail = 2; }
    ```
    ```protobuf new
    message Order { string id = 1; string mail = 3; }
    ```
    """
    was, now = old.binding.get("number"), new.binding.get("number")
    if old.name == new.name and was is not None and now is not None and was != now:
        yield Fact(f"{at.called(new)} has the number {now}, and had {was}", was, now)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL, surface="wire")
def retired_number_reused(old: None, new: Field | Value, *, at: Place) -> Iterator[Fact]:
    """A number or name that was reserved is used again.

    Old data, and consumers that still send it, mean what it stood for before; the new reader does not.

    Take a number and a name that nobody has ever used.

    ```protobuf old
    message Order { reserved 2; string id = 1; }
    ```
    ```protobuf new
    message Order { string id = 1; string phone = 2; }
    ```
    """
    before = at.before.owner if at.before else None
    said = reserved(before) if isinstance(before, Type) else []
    number = new.binding.get("number")
    if holds(said, number):
        yield Fact(f"{at.called(new)} has the number {number}, which was reserved", new=number)
    elif new.name in said:
        yield Fact(f"{at.called(new)} has a name that was reserved", new=new.name)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL, surface="wire")
def removed_and_not_reserved(old: Field | Value, new: None, *, at: Place) -> Iterator[Fact]:
    """The number of something that was removed is not reserved.

    Whoever adds the next field may take it, and reads old data as something that it is not.

    Write `reserved 2;` and `reserved "mail";` where it stood.

    ```protobuf old
    message Order { string id = 1; string mail = 2; }
    ```
    ```protobuf new
    message Order { string id = 1; }
    ```
    """
    number = old.binding.get("number")
    if isinstance(at.owner, Type) and number is not None and not holds(reserved(at.owner), number):
        yield Fact(f"The number {number} of {old.name} can be used again", old=number)


def reserved(type: Type) -> list[str]:
    """Numbers, ranges and names that nobody may use."""
    found: list[str] = type.binding.get("reserved", [])
    return found


def holds(ranges: list[str], number: Any) -> bool:
    """Whether a number is in one of some ranges, such as `5 to 9` or `100 to max`."""
    for each in ranges:
        found = re.fullmatch(r"(-?\d+)(?: to (-?\d+|max))?", each)
        if found and number is not None:
            first, last = found.groups()
            if int(first) <= number and (last == "max" or number <= int(last or first)):
                return True
    return False


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL, surface="wire")
def encoding_changed(old: Field, new: Field, *, at: Place) -> Iterator[Fact]:
    """A value of the same kind is written in another way.

    The bytes of one are read as another number, or not at all.

    Keep the type; give the new one a field of its own.

    ```protobuf old
    message Order { int32 count = 1; }
    ```
    ```protobuf new
    message Order { sint32 count = 1; }
    ```
    """
    before, after = single((at.before or at).contract, old), single(at.contract, new)
    groups = old.binding.get("encoding"), new.binding.get("encoding")
    if groups[0] != groups[1] and word(before) == word(after) == "message":
        yield Fact(f"{at.called(new)} is {groups[1] or 'no longer a group'}", *groups)
    elif before.scalar == after.scalar and wire(before) != wire(after):
        yield Fact(
            f"{at.called(new)} is written as {word(after)}, and was as {word(before)}",
            word(before),
            word(after),
        )


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL, surface="source")
def generated_type_changed(old: Field, new: Field, *, at: Place) -> Iterator[Fact]:
    """A number has another type that is written in the same way.

    Old bytes are read, but generated code does not compile with it, and large or negative values are cut.

    Keep the type; give the new one a field of its own.

    ```protobuf old
    message Order { int32 count = 1; }
    ```
    ```protobuf new
    message Order { uint32 count = 1; }
    ```
    """
    before, after = single((at.before or at).contract, old), single(at.contract, new)
    scalars = before.shape is after.shape is Shape.SCALAR
    if (
        scalars
        and before.scalar == after.scalar
        and word(before) != word(after)
        and wire(before) == wire(after)
    ):
        yield Fact(f"{at.called(new)} is {word(after)}, and was {word(before)}", word(before), word(after))


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL, surface="json")
def json_name_changed(old: Field, new: Field, *, at: Place) -> Iterator[Fact]:
    """A field has another name in JSON.

    Consumers that speak JSON send a name that nobody looks for, and look for one that nobody sends.

    Keep the name in JSON; on the wire it does not matter.

    ```protobuf old
    message Order { string mail = 1; }
    ```
    ```protobuf new
    message Order { string mail = 1 [json_name = "email"]; }
    ```
    """
    was, now = (each.binding.get("json_name", camel(each.name)) for each in (old, new))
    if old.name == new.name and was != now and "number" in new.binding:
        yield Fact(f"{at.called(new)} is called {now} in JSON, and was {was}", was, now)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL, surface="source")
def presence_changed(old: Field, new: Field, *, at: Place) -> Iterator[Fact]:
    """A field gained or lost the difference between absent and empty.

    Generated code gains or loses the question whether the field is there, and what was empty is now absent.

    Decide on `optional` when the field is added.

    ```protobuf old
    message Order { string mail = 1; }
    ```
    ```protobuf new
    message Order { optional string mail = 1; }
    ```
    """
    before, after = single((at.before or at).contract, old), single(at.contract, new)
    moved = old.binding.get("oneof") != new.binding.get("oneof")
    if old.implicit == new.implicit or old.required != new.required or moved:
        return
    if before.scalar == after.scalar and before.shape is after.shape and _lists(old, new, at) == {False}:
        verb = "can no longer be told from its default" if new.implicit else "tells absent from empty"
        yield Fact(f"{at.called(new)} {verb}", not old.implicit, not new.implicit)


def _lists(old: Field, new: Field, at: Place) -> set[bool]:
    before = (at.before or at).contract.resolve(old.type), at.contract.resolve(new.type)
    return {each.shape in (Shape.LIST, Shape.MAP) for each in before}


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL, surface="wire")
def choice_of_field_changed(old: Field, new: Field, *, at: Place) -> Iterator[Fact]:
    """A field moved into a oneof, out of it, or into another one.

    Setting one field of a oneof clears the others, so that values that old consumers send together are lost.

    Leave existing fields where they are; put new ones into the oneof.

    ```protobuf old
    message Order { string card = 1; string voucher = 2; }
    ```
    ```protobuf new
    message Order {
      oneof payment { string card = 1; string voucher = 2; }
    }
    ```
    """
    was, now = old.binding.get("oneof"), new.binding.get("oneof")
    if was != now:
        said = f"is one of {now}" if now else f"is no longer one of {was}"
        yield Fact(f"{at.called(new)} {said}", was, now)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.STRUCTURAL, surface="wire")
def packing_changed(old: Field, new: Field, *, at: Place) -> Iterator[Fact]:
    """The items of a list are written together, or each by itself, and were not before.

    Every current reader takes both; old or hand-written ones take one.

    Keep the packing unless the list is large.

    ```protobuf old
    message Order { repeated int32 marks = 1; }
    ```
    ```protobuf new
    message Order { repeated int32 marks = 1 [packed = false]; }
    ```
    """
    was, now = old.binding.get("packed"), new.binding.get("packed")
    if was is not None and now is not None and was != now:
        yield Fact(f"{at.called(new)} is {'packed' if now else 'no longer packed'}", was, now)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL, surface="wire")
def unicode_check_changed(old: Field, new: Field, *, at: Place) -> Iterator[Fact]:
    """A text must be UTF-8 and need not be before, or the other way round.

    A reader that checks refuses the whole message for one byte.

    Use `bytes` for what is no text, and check from the first version on.

    ```protobuf old
    syntax = "proto2";
    package shop.orders.v1;
    message Order { optional string mail = 1; }
    ```
    ```protobuf new
    syntax = "proto3";
    package shop.orders.v1;
    message Order { optional string mail = 1; }
    ```
    """
    was, now = old.binding.get("utf8"), new.binding.get("utf8")
    both = single((at.before or at).contract, old), single(at.contract, new)
    if was != now and {word(each) for each in both} == {"string"}:
        yield Fact(f"{at.called(new)} {'need not' if now else 'must'} be UTF-8", was, now)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL, surface="source")
def field_option_changed(old: Field, new: Field, *, at: Place) -> Iterator[Fact]:
    """An option of a field that shapes generated code changed.

    The wire is what it was; the code of consumers in that language no longer compiles.

    Leave such options as they are; consumers in that language would have to be changed all at once.

    ```protobuf old
    message Order { int64 number = 1; }
    ```
    ```protobuf new
    message Order { int64 number = 1 [jstype = JS_STRING]; }
    ```
    """
    for option in (*GENERATED, *READING):
        was, now = old.binding.get(option), new.binding.get(option)
        if was != now:
            level = Level.NOTE if option in READING else None
            yield Fact(
                f"{at.called(new)} has the option {option} = {now}, and had {was}", was, now, level=level
            )
