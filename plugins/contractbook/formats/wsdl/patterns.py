"""Regular expressions of XML Schema as those of JSON Schema (XML Schema 1.0-2, appendix F)."""

from __future__ import annotations

from collections.abc import Sequence


def as_pattern(written: str) -> str:
    """The same expression where a match may begin and end anywhere.

    XML Schema means the whole value, and knows `^` and `$` only as characters.
    """
    found: list[str] = []
    inside = escaped = False
    for char in written:
        if not escaped and not inside and char in "^$":
            found.append("\\")
        found.append(char)
        if not escaped:
            inside = char == "[" if not inside else char != "]"
        escaped = char == "\\" and not escaped
    text = "".join(found)
    return f"^(?:{text})$" if "|" in text else f"^{text}$"


def joined(patterns: Sequence[str]) -> str:
    """One pattern for several, of which one must match (XML Schema 1.0-2, 4.3.4)."""
    if len(patterns) == 1:
        return patterns[0]
    return f"^(?:{'|'.join(pattern[1:-1] for pattern in patterns)})$"
