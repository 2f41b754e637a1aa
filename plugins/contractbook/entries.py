"""What a project holds, before it is read: the main documents, and which of them are read together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from contractbook.finding import Finding, Level, Location
from contractbook.formats import FOLDERS, Format, detect, may_hold_a_contract
from contractbook.formats.lifecycle import ENDINGS, Endings
from contractbook.model import Contract
from contractbook.source.document import Document
from contractbook.source.paths import is_below
from contractbook.source.sources import Sources, Tree
from contractbook.source.specs import Candidate, candidates
from contractbook.source.versions import Identity, identity


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
    """Main documents that are read together, and what the path of each tells of the contract in it.

    There are several where the format is read `together`; `format` is that of the first one. `wanted` is
    false for neighbours that nobody asked for, but that others are told apart from. With `parts`, a
    contract is only meant if one of them belongs to it.
    """

    format: Format
    files: tuple[tuple[str, Identity], ...]
    wanted: bool = True
    parts: frozenset[str] = frozenset()
    endings: Endings = ENDINGS

    @property
    def path(self) -> str:
        """The first main document."""
        return self.files[0][0]

    @property
    def paths(self) -> tuple[str, ...]:
        """All main documents."""
        return tuple(path for path, _ in self.files)

    @property
    def service(self) -> str:
        """The service that the folder tells."""
        return self.files[0][1].service

    def identity(self, path: str) -> Identity:
        """What the path of a main document tells; that of the first one where the reader names another."""
        return dict(self.files).get(path, self.files[0][1])

    def means(self, contract: Contract) -> bool:
        """Whether a contract is one that was asked for."""
        return not self.parts or not self.parts.isdisjoint(contract.documents)

    def read(self, sources: Sources) -> list[Contract]:
        """The contracts that the documents describe, as the reader tells them.

        What its reader cannot cope with, against its promise, is a fault: the other contracts are read.
        """
        try:
            documents = [sources.open(path) for path in self.paths]
            return [*self.format.read(documents, sources, self.endings)]
        except Exception as error:
            return [_failed(self, error)]


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


def find(tree: Tree, scope: Scope, named: Sequence[str] = ()) -> list[Entry]:
    """The main documents of a project, or those that named paths lead to, sorted by path.

    Raises FileNotFoundError for a named path where nothing is.
    """
    project = candidates(tree, scope.specs, scope.outside)
    found: dict[str, Entry] = {}
    for entry in _named(tree, scope, project, named) if named else _entries(tree, project):
        known = found.get(entry.path)
        found[entry.path] = _stronger(entry, known) if known else entry
    return [entry._replace(endings=scope.endings) for entry in gathered(found.values())]


def entry_of(tree: Tree, file: Candidate) -> Entry | None:
    """The main document in a file, if it is one; its name is looked at before its bytes."""
    if not may_hold_a_contract(file.path):
        return None
    format = detect(Document(file.path, tree.read(file.path)))
    return Entry(format, ((file.path, identity(file.below)),)) if format else None


def gathered(entries: Iterable[Entry]) -> list[Entry]:
    """The same documents, those of one service put together where the format asks for it; sorted by path."""
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: entry.path):
        together = entry.format.together
        key = (FOLDERS[entry.format.name], entry.service) if together else (entry.path, "")
        groups.setdefault(key, []).append(entry)
    return [_one(group) for group in groups.values()]


def _one(group: Sequence[Entry]) -> Entry:
    """One entry of several; what was asked for of some of them are the parts that all are looked at for."""
    if len(group) == 1:
        return group[0]
    every = all(entry.wanted and not entry.parts for entry in group)
    parts = (entry.parts or {entry.path} for entry in group if entry.wanted)
    return group[0]._replace(
        files=tuple(file for entry in group for file in entry.files),
        wanted=any(entry.wanted for entry in group),
        parts=frozenset() if every else frozenset().union(*parts),
    )


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
    """Those of the files that are contracts."""
    yield from filter(None, (entry_of(tree, file) for file in files))


def _named(tree: Tree, scope: Scope, project: Sequence[Candidate], named: Sequence[str]) -> Iterator[Entry]:
    """What named paths lead to, and the neighbours that it is told apart from."""
    inside = {each.path: each for each in project}
    services = set()
    for path in named:
        files = [inside.get(each.path, each) for each in candidates(tree, [path], scope.outside)]
        is_file = next(tree.files(path), path) == path
        for entry in _from_file(tree, scope, path, files) if is_file else _entries(tree, files):
            if entry.path in inside:
                services.add(entry.service)
            yield entry
    neighbours = (each for each in project if identity(each.below).service in services - {""})
    yield from (entry._replace(wanted=False) for entry in _entries(tree, neighbours))


def _from_file(tree: Tree, scope: Scope, path: str, files: Sequence[Candidate]) -> Iterator[Entry]:
    """The contract in a file, and what the file may be a part of."""
    tree.read(path)
    entry = entry_of(tree, files[0]) if files else None
    if entry:
        yield entry
    if entry and not entry.format.parts:
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
