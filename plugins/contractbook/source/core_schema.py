"""The values of plain scalars by the core schema of YAML 1.2 (10.3.2)."""

from __future__ import annotations

import math
import re
from typing import Any

_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?[0-9]+").fullmatch
_OCTAL = re.compile(r"0o[0-7]+").fullmatch
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+").fullmatch
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?").fullmatch
_LONGEST = 400  # digits; no longer number is finite as a float

FIRST = frozenset(["", *"~nNtTfF-+.0123456789"])  # what a plain scalar that is no text can begin with


def core(text: str) -> Any:
    """The value of a plain scalar: null, a truth value, a number, else the text itself.

    Integers beyond 64 bits become floats, as JSON readers have them. `.inf` and `.nan`, which JSON does
    not know, and numbers beyond the range of a float stay text.
    """
    if text in _WORDS:
        return _WORDS[text]
    if len(text) > _LONGEST:
        return text
    if _INTEGER(text):
        return _integer(text, int(text))
    if _FLOAT(text):
        number = float(text)
        return number if math.isfinite(number) else text
    if _OCTAL(text) or _HEXADECIMAL(text):
        return _integer(text, int(text, 0))
    return text


def is_endless(text: str) -> bool:
    """Whether a plain scalar is a number too large to be read."""
    return bool(_FLOAT(text)) and isinstance(core(text), str)


def _integer(text: str, number: int) -> Any:
    if -(2**63) <= number < 2**64:
        return number
    try:
        return float(number)
    except OverflowError:
        return text
