"""What `lint --fix` writes into documents: only what is certain to be right, and nothing else is touched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import NamedTuple

from contractbook.finding import Finding
from contractbook.fix import announcements, identifiers, spellings
from contractbook.fix.declared import FIXES, Change
from contractbook.formats import FORMATS
from contractbook.model import Contract
from contractbook.source.document import Document
from contractbook.source.edits import Insertion, applied, member
from contractbook.source.pointers import parts_of, step
from contractbook.source.sources import Sources

__all__ = ["FIXES", "Change", "Mended", "announcements", "changes", "identifiers", "mended", "spellings"]

AFTER = {"format": "type"}  # the key that a fact is written behind


class Mended(NamedTuple):
    """A document as it would be; `changes` says how much was written, 0 where it could not be done."""

    document: Document
    raw: bytes
    changes: int


class _Written(NamedTuple):
    """A member of an object, and the text that writes it."""

    pointer: str
    key: str
    value: object
    text: Insertion


def changes(contract: Contract, findings: Iterable[Finding]) -> Iterator[Change]:
    """What mends the findings of a contract; those that somebody decided to live with stay as they are."""
    rules: dict[str, None] = {}
    kept: set[tuple[str, str]] = set()
    for finding in findings:
        if finding.accepted or finding.known:
            kept.add((finding.rule, finding.pointer))
        elif finding.rule in FIXES:
            rules[finding.rule] = None
    for rule in rules:
        for change in FIXES[rule](contract):
            if (rule, contract.place(change.element.at)[1]) not in kept:
                yield change


def mended(found: Iterable[tuple[Contract, Iterable[Change]]], sources: Sources) -> Iterator[Mended]:
    """The documents that changes are written into, by path."""
    written: dict[str, dict[tuple[str, str], _Written]] = defaultdict(dict)
    for contract, wanted in found:
        for change in wanted:
            path, one = _written(contract, change, sources)
            if one:
                written[path].setdefault((one.pointer, one.key), one)
    for path in sorted(written):
        yield _mended(sources.open(path), [*written[path].values()])


def _written(contract: Contract, change: Change, sources: Sources) -> tuple[str, _Written | None]:
    path, pointer = contract.place(change.element.at)
    key = FORMATS[contract.format].key(contract, change.element, change.fact)
    if not key:
        return path, None
    text = member(sources.open(path), pointer, key, change.value, AFTER.get(change.fact, ""))
    return path, _Written(pointer, key, change.value, text) if text else None


def _mended(document: Document, written: list[_Written]) -> Mended:
    """The document with what is written, if it then says just what it said before and that."""
    raw = applied(document, [one.text for one in written])
    meant = deepcopy(document.data)
    for one in written:
        value = meant
        for part in parts_of(one.pointer):
            value = step(value, part)
        value[one.key] = one.value
    now = Document(document.path, raw)
    same = now.data == meant and len(now.faults) == len(document.faults)
    if same and applied(document, ()) == document.raw:
        return Mended(document, raw, len(written))
    return Mended(document, document.raw, 0)
