"""Whether a default is a value of its type (Avro 1.12, Complex Types, Records)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from contractbook.formats.avro.names import PRIMITIVES, full_name, split_name
from contractbook.formats.avro.reading import Reading
from contractbook.formats.avro.survey import listed
from contractbook.source.faults import shortened

DEPTH = 40
RANGES = {"int": (-(2**31), 2**31 - 1), "long": (-(2**63), 2**63 - 1)}
NO_NUMBERS = frozenset({"NaN", "Infinity", "-Infinity", "INF", "-INF"})
NOUNS = {"array": "a list", "map": "an object", "bytes": "a text of bytes", "string": "a text"}


def misfit(reading: Reading, value: Any, schema: Any, namespace: str, depth: int = 0) -> str:
    """What keeps a default from being a value of a schema, in words; empty where it is one."""
    if depth > DEPTH:
        return ""
    if isinstance(schema, list):
        return _of_union(reading, value, schema, namespace, depth)
    kind = schema.get("type") if isinstance(schema, dict) else schema
    if isinstance(kind, str) and kind in PRIMITIVES:
        return "" if PRIMITIVE[kind](value) else f"is {_shown(value)}, which is no {kind}"
    if kind in ("array", "map"):
        return _of_container(reading, value, schema, namespace, depth)
    name = schema.get("name") if isinstance(schema, dict) and isinstance(kind, str) else kind
    if not isinstance(name, str):
        return misfit(reading, value, kind, namespace, depth + 1) if isinstance(kind, dict | list) else ""
    own = schema.get("namespace") if isinstance(schema, dict) else None
    return _of_named(reading, value, full_name(name, namespace, own), depth)


def _of_union(reading: Reading, value: Any, branches: list[Any], namespace: str, depth: int) -> str:
    """A default belongs to the first branch: only Avro 1.12 lets it be of any."""
    wrong = [misfit(reading, value, branch, namespace, depth + 1) for branch in branches]
    if not wrong or not wrong[0]:
        return ""
    if all(wrong):
        return f"is {_shown(value)}, which is of no branch of the union"
    return f"is {_shown(value)}, which is not of the first branch of the union: most libraries refuse that"


def _of_container(reading: Reading, value: Any, schema: Mapping[str, Any], namespace: str, depth: int) -> str:
    wanted, key = (list, "items") if schema["type"] == "array" else (dict, "values")
    if not isinstance(value, wanted):
        return f"is {_shown(value)}, and must be {NOUNS[schema['type']]}"
    inside = value.values() if isinstance(value, dict) else value
    found = (misfit(reading, each, schema.get(key), namespace, depth + 1) for each in inside)
    return next((f"holds what {wrong}" for wrong in found if wrong), "")


def _of_named(reading: Reading, value: Any, full: str, depth: int) -> str:
    definition = reading.definitions.get(full) or reading.definitions.get(split_name(full)[1])
    if definition is None:
        return ""
    said = definition.value
    if said["type"] == "enum":
        known = value in listed(said.get("symbols"))
        return "" if known else f"is {_shown(value)}, which is no symbol of {split_name(full)[1]}"
    if said["type"] == "fixed":
        size = said.get("size")
        fits = is_bytes(value) and (len(value) == size or not isinstance(size, int))
        return "" if fits else f"is {_shown(value)}, which is no text of {size} bytes"
    if not isinstance(value, dict):
        return f"is {_shown(value)}, and must be an object"
    return _of_record(reading, value, said, full, depth)


def _of_record(
    reading: Reading, value: Mapping[str, Any], said: Mapping[str, Any], full: str, depth: int
) -> str:
    for each in listed(said.get("fields")):
        name = each.get("name") if isinstance(each, dict) else None
        if isinstance(name, str) and name in value:
            wrong = misfit(reading, value[name], each.get("type"), split_name(full)[0], depth + 1)
            if wrong:
                return f"has {shortened(str(name))}, which {wrong}"
        elif isinstance(each, dict) and "default" not in each:
            return f"lacks {shortened(str(name))}, which has no default of its own"
    return ""


def is_bytes(value: Any) -> bool:
    """Whether a text stands for bytes: each character for the byte of its number."""
    return isinstance(value, str) and all(ord(char) < 256 for char in value)


def _is_whole(kind: str) -> Callable[[Any], bool]:
    least, most = RANGES[kind]
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _is_number(value: Any) -> bool:
    return (isinstance(value, int | float) and not isinstance(value, bool)) or value in NO_NUMBERS


PRIMITIVE: Mapping[str, Callable[[Any], bool]] = {
    "null": lambda value: value is None,
    "boolean": lambda value: isinstance(value, bool),
    "int": _is_whole("int"),
    "long": _is_whole("long"),
    "float": _is_number,
    "double": _is_number,
    "string": lambda value: isinstance(value, str),
    "bytes": is_bytes,
}


def _shown(value: Any) -> str:
    kinds = {dict: "an object", list: "a list", type(None): "null"}
    return kinds.get(type(value)) or f"`{shortened(str(value))}`"
