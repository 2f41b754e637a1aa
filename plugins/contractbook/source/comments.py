"""Acceptances that stand as comments in a text."""

from __future__ import annotations

import re
from typing import NamedTuple

from contractbook.source.lines import Lines
from contractbook.texts import expression

_COMMENTS = expression(
    rb"(?:#|//+|/?\*+|<!--)[ \t]*contractbook:[ \t]*accept[ \t]+(?P<rule>[\w*-]+)"
    rb"(?:(?:[ \t]+--|:)[ \t]*(?P<reason>[^\r\n]*?)[ \t]*(?:\*/|-->|\r|$))?",
    re.MULTILINE,
)


class Accepted(NamedTuple):
    """A comment `# contractbook: accept RULE -- reason`, in YAML or any other language of contracts.

    The reason is empty where none is given.
    """

    line: int
    rule: str
    reason: str


def acceptances(utf8: bytes) -> list[Accepted]:
    """The comments of a text that accept a finding, in its order."""
    if b"contractbook:" not in utf8:
        return []
    lines = Lines(utf8)
    return [
        Accepted(
            lines.place(found.start())[0], found["rule"].decode(), (found["reason"] or b"").decode().strip()
        )
        for found in _COMMENTS.finditer(utf8)
    ]
