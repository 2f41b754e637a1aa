"""How a text or number is to be understood: its format."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Kind, Level
from contractbook.forms import kind
from contractbook.model import Shape, Type
from contractbook.place import Place
from contractbook.rules.naming import article

NUMBERS = frozenset({"integer", "number"})


def formats(old: Type, new: Type) -> tuple[str, str]:
    """The formats of two types, where they differ and mean anything: listed values have no other form."""
    if old.takes or new.takes:  # readers turn one into the other, or not: by rules of the format
        return "", ""
    was, now = _format(old), _format(new)
    return ("", "") if was == now or old.shape is new.shape is Shape.ENUM else (was, now)


def _format(type: Type) -> str:
    """The format, unless it only repeats the type."""
    return "" if type.format == type.scalar else type.format


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def format_changed(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """A text has another format, such as a date with a time instead of a date.

    Consumers cannot parse what they read, and what they write is refused.

    Give the new spelling a field of its own beside the old one.

    ```openapi old
    components:
      schemas: {Order: {type: object, properties: {placed: {type: string, format: date}}}}
    ```
    ```openapi new
    components:
      schemas: {Order: {type: object, properties: {placed: {type: string, format: date-time}}}}
    ```
    """
    was, now = formats(old, new)
    if was and now and not _numbers(old, new):
        yield Fact(f"{at.called(new)} is {article(now)}, and was {article(was)}", was, now)


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.ERROR, output=Level.NOTE, kind=Kind.STRUCTURAL)
def format_added(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """A text that could be spelled in any way has a format.

    What consumers write in another spelling is refused.

    Go on accepting any spelling where consumers write; where they read, nothing is to be done.

    ```openapi old
    components:
      schemas: {Order: {type: object, properties: {id: {type: string}}}}
    ```
    ```openapi new
    components:
      schemas: {Order: {type: object, properties: {id: {type: string, format: uuid}}}}
    ```
    """
    was, now = formats(old, new)
    if now and not was and not _numbers(old, new):
        yield Fact(f"{at.called(new)} {'must be' if at.written else 'is'} {article(now)}", new=now)


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.NOTE, output=Level.WARNING, kind=Kind.STRUCTURAL)
def format_removed(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """A text had a format and has none any more.

    Consumers that parse it by the format meet texts that they cannot parse.

    Keep the format where consumers read; where they write, nothing is to be done.

    ```openapi old
    components:
      schemas: {Order: {type: object, properties: {id: {type: string, format: uuid}}}}
    ```
    ```openapi new
    components:
      schemas: {Order: {type: object, properties: {id: {type: string}}}}
    ```
    """
    was, now = formats(old, new)
    if was and not now and not _numbers(old, new):
        yield Fact(f"{at.called(new)} need not be {article(was)}", old=was)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.SEMANTIC)
def precision_changed(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """A number is held in another size or precision, such as 64 instead of 32 bits.

    Generated consumers overflow or round, most of them without a word.

    Keep the size, or write the number as a text in a field of its own.

    ```openapi old
    components:
      schemas: {Order: {type: object, properties: {number: {type: integer, format: int32}}}}
    ```
    ```openapi new
    components:
      schemas: {Order: {type: object, properties: {number: {type: integer, format: int64}}}}
    ```
    """
    was, now = formats(old, new)
    if was != now and _numbers(old, new) and _bits(was) != _bits(now):
        size = "of no stated size"
        yield Fact(f"{at.called(new)} is {now or size}, and was {was or size}", was or None, now or None)


def _bits(format: str) -> str:
    """The size of a number: `sint32` is as large as `int32`, though it is spelled in another way."""
    return re.sub(r"^[a-z]*(?=(?:8|16|32|64|128)$)", "", format)


def _numbers(old: Type, new: Type) -> bool:
    return kind(old) in NUMBERS and kind(new) in NUMBERS
