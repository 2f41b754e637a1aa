"""From schemas of Avro to types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from msgspec import UNSET

from contractbook.formats.avro.checks import check_name, check_union
from contractbook.formats.avro.defaults import misfit
from contractbook.formats.avro.logical import LOGICAL, check_logical
from contractbook.formats.avro.names import NAMED, PRIMITIVES, full_name, split_name, without_version
from contractbook.formats.avro.reading import SCALARS, Reading, text, texts
from contractbook.formats.avro.survey import Definition, Spot, listed
from contractbook.model import NOTHING, Field, Shape, Type, Value
from contractbook.source.faults import shortened

TYPE = frozenset({"type", "name", "namespace", "doc", "aliases"})
READ = {
    "record": TYPE | {"fields"},
    "error": TYPE | {"fields"},
    "enum": TYPE | {"symbols", "default"},
    "fixed": TYPE | {"size", "logicalType", "precision", "scale"},
}
FIELD = frozenset({"name", "type", "doc", "default", "order", "aliases"})
ORDERS = ("ascending", "descending", "ignore")


class Used(NamedTuple):
    """A type where it is used: its name, whether it may be null, and the branches where null is not first."""

    name: str
    nullable: bool = False
    binding: Mapping[str, Any] = NOTHING


def declared(reading: Reading, definition: Definition, name: str) -> Type:
    """A type that has a name."""
    full, value, spot = definition
    spot = Spot(spot.document, spot.at, name, spot.named)
    kind = value["type"]
    namespace = split_name(full)[0]
    check_name(reading, full, spot)
    binding = dict(reading.rest(value, READ[kind]))
    if namespace:
        binding["namespace"] = namespace
    facts: dict[str, Any] = {
        "name": name,
        "key": without_version(full)[0],
        "aliases": tuple(full_name(each, namespace) for each in texts(value.get("aliases"))),
        "at": spot.at,
        "doc": text(value.get("doc")),
        "lifecycle": reading.lifecycle(value),
        "binding": binding,
    }
    if kind == "enum":
        return _enum(reading, value, spot, full, facts)
    if kind == "fixed":
        return _fixed(reading, value, spot, facts)
    if kind == "error":
        binding["error"] = True
    fields = tuple(_fields(reading, value, spot, full))
    return Type(shape=Shape.RECORD, fields=fields, **facts)


def _enum(reading: Reading, value: Mapping[str, Any], spot: Spot, full: str, facts: dict[str, Any]) -> Type:
    values: dict[str, Value] = {}
    if not isinstance(value.get("symbols"), list):
        reading.invalid(f"the enum {spot.way} has no symbols", spot, "List them under `symbols`.")
    for i, symbol in enumerate(listed(value.get("symbols"))):
        there = spot.member(f"/symbols/{i}", str(symbol), around=full)
        if not isinstance(symbol, str):
            reading.invalid(f"the symbol {shortened(str(symbol))} of {spot.way} is no text", there)
        elif symbol in values:
            reading.doubled(f"the symbol `{shortened(symbol)}` stands twice in {spot.way}", there)
        else:
            check_name(reading, symbol, there)
            values[symbol] = Value(name=symbol, at=there.at)
    default = value.get("default", UNSET)
    if default is not UNSET and default not in values:
        told = f"the default `{shortened(str(default))}` of {spot.way} is none of its symbols"
        reading.invalid(told, spot.into("/default"))
        default = UNSET
    facts |= {"open": default is not UNSET, "default": default}
    return Type(shape=Shape.ENUM, scalar="string", choice="tagged", values=tuple(values.values()), **facts)


def _fixed(reading: Reading, value: Mapping[str, Any], spot: Spot, facts: dict[str, Any]) -> Type:
    size = value.get("size")
    if not isinstance(size, int) or isinstance(size, bool) or size < 0:
        told = f"the fixed {spot.way} has no size" if size is None else f"the size of {spot.way} is no number"
        reading.invalid(told, spot, "Say under `size` how many bytes it has.")
    facts["binding"] |= {"size": size, **check_logical(reading, value, "fixed", spot)}
    return Type(shape=Shape.SCALAR, scalar="bytes", format=text(value.get("logicalType")) or "fixed", **facts)


def _fields(reading: Reading, value: Mapping[str, Any], spot: Spot, full: str) -> Iterator[Field]:
    if not isinstance(value.get("fields"), list):
        reading.invalid(f"{spot.way} has no fields", spot, "List them under `fields`.")
    seen = set[str]()
    for i, said in enumerate(listed(value.get("fields"))):
        name = said.get("name") if isinstance(said, dict) else None
        there = spot.member(f"/fields/{i}", str(name), around=full)
        if not isinstance(said, dict) or not isinstance(name, str) or "type" not in said:
            lack = "name" if isinstance(said, dict) and "type" in said else "type"
            reading.invalid(f"a field of {spot.way} has no {lack}", there)
        elif name in seen:
            advice = "Remove one of the two or rename it: libraries keep either."
            reading.doubled(f"the field `{shortened(name)}` stands twice in {spot.way}", there, advice)
        else:
            seen.add(name)
            yield field(reading, said, there, split_name(full)[0])


def field(reading: Reading, said: Mapping[str, Any], spot: Spot, namespace: str) -> Field:
    """A field of a record, or a parameter of a message."""
    name = text(said.get("name"))
    check_name(reading, name, spot)
    used = use(reading, said.get("type"), spot.into("/type"), namespace)
    binding = {**used.binding, **reading.rest(said, FIELD)}
    order = said.get("order", "ascending")
    if order not in ORDERS:
        told = f"the order of {name} is `{shortened(str(order))}`, which is none of {', '.join(ORDERS)}"
        reading.invalid(told, spot.into("/order"))
    elif order != "ascending":
        binding["order"] = order
    default = said.get("default", UNSET)
    if default is not UNSET and (wrong := misfit(reading, default, said.get("type"), namespace)):
        reading.invalid(f"the default of {name} {wrong}", spot.into("/default"))
    return Field(
        name=name,
        type=used.name,
        nullable=used.nullable,
        required=True,
        filled=default is not UNSET,
        default=default,
        aliases=texts(said.get("aliases")),
        at=spot.at,
        doc=text(said.get("doc")),
        lifecycle=reading.lifecycle(said),
        binding=binding or NOTHING,
    )


def use(reading: Reading, value: Any, spot: Spot, namespace: str) -> Used:
    """The type that a schema means where it is used."""
    if isinstance(value, str):
        if value in PRIMITIVES:
            return Used(reading.scalar(value))
        return Used(reading.refer(full_name(value, namespace), value, spot))
    if isinstance(value, list):
        return _union(reading, value, spot, namespace)
    if isinstance(value, dict) and "type" in value:
        return _complex(reading, value, spot, namespace)
    reading.invalid("a type is missing here", spot, "Write the name of a type, or a schema with `type`.")
    return Used(reading.scalar("null"))


def inner(reading: Reading, value: Any, spot: Spot, namespace: str) -> str:
    """The name of the type of an item, which may be null itself."""
    used = use(reading, value, spot, namespace)
    return reading.schemas.or_null(used.name) if used.nullable else used.name


def _complex(reading: Reading, value: Mapping[str, Any], spot: Spot, namespace: str) -> Used:
    kind = value["type"]
    if kind in ("array", "map"):
        return Used(_container(reading, value, spot, namespace))
    if isinstance(kind, str) and kind in NAMED:
        full = full_name(value.get("name"), namespace, value.get("namespace"))
        if full in reading.definitions:
            return Used(reading.named(full))
        reading.invalid(f"this {kind} has no name", spot, "Give it a `name`.")
        return Used(reading.keep(declared(reading, Definition("", value, spot), spot.way or kind), spot))
    if isinstance(kind, str) and kind in PRIMITIVES:
        return Used(_refined(reading, value, kind, spot))
    used = use(reading, kind, spot.into("/type"), namespace)
    extra = reading.rest(value, frozenset({"type"}))
    return Used(used.name, used.nullable, {**used.binding, **extra})


def _container(reading: Reading, value: Mapping[str, Any], spot: Spot, namespace: str) -> str:
    """A list or a map."""
    is_list = value["type"] == "array"
    key, sign, shape = ("items", "[]", Shape.LIST) if is_list else ("values", "{}", Shape.MAP)
    if key not in value:
        reading.invalid(f"this {value['type']} does not say what is in it", spot, f"Add `{key}`.")
    found = Type(
        name=spot.way,
        shape=shape,
        inline=True,
        item=inner(reading, value.get(key, "null"), spot.into(f"/{key}", sign), namespace),
        at=spot.at,
        doc=text(value.get("doc")),
        default=value.get("default", UNSET),
        binding=reading.rest(value, frozenset({"type", key, "doc", "default"})),
    )
    return reading.keep(found, spot)


def _refined(reading: Reading, value: Mapping[str, Any], kind: str, spot: Spot) -> str:
    """A primitive type with a logical type, or with properties of a team."""
    logical = text(value.get("logicalType"))
    extra = {**reading.rest(value, LOGICAL), **check_logical(reading, value, kind, spot)}
    if not logical and not extra:
        return reading.scalar(kind)
    scalar, form, takes = SCALARS[kind]
    if logical:
        extra["type"] = kind
    found = Type(
        name=spot.way,
        shape=Shape.SCALAR,
        inline=True,
        scalar=scalar,
        format=logical or form,
        takes=(f"{scalar} {form}".strip(),) if logical else takes,
        at=spot.at,
        doc=text(value.get("doc")),
        binding=extra,
    )
    return reading.keep(found, spot)


def _union(reading: Reading, value: list[Any], spot: Spot, namespace: str) -> Used:
    check_union(reading, value, spot, namespace)
    branches = [
        inner(
            reading, branch, spot.into(f"/{i}", f" ({i + 1})" if not spot.named else f"({i + 1})"), namespace
        )
        for i, branch in enumerate(value)
        if branch != "null"
    ]
    nullable = "null" in value
    binding = {"branches": [_called(each) for each in value]} if nullable and value[0] != "null" else NOTHING
    if len(branches) == 1:
        return Used(branches[0], nullable, binding)
    if not branches:
        return Used(reading.scalar("null"))
    parts = tuple(dict.fromkeys(branches))
    found = Type(name=spot.way, shape=Shape.UNION, inline=True, parts=parts, choice="tagged", at=spot.at)
    return Used(reading.keep(found, spot), nullable, binding)


def _called(branch: Any) -> str:
    """What a branch of a union is called."""
    if isinstance(branch, dict):
        name = branch.get("name", branch.get("type"))
        return name if isinstance(name, str) else "type"
    return str(branch)
