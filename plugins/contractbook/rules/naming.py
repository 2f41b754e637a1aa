"""The style that names are written in, and how messages count and list them."""

from __future__ import annotations

import re
from functools import lru_cache

_STYLES = tuple(
    (style, re.compile(pattern).fullmatch)
    for style, pattern in (
        ("", r"[a-z0-9]*|[A-Z0-9]+|[A-Z]"),  # one word could be of any style
        ("snake_case", r"[a-z0-9]+(_[a-z0-9]+)+"),
        ("kebab-case", r"[a-z0-9]+(-[a-z0-9]+)+"),
        ("camelCase", r"[a-z][a-zA-Z0-9]*"),
        ("PascalCase", r"[A-Z][a-zA-Z0-9]*"),
        ("SCREAMING_CASE", r"[A-Z0-9]+(_[A-Z0-9]+)+"),
        ("Header-Case", r"[A-Z][A-Za-z0-9]*(-[A-Z0-9][A-Za-z0-9]*)+"),
        ("mixed style", r"[A-Za-z0-9_-]+"),
    )
)


@lru_cache(maxsize=50_000)
def style(name: str) -> str:
    """The style of a name; empty for a single word and for what is no plain name."""
    bare = name.strip("_$@")
    return next((style for style, matches in _STYLES if matches(bare)), "")


def vocabulary(text: str) -> frozenset[str]:
    """The words of a text, to look names up in."""
    return frozenset(text.split())


def some(names: list[str], most: int = 3) -> str:
    """A few of the names, for a message: `id, name, size and 12 more`."""
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most:,} more"


def count(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: `1 field`, `2,161 fields`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def article(noun: str) -> str:
    """A noun with the article that it takes: `an object`, `a UUID`, `any value`."""
    if noun.startswith("any "):
        return noun
    return f"{'an' if noun[:1] in 'aeioAEIO' else 'a'} {noun}"
