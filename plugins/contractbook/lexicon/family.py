"""How words are declared: what stands in the tables."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, NamedTuple

import msgspec

DOC, EXAMPLE, DEFAULT, ADDRESS = "doc", "example", "default", "address"
ANYWHERE = frozenset({DOC, EXAMPLE, DEFAULT, ADDRESS})
VALUES = frozenset({EXAMPLE, DEFAULT})


class Word(NamedTuple):
    """One or more words, and where in a name they mean what they are declared for."""

    text: str
    where: str  # ends, begins, within, whole, spelled


class Phrase(NamedTuple):
    """A regular expression for texts, tried only where one of the words (or the piece of text) occurs."""

    pattern: str
    words: tuple[str, ...]  # in lower case
    piece: str


def listed(texts: str) -> tuple[str, ...]:
    """The words of a table: they are written in a row, parted by commas."""
    return tuple(text.strip() for text in texts.split(",") if text.strip())


def ends(texts: str) -> tuple[Word, ...]:
    """Names that end in one of these and have other words before it: `OrderEntity`."""
    return tuple(Word(text, "ends") for text in listed(texts))


def begins(texts: str) -> tuple[Word, ...]:
    """Names that begin with one of these and have other words behind it: `tbl_order`."""
    return tuple(Word(text, "begins") for text in listed(texts))


def within(texts: str) -> tuple[Word, ...]:
    """Names that hold one of these; several words stand side by side."""
    return tuple(Word(text, "within") for text in listed(texts))


def whole(texts: str) -> tuple[Word, ...]:
    """Names that are made of nothing but one of these: `row id` is `rowId`, `ROW_ID` and `rowid`."""
    return tuple(Word(text, "whole") for text in listed(texts))


def spelled(texts: str) -> tuple[Word, ...]:
    """Names that are spelled just so: `$oid`."""
    return tuple(Word(text, "spelled") for text in listed(texts))


def said(texts: str) -> tuple[Phrase, ...]:
    """One of these in a text, spelled just so."""
    return tuple(_phrase(text) for text in listed(texts))


def like(pattern: str, words: str = "", piece: str = "") -> tuple[Phrase, ...]:
    """A regular expression in a text that holds one of the `words`, or the `piece` of text."""
    return (Phrase(pattern, listed(words), piece),)


def _phrase(text: str) -> Phrase:
    tokens = text.lower().translate(SPACES).split()
    return Phrase(rf"(?<!\w){re.escape(text)}(?!\w)", tuple(tokens[:1]), "" if tokens else text)


class Family(msgspec.Struct, frozen=True, eq=False):
    """The words that one rule looks for.

    Texts are those of the `parts`; with ADDRESS among them, names are looked for in the parts of a path too.
    `keys` are extensions, keywords and media types, spelled just so. `but` are words that make a name
    innocent. A family that `spares` the subject of a contract says nothing of words that it is about, and
    nothing at all where it is `about` one of these: what consumers come for is no leak. `adds` is how the
    words that a team adds are looked for in names.
    """

    rule: str
    names: tuple[Word, ...] = ()
    texts: tuple[Phrase, ...] = ()
    parts: frozenset[str] = frozenset({DOC})
    keys: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    spares: Literal["", "subject", "product"] = ""
    about: tuple[str, ...] = ()
    adds: Callable[[str], tuple[Word, ...]] = within


# Texts are cut into words at everything that is no ASCII letter or digit.
SPACES = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}
