"""The values of enumerations, and what is said of each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from contractbook.formats.schema.draft import Draft, Spot
from contractbook.model import Value

# Keys that code generators read beside `enum`: names and texts by index, or by value.
TITLES = ("x-enum-varnames", "x-enumNames", "x-enum-names")
DOCS = ("x-enum-descriptions", "x-enumDescriptions")
LISTED = frozenset({"kinds", "values", "growing", "doc", "title", "lifecycle"})


def value_name(value: Any) -> str:
    """The text of a value: itself, or the JSON of what is no text."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def values(
    listed: Iterable[Any], spot: Spot, schema: Mapping[str, Any], key: str = "enum"
) -> tuple[Value, ...]:
    """The values that a schema lists under a key, each once, without null."""
    titles, docs = _beside(schema, TITLES), _beside(schema, DOCS)
    found: dict[str, Value] = {}
    for i, value in enumerate(listed):
        name = value_name(value)
        if value is not None and name not in found:
            title, doc = _said_of(titles, i, name), _said_of(docs, i, name)
            found[name] = Value(name=name, at=f"{spot.at}/{key}/{i}", title=title, doc=doc)
    return tuple(found.values())


def _beside(schema: Mapping[str, Any], keys: Iterable[str]) -> Any:
    return next((schema[key] for key in keys if key in schema), None)


def _said_of(texts: Any, index: int, name: str) -> str:
    if isinstance(texts, list):
        text = texts[index] if index < len(texts) else ""
    else:
        text = texts.get(name) if isinstance(texts, dict) else ""
    return text if isinstance(text, str) else ""


def together(drafts: list[Draft]) -> tuple[tuple[str, ...], tuple[Value, ...], bool] | None:
    """Kinds, values and whether they may grow, if all drafts make one enumeration; else None.

    It may grow if one of them lists nothing and admits any such value.
    """
    listed = [draft for draft in drafts if draft.values]
    plain = [draft for draft in drafts if draft.said.keys() == {"kinds"}]
    if not listed or len(listed) + len(plain) != len(drafts) or len({draft.kinds for draft in drafts}) > 1:
        return None
    if any(not draft.said.keys() <= LISTED for draft in listed):
        return None
    found: dict[str, Value] = {}
    for draft in listed:
        for value in draft.values or ():
            found.setdefault(value.name, _explained(value, draft) if len(draft.values or ()) == 1 else value)
    growing = bool(plain) or any(draft.growing for draft in listed)
    return listed[0].kinds, tuple(found.values()), growing


def _explained(value: Value, draft: Draft) -> Value:
    return Value(
        name=value.name,
        at=value.at,
        doc=draft.doc,
        title=draft.title,
        lifecycle=draft.lifecycle,
    )
