"""Reads the end of an element, in any of the spellings in which teams announce it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from contractbook.formats.prose import announced, ending
from contractbook.model import ALIVE, Lifecycle


class Spelling(NamedTuple):
    """Where a fact of a Lifecycle is written: a key, perhaps a key inside it, and the attribute it fills."""

    key: str
    attribute: str
    inner: str = ""


PRESETS = (
    Spelling("deprecated", "deprecated"),
    Spelling("deprecated", "since", "effective"),  # xRegistry 1.0, "deprecated"
    Spelling("deprecated", "sunset", "removal"),
    Spelling("deprecated", "replacement", "alternative"),
    Spelling("x-lifecycle", "since", "deprecated"),
    Spelling("x-lifecycle", "sunset", "sunset"),
    Spelling("x-lifecycle", "replacement", "replacement"),
    Spelling("x-lifecycle", "reason", "reason"),
    Spelling("x-deprecated", "deprecated"),
    Spelling("x-sunset", "sunset"),
    Spelling("x-replacement", "replacement"),
    Spelling("x-github", "since", "deprecationDate"),
    Spelling("x-github", "sunset", "removalDate"),
    Spelling("x-deprecatedInVersion", "deprecated"),
    Spelling("x-deprecatedMessage", "reason"),
    Spelling("x-addedInVersion", "introduced"),
)
KEYED = "`deprecated: true` beside `x-lifecycle: {sunset: 2027-03-01, replacement: …}`"
"""How formats of YAML and JSON announce an end."""

DATES = frozenset({"since", "sunset"})


class Endings:
    """Reads a Lifecycle by a table of spellings, which a team may extend by its own keys."""

    def __init__(self, spellings: tuple[Spelling, ...] = PRESETS) -> None:
        self.spellings = spellings
        self.keys = frozenset(spelling.key for spelling in spellings)
        # What such a key says is wholly in the Lifecycle; of the others the rest stays in the binding.
        self.whole = self.keys - {"x-github", "x-deprecatedInVersion"}

    def read(self, said: Mapping[str, Any], text: str = "") -> Lifecycle:
        """The Lifecycle of an element whose keys and values are `said`.

        A `text` about it is given where a format has no keys for the rest: what it says of the end of a
        deprecated element counts as if it were said by keys.
        """
        ends = bool(text) and (announced(text) or said.get("deprecated") is True)
        if not ends and self.keys.isdisjoint(said):
            return ALIVE
        facts: dict[str, Any] = {"deprecated": True} if ends else {}
        for attribute, value in self._written(said):
            _note(facts, attribute, value)
        for attribute, told in ending(text) if ends else ():
            _note(facts, attribute, told)
        return Lifecycle(**facts) if facts else ALIVE

    def _written(self, said: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        for spelling in self.spellings:
            value = said.get(spelling.key)
            if spelling.inner:
                value = value.get(spelling.inner) if isinstance(value, Mapping) else None
            if value is not None and value is not False:
                yield spelling.attribute, value


def _note(facts: dict[str, Any], attribute: str, value: Any) -> None:
    if attribute == "deprecated":
        facts["deprecated"] = True
    elif attribute not in DATES:
        facts.setdefault(attribute, str(value))
    elif value is True:
        facts["deprecated"] = True
    elif day := read_date(value):
        facts.setdefault(attribute, day)
    else:
        facts["unreadable"] = str(value)
    if attribute == "since":
        facts["deprecated"] = True


def read_date(value: Any) -> date | None:
    """The day of an ISO 8601 date or time, or None."""
    try:
        return date.fromisoformat(str(value).strip()[:10])
    except ValueError:
        return None


def spelled(keys: Mapping[str, Sequence[str]]) -> Endings:
    """The presets with further keys by attribute; `x-plan.end` is the key `end` in the object `x-plan`."""
    own = [Spelling(*_parted(key, attribute)) for attribute, found in keys.items() for key in found]
    return Endings((*own, *PRESETS)) if own else ENDINGS


def _parted(key: str, attribute: str) -> tuple[str, str, str]:
    outer, _, inner = key.partition(".")
    return outer, attribute, inner


ENDINGS = Endings()
