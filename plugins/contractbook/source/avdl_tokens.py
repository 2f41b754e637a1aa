"""The words of Avro IDL (Avro 1.12, IDL Language)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

_token = re.compile(
    rb"(?P<space>\s+|//[^\r\n]*|/\*(?!\*(?!/)).*?\*/)"
    rb"|(?P<doc>/\*\*.*?\*/)"
    rb'|(?P<text>"(?:[^"\\]|\\.)*+"|\'(?:[^\'\\]|\\.)*+\')'
    rb"|(?P<number>-?(?:Infinity|0[xX][0-9a-fA-F]+|\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)[fFdDlL]?(?!\w))"
    rb"|(?P<word>(?:`[^`\r\n]+`|[A-Za-z_$\x80-\xff])(?:`[^`\r\n]+`|[\w$.\x80-\xff-])*)"
    rb"|(?P<sign>[{}()\[\]<>,;:=@?])",
    re.DOTALL,
).match


class Token(NamedTuple):
    """A word of the text: its kind (doc, text, number, word, sign, odd, end), and at which byte it stands."""

    kind: str
    text: str
    offset: int

    @property
    def name(self) -> str:
        """What a word names, without the quotes that let it be a reserved one."""
        return self.text.replace("`", "")


def tokens(utf8: bytes) -> Iterator[Token]:
    """The words of a text, without spaces and plain comments; the last one is its end."""
    at = 0
    while at < len(utf8):
        found = _token(utf8, at)
        if found is None:
            yield Token("odd", utf8[at : at + 4].decode("utf-8", "ignore")[:1], at)
            at += 1
        else:
            if found.lastgroup != "space":
                yield Token(str(found.lastgroup), found[0].decode("utf-8", "replace"), at)
            at = found.end()
    yield Token("end", "", len(utf8))


def documentation(comment: str) -> str:
    """The text of a doc comment, without the stars that lines begin with."""
    lines = comment.removeprefix("/**").removesuffix("*/").splitlines()
    if all(line.lstrip().startswith("*") for line in lines[1:] if line.strip()):
        lines = [re.sub(r"^\s*\* ?", "", line) if number else line for number, line in enumerate(lines)]
    return "\n".join(
        line.strip() if number == 0 else line.rstrip() for number, line in enumerate(lines)
    ).strip()


def scalar(token: Token) -> Any:
    """The value of a text or number as JSON has it."""
    if token.kind == "text":
        text = token.text[1:-1] if token.text[0] == "'" else token.text
        try:
            return json.loads(text if token.text[0] == '"' else json.dumps(text), strict=False)
        except ValueError:
            return token.text[1:-1]
    if token.text.lower().lstrip("-").startswith("0x"):
        return int(token.text[:400], 16)
    number = token.text.rstrip("fFdDlL")
    if number in ("-Infinity", "Infinity"):
        return number
    return float(number) if set(number) & set(".eE") else int(number[:400])
