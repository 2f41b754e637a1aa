"""What a format of contracts is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from contractbook.model import Contract
from contractbook.source.document import Document
from contractbook.source.sources import Sources


class Format(NamedTuple):
    """What the project has to know of a language of contracts.

    `detect` looks at the text first and is cheap where it says no. `read` turns all documents of the
    format into contracts, never raises for what they hold, and loses nothing of one for the faults of
    another. `preamble` completes a fragment, so that an example in a rule can be short.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    detect: Callable[[Document], bool]
    read: Callable[[Sequence[Document], Sources], Iterable[Contract]]
    preamble: str = ""
