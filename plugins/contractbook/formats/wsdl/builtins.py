"""The types that XML Schema brings along, in the words of the model (XML Schema 1.0-2, 3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from contractbook.model import NOTHING


class Builtin(NamedTuple):
    """A type that everybody knows: formats have JSON Schema's names where it has one for them."""

    scalar: str
    format: str = ""
    limits: Mapping[str, Any] = NOTHING
    item: str = ""  # of a list of names


_WIDTHS = {"byte": 8, "short": 16, "int": 32, "long": 64}
_FORMATS = {
    "date": "date",
    "dateTime": "date-time",
    "time": "time",
    "duration": "duration",
    "anyURI": "uri-reference",
    **{name: name for name in ("gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay")},
    **{name: name for name in ("language", "Name", "NCName", "NMTOKEN", "QName", "NOTATION")},
    **{name: name for name in ("ID", "IDREF", "ENTITY")},
}

BUILTINS: Mapping[str, Builtin] = {
    "string": Builtin("string"),
    "normalizedString": Builtin("string"),
    "token": Builtin("string"),
    **{name: Builtin("string", form) for name, form in _FORMATS.items()},
    **{f"{name}S": Builtin("", item=name) for name in ("NMTOKEN", "IDREF")},
    "ENTITIES": Builtin("", item="ENTITY"),
    "boolean": Builtin("boolean"),
    "base64Binary": Builtin("bytes"),
    "hexBinary": Builtin("bytes", "hex"),
    "decimal": Builtin("number", "decimal"),
    "float": Builtin("number", "float"),
    "double": Builtin("number", "double"),
    "integer": Builtin("integer"),
    "nonNegativeInteger": Builtin("integer", "", {"minimum": 0}),
    "positiveInteger": Builtin("integer", "", {"minimum": 1}),
    "nonPositiveInteger": Builtin("integer", "", {"maximum": 0}),
    "negativeInteger": Builtin("integer", "", {"maximum": -1}),
    **{name: Builtin("integer", f"int{width}") for name, width in _WIDTHS.items()},
    **{
        f"unsigned{name.capitalize()}": Builtin("integer", f"uint{width}", {"minimum": 0})
        for name, width in _WIDTHS.items()
    },
    "anyType": Builtin(""),
    "anySimpleType": Builtin(""),
}
WHITE_SPACE = {"normalizedString": "replace", "token": "collapse"}
"""What becomes of the spaces in a text that is no plain string."""


def value_of(text: str, scalar: str) -> Any:
    """A default or fixed value as a value of its type; as it is written where it is none."""
    plain = text.strip()
    try:
        if scalar == "boolean" and plain in ("true", "false", "1", "0"):
            return plain in ("true", "1")
        if scalar == "integer":
            return int(plain)
        if scalar == "number":
            return number(plain)
    except ValueError:
        pass
    return text


def number(text: str) -> int | float:
    """A number as it is written, a whole one as int; raises ValueError."""
    value = float(text)
    if value != value or value in (float("inf"), float("-inf")):
        raise ValueError(text)
    return int(text) if text.lstrip("+-").isdigit() else int(value) if value.is_integer() else value
