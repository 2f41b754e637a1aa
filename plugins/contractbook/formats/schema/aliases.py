"""Schemas that only refer to another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec.structs

from contractbook.model import Shape

if TYPE_CHECKING:
    from contractbook.formats.schema.read import Schemas


def break_circles(schemas: Schemas) -> None:
    """Report schemas that only refer to one another, and let them say nothing."""
    seen: set[str] = set()
    for name in schemas.types:
        way: dict[str, None] = {}
        while name not in seen and schemas.types[name].shape is Shape.ALIAS:
            seen.add(name)
            way[name] = None
            name = schemas.types[name].parts[0]
        if name in way:
            _tell_endless(schemas, [*way][[*way].index(name) :])


def _tell_endless(schemas: Schemas, way: list[str]) -> None:
    for name in way:
        schemas.types[name] = msgspec.structs.replace(schemas.types[name], shape=Shape.ANY, parts=())
    at = schemas.types[way[0]].at
    path, _, pointer = at.partition("#")
    others = " and ".join(way[1:])
    schemas.faults.unresolved(
        f"{way[0]} refers to {others}, and that to {way[0]} again"
        if others
        else f"{way[0]} refers to itself",
        schemas.documents[path or schemas.main.path],
        pointer,
        "Let one of them say what it is.",
    )
