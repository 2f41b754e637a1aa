"""How the faults of a text are told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from contractbook.finding import Finding, Level, Location
from contractbook.source.lines import Lines, Place

DEEPEST = 254  # levels of nesting that are read: as many as orjson writes
MOST_EVENTS = 4_000_000  # beginnings, ends, keys and values of a YAML text that are read: some 50 MB of it
MOST_FAULTS = 200  # faults of one text that are told


class Fault(NamedTuple):
    """What is wrong with a text, and at which byte of it."""

    offset: int
    message: str
    advice: str


class DoubledKey(NamedTuple):
    """A key that stands twice in one mapping: the later one is read, the earlier one is lost."""

    offset: int
    first: int
    key: str
    pointer: str


def findings(path: str, lines: Lines, faults: Sequence[Fault | DoubledKey]) -> tuple[Finding, ...]:
    """Faults as they are reported; their offsets count the bytes of the text."""
    found = [
        _doubled(path, lines.place(fault.offset), lines.place(fault.first), fault)
        if isinstance(fault, DoubledKey)
        else unreadable(path, lines.place(fault.offset), fault.message, fault.advice)
        for fault in faults[:MOST_FAULTS]
    ]
    if len(faults) >= MOST_FAULTS:
        last = lines.place(faults[MOST_FAULTS - 1].offset)
        found.append(
            unreadable(path, last, "faults after this one are not listed", "Mend those before it first.")
        )
    return tuple(found)


def unreadable(path: str, place: Place, message: str, advice: str) -> Finding:
    """A text, or a part of it, that cannot be read."""
    return Finding(
        rule="unreadable", level=Level.ERROR, message=message, location=Location(path, *place), advice=advice
    )


def _doubled(path: str, place: Place, first: Place, fault: DoubledKey) -> Finding:
    other = f"line {first[0]}" if first[0] != place[0] else f"column {first[1]}"
    return Finding(
        rule="duplicate-key",
        level=Level.ERROR,
        message=f"the key `{shortened(fault.key)}` stands twice: here and in {other}",
        location=Location(path, *place),
        pointer=fault.pointer,
        advice="Remove one of the two or rename it: only the later one is read.",
    )


def too_deep(offset: int) -> Fault:
    """A text that is nested so deeply that no program should walk it."""
    return Fault(
        offset, f"the text is nested deeper than {DEEPEST} levels", "Name the inner parts and refer to them."
    )


def too_much(offset: int) -> Fault:
    """A YAML text that holds so many parts that reading it to its end would take too long."""
    return Fault(
        offset,
        f"the text has more than {MOST_EVENTS:,} parts: they are not read",
        "Split the file, or write it as JSON, which is read much faster.",
    )


def quoted(character: str) -> str:
    """A character, or the lack of one, as it is named in a message."""
    names = {
        "": "the end of the text",
        "\n": "the end of the line",
        "\r": "the end of the line",
        "\t": "a tab",
    }
    if character in names:
        return names[character]
    return f"`{character}`" if character.isprintable() else f"the character U+{ord(character):04X}"


def shortened(text: str, limit: int = 60) -> str:
    """A piece of a contract, short and plain enough to be quoted in a message."""
    plain = "".join(char if char.isprintable() else "�" for char in text[: limit + 1])
    return plain if len(plain) <= limit else plain[:limit] + "…"
