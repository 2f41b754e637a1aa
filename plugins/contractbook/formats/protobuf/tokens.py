"""The words of a proto text, for texts that the compiler refuses: what it says is read all the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_words = re.compile(
    r"(?P<space>[\s\ufeff]+)"
    r"|(?P<comment>//[^\n]*|/\*.*?\*/)"
    r"|(?P<name>[A-Za-z_]\w*)"
    r"|(?P<number>(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fF]?)\w*)"
    r"|(?P<string>\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*')"
    r"|(?P<open>/\*.*|[\"'][^\n]*)"
    r"|(?P<sign>.)",
    re.DOTALL | re.ASCII,
).finditer

END = "end"


class Token(NamedTuple):
    """A word: its kind (name, number, string, open, sign, end), its text, and where it stands.

    `line` and `column` count from 0; `open` is a string or comment without end. `before` is the comment that
    stands right above the word.
    """

    kind: str
    text: str
    line: int
    column: int
    before: str = ""


class Comment(NamedTuple):
    """A comment without its signs, and its first and last line."""

    text: str
    first: int
    last: int


def tokens(text: str) -> tuple[list[Token], dict[int, str]]:
    """The words of a text up to a last one of the kind `end`, and the comments behind others, by line."""
    found: list[Token] = []
    behind: dict[int, str] = {}
    line = begin = 0
    above: Comment | None = None
    for each in _words(text):
        kind, word = str(each.lastgroup), each[0]
        if kind == "comment":
            last = line + word.count("\n")
            if found and found[-1].line == line:
                behind[line] = _plain(word)
                above = None
            else:
                above = _joined(above, Comment(_plain(word), line, last))
        elif kind != "space":
            near = above is not None and above.last >= line - 1
            found.append(Token(kind, word, line, each.start() - begin, above.text if above and near else ""))
            above = None
        if "\n" in word:
            line += word.count("\n")
            begin = each.start() + word.rindex("\n") + 1
    found.append(Token(END, "", line, len(text) - begin))
    return found, behind


def _joined(above: Comment | None, comment: Comment) -> Comment:
    """A comment with the one on the lines right above it."""
    if above is None or above.last < comment.first - 1:
        return comment
    return Comment(above.text + comment.text, above.first, comment.last)


def _plain(comment: str) -> str:
    """The text of a comment without its signs, as the compiler gives it."""
    if comment.startswith("//"):
        return comment[2:] + "\n"
    lines = comment[2:-2].split("\n")
    return "\n".join([lines[0], *(re.sub(r"^\s*\*?", "", each) for each in lines[1:])])


_escapes = re.compile(
    r"\\(?:([0-7]{1,3})|[xX]([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL
).sub
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}


def unquoted(string: str) -> str:
    """The value of a string literal."""
    return _escapes(_unescaped, string[1:-1]) if "\\" in string else string[1:-1]


def _unescaped(found: re.Match[str]) -> str:
    octal, byte, short, long, letter = found.groups()
    if letter is not None:
        return _LETTERS.get(letter, letter)
    code = int(octal, 8) if octal else int(byte or short or long, 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def values(text: str) -> object:
    """The value of an option that is written between braces, as a plain value: `{get: "/v1/orders"}`."""
    found, _ = tokens(text)
    reader = _Values(found)
    return reader.message("")


class _Values:
    """Reads the text format of messages (protobuf's text format specification) as far as it goes."""

    def __init__(self, found: list[Token]) -> None:
        self.found = iter(found)
        self.next = next(self.found)

    def step(self) -> Token:
        now = self.next
        self.next = next(self.found, self.next)
        return now

    def message(self, end: str, depth: int = 0) -> dict[str, object]:
        said: dict[str, object] = {}
        while self.next.kind != END and self.next.text != end:
            if self.next.text in (",", ";"):
                self.step()
                continue
            key = self._key()
            if self.next.text == ":":
                self.step()
            value = self._value(depth + 1)
            known = said.get(key)
            if key in said:
                value = [
                    *(known if isinstance(known, list) else [known]),
                    *(value if isinstance(value, list) else [value]),
                ]
            said[key] = value
        self.step()
        return said

    def _key(self) -> str:
        key = self.step().text
        if key != "[":
            return key
        parts = list(self._until("]"))
        return "".join(parts)

    def _until(self, end: str) -> Iterator[str]:
        while self.next.kind != END and self.next.text != end:
            yield self.step().text
        self.step()

    def _value(self, depth: int) -> object:
        if depth > 50:
            return None
        word = self.step()
        if word.text in ("{", "<"):
            return self.message("}" if word.text == "{" else ">", depth)
        if word.text == "[":
            items: list[object] = []
            while self.next.kind != END and self.next.text != "]":
                if self.next.text == ",":
                    self.step()
                else:
                    items.append(self._value(depth + 1))
            self.step()
            return items
        if word.kind == "string":
            text = unquoted(word.text)
            while self.next.kind == "string":
                text += unquoted(self.step().text)
            return text
        if word.text == "-":
            inner = self._value(depth + 1)
            return -inner if isinstance(inner, int | float) else f"-{inner}"
        return scalar(word.text) if word.kind in ("number", "name") else word.text


def scalar(word: str) -> object:
    """The value of a number or a name."""
    if word in ("true", "false"):
        return word == "true"
    for read in (
        lambda each: int(each, 8 if re.fullmatch("0[0-7]+", each) else 0),
        lambda each: float(each.rstrip("fF")),
    ):
        try:
            return read(word)
        except ValueError:
            continue
    return word
