"""Parts of a document that name themselves, as JSON Schema allows (2020-12 core, 8.2; draft 7, 8.2.3)."""

from __future__ import annotations

from typing import Any

from contractbook.source.pointers import escaped

_ANCHORS = ("$anchor", "$dynamicAnchor")
_IDS = ("$id", "id")


def identifiers(data: Any) -> dict[str, str]:
    """The pointer of each part that has a name: `#name` for an anchor, else the address that `$id` states.

    Of parts with the same name the first counts.
    """
    found: dict[str, str] = {}
    stack, seen = [("", data)], set[int]()
    while stack:
        pointer, value = stack.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, dict):
            for name in _names(value):
                found.setdefault(name, pointer)
            inner = [(f"{pointer}/{escaped(key)}", part) for key, part in value.items()]
        else:
            inner = [(f"{pointer}/{index}", part) for index, part in enumerate(value)]
        stack += [(way, part) for way, part in reversed(inner) if isinstance(part, dict | list)]
    return found


def _names(schema: dict[str, Any]) -> list[str]:
    anchors = [f"#{schema[key]}" for key in _ANCHORS if isinstance(schema.get(key), str)]
    ids = [schema[key] for key in _IDS if isinstance(schema.get(key), str)]
    return anchors + [name.removesuffix("#") for name in ids if name.startswith("#") or "://" in name]
