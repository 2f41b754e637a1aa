"""Acceptances that stand as comments in a text."""

from __future__ import annotations

import re
from typing import NamedTuple

from contractbook.source.lines import Lines

_comments = re.compile(
    rb"#[ \t]*contractbook:[ \t]*accept[ \t]+(?P<rule>[\w*-]+)(?:[ \t]+--[ \t]*(?P<reason>[^\r\n]*))?"
).finditer


class Accepted(NamedTuple):
    """A comment `# contractbook: accept RULE -- reason`; the reason is empty where none is given."""

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
        for found in _comments(utf8)
    ]
