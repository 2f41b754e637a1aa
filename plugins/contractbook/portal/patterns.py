"""A short text that matches a regular expression, for examples."""

from __future__ import annotations

import re
import string
import warnings
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

FRIENDLY = "a1A0 -_.@/" + string.printable.strip()  # of a class of characters the first of these is taken
MOST = 64  # repetitions


@lru_cache(maxsize=10_000)
def matching(pattern: str) -> str | None:
    """A text that the pattern finds, or None where none could be made."""
    from re import _parser  # type: ignore[attr-defined]

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            expression = re.compile(pattern)
            text = _text(_parser.parse(pattern))
    except (re.error, RecursionError, OverflowError, ValueError, _Beyond):
        return None
    return text if len(text) < 200 and expression.search(text) else None


class _Beyond(Exception):
    """The pattern holds what we do not make texts for."""


def _text(parts: Iterable[tuple[Any, Any]]) -> str:
    return "".join(_part(str(kind), value) for kind, value in parts)


def _part(kind: str, value: Any) -> str:
    match kind:
        case "LITERAL":
            return chr(value)
        case "NOT_LITERAL":
            return next(char for char in FRIENDLY if ord(char) != value)
        case "ANY":
            return "a"
        case "IN":
            return _one_of(value)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            least, most, inner = value
            times = least or (1 if most else 0)
            if times > MOST:
                raise _Beyond
            return _text(inner) * times
        case "SUBPATTERN":
            return _text(value[-1])
        case "BRANCH":
            return _text(value[1][0])
        case "AT" | "ASSERT" | "ASSERT_NOT":
            return ""
    raise _Beyond


def _one_of(members: list[tuple[Any, Any]]) -> str:
    """A character of a class."""
    spelled = "".join(_member(str(kind), value) for kind, value in members)
    allowed = re.compile(f"[{spelled}]")
    for char in FRIENDLY:
        if allowed.match(char):
            return char
    for kind, value in members:
        if str(kind) in ("LITERAL", "RANGE"):
            return chr(value if str(kind) == "LITERAL" else value[0])
    raise _Beyond


def _member(kind: str, value: Any) -> str:
    match kind:
        case "NEGATE":
            return "^"
        case "LITERAL":
            return re.escape(chr(value))
        case "RANGE":
            return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
        case "CATEGORY":
            return CATEGORIES[str(value)]
    raise _Beyond


CATEGORIES = {
    "CATEGORY_DIGIT": r"\d",
    "CATEGORY_NOT_DIGIT": r"\D",
    "CATEGORY_WORD": r"\w",
    "CATEGORY_NOT_WORD": r"\W",
    "CATEGORY_SPACE": r"\s",
    "CATEGORY_NOT_SPACE": r"\S",
}
