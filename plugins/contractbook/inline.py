"""Findings that are accepted where they stand: by a comment, or by a key of the element.

`# contractbook: accept RULE -- reason` stands behind a key or on the line above it (in other languages
than YAML in a comment of theirs), `x-contractbook-accept: {RULE: reason}` in the element; either holds for
all that is in the element, too.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from contractbook.finding import Acceptance, Finding
from contractbook.judge import matches
from contractbook.model import Contract
from contractbook.source.comments import acceptances
from contractbook.source.document import Document
from contractbook.source.pointers import parts_of, step
from contractbook.source.sources import Sources

KEY = "x-contractbook-accept"


class _Said(NamedTuple):
    """A document that accepts findings: rules and reasons by the line that comments are about."""

    document: Document
    by_line: dict[int, list[tuple[str, str]]]


class Inline:
    """Looks up the acceptances of a contract's findings in the documents they stand in."""

    def __init__(self, sources: Sources, contract: Contract) -> None:
        self.sources = sources
        self.contract = contract
        self._known: dict[str, _Said | None] = {}

    def __call__(self, finding: Finding) -> Acceptance | None:
        """What the contract says of a finding; None where it does not accept it."""
        path = finding.location.path
        if path not in self._known:
            self._known[path] = self._said(path)
        said = self._known[path]
        if said is None:
            return None
        if self.contract.places:
            found = [*self._by_place(said, finding)]
        else:
            found = [*_by_comment(said, finding.pointer), *_by_key(said.document.data, finding.pointer)]
        return next((Acceptance(reason) for rule, reason in found if matches(rule, finding.rule)), None)

    def _by_place(self, said: _Said, finding: Finding) -> Iterator[tuple[str, str]]:
        """What is said of the finding's own line, and of the elements around it."""
        around = self.contract.around(finding.location.path, finding.pointer)
        lines = [self.contract.places[at][0] for at in around if at in self.contract.places]
        for line in dict.fromkeys((finding.location.line, *lines)):
            yield from said.by_line.get(line, ())

    def _said(self, path: str) -> _Said | None:
        """The document at a path, if it accepts anything."""
        try:
            document = self.sources.open(path)
        except FileNotFoundError:
            return None
        lines = _lines(document, self._marks(path))
        return _Said(document, lines) if lines or KEY.encode() in document.utf8 else None

    def _marks(self, path: str) -> list[int]:
        """The lines of a document on which an element stands, where the contract knows them."""
        begin = "#" if path == self.contract.path else f"{path}#"
        places = self.contract.places.items()
        return sorted({line for at, (line, _) in places if at.startswith(begin) and at != begin})


def _by_comment(said: _Said, pointer: str) -> Iterator[tuple[str, str]]:
    if said.by_line:
        for line, _ in said.document.locate_all(_around(pointer)):
            yield from said.by_line.get(line, ())


def _lines(document: Document, marks: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """Rules and reasons by the line of the element that a comment is about.

    Between a comment and its element there may be a description: the next of the `marks` is meant.
    """
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    written = acceptances(document.utf8)
    lines = document.text.splitlines() if written else []
    for line, rule, reason in written:
        if reason:
            meant = _meant(lines, line)
            if meant != line and (below := bisect_left(marks, meant)) < len(marks):
                meant = marks[below]
            found[meant].append((rule, reason))
    return found


def _meant(lines: list[str], line: int) -> int:
    """The line of a comment if something stands before it, else the next one that is no comment."""
    while line < len(lines) and _is_comment(lines[line - 1]):
        line += 1
    return line


def _is_comment(line: str) -> bool:
    """Whether a line holds a comment, or nothing at all."""
    return not line.strip() or line.lstrip().startswith(("#", "//", "/*", "*", "<!--", "-->"))


def _by_key(data: Any, pointer: str) -> Iterator[tuple[str, str]]:
    for part in [None, *parts_of(pointer)]:
        try:
            data = data if part is None else step(data, part)
        except KeyError:
            return
        said = data.get(KEY) if isinstance(data, dict) else None
        if isinstance(said, dict):
            yield from ((rule, reason) for rule, reason in said.items() if isinstance(reason, str) and reason)


def _around(pointer: str) -> list[str]:
    """A pointer and those of everything around it, but the whole document."""
    sign = "/" if pointer.startswith("/") else "."  # of a format without pointers: its full names
    ends = [index for index, char in enumerate(pointer) if char == sign and index] + [len(pointer)]
    return [pointer[:end] for end in ends if end]
