"""An example of a type, where nobody wrote one: valid, the same every time, and not longer than it helps."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import msgspec

from contractbook.finding import Direction
from contractbook.model import Contract, Field, Shape, Type
from contractbook.portal.patterns import matching

DEEP = 3  # levels below which only what is required is shown
MANY = 30  # fields after which only what is required is shown
MOST = 120  # required fields after which nothing more is shown, valid or not
LEAVES = (Shape.SCALAR, Shape.ENUM)
FORMATS: dict[str, str] = {
    "date": "2026-03-01",
    "date-time": "2026-03-01T09:30:00Z",
    "time": "09:30:00Z",
    "duration": "P1D",
    "uuid": "7f9c24e5-2f0b-4c5e-9a55-1d0a3a6f6b21",
    "email": "ada@mail.example",
    "idn-email": "ada@mail.example",
    "uri": "https://www.example.org/",
    "url": "https://www.example.org/",
    "iri": "https://www.example.org/",
    "uri-reference": "/path",
    "iri-reference": "/path",
    "uri-template": "/path/{id}",
    "hostname": "www.example.org",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "byte": "dGV4dA==",
    "binary": "...",
    "json-pointer": "/a",
    "regex": "^a$",
    "decimal": "9.95",
}


class Maker:
    """Makes examples of one contract's types, as they travel in one direction."""

    def __init__(self, contract: Contract, direction: Direction) -> None:
        self.contract = contract
        self.direction = direction
        self._left, self._most = MANY, MOST

    def make(self, name: str) -> Any:
        """An example of a type."""
        self._left, self._most = MANY, MOST
        return self._value(name, (), 0)

    def _value(self, name: str, trail: tuple[str, ...], depth: int) -> Any:
        type = self.contract.resolve(name)
        written = type.examples or self.contract.types[name].examples
        if written and written[0].value is not None:
            return written[0].value
        if type.default is not msgspec.UNSET and type.default is not None:
            return type.default
        return self._by_shape(type, (*trail, type.name), depth)

    def _by_shape(self, type: Type, trail: tuple[str, ...], depth: int) -> Any:
        match type.shape:
            case Shape.ENUM:
                return _enum_value(type)
            case Shape.RECORD:
                return self._record(type, trail, depth)
            case Shape.LIST:
                return self._list(type, trail, depth)
            case Shape.MAP:
                held = bool(type.item) and type.item not in trail
                return {"key": self._value(type.item, trail, depth + 1)} if held else {}
            case Shape.UNION if type.parts:
                return self._variant(type, self._first(type, trail), trail, depth)
            case Shape.SCALAR:
                return scalar(type)
        return None

    def _record(self, type: Type, trail: tuple[str, ...], depth: int) -> Any:
        made = {
            field.name: self._field(field, trail, depth)
            for field in _one_of_each_choice(type)
            if self._shows(field, trail, depth)
        }
        if type.parts:
            variant = self._variant(type, self._first(type, trail), trail, depth)
            if isinstance(variant, dict):
                made = {**variant, **made, **_told_apart(type, variant)}
        return _at_most(made, type)

    def _shows(self, field: Field, trail: tuple[str, ...], depth: int) -> bool:
        type = self.contract.resolve(field.type)
        hidden = "write_only" if self.direction is Direction.OUTPUT else "read_only"
        if getattr(field, hidden) or getattr(type, hidden):
            return False
        if field.required:
            self._most -= 1
            return self._most > 0
        self._left -= 1
        leads_back = type.name in trail or (type.item and self.contract.resolve(type.item).name in trail)
        return not (field.lifecycle.deprecated or leads_back or depth >= DEEP or self._left < 0)

    def _field(self, field: Field, trail: tuple[str, ...], depth: int) -> Any:
        if field.examples and field.examples[0].value is not None:
            return field.examples[0].value
        if field.default is not msgspec.UNSET and field.default is not None:
            return field.default
        type = self.contract.resolve(field.type)
        if type.name in trail or (field.nullable and depth >= DEEP and type.shape not in LEAVES):
            return None
        return self._value(field.type, trail, depth + 1)

    def _list(self, type: Type, trail: tuple[str, ...], depth: int) -> list[Any]:
        first = [self._value(part, trail, depth + 1) for part in type.prefix]
        if type.prefix or not type.item or self.contract.resolve(type.item).name in trail:
            return first
        least = type.limits.get("minItems", 1)
        item = self._value(type.item, trail, depth + 1)
        return [item] * max(1, min(int(least), 5))

    def _first(self, type: Type, trail: tuple[str, ...]) -> str:
        """The first variant that neither is deprecated nor leads back to where we are."""
        for part in type.parts:
            found = self.contract.resolve(part)
            if not found.lifecycle.deprecated and found.name not in trail:
                return part
        return type.parts[0]

    def _variant(self, type: Type, part: str, trail: tuple[str, ...], depth: int) -> Any:
        if self.contract.resolve(part).name in trail:
            return None
        value = self._value(part, trail, depth)
        if type.discriminator and isinstance(value, dict):
            named = [text for text, target in type.discriminator.mapping.items() if target == part]
            value = {**value, type.discriminator.field: named[0] if named else part}
        return value


