"""Who the contracts of a project are: service, name and version, from where they lie and what they say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

import msgspec
from msgspec.structs import replace

from contractbook.entries import Entry
from contractbook.model import Contract
from contractbook.source.versions import Identity, order, without_lone_names


class Head(msgspec.Struct, frozen=True):
    """What a contract says of who it is, and the documents that it is made of."""

    path: str
    format: str
    service: str = ""
    name: str = ""
    version: str = ""
    title: str = ""
    documents: tuple[str, ...] = ()


def head(contract: Contract) -> Head:
    """The head of a contract that was read."""
    return Head(
        contract.path,
        contract.format,
        contract.service,
        contract.name,
        contract.version,
        contract.title,
        contract.documents,
    )


def labels(entries: Sequence[Entry], heads: Sequence[Sequence[Head]]) -> list[list[Identity | None]]:
    """Service, name and version of each contract of each entry.

    None for what is no contract of its own: a part of another one of its service.
    """
    found = [[_label(entry, each) for each in said] for entry, said in zip(entries, heads, strict=True)]
    parts = _parts(found, heads)
    own = [
        None if entry.format.parts and (label.service, each.path) in parts else label
        for entry, labelled, said in zip(entries, found, heads, strict=True)
        for label, each in zip(labelled, said, strict=True)
    ]
    own = _told_apart(own, [each.format for said in heads for each in said])
    named = iter(without_lone_names(label for label in own if label))
    every = iter([next(named) if label else None for label in own])
    return [[next(every) for _ in said] for said in heads]


def _told_apart(found: Sequence[Identity | None], formats: Sequence[str]) -> list[Identity | None]:
    """The same labels; where a version of a contract lies there in several formats, the name tells which."""
    pairs = [(label, format) for label, format in zip(found, formats, strict=True) if label]
    written: dict[Identity, set[str]] = {}
    for label, format in pairs:
        written.setdefault(label, set()).add(format)
    several = {(label.service, label.name) for label, every in written.items() if len(every) > 1}
    return [
        label._replace(name=f"{label.name} {format}")
        if label and (label.service, label.name) in several
        else label
        for label, format in zip(found, formats, strict=True)
    ]


def _label(entry: Entry, said: Head) -> Identity:
    """Who a contract is: where its path and its format both tell a version, it has both."""
    lies = entry.identity(said.path)
    versions = [*lies.version.split(), *(said.version.split())]
    return Identity(
        service=said.service or lies.service or slug(said.title) or slug(said.name or lies.name),
        name=said.name or lies.name,
        version=" ".join(dict.fromkeys(versions)),
    )


def _parts(found: Sequence[Sequence[Identity]], heads: Sequence[Sequence[Head]]) -> set[tuple[str, str]]:
    """The documents, by service, that some contract is made of beside its main one."""
    return {
        (label.service, path)
        for labelled, said in zip(found, heads, strict=True)
        for label, each in zip(labelled, said, strict=True)
        for path in each.documents
        if path != each.path
    }


def labelled(contract: Contract, label: Identity) -> Contract:
    """A contract with its service, name and version."""
    return replace(contract, service=label.service, name=label.name, version=label.version)


def in_order(label: Identity) -> tuple[object, ...]:
    """What labels are sorted by: service, name, and the natural order of versions."""
    return label.service, label.name, order(label.version)


def newest(every: Iterable[tuple[str, Identity]]) -> set[tuple[str, Identity]]:
    """Which contracts, told by path and label, are the newest version of themselves."""
    last: dict[tuple[str, str], tuple[str, Identity]] = {}
    for path, label in sorted(every, key=lambda one: (order(one[1].version), one[0])):
        last[label.service, label.name] = path, label
    return {*last.values()}


def slug(text: str) -> str:
    """A text as a word for addresses: small letters and digits, joined by hyphens."""
    parted = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(char for char in parted if not unicodedata.combining(char))
    return re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", letters)).strip("-")
