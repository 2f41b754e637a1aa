"""How many bytes a value takes, by really writing it in each encoding whose schema is known."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from contractbook.formats import FORMATS
from contractbook.model import Contract, Shape

LARGEST = 200_000  # bytes of a value as JSON that are worth the time
_letters = re.compile(r"[\W_]+").sub


class Size(NamedTuple):
    """What a value takes in an encoding, in bytes: as it is, and packed by gzip."""

    encoding: str
    plain: int
    packed: int


class Known(NamedTuple):
    """A type whose values can be written, in a contract of whatever format."""

    contract: Contract
    type: str


def sizes(value: Any, known: Iterable[Known]) -> list[Size]:
    """The sizes of a value as JSON, and in each other encoding that one of the contracts is about.

    The value belongs to the first type; in the others its members go by the names they have there. An
    encoding in which it cannot be written is left out.
    """
    plain = json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()
    if len(plain) > LARGEST:
        return []
    found = {"JSON": _size("JSON", plain)}
    for each in known:
        format = FORMATS[each.contract.format]
        if format.encoding not in found and format.encode is not None:
            try:
                renamed = _renamed(each.contract, each.type, value)
                found[format.encoding] = _size(
                    format.encoding, format.encode(each.contract, each.type, renamed)
                )
            except Exception:
                continue
    return [*found.values()]


def _size(encoding: str, written: bytes) -> Size:
    return Size(encoding, len(written), len(gzip.compress(written, mtime=0)))


def _renamed(contract: Contract, name: str, value: Any, depth: int = 0) -> Any:
    """A value with the names that the members of a type have, however they are spelled elsewhere."""
    type = contract.resolve(name)
    if depth > 40:
        return value
    if type.shape is Shape.RECORD and isinstance(value, dict):
        given = {_bare(key): part for key, part in value.items()}
        if unknown := given.keys() - {_bare(field.name) for field in type.fields}:
            raise ValueError(f"{name} has no {min(unknown)}")  # it would be another message
        return {
            field.name: _renamed(contract, field.type, given[_bare(field.name)], depth + 1)
            for field in type.fields
            if _bare(field.name) in given
        }
    if type.shape is Shape.LIST and isinstance(value, list):
        return [_renamed(contract, type.item, part, depth + 1) for part in value]
    return value


def _bare(name: str) -> str:
    return _letters("", name).casefold()
