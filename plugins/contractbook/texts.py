"""Whether a text is of a format or matches a pattern, where that can be told surely and cheaply."""

from __future__ import annotations

import re
import warnings
from functools import cache, lru_cache
from typing import Any, AnyStr, cast

_DAY = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_TIME = r"([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|z|[+-]([01]\d|2[0-3]):[0-5]\d)"
_BYTE = r"(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"

FORMATS = {
    "date": _DAY,  # RFC 3339, full-date
    "date-time": rf"{_DAY}[Tt ]{_TIME}",  # RFC 3339, 5.6 with its note on the space
    "time": _TIME,
    "uuid": r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",  # RFC 4122
    "email": r"[^@\s]+@[^@\s]+",
    "ipv4": rf"{_BYTE}(\.{_BYTE}){{3}}",
    "ipv6": r"[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(%\w+)?",
}


class _Late:
    """Compiles a regular expression when one of its methods is asked for; then the method is at hand."""

    def __init__(self, written: str | bytes, flags: int) -> None:
        self._written = written
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        found = self.__dict__[name] = getattr(re.compile(self._written, self._flags), name)
        return found


def expression(written: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """A regular expression that is compiled when it is used first: rules have many, and a run needs few."""
    return cast("re.Pattern[AnyStr]", _Late(written, flags))


# Where ECMA 262 and Python may disagree, a pattern is not run; nor where it may take exponential time, as a
# repeated group that repeats something does, or a long row of repeats.
_UNLIKE = expression(r"\\[pPkuxcAZz]|\(\?[^:=!]|\[\^?\]|\[\[|&&|--|\|\||~~|\(\?<")
_REPEATED_GROUP = expression(r"\)(?:[*+]|\{[\d,]+\})")
_REPEATS = expression(r"[*+]|\{\d*,\d*\}")
_CHOICES = expression(r"(?<!\()[?|]")
_ATOM = expression(r"\\.|\[(?:\\.|[^\]\\])+\]")


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """One of our own regular expressions, compiled when it is asked for first: few contracts need all."""
    return re.compile(pattern)


def fits_format(name: str, text: str) -> bool | None:
    """Whether a text is of a format; None for a format that is not checked."""
    known = FORMATS.get(name)
    return None if known is None else compiled(f"(?a){known}").fullmatch(text) is not None


def matches(pattern: str, text: str) -> bool | None:
    """Whether a pattern is found in a text; None where it may be slow or mean other things."""
    runnable = _runnable(pattern)
    if runnable is None or len(text) > 200:
        return None
    return runnable.search(text) is not None


@lru_cache(maxsize=4_096)
def _runnable(pattern: str) -> re.Pattern[str] | None:
    if len(pattern) > 300 or _UNLIKE.search(pattern):
        return None
    bare = _ATOM.sub("x", pattern)
    rest = _REPEATED_GROUP.sub(")", bare)
    repeats, choices = len(_REPEATS.findall(rest)), len(_CHOICES.findall(rest))
    if repeats > 3 or choices > 10 or (rest != bare and repeats + choices):
        return None
    try:
        with warnings.catch_warnings(action="error"):
            return re.compile(pattern, re.ASCII)
    except (re.error, Warning, OverflowError, RecursionError):
        return None