def _at_most(made: dict[str, Any], type: Type) -> dict[str, Any]:
    """The fields, but no more than a type allows at once: the required ones first."""
    most = type.limits.get("maxProperties")
    if most is None or len(made) <= most:
        return made
    required = {field.name for field in type.fields if field.required}
    kept = sorted(made, key=lambda name: name not in required)[: int(most)]
    return {name: value for name, value in made.items() if name in kept}


def _one_of_each_choice(type: Type) -> Iterator[Field]:
    """The fields, but only the first of those that exclude one another."""
    taken: set[str] = set()
    for field in type.fields:
        choice = field.binding.get("oneof", "")
        if choice not in taken:
            yield field
        taken.update(filter(None, (choice,)))


def _told_apart(type: Type, variant: dict[str, Any]) -> dict[str, Any]:
    """The field that tells variants apart is the variant's."""
    field = type.discriminator.field if type.discriminator else ""
    return {field: variant[field]} if field in variant else {}


def _enum_value(type: Type) -> Any:
    alive = [value for value in type.values if not value.lifecycle.deprecated] or list(type.values)
    if not alive:
        return None
    name = alive[0].name
    if type.scalar in ("string", ""):
        return name
    try:
        return msgspec.json.decode(name)
    except msgspec.DecodeError:
        return name


def scalar(type: Type) -> Any:
    """A value of a scalar type that keeps its limits."""
    match type.scalar:
        case "integer":
            return int(number(type))
        case "number":
            return number(type)
        case "boolean":
            return True
        case "null":
            return None
    return words(type)


def number(type: Type) -> float:
    """The smallest friendly number that keeps the limits: 1 if it may be."""
    given = type.limits
    step = given.get("multipleOf") or 1
    low = given.get("minimum", given.get("exclusiveMinimum", -math.inf))
    high = given.get("maximum", given.get("exclusiveMaximum", math.inf))
    value: float = step if low < step <= high else max(low, min(0, high)) if low <= 0 else low
    value = math.ceil(value / step) * step
    if "exclusiveMinimum" in given and value <= given["exclusiveMinimum"]:
        value += step
    if "exclusiveMaximum" in given and value >= given["exclusiveMaximum"]:
        value -= step
    return value


def words(type: Type) -> str:
    """A text that keeps the limits of length, and the pattern if it can be met."""
    if "pattern" in type.limits:
        found = matching(str(type.limits["pattern"]))
        if found is not None:
            return found
    text = FORMATS.get(type.format, "string")
    least, most = int(type.limits.get("minLength", 0)), type.limits.get("maxLength")
    if type.format not in FORMATS:
        text = (text * (least // len(text) + 1))[: max(least, len("string"))]
        text = text if most is None else text[: int(most)]
    return text
