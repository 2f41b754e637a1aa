"""What values a field takes, by the options of protovalidate and of its forerunner protoc-gen-validate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

PROTOVALIDATE = "buf.validate.field"
FORERUNNER = "validate.rules"
LENGTHS = {"min_len": "minLength", "max_len": "maxLength", "min_bytes": "minLength", "max_bytes": "maxLength"}
BOUNDS = {"gt": "exclusiveMinimum", "gte": "minimum", "lt": "exclusiveMaximum", "lte": "maximum"}
COUNTS = {
    "min_items": "minItems",
    "max_items": "maxItems",
    "unique": "uniqueItems",
    "min_pairs": "minProperties",
    "max_pairs": "maxProperties",
}
FORMATS = {
    "email": "email",
    "uri": "uri",
    "uri_ref": "uri-reference",
    "uuid": "uuid",
    "hostname": "hostname",
    "ipv4": "ipv4",
    "ipv6": "ipv6",
    "ip": "ip",
    "address": "host",
    "tuuid": "uuid",
}
NAMES = {**LENGTHS, **BOUNDS, **COUNTS, "pattern": "pattern", "const": "const"}


class Constraints(NamedTuple):
    """Limits of a value and of its items, its format, and whether it must be there.

    `whole` says whether that is all that was demanded.
    """

    limits: Mapping[str, Any]
    items: Constraints | None = None
    format: str = ""
    required: bool = False
    whole: bool = True


NONE = Constraints({})


def constraints(options: Mapping[str, Any]) -> Constraints:
    """What the options of a field demand of its values."""
    said = options.get(PROTOVALIDATE) or options.get(FORERUNNER)
    return _of(said) if isinstance(said, Mapping) else NONE


def _of(said: Mapping[str, Any]) -> Constraints:
    limits: dict[str, Any] = {}
    format = ""
    items = None
    whole = all(isinstance(value, Mapping) or key == "required" for key, value in said.items())
    for rules in (each for each in said.values() if isinstance(each, Mapping)):
        for key, value in rules.items():
            if key in NAMES and not isinstance(value, Mapping):
                limits[NAMES[key]] = value
            elif key == "len":
                limits |= {"minLength": value, "maxLength": value}
            elif key in FORMATS and value is True:
                format = FORMATS[key]
            elif key in ("items", "values") and isinstance(value, Mapping):
                items = _of(value)
                whole = whole and items.whole
            elif key != "required":
                whole = False
    return Constraints(limits, items, format, _required(said), whole)


def _required(said: Mapping[str, Any]) -> bool:
    message = said.get("message")
    return said.get("required") is True or (isinstance(message, Mapping) and message.get("required") is True)
