"""The contracts of a project with all that is said of them, kept between two looks.

A contract is read again only if one of its files changed; whatever depends on nothing that changed is the
same object as before, so that others can keep what they made of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from msgspec.structs import replace

from contractbook.config import Project
from contractbook.consumers.audience import NOBODY, Audience
from contractbook.entries import Entry, entry_of, gathered, roots
from contractbook.examine import compared, examined
from contractbook.finding import Finding
from contractbook.history import Earlier, State, states, tagged, with_tags
from contractbook.judge import Policy
from contractbook.labels import head, labelled, labels
from contractbook.lexicon import Lexicon
from contractbook.library import Library
from contractbook.model import Contract
from contractbook.portal import About, Series, Step
from contractbook.reports.quotes import Quotes
from contractbook.source.collector import paused
from contractbook.source.disk import DiskTree
from contractbook.source.git import GitFailed, Repository, Revision
from contractbook.source.globs import fixed_folder, is_glob
from contractbook.source.positions import placed
from contractbook.source.sources import Sources
from contractbook.source.specs import Candidate, candidates
from contractbook.source.versions import Identity
from contractbook.wrong import Wrong

Stamp = tuple[int, int]
"""What tells two states of a file apart without reading it: when it was written, and its size."""


@dataclass(frozen=True)
class Known:
    """An entry as it was read: the stamps of all files that it is made of, and its contracts."""

    stamps: dict[str, Stamp]
    plain: tuple[Contract, ...]
    labels: tuple[Identity | None, ...] = ()
    contracts: tuple[Contract, ...] = ()


class Shelf:
    """The contracts of a project; `look` gives them in their present state."""

    def __init__(self, project: Project, history: bool = True) -> None:
        self.project = project
        self.history = history
        keys = project.configuration
        self.scope = keys.scope()
        self.policy: Policy = keys.policy()
        self.lexicon = Lexicon(keys.words.allow, keys.words.add)
        self.audience: Audience = NOBODY
        self._entries: dict[str, tuple[Stamp, Entry | None]] = {}
        self._known: dict[tuple[str, ...], Known] = {}
        self._examined: dict[tuple[int, bool, date], tuple[Contract, tuple[Finding, ...]]] = {}
        self._compared: dict[tuple[int, int, date], tuple[Contract, Contract, tuple[Finding, ...]]] = {}
        self._series: dict[tuple[str, str], Series] = {}
        self._tagged: tuple[tuple[Revision, ...], Earlier] | None = None

    @property
    def folders(self) -> list[Path]:
        """The folders and files to watch."""
        named = (*self.scope.specs, *self.scope.imports, *self.scope.apart)
        fixed = (fixed_folder(path) if is_glob(path) else path for path in named)
        found = {self.project.root / path for path in fixed if (self.project.root / path).exists()}
        return sorted({*found, *filter(None, (self.project.path,))})

    def look(self, today: date) -> list[Series]:
        """Every contract in all its versions, with findings and history."""
        tree = DiskTree(self.project.root)
        sources = Sources(tree, roots(tree, self.scope))
        audience, _ = self.project.configuration.audience(tree)
        if audience != self.audience:
            self.audience, self._compared = audience, {}
        with paused():
            found = Library(self._read(tree, sources), sources)
            series = [self._one(versions, today) for versions in self._versions(found)]
        self._series = {(one.service, one.name): one for one in series}
        return series

    def _versions(self, found: Library) -> Iterable[list[State]]:
        """The versions of each contract, those from git among them if the project asks for them."""
        pattern = self.project.configuration.versions.git_tags
        return with_tags(found, self._earlier(pattern)) if pattern else states(found)

    def _earlier(self, pattern: str) -> Earlier:
        """The contracts at the tags, read again only if there are other tags, or one was moved."""
        try:
            repository = Repository(self.project.root)
            tags = tuple(repository.tags(pattern))
            if self._tagged is None or self._tagged[0] != tags:
                self._tagged = tags, tagged(repository, [tag.name for tag in tags], self.scope)
        except GitFailed as error:
            raise Wrong(f"versions > git-tags: {error}") from None
        return self._tagged[1]

    # -- reading

    def _read(self, tree: DiskTree, sources: Sources) -> list[Contract]:
        files = candidates(tree, self.scope.specs, self.scope.outside)
        entries = gathered(entry for file in files if (entry := self._entry(tree, file)))
        plain = [self._plain(entry, sources) for entry in entries]
        named = labels(entries, [[*map(head, known.plain)] for known in plain])
        self._known = {
            entry.paths: self._labelled(known, tuple(label), sources)
            for entry, known, label in zip(entries, plain, named, strict=True)
        }
        return [contract for known in self._known.values() for contract in known.contracts]

    def _entry(self, tree: DiskTree, file: Candidate) -> Entry | None:
        """The main document in a file, if it is one."""
        stamp = self._stamp(file.path)
        known = self._entries.get(file.path)
        if known is None or known[0] != stamp:
            entry = entry_of(tree, file)
            known = stamp, entry._replace(endings=self.scope.endings) if entry else None
            self._entries[file.path] = known
        return known[1]

    def _plain(self, entry: Entry, sources: Sources) -> Known:
        """The contracts of an entry, read again only if one of its files changed."""
        known = self._known.get(entry.paths)
        if known is not None and all(self._stamp(path) == stamp for path, stamp in known.stamps.items()):
            return known
        read = tuple(entry.read(sources))
        paths = dict.fromkeys((*entry.paths, *(path for contract in read for path in contract.documents)))
        stamps = {path: self._stamp(path) for path in paths}
        if any(contract.faults for contract in read):
            stamps[""] = (-1, -1)  # what is missing may come without any of the files that are known changing
        return Known(stamps, read)

    def _labelled(self, known: Known, named: tuple[Identity | None, ...], sources: Sources) -> Known:
        if known.labels == named and known.contracts:
            return known
        pairs = zip(known.plain, named, strict=True)
        contracts = tuple(_placed(labelled(contract, label), sources) for contract, label in pairs if label)
        return Known(known.stamps, known.plain, named, contracts)

    def _stamp(self, path: str) -> Stamp:
        try:
            found = (self.project.root / path).stat()
        except OSError:
            return (0, 0)
        return found.st_mtime_ns, found.st_size

    # -- findings and history

    def _one(self, states: Sequence[State], today: date) -> Series:
        newest = states[-1].contract
        findings = {
            state.contract.version: self._findings(state, state.contract is newest, today) for state in states
        }
        steps = tuple(self._steps(states, today)) if self.history else ()
        versions = tuple(state.contract for state in states)
        made = Series(
            newest.service,
            newest.name,
            versions,
            findings,
            steps,
            lines=_lines(states),
            users=self.audience.users(versions),
        )
        known = self._series.get((newest.service, newest.name))
        return known if known is not None and _same(known, made) else made

    def _findings(self, state: State, newest: bool, today: date) -> tuple[Finding, ...]:
        contract, sources = state
        key = (id(contract), newest, today)
        if key not in self._examined:
            found = examined(contract, sources, self.policy, today, lexicon=self.lexicon, newest=newest)
            self._examined[key] = contract, tuple(found)
        return self._examined[key][1]

    def _steps(self, states: Sequence[State], today: date) -> Iterable[Step]:
        yield Step(states[0].contract.version)
        for old, new in pairwise(states):
            changes = self._changes(old.contract, new, today)
            yield Step(new.contract.version, old.contract.version, changes)

    def _changes(self, old: Contract, new: State, today: date) -> tuple[Finding, ...]:
        key = (id(old), id(new.contract), today)
        if key not in self._compared:
            found = compared(old, new.contract, new.sources, self.policy, today, self.audience)
            self._compared[key] = old, new.contract, tuple(found)
        return self._compared[key][2]


def _lines(states: Sequence[State]) -> dict[str, str]:
    """The lines that faults stand in, by path, line and column."""
    found = {}
    for contract, sources in states:
        quotes = Quotes(sources.tree)
        for place in (fault.location for fault in contract.faults):
            for line in quotes.lines(place.path, place.line, place.line):
                found[str(place)] = line
    return found


def _placed(contract: Contract, sources: Sources) -> Contract:
    """The contract with line and column of its faults."""
    return (
        replace(contract, faults=tuple(placed(contract.faults, sources.places)))
        if contract.faults
        else contract
    )


def _same(one: Series, other: Series) -> bool:
    """Whether two series hold the same objects."""
    if (
        len(one.versions) != len(other.versions)
        or one.lines != other.lines
        or one.users != other.users
        or len(one.steps) != len(other.steps)
    ):
        return False
    if any(ours is not theirs for ours, theirs in zip(one.versions, other.versions, strict=True)):
        return False
    if any(ours.findings is not theirs.findings for ours, theirs in zip(one.steps, other.steps, strict=True)):
        return False
    return all(one.findings[version] is other.findings[version] for version in one.findings)


def about(project: Project) -> dict[str, About]:
    """What a project says of its services, for the portal."""
    services, house = project.configuration.services, project.configuration.house
    return {
        name: About(each.title, each.owner, each.strategy or "", house.team(name))
        for name, each in services.items()
    }
