"""What kind of value a type is, whether two types say the same, and how one was made of the other."""

from __future__ import annotations

from typing import Any

from contractbook.model import Contract, Field, Form, Shape, Type

KINDS = {Shape.RECORD: "object", Shape.MAP: "object", Shape.LIST: "list", Shape.UNION: "choice"}
SPELLING = str.maketrans("", "", "_- .")
ENVELOPE = 6  # fields that an envelope has at most
WRAPPED = 0.75  # the share of its fields by which an answer is found again inside an envelope


def kind(type: Type) -> str:
    """The kind of value: string, integer, …, object, list, choice; empty where anything may come."""
    return KINDS.get(type.shape, type.scalar)


def named(contract: Contract, type: Type) -> str:
    """The kind of value in words, such as `list of strings` or `object`."""
    if type.shape is Shape.LIST:
        item = contract.resolve(type.item) if type.item else type
        return f"list of {kind(item)}s" if item is not type and kind(item) else "list"
    if type.shape is Shape.ENUM:
        return f"enumeration of {kind(type) or 'value'}s"
    if type.shape is Shape.UNION:
        kinds = dict.fromkeys(kind(contract.resolve(part)) or "any value" for part in type.parts)
        return "choice of objects" if list(kinds) == ["object"] else " or ".join(kinds)
    if type.shape is Shape.SCALAR and type.format and not type.scalar:
        return type.format
    words = kind(type) or "any value"
    return f"{words} ({type.format})" if type.format else words


def described(contract: Contract, name: str) -> str:
    """The kind of value behind a name, in words."""
    return named(contract, contract.resolve(name))


def takes(reader: Type, writer: Type) -> bool:
    """Whether readers of one type turn values of another into their own."""
    return f"{writer.scalar} {writer.format}".strip() in reader.takes


def constant(type: Type) -> bool:
    """Whether a type has one value only, as `const` says; an enumeration of tags may have one so far."""
    return type.shape is Shape.ENUM and len(type.values) == 1 and type.choice != "tagged"


def resolved(type: Type) -> bool:
    """Whether the reader found what stands here."""
    return "unresolved" not in type.binding


def nullable(contract: Contract, name: str) -> bool:
    """Whether null is allowed by one of the names that lead to a type, the type itself left out."""
    type, target = contract.types[name], contract.resolve(name)
    while type is not target:
        if type.nullable:
            return True
        type = contract.types[type.parts[0]]
    return False


def same(old: Contract, new: Contract, before: str, after: str, depth: int = 3) -> bool:
    """Whether two types admit the same values, as far as can be seen at that depth; texts do not count."""
    left, right = old.resolve(before), new.resolve(after)
    if _facts(left) != _facts(right):
        return False
    parts, others = list(left.uses()), list(right.uses())
    if len(parts) != len(others):
        return False
    return depth == 0 or all(
        same(old, new, part, other, depth - 1) for part, other in zip(parts, others, strict=True)
    )


def _facts(type: Type) -> tuple[Any, ...]:
    return (
        *(type.shape, type.scalar, type.format, type.open, type.choice, type.nullable, type.limits),
        [value.name for value in type.values],
        [(field.identity, field.required, field.nullable) for field in (*type.fields, *type.patterns)],
        [(each.kind, each.names, len(each.types)) for each in type.conditions],
    )


def form(type: Type, null: bool, *, here: bool = False) -> Form:
    """The form of a type; `here` says that it is one of the place and not of the type wherever it stands."""
    return Form(
        name=type.name,
        at="" if here else type.at,
        inline=type.inline,
        shape=type.shape,
        scalar=type.scalar,
        format=type.format,
        takes=type.takes,
        item=type.item,
        parts=type.parts,
        fields=type.fields,
        nullable=null,
    )


def envelope(outer: Contract, inner: Contract, around: Type, inside: Type) -> Field | None:
    """The field of a record that holds what another type was as a whole."""
    if around.shape is not Shape.RECORD or inside.shape not in (Shape.RECORD, Shape.LIST):
        return None
    if len(around.fields) > ENVELOPE or (around.name, around.fields) == (inside.name, inside.fields):
        return None
    held = [field for field in around.fields if _holds(outer, inner, outer.resolve(field.type), inside)]
    return held[0] if len(held) == 1 else None


def _holds(outer: Contract, inner: Contract, type: Type, inside: Type) -> bool:
    if type.shape is not inside.shape:
        return False
    if inside.shape is Shape.LIST:
        type, inside = outer.resolve(type.item), inner.resolve(inside.item)
        if type.shape is not Shape.RECORD:
            return kind(type) == kind(inside)
    both, either = names(type) & names(inside), names(type) | names(inside)
    return len(both) > 1 and len(both) >= WRAPPED * len(either)


def apart(old: Type, new: Type) -> bool:
    """Whether two types have fields, and none in common."""
    return bool(old.fields and new.fields) and old.fields != new.fields and not names(old) & names(new)


def foreign(old: Type, new: Type) -> bool:
    """Whether two records have so little in common that one took the place of the other."""
    several = len(old.fields) > 1 and len(new.fields) > 1
    return several and not (old.parts or new.parts) and apart(old, new)


def names(type: Type) -> set[str]:
    """The names of a record's fields, however they are spelled."""
    return {field.name.translate(SPELLING).lower() for field in type.fields}
