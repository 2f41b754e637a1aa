"""From the text of a schema to its definitions, whatever else is wrong with the text.

graphql-core parses; its lexer goes through a text one character at a time, so the tokens that schemas are
made of are cut out by a pattern here, and the rest is left to it.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from graphql.error import GraphQLSyntaxError
from graphql.language import (
    DefinitionNode,
    Lexer,
    NameNode,
    Source,
    StringValueNode,
    Token,
    TokenKind,
)
from graphql.language.block_string import dedent_block_string_lines
from graphql.language.parser import Parser

from contractbook.source.faults import DEEPEST, MOST_FAULTS

MOST_TOKENS = 1_500_000  # the largest schemas that are known have 70,000
AHEAD = 1_000  # tokens that are read at once
NAME_TOKEN, BLOCK_TOKEN, AT_TOKEN = TokenKind.NAME, TokenKind.BLOCK_STRING, TokenKind.AT
PUNCTUATORS = {kind.value: kind for kind in TokenKind if len(kind.value) == 1}

BLANK, NAME, MARK, BLOCK, OTHER = range(1, 6)  # the groups of the pattern
_token = re.compile(
    r"([ \t,\n\ufeff]*)(?:([A-Za-z_][A-Za-z0-9_]*)|([!$&():=@\[\]{|}])"
    r'|"""([^"\\\r]*(?:""?[^"\\\r]+)*)"""|())'
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
        self._lexer = self.lexer = _Lexer(source, begin)
        self.advance_lexer()

    @property
    def ended(self) -> bool:
        """Whether nothing follows."""
        return self.lexer.token.kind is TokenKind.EOF

    @property
    def position(self) -> int:
        """Where the token stands that is looked at."""
        return self.lexer.token.start

    def loc(self, start_token: Token) -> Any:
        """The token that a node begins with: all that is asked of a node's place, for little cost."""
        return start_token

    # What is asked for every token goes straight to the next one.

    def advance_lexer(self) -> None:
        lexer = self.lexer
        lexer.token = lexer.token.next or lexer.more()

    def expect_token(self, kind: TokenKind) -> Token:
        lexer = self.lexer
        token = lexer.token
        if token.kind is not kind:
            return super().expect_token(kind)  # which raises
        lexer.token = token.next or lexer.more()
        return token

    def expect_optional_token(self, kind: TokenKind) -> bool:
        lexer = self.lexer
        token = lexer.token
        if token.kind is not kind:
            return False
        lexer.token = token.next or lexer.more()
        return True

    def parse_name(self) -> NameNode:
        token = self.expect_token(NAME_TOKEN)
        return NameNode(value=token.value or "", loc=self.loc(token))

    def parse_description(self) -> StringValueNode | None:
        token = self.lexer.token
        if token.kind is BLOCK_TOKEN:
            self.advance_lexer()
            return StringValueNode(value=token.value or "", block=True, loc=self.loc(token))
        return super().parse_description()

    def parse_const_directives(self) -> Any:
        return super().parse_const_directives() if self.lexer.token.kind is AT_TOKEN else None


class _Lexer(Lexer):
    """Reads many tokens ahead; comments stand only between a token and its `prev`."""

    def __init__(self, source: Source, begin: int) -> None:
        super().__init__(source)
        if begin:
            line, column = _place(source.body, begin)
            self.line, self.line_start = line, begin - column + 1
            self.token = Token(TokenKind.SOF, begin, begin, line, 0)
        self._last = self._before = self.token  # the last token, and the last of any kind
        self._left = MOST_TOKENS

    def lookahead(self) -> Token:
        return self.token.next or self.more()

    def more(self) -> Token:
        """Read further tokens; the first of them, or the end of the text.

        What is no token raises an error only when the parser has come to it.
        """
        last, first, count = self._last, None, min(AHEAD, self._left)
        if not count:
            raise _TooLong
        self._left -= count
        while count and last.kind is not TokenKind.EOF:
            before = self._before
            found = _token(self.source.body, before.end)
            assert found is not None
            if found.lastindex != OTHER:
                token = self._cut(found)
            elif first is None or self.source.body[found.end() : found.end() + 1] == "#":
                token = super().read_next_token(before.end)
            else:
                break
            token.prev, self._before, count = before, token, count - 1
            if token.kind is not TokenKind.COMMENT:
                last.next = last = token
                first = first or token
        self._last = last
        return first or (last if last.kind is TokenKind.EOF else self.more())

    def _cut(self, found: re.Match[str]) -> Token:
        """The token that the pattern found."""
        begin, at = found.span(BLANK)
        if begin != at and (lines := self.source.body.count("\n", begin, at)):
            self.line += lines
            self.line_start = self.source.body.rindex("\n", begin, at) + 1
        line, column, kind = self.line, 1 + at - self.line_start, found.lastindex
        if kind == NAME:
            return Token(NAME_TOKEN, at, found.end(), line, column, found[NAME])
        if kind == MARK:
            return Token(PUNCTUATORS[found[MARK]], at, at + 1, line, column)
        texts = found[BLOCK].split("\n")
        if len(texts) > 1:
            self.line += len(texts) - 1
            self.line_start = found.end(BLOCK) - len(texts[-1])
        return Token(BLOCK_TOKEN, at, found.end(), line, column, _dedented(texts))


def _dedented(lines: list[str]) -> str:
    """The value of a block string (GraphQL 2.9.4); nearly all have one line between the quotes' own."""
    if len(lines) == 3 and not lines[0].strip(" \t") and not lines[2].strip(" \t"):
        return lines[1].lstrip(" \t")
    return "\n".join(dedent_block_string_lines(lines))


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
