"""Reads the end of an element from what people write about it, where a format has no keys for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

_DAY = r"(?P<day>\d{4}-\d\d-\d\d)"
_TERM = r"`[^`\n]+`|\"[^\"\n]+\"|\[[^\]\n]+\]|[A-Z]+ /[^\s,;]+|[A-Za-z_][\w./#:-]*[\w}]"

_ends = re.compile(r"(?:^|[.!?:;\]]\s+|\n)[\s*@\[(_-]*deprecated\b", re.IGNORECASE).search
_since = re.compile(
    rf"\bdeprecated(?:,?\s+(?:since|as of|from|on|in|effective))?:?\s+{_DAY}", re.IGNORECASE
).search
_sunset = re.compile(
    r"\b(?:sunset|removal|removed|retired|until|end of life|end of support|shut(?:s| )?down|goes away)"
    rf"(?:\s+(?:date|is|on|after|by|in|at|the|of))*:?\s+{_DAY}",
    re.IGNORECASE,
).search
_replacement = re.compile(
    r"\b(?:(?:please\s+)?use|replaced (?:by|with)|superseded by|in favou?r of|migrate to|prefer)"
    rf"\s+(?:the\s+|field\s+|rpc\s+|message\s+|operation\s+)*(?P<name>{_TERM})(?P<sure>\s+instead\b)?",
    re.IGNORECASE,
).finditer
_told = re.compile(r"[._/\d{`\"\[]|[a-z][A-Z]|^[A-Z]\w*[a-z]").search
_quotes = '`"[]'


def announced(text: str) -> bool:
    """Whether a text says that what it is about is deprecated: a sentence of it begins so."""
    return "deprecated" in text.lower() and _ends(text) is not None


def ending(text: str) -> Iterator[tuple[str, str]]:
    """What a text says of an end, by the attribute of a Lifecycle: since, sunset, replacement.

    `Deprecated since 2026-05-01. Sunset 2027-03-01. Use Foo instead.`
    """
    if found := _since(text):
        yield "since", found["day"]
    if found := _sunset(text):
        yield "sunset", found["day"]
    for found in _replacement(text):
        name = found["name"].strip(_quotes)
        if found["sure"] or _told(found["name"]):  # "use another one" names nothing
            yield "replacement", name
            return
