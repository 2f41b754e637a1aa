"""What changed about messages and enumerations beyond what the common model says."""

from __future__ import annotations

from collections.abc import Iterator

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Kind, Level
from contractbook.formats.protobuf.field_changes import holds, reserved
from contractbook.formats.protobuf.heads import split_package
from contractbook.formats.protobuf.wire import single
from contractbook.model import Contract, Field, Message, Shape, Type
from contractbook.place import Place


def _other(old: Type, new: Type) -> tuple[str, str]:
    """The names of two declared types of one shape, where they differ beyond the version of their package."""
    was, now = (split_package(each.name)[0] for each in (old, new))
    declared = old.at and new.at and old.shape is new.shape and old.shape in (Shape.RECORD, Shape.ENUM)
    return (old.name, new.name) if declared and was != now else ("", "")


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL, surface="source")
def type_replaced(old: Field | Message, new: Field | Message, *, at: Place) -> Iterator[Fact]:
    """A field or an rpc refers to another message or enumeration.

    What differs between the two breaks on the wire, and is told by itself; generated code breaks in any case.

    Add fields to the type that is there, or give the new type a field or an rpc of its own.

    ```protobuf old
    message Order { Address address = 1; }
    message Address { string city = 1; }
    ```
    ```protobuf new
    message Order { Place address = 1; }
    message Place { string city = 1; }
    ```
    """
    before = (at.before or at).contract
    was, now = _other(_type(before, old), _type(at.contract, new))
    if was:
        yield Fact(f"{now} takes the place of {was}", was, now, common=True)


def _type(contract: Contract, element: Field | Message) -> Type:
    if isinstance(element, Field):
        return single(contract, element)
    return contract.resolve(element.payload) if element.payload else Type(name="", shape=Shape.ANY)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def reservation_lifted(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """A number or name is no longer reserved, and nobody uses it.

    The next field may take it, and reads old data as something that it is not.

    Keep what is reserved for ever; it costs nothing.

    ```protobuf old
    message Order { reserved 2, 3; string id = 1; }
    ```
    ```protobuf new
    message Order { reserved 3; string id = 1; }
    ```
    """
    used = {str(each.binding.get("number")) for each in (*new.fields, *new.values)}
    used |= {each.name for each in (*new.fields, *new.values)}
    gone = [each for each in reserved(old) if each not in reserved(new) and each not in used]
    if gone and not _covered(gone, reserved(new)):
        yield Fact(f"{at.called(new)} no longer reserves {', '.join(gone)}", old=gone)


def _covered(gone: list[str], kept: list[str]) -> bool:
    """Whether ranges that are left hold all that is gone, as where two ranges became one."""
    ends = [part for each in gone for part in each.split(" to ")]
    return all(part.lstrip("-").isdigit() and holds(kept, int(part)) for part in ends)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def extension_range_removed(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """A message is no longer open to extensions in a range.

    Extensions that others declared there no longer compile, and what they send is unknown.

    Keep the range; declare a new one beside it.

    ```protobuf old
    syntax = "proto2";
    package shop.orders.v1;
    message Order { extensions 100 to 199; }
    ```
    ```protobuf new
    syntax = "proto2";
    package shop.orders.v1;
    message Order { optional string id = 1; }
    ```
    """
    gone = [
        each for each in old.binding.get("extensions", ()) if each not in new.binding.get("extensions", ())
    ]
    if gone:
        yield Fact(f"{at.called(new)} takes no more extensions in {', '.join(gone)}", old=gone)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def type_option_changed(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """An option changed that says how a message or enumeration is written, on the wire or in JSON.

    Consumers write and read it in the old way.

    Leave such options as they are.

    ```protobuf old
    edition = "2023";
    package shop.orders.v1;
    message Order { string id = 1; }
    ```
    ```protobuf new
    edition = "2023";
    package shop.orders.v1;
    message Order {
      option features.json_format = LEGACY_BEST_EFFORT;
      string id = 1;
    }
    ```
    """
    for option, surface in (("message_set_wire_format", "wire"), ("json_format", "json")):
        was, now = old.binding.get(option), new.binding.get(option)
        if was != now:
            told = f"{at.called(new)} has the option {option} = {now}, and had {was}"
            yield Fact(told, was, now, surface=surface)
