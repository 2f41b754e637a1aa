"""Merges types that must hold together, as `allOf` and keywords beside `$ref` ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import msgspec.structs

from contractbook.formats.schema.draft import Spot
from contractbook.model import ALIVE, Condition, Field, Shape, Type

if TYPE_CHECKING:
    from contractbook.formats.schema.read import Schemas

replace = msgspec.structs.replace


def merged(schemas: Schemas, own: Type, bases: tuple[str | Type, ...], spot: Spot) -> Type:
    """`own` with everything that its bases say; a base that cannot be merged is kept as a condition."""
    if len(bases) == 1 and isinstance(bases[0], str) and _says_nothing(own):
        return replace(own, shape=Shape.ALIAS, parts=bases)
    found: Type | None = None
    for base in bases:
        part = _taken(schemas, base, own.name, spot)
        if part is not None:
            found = part if found is None else both(schemas, found, part, spot)
    if found is None:
        return own
    nullable = own.nullable or (found.nullable and _says_nothing(own))
    whole = found if _says_nothing(own) else both(schemas, found, replace(own, inline=True), spot)
    return replace(
        whole,
        name=own.name,
        at=own.at,
        inline=own.inline,
        nullable=nullable,
        bases=tuple(base for base in bases if isinstance(base, str)),
        **{key: getattr(own, key) for key in OWN if getattr(own, key)},
        **({} if own.lifecycle is ALIVE else {"lifecycle": own.lifecycle}),
        **({} if own.default is msgspec.UNSET else {"default": own.default}),
    )


OWN = ("doc", "title", "examples", "binding", "discriminator", "read_only", "write_only")


def _says_nothing(own: Type) -> bool:
    return own.shape is Shape.ANY and not (own.limits or own.conditions or own.format)


def _taken(schemas: Schemas, base: str | Type, heir: str, spot: Spot) -> Type | None:
    """A base as it comes into the type that is built on it; None where it is built on that in turn."""
    if isinstance(base, Type):
        return base
    names = [base]
    part = schemas.complete(base, spot.depth + 1)
    while part is not None and part.shape is Shape.ALIAS and part.parts[0] not in names:
        names.append(part.parts[0])
        part = schemas.complete(names[-1], spot.depth + 1)
    if part is None:
        schemas.tell_unbuilt(heir, names[-1], spot)
    if part is None or part.shape is Shape.ALIAS:
        return None
    fields = tuple(field if field.origin else replace(field, origin=base) for field in part.fields)
    variants = {} if heir not in part.parts else {"parts": (), "choice": "", "shape": Shape.RECORD}
    # Texts speak of the base itself, and its discriminator tells its own heirs apart. What stands in the
    # base belongs to it, which is why it is no inline part of this place.
    return replace(
        part,
        inline=False,
        fields=fields,
        doc="",
        title="",
        examples=(),
        binding={},
        lifecycle=ALIVE,
        discriminator=None if not part.parts or variants else part.discriminator,
        **variants,
    )


def both(schemas: Schemas, first: Type, second: Type, spot: Spot) -> Type:
    """The values that are of both types; what contradicts itself stays as a condition on the first."""
    shape = _shape(first, second)
    if shape is None:
        return _kept_beside(schemas, first, second, spot)
    limits, conflict = _limits(first.limits, second.limits)
    conditions = (*first.conditions, *second.conditions)
    if conflict:
        rest = Type(
            name="", shape=Shape.SCALAR, scalar=second.scalar, limits=conflict, at=second.at, inline=True
        )
        conditions += (Condition("any-of", (_register(schemas, rest, spot),), at=second.at),)
    parts, choice, further = _parts(first, second)
    named = {"values": _values(first, second)} if shape is Shape.ENUM else {}
    return replace(
        second,
        shape=shape,
        nullable=first.nullable and second.nullable,
        scalar=_narrower(first.scalar, second.scalar),
        format=second.format or first.format,
        open=first.open and second.open,
        fields=tuple(_fields(schemas, first.fields, second.fields, spot)),
        patterns=tuple(_fields(schemas, first.patterns, second.patterns, spot)),
        parts=parts,
        choice=choice,
        item=_item(schemas, first, second, spot),
        prefix=tuple(_prefix(schemas, first, second, spot)),
        discriminator=second.discriminator or first.discriminator,
        limits=limits,
        conditions=(*conditions, *further),
        default=first.default if second.default is msgspec.UNSET else second.default,
        doc=second.doc or first.doc,
        title=second.title or first.title,
        examples=second.examples or first.examples,
        binding={**first.binding, **second.binding},
        lifecycle=first.lifecycle if second.lifecycle is ALIVE else second.lifecycle,
        read_only=first.read_only or second.read_only,
        write_only=first.write_only or second.write_only,
        **named,
    )


def _shape(first: Type, second: Type) -> Shape | None:
    """The shape of what is of both types, or None where nothing can be."""
    shapes = {first.shape, second.shape} - {Shape.ANY}
    if first.values and second.values and not _values(first, second):
        return None
    if len(shapes) < 2:
        alike = not (first.scalar and second.scalar) or _narrower(first.scalar, second.scalar)
        return (shapes.pop() if shapes else Shape.ANY) if alike else None
    for pair, shape in TOGETHER.items():
        if shapes == pair:
            return shape
    return None


TOGETHER = {
    frozenset({Shape.SCALAR, Shape.ENUM}): Shape.ENUM,
    frozenset({Shape.RECORD, Shape.UNION}): Shape.RECORD,
    frozenset({Shape.RECORD, Shape.MAP}): Shape.RECORD,
    frozenset({Shape.SCALAR, Shape.UNION}): Shape.UNION,
    frozenset({Shape.MAP, Shape.UNION}): Shape.RECORD,
}


def _kept_beside(schemas: Schemas, first: Type, second: Type, spot: Spot) -> Type:
    name = _register(schemas, second, spot)
    return replace(first, conditions=(*first.conditions, Condition("any-of", (name,), at=second.at)))


def _narrower(first: str, second: str) -> str:
    """The kind of scalar that is of both kinds, or nothing."""
    if not first or not second or first == second:
        return first or second
    return "integer" if {first, second} == {"integer", "number"} else ""


def _limits(first: Mapping[str, Any], second: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Limits that hold together, and those of the second that do not fit in beside those of the first."""
    limits = dict(first)
    conflict: dict[str, Any] = {}
    for key, value in second.items():
        if key not in limits or limits[key] == value:
            limits[key] = value
        elif key.startswith(("min", "exclusiveMin")):
            limits[key] = max(limits[key], value)
        elif key.startswith(("max", "exclusiveMax")):
            limits[key] = min(limits[key], value)
        else:
            conflict[key] = value
    return limits, conflict


