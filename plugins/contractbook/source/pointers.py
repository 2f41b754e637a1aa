"""JSON Pointers (RFC 6901): the names of the parts of a value."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def escaped(part: str) -> str:
    """One part as it is written in a pointer (RFC 6901, 3)."""
    return part.replace("~", "~0").replace("/", "~1") if "~" in part or "/" in part else part


def joined(parts: Iterable[str | int]) -> str:
    """The pointer that names these parts one after the other."""
    return "".join(f"/{escaped(str(part))}" for part in parts)


def parts_of(pointer: str) -> list[str]:
    """The parts of a pointer; none for the whole value."""
    if not pointer:
        return []
    parts = pointer.removeprefix("/").split("/")
    if "~" in pointer:
        parts = [part.replace("~1", "/").replace("~0", "~") for part in parts]
    return parts


def step(value: Any, part: str) -> Any:
    """The member or item of a value that a part names; raises KeyError where there is none."""
    if isinstance(value, dict):
        return value[part]
    if isinstance(value, list) and part.isascii() and part.isdigit() and int(part[:9]) < len(value):
        return value[int(part)]
    raise KeyError(part)
