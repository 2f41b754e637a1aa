"""Lines and columns for many findings at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec.structs import replace

from contractbook.finding import Finding, Location
from contractbook.source.lines import Place

Placing = Callable[[str, Sequence[str]], Sequence[Place]]
"""Where pointers of the document at a path stand; `Sources.places` is one."""


def placed(findings: Iterable[Finding], places: Placing, before: Placing | None = None) -> list[Finding]:
    """The findings in their order, with line and column where a location has none yet.

    `location` and `pointer` are looked up in `places`, `was` and `was_pointer` in `before`; each document
    is asked once.
    """
    found = list(findings)
    new = _resolved(((each.location, each.pointer) for each in found), places)
    old = _resolved(((each.was, each.was_pointer) for each in found), before or places)
    return [
        each if location is each.location and was is each.was else replace(each, location=location, was=was)
        for each, location, was in zip(found, new, old, strict=True)
    ]


def _resolved(asked: Iterable[tuple[Location | None, str]], places: Placing) -> list[Location | None]:
    locations = list(asked)
    pointers: dict[str, dict[str, Place]] = {}
    for location, pointer in locations:
        if location is not None and not location.line:
            pointers.setdefault(location.path, {})[pointer] = (0, 0)
    for path, known in pointers.items():
        known.update(zip(known, places(path, list(known)), strict=True))
    return [
        Location(location.path, *pointers[location.path][pointer])
        if location is not None and not location.line
        else location
        for location, pointer in locations
    ]