def _values(first: Type, second: Type) -> tuple[Any, ...]:
    if first.shape is not Shape.ENUM or second.shape is not Shape.ENUM:
        return first.values or second.values
    allowed = {value.name for value in first.values}
    return tuple(value for value in second.values if value.name in allowed)


def _parts(first: Type, second: Type) -> tuple[tuple[str, ...], str, tuple[Condition, ...]]:
    if not first.parts or not second.parts or first.parts == second.parts:
        chosen = first if first.parts else second
        return chosen.parts, chosen.choice, ()
    return first.parts, first.choice, (Condition(second.choice, second.parts, at=second.at),)


def _prefix(schemas: Schemas, first: Type, second: Type, spot: Spot) -> Iterator[str]:
    for i, pair in enumerate(zip_longest(first.prefix, second.prefix, fillvalue="")):
        yield _one_item(schemas, pair, (first, second), spot.into("", f"[{i}]"))


def _item(schemas: Schemas, first: Type, second: Type, spot: Spot) -> str:
    return _one_item(schemas, (first.item, second.item), (first, second), spot.into("", "[]"))


def _one_item(schemas: Schemas, names: tuple[str, str], of: tuple[Type, Type], spot: Spot) -> str:
    """The type of items that satisfies both of two types, of which one may be missing."""
    if not all(names):
        return names[0] or names[1]
    pairs = zip(names, of, strict=True)
    own = [name for name, part in pairs if part.inline and _stands_in(schemas, name, (part.at,))]
    return meet(schemas, *names, spot, of[1].at, own)


