"""What a text says of a value besides its type: measures, obligations and numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import lru_cache

from contractbook.texts import compiled, expression

MEASURES: Mapping[str, Mapping[str, str]] = {
    "unit": {
        "milliseconds": r"milliseconds?|millis|msecs?|ms",
        "microseconds": r"microseconds?|µs",
        "nanoseconds": r"nanoseconds?|ns",
        "seconds": r"seconds?|secs?",
        "minutes": r"minutes?|mins",
        "hours": r"hours?|hrs?",
        "days": r"days?",
        "weeks": r"weeks?",
        "months": r"months?",
        "bytes": r"bytes?",
        "kilobytes": r"kilobytes?|kib|kb",
        "megabytes": r"megabytes?|mib|mb",
        "gigabytes": r"gigabytes?|gib|gb",
        "millimetres": r"millimet(?:re|er)s?|mm",
        "centimetres": r"centimet(?:re|er)s?|cm",
        "metres": r"met(?:re|er)s?",
        "kilometres": r"kilomet(?:re|er)s?|km",
        "miles": r"miles?",
        "inches": r"inch(?:es)?",
        "feet": r"feet|foot",
        "grams": r"grams?",
        "kilograms": r"kilograms?|kg",
        "pounds": r"pounds?|lbs?",
        "Celsius": r"celsius",
        "Fahrenheit": r"fahrenheit",
        "Kelvin": r"kelvin",
    },
    "scale": {
        "percent": r"percent(?:age)?|per cent",
        "basis points": r"basis points?",
        "0 to 1": r"(?:0|0\.0)\s*(?:-|–|to|and|\.\.)\s*(?:1|1\.0)(?![\d.])",
        "0 to 100": r"0\s*(?:-|–|to|and|\.\.)\s*100",
    },
    "currency": {
        "minor units": r"minor (?:currency )?units?|cents|pence",
        "major units": r"major (?:currency )?units?",
        "euro": r"euros?|eur",
        "US dollar": r"dollars?|usd",
        "British pound": r"pounds? sterling|gbp",
        "Swiss franc": r"francs?|chf",
        "yen": r"yen|jpy",
    },
    "time zone": {
        "UTC": r"utc|gmt|zulu time",
        "local time": r"local time|wall[- ]clock time",
        "central European time": r"cest?",
        "eastern time": r"e[sd]t|eastern time",
        "Pacific time": r"p[sd]t|pacific time",
    },
    "spelling": {
        "ISO 8601": r"iso[- ]?8601|rfc[- ]?3339",
        "Unix time": r"unix (?:time(?:stamp)?|epoch)|epoch (?:seconds|milliseconds|time)|seconds since",
        "E.164": r"e\.?164",
        "base64": r"base64",
        "hexadecimal": r"hex(?:adecimal)?",
    },
}


def _one_of(table: Mapping[str, str]) -> str:
    """A pattern whose groups stand in the order of the table."""
    words = "|".join(f"(?P<m{turn}>{pattern})" for turn, pattern in enumerate(table.values()))
    return rf"(?i)(?<!\w)(?:{words})(?!\w)"


PATTERNS = {kind: _one_of(table) for kind, table in MEASURES.items()}
OBLIGATIONS = expression(
    r"\b(must not|must|shall|should|may|never|always|only|required|mandatory|optional|at least|at most)\b",
    re.IGNORECASE,
)
NUMBERS = expression(r"(?<![\w./:#-])\d+(?:[.,]\d+)?(?![\w/:-]|[.,]\d)")
# Code, addresses, dates and versions are full of numbers that promise nothing.
CODE = expression(r"`[^`]*`|https?://\S+|\d{4}-\d\d(?:-\d\d)?|\bv?\d+(?:\.\d+){2,}")
LIKE = 0.8  # how much of two texts must be equal, for a changed word in them to be told
PHRASE = 3  # words that may be exchanged, for it to be the same sentence
REMEMBERED = 1_024  # pairs of texts: several rules ask of the same two, and many elements have the same
LONG = 2_000  # words beyond which a text is not looked at so closely


@lru_cache(maxsize=REMEMBERED)
def measures(old: str, new: str) -> tuple[tuple[str, str, str], ...]:
    """The kinds of measure (unit, currency, …) that two texts name differently, with what they name."""
    return tuple(
        (kind, " or ".join(sorted(was)), " or ".join(sorted(now)))
        for kind in MEASURES
        if (was := _named(kind, old)) and (now := _named(kind, new)) and not was & now
    )


def _named(kind: str, text: str) -> set[str]:
    names = list(MEASURES[kind])
    return {names[int(str(found.lastgroup)[1:])] for found in compiled(PATTERNS[kind]).finditer(text)}


@lru_cache(maxsize=REMEMBERED)
def obligations(old: str, new: str) -> tuple[str, str] | None:
    """The words of obligation that took one another's place in two texts that are much the same."""
    if not OBLIGATIONS.search(old) and not OBLIGATIONS.search(new):
        return None
    before, after = old.split(), new.split()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if before == after or len(before) + len(after) > LONG or matcher.ratio() < LIKE:
        return None
    was: list[str] = []
    now: list[str] = []
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "replace" and max(last - first, end - start) <= PHRASE:
            left, right = _obliging(before[first:last]), _obliging(after[start:end])
            if left != right:
                was, now = was + left, now + right
    return (", ".join(was), ", ".join(now)) if was or now else None


def _obliging(words: list[str]) -> list[str]:
    return [word.lower() for word in OBLIGATIONS.findall(" ".join(words))]


@lru_cache(maxsize=REMEMBERED)
def numbers(old: str, new: str) -> tuple[str, str] | None:
    """The numbers in which two texts differ that are equal otherwise."""
    before, after = CODE.sub("", old), CODE.sub("", new)
    was, now = NUMBERS.findall(before), NUMBERS.findall(after)
    if was == now or len(was) != len(now) or NUMBERS.sub("#", before) != NUMBERS.sub("#", after):
        return None
    apart = [(left, right) for left, right in zip(was, now, strict=True) if left != right]
    return ", ".join(left for left, _ in apart), ", ".join(right for _, right in apart)
