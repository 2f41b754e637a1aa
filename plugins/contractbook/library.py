"""The contracts of a project in one state: found, told apart by service, name and version, and read."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import PurePosixPath
from typing import NamedTuple

from msgspec.structs import replace

from contractbook.finding import Finding, Level, Location
from contractbook.formats import FORMATS, Format, detect
from contractbook.formats.lifecycle import ENDINGS, Endings
from contractbook.model import Contract
from contractbook.source.collector import paused
from contractbook.source.document import Document
from contractbook.source.paths import is_below
from contractbook.source.sources import Sources, Tree
from contractbook.source.specs import Candidate, candidates
from contractbook.source.versions import Identity, identity, order, without_lone_names


class Scope(NamedTuple):
    """What belongs to a project: folders or globs of contracts, what is left out, and further folders.

    References may lead into `specs` and `imports`. What lies in `imports` and `apart` is no contract of
    its own. `endings` is how the team spells the end of an element.
    """

    specs: tuple[str, ...] = ("specs",)
    exclude: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    endings: Endings = ENDINGS

    @property
    def outside(self) -> tuple[str, ...]:
        """What holds no contracts."""
        return (*self.exclude, *self.imports, *self.apart)


class Entry(NamedTuple):
    """A main document that was found, and what its path says; the title tells a service that no folder does.

    `wanted` is false for a neighbour that nobody asked for, but that others are told apart from. With
    `parts`, a contract is only meant if one of them belongs to it.
    """

    path: str
    format: Format
    identity: Identity
    wanted: bool = True
    parts: frozenset[str] = frozenset()
    endings: Endings = ENDINGS

    def read(self, sources: Sources) -> list[Contract]:
        """The contracts that the document describes, without service, name and version.

        What its reader cannot cope with, against its promise, is a fault: the other contracts are read.
        """
        try:
            found = [*self.format.read([sources.open(self.path)], sources, self.endings)]
        except Exception as error:
            found = [_failed(self, error)]
        return [each for each in found if not self.parts or self.parts & {*each.documents}]


def _failed(entry: Entry, error: Exception) -> Contract:
    reason = " ".join(f"{type(error).__name__}: {error}".split())
    fault = Finding(
        rule="unreadable",
        level=Level.ERROR,
        message=f"the reader of {entry.format.title} failed: {reason}",
        location=Location(entry.path, 1, 1),
        advice="Report it to contractbook, with the file if you can.",
    )
    return Contract(
        name="", format=entry.format.name, path=entry.path, documents=(entry.path,), faults=(fault,)
    )


class Library:
    """Contracts by service, name and version, the oldest version first; `sources` are their documents."""

    def __init__(self, contracts: Iterable[Contract], sources: Sources) -> None:
        self.contracts = tuple(sorted(contracts, key=_in_order))
        self.sources = sources

    @cached_property
    def versions(self) -> Mapping[tuple[str, str], tuple[Contract, ...]]:
        """All versions of each contract, by service and name."""
        found: dict[tuple[str, str], list[Contract]] = defaultdict(list)
        for contract in self.contracts:
            found[contract.service, contract.name].append(contract)
        return {identity: tuple(versions) for identity, versions in found.items()}

    @property
    def newest(self) -> list[Contract]:
        """The newest version of each contract."""
        return [versions[-1] for versions in self.versions.values()]


def library(tree: Tree, scope: Scope, named: Sequence[str] = ()) -> Library:
    """The contracts of a project, or those that the named files and folders hold or are part of.

    Raises FileNotFoundError for a named path where nothing is.
    """
    sources = Sources(tree, roots(tree, scope, named))
    entries = find(tree, scope, named)
    with paused():
        read = {entry.path: entry.read(sources) for entry in entries if entry.wanted}
    labels = identities(entries, {path: found[0].title for path, found in read.items() if found})
    return Library(
        (labelled(contract, labels[path]) for path, found in read.items() for contract in found), sources
    )


def labelled(contract: Contract, label: Identity) -> Contract:
    """A contract with its service, name and version."""
    return replace(contract, service=label.service, name=label.name, version=label.version)


def in_order(label: Identity) -> tuple[object, ...]:
    """What labels are sorted by: service, name, and the natural order of versions."""
    return label.service, label.name, order(label.version)


def _in_order(contract: Contract) -> tuple[object, ...]:
    return in_order(Identity(contract.service, contract.name, contract.version)), contract.path


def find(tree: Tree, scope: Scope, named: Sequence[str] = ()) -> list[Entry]:
    """The main documents of a project, or those that named paths lead to, sorted by path.

    Raises FileNotFoundError for a named path where nothing is.
    """
    project = candidates(tree, scope.specs, scope.outside)
    found: dict[str, Entry] = {}
    for entry in _named(tree, scope, project, named) if named else _entries(tree, project):
        known = found.get(entry.path)
        found[entry.path] = _stronger(entry, known) if known else entry
    return [found[path]._replace(endings=scope.endings) for path in sorted(found)]


def roots(tree: Tree, scope: Scope, named: Sequence[str] = ()) -> tuple[str, ...]:
    """The folders that references may lead into.

    For what is named outside of the project's folders: that folder itself, or the file's own.
    """
    project = candidates(tree, scope.specs)
    inside = {each.path for each in project}
    others = (each for each in candidates(tree, named) if each.path not in inside)
    folders = {each.path[: -len(each.below)].rstrip("/") for each in (*project, *others)}
    return tuple(sorted({*folders, *scope.imports}))


def _entries(tree: Tree, files: Iterable[Candidate]) -> Iterator[Entry]:
    """Those of the files that are contracts, as far as their names allow it."""
    suffixes = {suffix for format in FORMATS.values() for suffix in format.suffixes}
    for each in files:
        if PurePosixPath(each.path).suffix.lower() in suffixes and (entry := _entry(tree, each)):
            yield entry


def _entry(tree: Tree, file: Candidate) -> Entry | None:
    format = detect(Document(file.path, tree.read(file.path)))
    return Entry(file.path, format, identity(file.below)) if format else None


def _named(tree: Tree, scope: Scope, project: Sequence[Candidate], named: Sequence[str]) -> Iterator[Entry]:
    """What named paths lead to, and the neighbours that it is told apart from."""
    inside = {each.path: each for each in project}
    services = set()
    for path in named:
        files = [inside.get(each.path, each) for each in candidates(tree, [path], scope.outside)]
        is_file = next(tree.files(path), path) == path
        for entry in _from_file(tree, scope, path, files) if is_file else _entries(tree, files):
            if entry.path in inside:
                services.add(entry.identity.service)
            yield entry
    neighbours = (each for each in project if identity(each.below).service in services - {""})
    yield from (entry._replace(wanted=False) for entry in _entries(tree, neighbours))


def _from_file(tree: Tree, scope: Scope, path: str, files: Sequence[Candidate]) -> Iterator[Entry]:
    """The contract in a file, or else all that the file may be a part of."""
    tree.read(path)
    entry = _entry(tree, files[0]) if files else None
    if entry:
        yield entry
        return
    folder = path.rpartition("/")[0]
    is_inside = any(is_below(path, root) for root in roots(tree, scope))
    others = candidates(tree, scope.specs if is_inside else [folder or "."], scope.outside)
    yield from (other._replace(parts=frozenset({path})) for other in _entries(tree, others))


def _stronger(one: Entry, other: Entry) -> Entry:
    """The entry that asks for more."""
    if one.wanted and other.wanted and one.parts and other.parts:
        return one._replace(parts=one.parts | other.parts)
    return max(one, other, key=lambda entry: (entry.wanted, not entry.parts))


def identities(entries: Sequence[Entry], titles: Mapping[str, str]) -> dict[str, Identity]:
    """Service, name and version by path of main documents; `titles` are those of the contracts in them."""
    known = [entry for entry in entries if entry.identity.service or entry.path in titles]
    found = (
        entry.identity
        if entry.identity.service
        else entry.identity._replace(service=slug(titles[entry.path]) or slug(entry.identity.name))
        for entry in known
    )
    return dict(zip((entry.path for entry in known), without_lone_names(found), strict=True))


def newest(labels: Mapping[str, Identity]) -> set[str]:
    """The paths that hold the newest version of their contract."""
    last: dict[tuple[str, str], str] = {}
    for path, label in sorted(labels.items(), key=lambda item: (order(item[1].version), item[0])):
        last[label.service, label.name] = path
    return {*last.values()}


def slug(text: str) -> str:
    """A text as a word for addresses: small letters and digits, joined by hyphens."""
    parted = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(char for char in parted if not unicodedata.combining(char))
    return re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", letters)).strip("-")
