"""What a type allows, in words: `list of string`, `1 to 80 characters`, `comma separated`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec
from markupsafe import escape

from contractbook.model import Condition, Contract, Field, Shape, Type
from contractbook.portal.further import SHORT
from contractbook.portal.marks import breakable, code, compact, count

Link = Callable[[Type], str]
"""The address of the page of a type, or nothing where it has none."""

DEEP = 4  # lists of lists and choices in choices are said in words so far
STYLES: Mapping[str, str] = {
    "spaceDelimited": "separated by spaces",
    "pipeDelimited": "separated by |",
    "deepObject": "as name[field]=value",
    "matrix": "as ;name=value",
    "label": "as .value",
}
FLAGS: Mapping[str, str] = {
    "allowReserved": "reserved characters are not encoded",
    "allowEmptyValue": "may be empty",
    "uniqueItems": "no item twice",
}
RANGES = (
    ("minLength", "maxLength", "character"),
    ("minItems", "maxItems", "item"),
    ("minContains", "maxContains", "matching item"),
    ("minProperties", "maxProperties", "entry"),
)
PLURALS = {"entry": "entries"}


def kind(contract: Contract, name: str, link: Link, deep: int = 0) -> str:
    """The type of a value in a few words, as HTML with links to the pages of types."""
    type = contract.types.get(name)
    if type is None:
        return "anything"
    address = link(type)
    if address:
        named = f'<a href="{address}">{breakable(own_name(type))}</a>'
        plain = type.shape is Shape.SCALAR and type.scalar and not deep
        return f"{named} · {scalar(type)}" if plain and type.scalar != type.name else named
    if type.shape is Shape.ALIAS:
        return kind(contract, type.parts[0], link, deep + 1) if type.parts and deep <= DEEP else "anything"
    if deep > DEEP:
        return "anything"
    match type.shape:
        case Shape.LIST if type.prefix:
            return f"list of {count(len(type.prefix), 'fixed item')}"
        case Shape.LIST:
            return f"list of {kind(contract, type.item, link, deep + 1)}"
        case Shape.MAP:
            return f"map of {kind(contract, type.item, link, deep + 1)}"
        case Shape.UNION:
            return union(contract, type, link, deep)
        case Shape.RECORD:
            return "object" if type.inline else breakable(own_name(type))
        case Shape.ANY:
            return "anything"
    return scalar(type)


def scalar(type: Type) -> str:
    """A scalar with its format: `string · uuid`."""
    return " · ".join(str(escape(word)) for word in (type.scalar or "value", type.format) if word)


def union(contract: Contract, type: Type, link: Link, deep: int = 0) -> str:
    """A choice: its branches where they are few and short, else how many they are."""
    if type.discriminator is not None:
        return f"one of {len(type.parts)} · by {code(type.discriminator.field)}"
    if len(type.parts) <= 3:
        named = dict.fromkeys(kind(contract, part, link, deep + 1) for part in type.parts)
        return (" and/or " if type.choice == "any-of" and _structured(contract, type) > 1 else " or ").join(
            named
        )
    return f"{'any' if type.choice == 'any-of' else 'one'} of {len(type.parts)}"


def _structured(contract: Contract, type: Type) -> int:
    return sum(contract.resolve(part).shape is Shape.RECORD for part in type.parts if part in contract.types)


def own_name(type: Type) -> str:
    """What to call a type in a sentence: its name, or the last step of the way to it."""
    return type.name if not type.inline else type.name.rpartition(" > ")[2]


def limits(contract: Contract, name: str, deep: int = 0) -> list[str]:
    """What the values of a type must keep to, in phrases of HTML."""
    if name not in contract.types or deep > DEEP:
        return []
    type = contract.resolve(name)
    found = list(_own_limits(type))
    if type.shape is Shape.LIST and type.item:
        found += [f"each: {phrase}" for phrase in limits(contract, type.item, deep + 1)]
    elif type.shape is Shape.MAP:
        found += [f"each value: {phrase}" for phrase in limits(contract, type.item, deep + 1)]
    elif type.shape is Shape.UNION:
        for part in type.parts:
            phrases = limits(contract, part, deep + 1)
            if phrases:
                found.append(f"{scalar(contract.resolve(part))}: {', '.join(phrases)}")
    return found


def _own_limits(type: Type) -> Iterator[str]:
    given = type.limits
    for low, high, noun in RANGES:
        if low in given or high in given:
            yield between(given.get(low), given.get(high), noun)
    numbers = {key: given[key] for key in NUMBERS if key in given}
    if numbers:
        yield number_range(numbers)
    if "multipleOf" in given:
        yield f"a multiple of {given['multipleOf']}"
    if "pattern" in given:
        yield f"pattern {code(given['pattern'])}"
    if given.get("uniqueItems"):
        yield FLAGS["uniqueItems"]
    if type.shape is Shape.LIST and type.format:
        yield f"format {escape(type.format)}"


NUMBERS = ("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum")


def between(low: Any, high: Any, noun: str) -> str:
    """A range of counts: `1 to 80 characters`."""
    many = PLURALS.get(noun, f"{noun}s")
    if low == high:
        return f"exactly {count(low, noun, many)}"
    if high is None:
        return f"at least {count(low, noun, many)}"
    if not low:
        return f"at most {count(high, noun, many)}"
    return f"{low} to {high} {many}"


def number_range(given: Mapping[str, Any]) -> str:
    """A range of numbers: `1 to 50`, `above 0`."""
    if given.keys() == {"minimum", "maximum"}:
        return f"{_number(given['minimum'])} to {_number(given['maximum'])}"
    words = {
        "minimum": "at least",
        "exclusiveMinimum": "above",
        "maximum": "at most",
        "exclusiveMaximum": "below",
    }
    return ", ".join(f"{words[key]} {_number(value)}" for key, value in given.items())


def _number(value: Any) -> str:
    return str(value).replace("-", "−", 1)


def values_in_words(field: Field, type: Type) -> Iterator[str]:
    """Default and short examples of a field, as phrases of HTML."""
    default = field.default if field.default is not msgspec.UNSET else type.default
    if default is not msgspec.UNSET:
        yield f"default {code(compact(default)[:SHORT])}"
    short = [example.value for example in field.examples if is_short(example.value)]
    if short:
        shown = " ".join(code(compact(value)) for value in short)
        yield f"{'example' if len(short) == 1 else 'examples'} {shown}"


def is_short(value: Any) -> bool:
    """Whether a value can stand in a line."""
    text = compact(value)
    return len(text) <= SHORT and "\n" not in text


def written(field: Field) -> Iterator[str]:
    """How a parameter's value is written on the wire."""
    binding = field.binding
    style = binding.get("style", "form" if field.role in ("query", "cookie") else "simple")
    if style in STYLES:
        yield STYLES[style]
    elif binding.get("explode") is False:
        yield "comma separated"
    elif binding.get("explode") is True:
        yield "repeated for each value"
    if binding.get("collectionFormat") == "tsv":
        yield "separated by tabs"
    if "contentType" in binding:
        yield f"written as {escape(binding['contentType'])}"
    if binding.get("in") == "querystring":
        yield "the whole query string"
    yield from (words for flag, words in FLAGS.items() if binding.get(flag) is True)


def conditions(contract: Contract, type: Type, link: Link) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What no shape can say: a sentence of HTML, and the types whose members it speaks of."""
    for condition in type.conditions:
        parts = tuple(part for part in condition.types if part)
        yield _condition(contract, condition, link), parts


def _condition(contract: Contract, condition: Condition, link: Link) -> str:
    named = [kind(contract, part, link) for part in condition.types if part]
    fields = [code(name) for name in condition.names]
    match condition.kind:
        case "dependent-required":
            return f"Where {fields[0]} is given, {' and '.join(fields[1:])} must be given too"
        case "dependent-type":
            return f"Where {fields[0]} is given, this holds too"
        case "if":
            return "If the first holds, the next must hold" + (", else the last" if len(named) > 2 else "")
        case "one-of" | "any-of":
            return f"Besides, {'one' if condition.kind == 'one-of' else 'at least one'} of these must hold"
    return f"{CONDITIONS.get(condition.kind, condition.kind)} {', '.join(named)}"


CONDITIONS: Mapping[str, str] = {
    "not": "Never",
    "contains": "At least one item is",
    "content": "The text holds",
    "property-names": "Every name is",
    "unevaluated-properties": "Any other field is",
    "unevaluated-items": "Any other item is",
}