def _fields(
    schemas: Schemas, first: tuple[Field, ...], second: tuple[Field, ...], spot: Spot
) -> Iterator[Field]:
    again = {(field.role, field.name): field for field in second}
    for field in first:
        other = again.pop((field.role, field.name), None)
        yield field if other is None else _one_field(schemas, field, other, spot)
    yield from again.values()


def _one_field(schemas: Schemas, first: Field, second: Field, spot: Spot) -> Field:
    """A field that both types declare; the second, which stands nearer, has the word on texts."""
    required = first.required or second.required
    if second.at.endswith("/required"):  # the second demands what the first declares
        return first if first.required else replace(first, required=True)
    if first.at.endswith("/required"):
        return second if second.required else replace(second, required=True)
    own = [field.type for field in (first, second) if not field.origin]
    own = [name for name in own if _stands_in(schemas, name, (first.at, second.at))]
    return replace(
        second,
        type=meet(schemas, first.type, second.type, spot.into("", f" > {second.name}"), second.at, own),
        required=required,
        nullable=first.nullable and second.nullable,
        doc=second.doc or first.doc,
        title=second.title or first.title,
        examples=second.examples or first.examples,
        binding={**first.binding, **second.binding},
        lifecycle=first.lifecycle if second.lifecycle is ALIVE else second.lifecycle,
        default=first.default if second.default is msgspec.UNSET else second.default,
        read_only=first.read_only or second.read_only,
        write_only=first.write_only or second.write_only,
    )


def meet(schemas: Schemas, first: str, second: str, spot: Spot, at: str, own: list[str]) -> str:
    """The name of a type that is both of two; of their names it takes one that is in `own`.

    Types in `own` stand in this very place, so that nothing else refers to them.
    """
    anything = schemas.plain("")
    if first == second or second == anything:
        return first
    if first == anything:
        return second
    parts = frozenset((first, second))
    known = schemas.meetings.get(parts)
    if known is None:
        known = schemas.meetings[parts] = _meeting(schemas, (first, second), spot, at, own)
    return known


def _meeting(schemas: Schemas, pair: tuple[str, str], spot: Spot, at: str, own: list[str]) -> str:
    bases = tuple(schemas.types[one] if one in own else one for one in pair)
    name = own[0] if own else schemas.claim(spot.way, spot)
    for one in own[1:]:
        del schemas.types[one]
    made = Type(name=name, at=at, shape=Shape.ANY, inline=True)
    schemas.later(
        name, lambda depth: merged(schemas, made, bases, msgspec.structs.replace(spot, depth=depth))
    )
    return name


def _stands_in(schemas: Schemas, name: str, places: Iterable[str]) -> bool:
    """Whether a type has no name of its own and stands at, or in, one of some places."""
    known = schemas.types.get(name)
    if known is None or not known.inline or not known.at or schemas.waits(name):
        return False
    return any(known.at == at or known.at.startswith(at + "/") for at in places)


def _register(schemas: Schemas, part: Type, spot: Spot) -> str:
    """Give a type that nothing referred to a name after all."""
    known = schemas.types.get(part.name)
    if known is not None and known.at == part.at and not schemas.is_open(part.name):
        return part.name
    name = schemas.claim(f"{spot.way} (also)", spot)
    schemas.types[name] = replace(part, name=name)
    return name
