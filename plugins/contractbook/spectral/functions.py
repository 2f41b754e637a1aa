"""The functions that Spectral knows without any JavaScript; each says what is wrong with a value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from contractbook.spectral.nodes import Node, plain

Options = Mapping[str, Any]


class Missing:
    """The value of a member that is not there."""

    def __bool__(self) -> bool:
        return False


MISSING = Missing()


class Told(NamedTuple):
    """What is wrong, and with which part of the value where it is not all of it."""

    message: str
    part: str | int | None = None


Function = Callable[[Any, Options, str], Iterator[Told]]
FUNCTIONS: dict[str, Function] = {}
"""The functions by name; the docstring of each says what it finds."""


def function(check: Function) -> Function:
    """Declare a function; its name in a ruleset is camelCase."""
    first, *rest = check.__name__.strip("_").split("_")
    FUNCTIONS[first + "".join(word.capitalize() for word in rest)] = check
    return check


@function
def truthy(value: Any, options: Options, name: str) -> Iterator[Told]:
    """The value is not there, or is false, null, 0 or empty."""
    if value is MISSING or plain(value) in (None, False, 0, ""):
        yield Told(f"{name} must be truthy")


@function
def falsy(value: Any, options: Options, name: str) -> Iterator[Told]:
    """The value is there, and not false, null, 0 or empty."""
    if not (value is MISSING or plain(value) in (None, False, 0, "")):
        yield Told(f"{name} must be falsy")


@function
def defined(value: Any, options: Options, name: str) -> Iterator[Told]:
    """The member is not there."""
    if value is MISSING:
        yield Told(f"{name} must be defined")


@function
def undefined(value: Any, options: Options, name: str) -> Iterator[Told]:
    """The member is there."""
    if value is not MISSING:
        yield Told(f"{name} must be undefined")


@function
def alphabetical(value: Any, options: Options, name: str) -> Iterator[Told]:
    """Keys, items, or a member of items (`keyedBy`) are not in the order of the alphabet."""
    held = plain(value)
    key = options.get("keyedBy")
    names = (
        [each.get(key) if key and isinstance(each, dict) else each for each in held] if _many(held) else []
    )
    for index, (one, other) in enumerate(pairwise(names)):
        if isinstance(one, str) and isinstance(other, str) and one > other:
            part = other if isinstance(held, dict) else index + 1
            yield Told(f"{one!r} must stand behind {other!r}", part)
            return


@function
def enumeration(value: Any, options: Options, name: str) -> Iterator[Told]:
    """The value is none of `values`."""
    allowed = options.get("values", [])
    if isinstance(value, str | int | float) and value not in allowed:
        yield Told(f"{name} must be one of {', '.join(map(str, allowed))}")


@function
def length(value: Any, options: Options, name: str) -> Iterator[Told]:
    """A number, or the length of a text, array or object, is below `min` or above `max`."""
    held = plain(value)
    size = held if _is_number(held) else len(held) if isinstance(held, str | list | dict) else None
    least, most = options.get("min"), options.get("max")
    if size is not None and least is not None and size < least:
        yield Told(f"{name} must not be shorter than {least}")
    if size is not None and most is not None and size > most:
        yield Told(f"{name} must not be longer than {most}")


@function
def pattern(value: Any, options: Options, name: str) -> Iterator[Told]:
    """A text does not match `match`, or matches `notMatch`."""
    if not isinstance(value, str):
        return
    wanted, refused = options.get("match"), options.get("notMatch")
    if wanted is not None and not expression(wanted).search(value):
        yield Told(f"{name} must match the pattern {wanted!r}")
    if refused is not None and expression(refused).search(value):
        yield Told(f"{name} must not match the pattern {refused!r}")


CASES = {
    "flat": "[a-z][a-z{digits}]*",
    "camel": "[a-z][a-z{digits}]*(?:[A-Z{digits}](?:[a-z{digits}]+|$))*",
    "pascal": "[A-Z][a-z{digits}]*(?:[A-Z{digits}](?:[a-z{digits}]+|$))*",
    "kebab": "[a-z][a-z{digits}]*(?:-[a-z{digits}]+)*",
    "cobol": "[A-Z][A-Z{digits}]*(?:-[A-Z{digits}]+)*",
    "snake": "[a-z][a-z{digits}]*(?:_[a-z{digits}]+)*",
    "macro": "[A-Z][A-Z{digits}]*(?:_[A-Z{digits}]+)*",
}


@function
def casing(value: Any, options: Options, name: str) -> Iterator[Told]:
    """A text is not written in the case of `type`: flat, camel, pascal, kebab, cobol, snake or macro."""
    kind = options.get("type", "")
    if not isinstance(value, str) or not value or kind not in CASES:
        return
    separator = options.get("separator", {})
    sign, leads = re.escape(separator.get("char", "")), bool(separator.get("allowLeading"))
    one = CASES[kind].replace("{digits}", "" if options.get("disallowDigits") else "0-9")
    if sign:
        one = f"{sign if leads else ''}{'?' * leads}{one}(?:{sign}{one})*"
    if leads and value == separator.get("char"):
        return
    if not re.fullmatch(one, value):
        yield Told(f"{name} must be {kind} case")


@function
def schema(value: Any, options: Options, name: str) -> Iterator[Told]:
    """The value does not satisfy the JSON Schema in `schema`."""
    if value is MISSING:
        return
    import jsonschema_rs

    for error in jsonschema_rs.validator_for(options.get("schema", {})).iter_errors(plain(value)):
        path = [str(part) for part in error.instance_path]
        where = f" at {'.'.join(path)}" if path else ""
        yield Told(f"{name}{where}: {error.message}", path[0] if path else None)
        if not options.get("allErrors"):
            return


@function
def xor(value: Any, options: Options, name: str) -> Iterator[Told]:
    """Not just one of `properties` is there."""
    names = options.get("properties", [])
    if isinstance(plain(value), dict) and sum(each in plain(value) for each in names) != 1:
        yield Told(f"{' and '.join(map(repr, names))} must not be both defined or both undefined")


@function
def or_(value: Any, options: Options, name: str) -> Iterator[Told]:
    """None of `properties` is there."""
    names = options.get("properties", [])
    if isinstance(plain(value), dict) and not any(each in plain(value) for each in names):
        yield Told(f"at least one of {', '.join(map(repr, names))} must be defined")


TYPES: Mapping[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "number": lambda value: _is_number(value),
    "integer": lambda value: _is_number(value) and value == int(value),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}


@function
def typed_enum(value: Any, options: Options, name: str) -> Iterator[Told]:
    """A value of an enumeration is none of the type beside it."""
    held = plain(value)
    kinds = held.get("type") if isinstance(held, dict) else None
    values = held.get("enum") if isinstance(held, dict) else None
    known = [kinds] if isinstance(kinds, str) else kinds
    if not isinstance(values, list) or not isinstance(known, list) or not known:
        return
    for each in values:
        if not any(TYPES.get(kind, lambda _: True)(each) for kind in known):
            yield Told(f"the enum value {each!r} must be of type {' or '.join(map(str, known))}", "enum")


@function
def unreferenced_reusable_object(value: Any, options: Options, name: str) -> Iterator[Told]:
    """Nothing refers to an object below `reusableObjectsLocation`."""
    place = str(options.get("reusableObjectsLocation", "")).removeprefix("#")
    if isinstance(value, Node) and isinstance(value.value, dict):
        used = _references(value)
        for each in value.value:
            own = f"#{place}/{each}"
            if not any(one == own or one.startswith(f"{own}/") for one in used):
                yield Told(f"nothing refers to {each}", each)


def _references(value: Node) -> set[str]:
    """All references in the document that a value stands in."""
    found: set[str] = set()
    todo = [value.document.data]
    while todo:
        each = todo.pop()
        if isinstance(each, dict):
            if isinstance(each.get("$ref"), str):
                found.add(each["$ref"])
            todo += each.values()
        elif isinstance(each, list):
            todo += each
    return found


FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL}


@cache
def expression(written: str) -> re.Pattern[str]:
    """A regular expression as text or as `/text/flags`; raises re.error."""
    literal = re.fullmatch(r"/(.+)/([a-z]*)", written, re.DOTALL)
    body, flags = (literal[1], literal[2]) if literal else (written, "")
    found = 0
    for flag in flags:
        found |= FLAGS.get(flag, 0)
    return re.compile(re.sub(r"\(\?<([A-Za-z_])", r"(?P<\1", body), found)


def _many(value: Any) -> bool:
    return isinstance(value, dict | list)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
