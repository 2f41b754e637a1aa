"""From the text of a schema to its definitions, whatever else is wrong with the text.

graphql-core parses; its lexer goes through a text one character at a time, so the tokens that schemas are
made of are cut out by a pattern here, and the rest is left to it.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from graphql.error import GraphQLSyntaxError
from graphql.language import DefinitionNode, Lexer, Source, Token, TokenKind
from graphql.language.block_string import dedent_block_string_lines
from graphql.language.parser import Parser

from contractbook.source.faults import DEEPEST, MOST_FAULTS

MOST_TOKENS = 1_500_000  # the largest schemas that are known have 70,000
DELIMITER = '"""'
PUNCTUATORS = {kind.value: kind for kind in TokenKind if len(kind.value) == 1}

_token = re.compile(
    r"(?P<blank>[ \t,\n\ufeff]*)"
    r'(?:(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<mark>[!$&():=@\[\]{|}])|(?P<block>""")|(?P<other>))'
).match
_line_end = re.compile(r"\r\n|[\n\r]")
_next_definition = re.compile(
    r"^(?:extend|schema|scalar|type|interface|union|enum|input|directive)\b", re.MULTILINE
).search


class Fault(NamedTuple):
    """What is no GraphQL in a text, with line and column."""

    line: int
    column: int
    message: str
    advice: str


class Parsed(NamedTuple):
    """The definitions of a text in their order; nodes hold the token that they begin with as `loc`."""

    definitions: list[DefinitionNode]
    faults: list[Fault]


def parse(text: str) -> Parsed:
    """The definitions of a text; behind a fault reading goes on with the next definition."""
    source = Source(text)
    read = Parsed([], [])
    begin: int | None = 0
    while begin is not None:
        parser = _Parser(source, begin)
        try:
            while not parser.ended:
                read.definitions.append(parser.parse_definition())
            return read
        except GraphQLSyntaxError as error:
            stopped = max(*(error.positions or ()), begin, 0)
            read.faults.append(_fault(text, stopped, _words(error), MEND))
        except RecursionError:
            stopped = parser.position
            read.faults.append(_fault(text, stopped, TOO_DEEP, NAME_PARTS))
        except _TooLong:
            read.faults.append(_fault(text, parser.position, TOO_LONG, SPLIT))
            return read
        found = _next_definition(text, stopped + 1)
        begin = found.start() if found and len(read.faults) < MOST_FAULTS else None
    return read


MEND = "Mend it: what follows is read from the next definition on."
TOO_DEEP = f"the text is nested deeper than {DEEPEST} levels"
NAME_PARTS = "Give the inner parts types of their own."
TOO_LONG = f"the schema has more than {MOST_TOKENS:,} tokens, and what follows is not read"
SPLIT = "Split the schema into several contracts."


class _TooLong(Exception):
    """The text has more tokens than are read."""


class _Parser(Parser):
    """Parses one definition after the other, from a position of the text on."""

    def __init__(self, source: Source, begin: int) -> None:
        super().__init__(source)
        self._lexer = _Lexer(source, begin)
        self._left = MOST_TOKENS
        self.advance_lexer()

    @property
    def ended(self) -> bool:
        """Whether nothing follows."""
        return self._lexer.token.kind is TokenKind.EOF

    @property
    def position(self) -> int:
        """Where the token stands that is looked at."""
        return self._lexer.token.start

    def loc(self, start_token: Token) -> Any:
        """The token that a node begins with: all that is asked of a node's place, for little cost."""
        return start_token

    def advance_lexer(self) -> None:
        self._left -= 1
        if not self._left:
            raise _TooLong
        self._lexer.advance()


class _Lexer(Lexer):
    def __init__(self, source: Source, begin: int) -> None:
        super().__init__(source)
        if begin:
            line, column = _place(source.body, begin)
            self.line, self.line_start = line, begin - column + 1
            self.token = self.last_token = Token(TokenKind.SOF, begin, begin, line, 0)

    def read_next_token(self, start: int) -> Token:
        body = self.source.body
        found = _token(body, start)
        assert found is not None
        kind = found.lastgroup
        if kind == "other":
            return super().read_next_token(start)
        at = found.end("blank")
        if at != start and (lines := body.count("\n", start, at)):
            self.line += lines
            self.line_start = body.rindex("\n", start, at) + 1
        column = 1 + at - self.line_start
        if kind == "name":
            end = found.end()
            return Token(TokenKind.NAME, at, end, self.line, column, body[at:end])
        if kind == "mark":
            return Token(PUNCTUATORS[body[at]], at, at + 1, self.line, column)
        return self._block(at, column)

    def _block(self, start: int, column: int) -> Token:
        """A block string (GraphQL 2.9.4); one with escapes is left to the library."""
        body = self.source.body
        end = body.find(DELIMITER, start + 3)
        text = body[start + 3 : end]
        if end < 0 or "\\" in text or "\r" in text:
            return self.read_block_string(start)
        lines = text.split("\n")
        value = "\n".join(dedent_block_string_lines(lines))
        token = Token(TokenKind.BLOCK_STRING, start, end + 3, self.line, column, value)
        if len(lines) > 1:
            self.line += len(lines) - 1
            self.line_start = end - len(lines[-1])
        return token


def _fault(text: str, position: int, message: str, advice: str) -> Fault:
    return Fault(*_place(text, position), message, advice)


def _words(error: GraphQLSyntaxError) -> str:
    """What the parser says, as the end of a sentence: `this is no GraphQL: expected …, found …`."""
    said = error.message.removeprefix("Syntax Error: ").rstrip(".")
    return f"this is no GraphQL: {said[:1].lower()}{said[1:]}"


def _place(text: str, position: int) -> tuple[int, int]:
    """Line and column of a position, both from 1; lines end with LF, CRLF or CR (GraphQL 2.1.2)."""
    ends = [found.end() for found in _line_end.finditer(text, 0, position)]
    return len(ends) + 1, position - (ends[-1] if ends else 0) + 1
