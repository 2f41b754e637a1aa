"""Values of a configuration as their types say, and what to tell where they are not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from types import NoneType
from typing import Any, NamedTuple, Protocol, get_args, get_origin

import msgspec

from contractbook.source.pointers import joined
from contractbook.wrong import Wrong


class Text(Protocol):
    """A configuration file, as far as places are asked for."""

    path: str

    def locate(self, pointer: str) -> tuple[int, int]:
        """Line and column of a key."""


class Spot(NamedTuple):
    """A part of a configuration: the file and the keys that lead to it; `whole` is what they count from."""

    text: Text
    keys: tuple[str, ...] = ()
    whole: str = "the configuration"

    def under(self, key: str | int) -> Spot:
        """A member or item of this part."""
        return self._replace(keys=(*self.keys, str(key)))

    def wrong(self, message: str) -> Wrong:
        """The error that tells of this part."""
        line, column = self.text.locate(joined(self.keys))
        return Wrong(f"{self.text.path}:{line}:{column}: {message}")

    @property
    def name(self) -> str:
        """The keys in words."""
        return " > ".join(self.keys) or self.whole


def typed(kind: Any, value: Any, at: Spot) -> Any:
    """A value of the type `kind`; raises Wrong where it is none."""
    if kind in OWN:
        return OWN[kind](value, at)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return record(kind, value, at)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return choice(kind, value, at)
    if get_origin(kind) is tuple:
        return tuple(typed(get_args(kind)[0], item, at.under(index)) for index, item in items(value, at))
    if get_origin(kind) is Mapping:
        return {key: typed(get_args(kind)[1], member, at.under(key)) for key, member in members(value, at)}
    optional = [each for each in get_args(kind) if each is not NoneType]
    return typed(optional[0], value, at) if optional else plain(kind, value, at)


def record(kind: type[msgspec.Struct], value: Any, at: Spot) -> Any:
    """A struct, by its keys; those that it does not know are errors."""
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    given = {}
    for key, member in members(value, at):
        if key not in fields:
            raise at.under(key).wrong(f"there is no key `{key}` in {at.name}{nearest(key, fields)}")
        given[fields[key].name] = typed(fields[key].type, member, at.under(key))
    missing = [name for name, field in fields.items() if field.required and field.name not in given]
    if missing:
        raise at.wrong(f"{at.name} needs the key `{missing[0]}`")
    return kind(**given)


def members(value: Any, at: Spot) -> Iterable[tuple[str, Any]]:
    """The keys and values of a mapping; nothing written counts as an empty one."""
    if not isinstance(value, dict | None):
        raise at.wrong(f"{at.name} is {_written(value)}; keys with values are meant")
    return (value or {}).items()


def items(value: Any, at: Spot) -> Iterable[tuple[int, Any]]:
    """The items of a list; nothing written counts as an empty one."""
    if not isinstance(value, list | None):
        raise at.wrong(f"{at.name} is {_written(value)}; a list is meant, such as [{_example(value)}]")
    return enumerate(value or ())


def choice(kind: type[StrEnum], value: Any, at: Spot) -> Any:
    """One of a few words."""
    words = [each.value for each in kind]
    if value not in words:
        raise at.wrong(f"{at.name} is {_written(value)}; it can be {' or '.join(words)}")
    return kind(value)


def plain(kind: type, value: Any, at: Spot) -> Any:
    """A text, number or truth value."""
    if type(value) is not kind:
        meant = {str: "a text", int: "a whole number", bool: "true or false"}.get(kind, kind.__name__)
        raise at.wrong(f"{at.name} is {_written(value)}; {meant} is meant")
    return value


def day(value: Any, at: Spot) -> date:
    """A day such as 2027-03-31."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise at.wrong(f"{at.name} is {_written(value)}; a day such as 2027-03-31 is meant") from None


def span(value: Any, at: Spot) -> timedelta:
    """A number of days or weeks such as 90d or 12w."""
    found = re.fullmatch(r"(\d{1,5})([dw])", value) if isinstance(value, str) else None
    if found is None:
        raise at.wrong(f"{at.name} is {_written(value)}; a time such as 90d or 12w is meant")
    return timedelta(days=int(found[1]) * {"d": 1, "w": 7}[found[2]])


OWN: dict[Any, Callable[[Any, Spot], Any]] = {date: day, timedelta: span}
"""Types that are written in a way of their own."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Which known word may have been meant, to end a message; all of them if they are few."""
    from difflib import get_close_matches

    names = sorted(known)
    near = get_close_matches(word, names, n=1, cutoff=0.5)
    if near:
        return f"; did you mean `{near[0]}`?"
    return f"; there is {', '.join(names)}" if 0 < len(names) <= 8 else ""


def _written(value: Any) -> str:
    match value:
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case None:
            return "empty"
        case bool():
            return str(value).lower()
    text = str(value)
    return f"`{text[:40]}…`" if len(text) > 40 else f"`{text}`"


def _example(value: Any) -> str:
    return "…" if isinstance(value, dict) else str(value)[:40]
