"""What the common model cannot say of Avro: how readers of one schema take what writers of another wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contractbook.declare import Fact, rule
from contractbook.finding import Direction, Guideline, Kind, Level
from contractbook.forms import kind, takes
from contractbook.lexicon.spelling import words
from contractbook.model import Contract, Field, Form, Shape, Type
from contractbook.place import Place
from contractbook.source.versions import split_version

INSIDE = frozenset(
    {
        *("impl", "internal", "entity", "entities", "dao", "dto", "pojo"),
        *("persistence", "generated", "gen"),
    }
)
JAVA = re.compile(r"java-|avro\.java\.|java\.|javaAnnotation|specific\.")
TIMES = frozenset(
    {
        *("date", "time", "timestamp", "at", "day", "instant"),
        *("created", "updated", "expires", "since", "until"),
    }
)
AMOUNTS = frozenset({"price", "amount", "total", "cost", "fee", "salary", "balance"})


def form(type: Type) -> str:
    """What Avro calls the kind of a type."""
    if type.shape is not Shape.SCALAR:
        return type.shape.value
    return "fixed" if "size" in type.binding else type.scalar


def _some(names: list[str]) -> str:
    """A few names, and how many more there are."""
    more = f" and {len(names) - 3:,} more" if len(names) > 3 else ""
    return ", ".join(names[:3]) + more


def _is_logical(type: Type) -> bool:
    return type.shape is Shape.SCALAR and ("type" in type.binding or type.format not in PLAIN)


PLAIN = frozenset({"", "int32", "int64", "float", "double", "fixed"})


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def avro_name_changed(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """A record, enum or fixed has another name.

    Readers hold the name of what was written against their own, and refuse it; an alias helps those who read
    with the new schema, and not those who still read with the old one.

    Keep the name; where it must change, give the old one as an alias and let all readers move first.

    ```avro old
    record Parcel { string id; }
    ```
    ```avro new
    record Shipment { string id; }
    ```
    """
    was, now = old.key.rpartition(".")[2], new.key.rpartition(".")[2]
    if was and now and was != now and form(old) == form(new):
        aliased = any(alias.rpartition(".")[2] == was for alias in new.aliases)
        level = None if not aliased or at.direction is Direction.OUTPUT else Level.WARNING
        if aliased and at.direction is Direction.INPUT:
            level = Level.NOTE
        yield Fact(f"{was} is called {now}", old=was, new=now, level=level)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.STRUCTURAL)
def avro_namespace_changed(old: Type, new: Type) -> Iterator[Fact]:
    """A type has moved to another namespace.

    Most readers ignore the namespace; those that look a type up by its full name find nothing, and generated
    classes move.

    Keep the namespace, or give the old full name as an alias.

    ```avro old
    @namespace("shop.shipping") record Parcel { string id; }
    ```
    ```avro new
    @namespace("shop.logistics") record Parcel { string id; }
    ```
    """
    was, now = old.key.rpartition("."), new.key.rpartition(".")
    if was[2] and was[2] == now[2] and was[0] != now[0]:
        yield Fact(f"{was[2]} moved from `{was[0]}` to `{now[0]}`", old=was[0], new=now[0])


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.NOTE, output=Level.ERROR, kind=Kind.STRUCTURAL)
def avro_number_widened(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """A number has a wider type, such as a long instead of an int.

    Who reads with the new schema takes what was written with the old one, but not the other way round.

    Let all readers move to the new schema before anybody writes with it.

    ```avro old
    record Parcel { int weight; }
    ```
    ```avro new
    record Parcel { long weight; }
    ```
    """
    if kind(old) == kind(new) and takes(new, old) and not (_is_logical(old) or _is_logical(new)):
        yield _resized(old, new, at)


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.ERROR, output=Level.NOTE, kind=Kind.STRUCTURAL)
def avro_number_narrowed(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """A number has a narrower type, such as an int instead of a long.

    Who reads with the new schema refuses what was written with the old one, whatever number it is.

    Keep the wider type; a limit on the number belongs into its text.

    ```avro old
    record Parcel { long weight; }
    ```
    ```avro new
    record Parcel { int weight; }
    ```
    """
    if kind(old) == kind(new) and takes(old, new) and not (_is_logical(old) or _is_logical(new)):
        yield _resized(old, new, at)


def _resized(old: Type, new: Type, at: Place) -> Fact:
    was, now = (SPOKEN.get(each.format, each.format) for each in (old, new))
    return Fact(f"{at.called(new)} is a {now}, and was {was}", old=was, new=now)


SPOKEN = {"int32": "int", "int64": "long"}


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.STRUCTURAL)
def avro_text_and_bytes(old: Form, new: Form, *, at: Place) -> Iterator[Fact]:
    """A text became bytes, or bytes became a text.

    Avro reads one as the other, yet bytes that are no UTF-8 are no text: readers fail at the first of them.

    Keep the type; a text is never a place for bytes.

    ```avro old
    record Parcel { bytes label; }
    ```
    ```avro new
    record Parcel { string label; }
    ```
    """
    if takes(old, new) and takes(new, old):
        yield Fact(f"{at.called(new)} became {new.scalar}, and was {old.scalar}", old.scalar, new.scalar)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def avro_kind_changed(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """A type is of another kind that is spelled alike elsewhere: a text became an enum, a record a map.

    In Avro no reader turns one into the other.

    Add a field of the new kind beside the old one, with a default.

    ```avro old
    record Parcel { string state; }
    ```
    ```avro new
    enum State { OPEN, SENT }
    record Parcel { State state; }
    ```
    """
    was, now = form(old), form(new)
    if was != now and kind(old) == kind(new) and not takes(old, new) and "any" not in (was, now):
        yield Fact(f"{at.called(new)} is a {now}, and was a {was}", old=was, new=now)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def avro_fixed_size_changed(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """A fixed has another number of bytes.

    Readers take as many bytes as they know of, and refuse the rest or read what follows wrongly.

    Declare a fixed of the new size under another name, and a field for it.

    ```avro old
    fixed Checksum(16);
    record Parcel { Checksum sum; }
    ```
    ```avro new
    fixed Checksum(32);
    record Parcel { Checksum sum; }
    ```
    """
    was, now = old.binding.get("size"), new.binding.get("size")
    if was != now and was is not None and now is not None:
        yield Fact(f"{at.called(new)} has {now} bytes, and had {was}", old=was, new=now)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.SEMANTIC)
def avro_logical_type_changed(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """A value has another logical type over the same raw one, such as microseconds instead of milliseconds.

    No library refuses it: consumers read another day, another time or another amount.

    Give the new meaning a field of its own beside the old one.

    ```avro old
    record Parcel { @logicalType("timestamp-millis") long sentAt; }
    ```
    ```avro new
    record Parcel { @logicalType("timestamp-micros") long sentAt; }
    ```
    """
    if old.format != new.format and form(old) == form(new) and (_is_logical(old) or _is_logical(new)):
        was, now = (each.format if _is_logical(each) else "" for each in (old, new))
        told = f"is {now or 'a bare value'}, and was {was or 'a bare value'}"
        yield Fact(f"{at.called(new)} {told}", old=was or None, new=now or None)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.SEMANTIC)
def avro_decimal_changed(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """A decimal has another scale or precision.

    With another scale the same bytes are another amount; with fewer digits a reader refuses what is longer.

    Keep both; where more digits are needed, add a field.

    ```avro old
    record Parcel { decimal(10, 2) price; }
    ```
    ```avro new
    record Parcel { decimal(10, 3) price; }
    ```
    """
    if old.format == new.format == "decimal":
        for key, level in (("scale", None), ("precision", Level.WARNING)):
            was, now = old.binding.get(key), new.binding.get(key)
            if was != now:
                yield Fact(f"{at.called(new)} has the {key} {now} instead of {was}", was, now, level=level)


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.ERROR, kind=Kind.STRUCTURAL)
def avro_alias_removed(old: Type | Field, new: Type | Field, *, at: Place) -> Iterator[Fact]:
    """An old name is no alias any more.

    What was written under that name, and is still stored somewhere, can no longer be read.

    Keep aliases for as long as data of their time is kept.

    ```avro old
    record Parcel { long @aliases(["mass"]) weight; }
    ```
    ```avro new
    record Parcel { long weight; }
    ```
    """
    gone = set(old.aliases) - {*new.aliases, new.name, new.key}
    for alias in sorted(gone):
        yield Fact(f"{at.called(new)} is no longer found as {alias}", old=alias)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.STRUCTURAL)
def avro_branches_reordered(old: Type | Field, new: Type | Field, *, at: Place) -> Iterator[Fact]:
    """The branches of a union stand in another order.

    The default belongs to the first branch, so it means another type, or none.

    Keep the order, and add new branches at the end.

    ```avro old
    record Parcel { union { null, string } note; }
    ```
    ```avro new
    record Parcel { union { string, null } note; }
    ```
    """
    if isinstance(old, Field) and isinstance(new, Field):
        was, now = ("branches" in each.binding for each in (old, new))
        changed = old.nullable and new.nullable and was != now
    elif isinstance(old, Type) and isinstance(new, Type):
        both = [part for part in old.parts if part in new.parts]
        changed = old.shape is new.shape and both != [part for part in new.parts if part in old.parts]
    if changed:
        yield Fact(f"the branches of {at.called(new)} stand in another order")


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.STRUCTURAL)
def avro_fields_reordered(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """The fields of a record stand in another order.

    Readers that resolve by the schema of the writer notice nothing; those that read the bare bytes take one
    field for another, and sorted data is sorted in another way.

    Keep the order, and add new fields at the end.

    ```avro old
    record Parcel { string id; long weight; }
    ```
    ```avro new
    record Parcel { long weight; string id; }
    ```
    """
    names = {field.name for field in new.fields}
    was = [field.name for field in old.fields if field.name in names]
    now = [field.name for field in new.fields if field.name in was]
    if old.shape is new.shape is Shape.RECORD and was != now:
        yield Fact(f"the fields of {at.called(new)} stand in another order")


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.SEMANTIC)
def avro_sort_order_changed(old: Field, new: Field, *, at: Place) -> Iterator[Fact]:
    """A field sorts in another way.

    Data that is sorted, joined or searched by it comes in another order than consumers count on.

    Keep the order; sort where the data is used.

    ```avro old
    record Parcel { string id; }
    ```
    ```avro new
    record Parcel { string @order("descending") id; }
    ```
    """
    was, now = (each.binding.get("order", "ascending") for each in (old, new))
    if was != now:
        yield Fact(f"{at.called(new)} sorts {now}, and sorted {was}", old=was, new=now)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING)
def avro_field_without_default(contract: Contract) -> Iterator[Fact]:
    """A field that may be null has no default, or its default is not null.

    It can never be added or removed without breaking somebody: readers have nothing to put in its place.

    Put null first, and make it the default.

    ```avro bad
    record Parcel { union { null, string } note; }
    ```
    ```avro good
    record Parcel { union { null, string } note = null; }
    ```
    """
    without = [
        f"{type.name} > {field.name}"
        for type in contract.types.values()
        for field in type.fields
        if field.nullable and not field.filled
    ]
    if without:
        yield Fact(f"{_some(without)} may be null, with no default")


@rule(Guideline.HIDDEN, Level.WARNING)
def avro_java_namespace(contract: Contract) -> Iterator[Fact]:
    """A namespace is the package of an implementation.

    Who moves a class renames the schema, and every consumer with it.

    Name the namespace after the domain: `shop.shipping`, not `com.acme.shipping.impl.dto`.

    ```avro bad
    @namespace("com.acme.shipping.impl.dto") record Parcel { string id; }
    ```
    ```avro good
    @namespace("shop.shipping") record Parcel { string id; }
    ```
    """
    spaces = dict.fromkeys(str(type.binding.get("namespace", "")) for type in contract.types.values())
    for space in spaces:
        names = [word for part in space.split(".") for word in words(split_version(part)[0])]
        if inside := [name for name in names if name in INSIDE]:
            yield Fact(f"the namespace {space} tells of an implementation: {_some(inside)}")


@rule(Guideline.TECHNOLOGY_NEUTRAL, Level.WARNING)
def avro_java_properties(contract: Contract) -> Iterator[Fact]:
    """Properties speak to the tools of one language, such as `java-class` or `avro.java.string`.

    Other languages ignore them, or need what they say and fail.

    Leave them to the build of the one who needs them.

    ```avro bad
    record Parcel { @java-class("java.util.UUID") string id; }
    ```
    ```avro good
    record Parcel { uuid id; }
    ```
    """
    found: dict[str, list[str]] = {}
    for type in contract.types.values():
        for element in (type, *type.fields):
            for key in element.binding:
                if JAVA.match(key):
                    found.setdefault(key, []).append(element.name)
    for key, names in found.items():
        yield Fact(f"`{key}` speaks to Java only: {_some(list(dict.fromkeys(names)))}")


@rule(Guideline.TECHNOLOGY_NEUTRAL, Level.WARNING)
def avro_missing_logical_type(type: Type, *, at: Place) -> Iterator[Fact]:
    """A date, a time or an amount is a bare number or bare bytes.

    Consumers have to guess its unit, and whether it counts from 1970.

    Say it by a logical type: `date`, `timestamp-millis`, `decimal`.

    ```avro bad
    record Parcel { long sentAt; bytes price; }
    ```
    ```avro good
    record Parcel { timestamp_ms sentAt; decimal(10, 2) price; }
    ```
    """
    for field in type.fields:
        held, named = at.contract.resolve(field.type), set(words(field.name))
        last = set(words(field.name)[-1:])
        if held.scalar == "integer" and not _is_logical(held) and last & TIMES:
            yield Fact(f"{field.name} is a bare {SPOKEN[held.format]}, and may be any time", about=field)
        elif held.scalar == "bytes" and held.format == "" and named & AMOUNTS:
            yield Fact(f"{field.name} is bare bytes, and may be any amount", about=field)
