"""Reads the end of an element from what people write about it, where a format has no keys for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contractbook.texts import expression

_DAY = r"(?P<day>\d{4}-\d\d-\d\d)"
_TERM = r"`[^`\n]+`|\"[^\"\n]+\"|\[[^\]\n]+\]|[A-Z]+ /[^\s,;]+|[A-Za-z_][\w./#:-]*[\w}]"

_ENDS = expression(r"(?:^|[.!?:;\]]\s+|\n)[\s*@\[(_-]*deprecated\b", re.IGNORECASE)
_SINCE = expression(rf"\bdeprecated(?:,?\s+(?:since|as of|from|on|in|effective))?:?\s+{_DAY}", re.IGNORECASE)
_SUNSET = expression(
    r"\b(?:sunset|removal|removed|retired|until|end of life|end of support|shut(?:s| )?down|goes away)"
    rf"(?:\s+(?:date|is|on|after|by|in|at|the|of))*:?\s+{_DAY}",
    re.IGNORECASE,
)
_REPLACEMENT = expression(
    r"\b(?:(?:please\s+)?use|replaced (?:by|with)|superseded by|in favou?r of|migrate to|prefer)"
    rf"\s+(?:the\s+|field\s+|rpc\s+|message\s+|operation\s+)*(?P<name>{_TERM})(?P<sure>\s+instead\b)?",
    re.IGNORECASE,
)
_TOLD = expression(r"[._/\d{`\"\[]|[a-z][A-Z]|^[A-Z]\w*[a-z]")
_quotes = '`"[]'


def announced(text: str) -> bool:
    """Whether a text says that what it is about is deprecated: a sentence of it begins so."""
    return "deprecated" in text.lower() and _ENDS.search(text) is not None


def ending(text: str) -> Iterator[tuple[str, str]]:
    """What a text says of an end, by the attribute of a Lifecycle: since, sunset, replacement.

    `Deprecated since 2026-05-01. Sunset 2027-03-01. Use Foo instead.`
    """
    if found := _SINCE.search(text):
        yield "since", found["day"]
    if found := _SUNSET.search(text):
        yield "sunset", found["day"]
    for found in _REPLACEMENT.finditer(text):
        name = found["name"].strip(_quotes)
        if found["sure"] or _TOLD.search(found["name"]):  # "use another one" names nothing
            yield "replacement", name
            return
