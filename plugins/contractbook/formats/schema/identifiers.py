"""Schemas that are referred to by a name of their own: `$id`, `$anchor` and `$dynamicAnchor`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

from contractbook.source.pointers import escaped, parts_of, step

ANCHORS = ("$anchor", "$dynamicAnchor")


def identifiers(data: Any) -> Mapping[str, str]:
    """The pointer of each schema in a document that has an identifier (JSON Schema 2020-12, core, 8.2).

    An anchor is told as `#name` and with the identifier of the schema it stands in.
    """
    found: dict[str, str] = {}
    waiting: list[tuple[Any, str, str]] = [(data, "", "")]
    while waiting:
        value, pointer, base = waiting.pop()
        if isinstance(value, dict):
            base = _note(found, value, pointer, base)
            inside = ((inner, f"{pointer}/{escaped(key)}", base) for key, inner in value.items())
        elif isinstance(value, list):
            inside = ((inner, f"{pointer}/{i}", base) for i, inner in enumerate(value))
        else:
            continue
        waiting.extend(part for part in inside if isinstance(part[0], dict | list))
    return found


def _note(found: dict[str, str], schema: Mapping[str, Any], pointer: str, base: str) -> str:
    """Note the identifiers of one schema, and tell what references in it start from."""
    own = schema.get("$id", schema.get("id"))
    if isinstance(own, str) and own[:1] not in ("", "#") and ("$id" in schema or "://" in own):
        base = urldefrag(urljoin(base, own)).url
        found.setdefault(base, pointer)
        found.setdefault(own, pointer)
    for key in ANCHORS:
        name = schema.get(key)
        if isinstance(name, str):
            found.setdefault(f"#{name}", pointer)
            found.setdefault(f"{base}#{name}", pointer)
    if isinstance(own, str) and own.startswith("#"):  # draft 7 and older wrote anchors so
        found.setdefault(own, pointer)
    return base


def lookup(known: Mapping[str, str], reference: str, data: Any) -> str | None:
    """The pointer that a reference by identifier leads to, or None where no schema is called so."""
    if reference in known:
        return known[reference]
    resource, fragment = urldefrag(reference)
    base = known.get(resource)
    if base is None:
        return None
    pointer = base + unquote(fragment)
    try:
        for part in parts_of(pointer):
            data = step(data, part)
    except KeyError:
        return None
    return pointer
