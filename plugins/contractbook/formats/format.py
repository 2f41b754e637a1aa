"""What a format of contracts is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from contractbook.formats.lifecycle import ENDINGS, KEYED, Endings
from contractbook.model import NOTHING, Contract, Element
from contractbook.source.document import Document
from contractbook.source.sources import Sources


class Reader(Protocol):
    """Turns all documents of a format into contracts, told how the ends of elements are spelled."""

    def __call__(
        self, documents: Sequence[Document], sources: Sources, endings: Endings = ENDINGS, /
    ) -> Iterable[Contract]: ...


class Encode(Protocol):
    """Writes a value of a contract's type, by its name; raises where it cannot be written."""

    def __call__(self, contract: Contract, name: str, value: Any, /) -> bytes: ...


def unwritten(contract: Contract, element: Element, fact: str) -> str:
    """The key of a fact in a format that nothing is written into."""
    return ""


class Format(NamedTuple):
    """What the project has to know of a language of contracts.

    `detect` looks at the text first and is cheap where it says no. `read` turns all documents of the
    format into contracts, never raises for what they hold, and loses nothing of one for the faults of
    another. `preamble` before it and `closing` behind it complete a fragment, so that an example in a rule
    can be short.

    A format is read `together` where only all documents of a service, in all versions, show which of them
    make one contract, or where the format itself tells service, name or version; else each document is read
    by itself and is one contract. A document in a format of `parts` is no
    contract of its own where another contract of its service is made of it. `words` are what people call
    the keys of `binding`. `ends` is how the end of an element is announced in it, `removes` what is to be
    minded when the element goes. `encoding` is how values travel; where that is not JSON, `encode` writes
    one. `key` is the member of an element, in YAML or JSON, that a fact is written under, if there is one.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    detect: Callable[[Document], bool]
    read: Reader
    preamble: str = ""
    together: bool = False
    parts: bool = False
    words: Mapping[str, str] = NOTHING
    exact: bool = False
    ends: str = KEYED
    removes: str = ""
    closing: str = ""
    encoding: str = "JSON"
    encode: Encode | None = None
    key: Callable[[Contract, Element, str], str] = unwritten
