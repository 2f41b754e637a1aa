"""What a change decides beside the contracts: what it accepts, and what it says in the configuration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from contractbook.config.toml import TomlTable
from contractbook.source.document import Document


def decisions(path: str, old: bytes | None, new: bytes | None) -> list[str]:
    """One line for each acceptance and each key that a configuration has come to say, or says no longer."""
    if old == new:
        return []
    before, after = _values(path, old), _values(path, new)
    lines = [*_acceptances(before.get("accept"), after.get("accept"))]
    keys = sorted({*before, *after} - {"accept"})
    return [*lines, *(line for key in keys for line in _changed((key,), before.get(key), after.get(key)))]


def _values(path: str, raw: bytes | None) -> Mapping[str, Any]:
    if raw is None:
        return {}
    try:
        data = TomlTable(path, raw.decode()).data if path.endswith(".toml") else Document(path, raw).data
    except ValueError:  # the old state need not be right
        return {}
    return data if isinstance(data, dict) else {}


def _acceptances(old: Any, new: Any) -> Iterator[str]:
    before, after = (each if isinstance(each, list) else [] for each in (old, new))
    yield from (f"accepts {_entry(each)}" for each in after if each not in before)
    yield from (f"no longer accepts {_entry(each)}" for each in before if each not in after)


def _entry(entry: Any) -> str:
    if not isinstance(entry, dict):
        return str(entry)
    by = f", says {entry['by']}" if entry.get("by") else ""
    until = f" until {entry['until']}" if entry.get("until") else ""
    where = f" for {entry['element']}" if entry.get("element") else " everywhere"
    return f"{entry.get('rule', '?')}{where}{until}: {entry.get('reason', 'no reason')}{by}"


def _changed(keys: tuple[str, ...], old: Any, new: Any) -> Iterator[str]:
    if old == new:
        return
    if isinstance(old, dict | None) and isinstance(new, dict | None):
        before, after = old or {}, new or {}
        for key in sorted({*before, *after}):
            yield from _changed((*keys, str(key)), before.get(key), after.get(key))
        return
    yield f"configuration: {' > '.join(keys)} is {_shown(new)} instead of {_shown(old)}"


def _shown(value: Any) -> str:
    if value is None:
        return "unset"
    if isinstance(value, dict | list):
        text = str(value).replace("'", "")
        return text if len(text) <= 60 else f"{text[:59]}…"
    return str(value).lower() if isinstance(value, bool) else str(value)
