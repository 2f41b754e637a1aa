"""Lints contracts one after the other; each is forgotten when its findings are known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from contractbook.cache import Cache, digest
from contractbook.cli.parallel import side_by_side
from contractbook.cli.progress import Progress
from contractbook.config import WordLists
from contractbook.entries import Entry
from contractbook.examine import examined
from contractbook.finding import Finding
from contractbook.judge import Policy
from contractbook.labels import Head, head, in_order, labelled, labels, newest
from contractbook.lexicon import Lexicon
from contractbook.model import Contract
from contractbook.reports import shown
from contractbook.reports.report import Result, summary
from contractbook.source.collector import paused
from contractbook.source.positions import placed
from contractbook.source.sources import Sources
from contractbook.source.versions import Identity

CIRCUMSTANCES = 4  # under which the findings of a document are kept


class Kept(msgspec.Struct):
    """What is kept of documents that are read together: their files with digests, and what was found in them.

    `heads` are those of the contracts in them; `results` are theirs, by the circumstances.
    """

    files: dict[str, str]
    heads: tuple[Head, ...]
    results: dict[str, tuple[Result, ...]]


class Linting(NamedTuple):
    """How the contracts of a run are linted, and for which report."""

    sources: Sources
    policy: Policy
    today: date
    words: WordLists
    lexicon: Lexicon
    form: str
    focus: frozenset[str]
    cache: Cache
    program: str
    jobs: int = 1

    def results(self, entries: Sequence[Entry]) -> Iterator[Result]:
        """What is found in each contract that is wanted, by service, name and version."""
        jobs = self._jobs(entries)

        def linted(number: int) -> tuple[Result, ...]:
            labels, job = jobs[number]
            with paused():
                found = job.results(labels)
            job.forget()
            return found

        with Progress() as progress:
            for done, found in enumerate(side_by_side(linted, range(len(jobs)), self.jobs), 1):
                progress.tell(done, len(jobs), jobs[min(done, len(jobs) - 1)][1].entry.path)
                yield from found

    def _jobs(self, entries: Sequence[Entry]) -> list[tuple[_Labels, _Job]]:
        """What is to be done, in the order of the report."""
        jobs = [_Job(self, entry) for entry in entries]
        # Which documents are contracts of their own, only those that refer to them tell.
        shared = {entry.service for entry in entries if entry.format.parts}
        with paused():
            heads = [job.heads(job.entry.service in shared) for job in jobs]
        found = [
            tuple((each.path, label) for each, label in zip(said, named, strict=True))
            for said, named in zip(heads, labels(entries, heads), strict=True)
        ]
        latest = newest((path, label) for named in found for path, label in named if label)
        labelled = (
            _Labels(tuple(label for _, label in named), tuple(each in latest for each in named))
            for named in found
        )
        wanted = [(one, job) for one, job in zip(labelled, jobs, strict=True) if job.entry.wanted]
        return sorted(wanted, key=lambda one: one[0].first)

    def circumstances(self, entry: Entry, labelled: _Labels) -> str:
        """A name for all that findings depend on, beside the documents."""
        said = (labelled, self.today, self.sources.roots, self.policy, self.words, entry.endings.spellings)
        return digest(msgspec.json.encode(said, order="sorted"))

    def placed(self, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """Findings with the lines of all that the report shows."""
        wanted = shown(self.form, findings, self.focus)
        found = placed(wanted, self.sources.places)
        places = {id(one): other for one, other in zip(wanted, found, strict=True) if one is not other}
        return tuple(places.get(id(each), each) for each in findings)


class _Labels(NamedTuple):
    """Who the contracts of a job are, and which of them are the newest version of theirs."""

    names: tuple[Identity | None, ...]
    newest: tuple[bool, ...]

    @property
    def first(self) -> tuple[object, ...]:
        """What jobs are sorted by."""
        return min(in_order(label) for label in self.names if label) if any(self.names) else ()


class _Job:
    """Documents that are read together: what an earlier run kept of them, or else their contracts."""

    def __init__(self, linting: Linting, entry: Entry) -> None:
        self.linting = linting
        self.entry = entry
        self.name = digest(
            linting.program, *(part for path in entry.paths for part in (path, self._raw(path)))
        )
        self.kept = None if entry.parts else self._kept()
        self.contracts: list[Contract] | None = None

    def heads(self, shared: bool) -> Sequence[Head]:
        """Who the contracts say they are; `shared` where some may be a part of another."""
        if self.kept:
            return self.kept.heads
        if self.entry.format.together or (self.entry.wanted and (shared or not self.entry.service)):
            return [*map(head, self.read())]
        return [Head(self.entry.path, self.entry.format.name)]

    def read(self) -> list[Contract]:
        """The contracts of the documents, read once."""
        if self.contracts is None:
            self.contracts = self.entry.read(self.linting.sources)
        return self.contracts

    def results(self, labels: _Labels) -> tuple[Result, ...]:
        """What is found in the contracts of the documents."""
        circumstances = self.linting.circumstances(self.entry, labels)
        known = self.kept.results.get(circumstances) if self.kept else None
        found = tuple(self._found(labels)) if known is None else known
        shown = tuple(_with(result, self.linting.placed(result.findings)) for result in found)
        if known is None or any(one is not other for one, other in zip(known, shown, strict=True)):
            self._keep(circumstances, shown)
        return shown

    def forget(self) -> None:
        """Let go of all that was read."""
        self.contracts = None
        for path in self.entry.paths:
            self.linting.sources.forget(path)

    def _found(self, labels: _Labels) -> Iterator[Result]:
        named = (
            (in_order(label), labelled(contract, label), is_newest)
            for contract, label, is_newest in zip(self.read(), *labels, strict=True)
            if label and self.entry.means(contract)
        )
        for _, contract, is_newest in sorted(named, key=lambda one: one[0]):
            yield self._examined(contract, is_newest)

    def _examined(self, contract: Contract, is_newest: bool) -> Result:
        use = self.linting
        found = examined(contract, use.sources, use.policy, use.today, lexicon=use.lexicon, newest=is_newest)
        return Result(summary(contract), tuple(found))

    def _kept(self) -> Kept | None:
        """What was kept, if all files that it was found in are as they were."""
        kept = self.linting.cache.get(self.name, Kept)
        same = kept is not None and all(
            digest(self._raw(path)) == known for path, known in kept.files.items()
        )
        return kept if same else None

    def _keep(self, circumstances: str, found: tuple[Result, ...]) -> None:
        """Keep what was found, unless a file was missing that may come, or only some contracts were meant."""
        rules = {each.rule for result in found for each in result.findings}
        if self.entry.parts or "unresolved-reference" in rules:
            return
        if self.kept is None:
            paths = sorted({path for contract in self.read() for path in contract.documents})
            files = {path: digest(self._raw(path)) for path in paths}
            self.kept = Kept(files, tuple(map(head, self.read())), {})
        older = list(self.kept.results.items())[-CIRCUMSTANCES + 1 :]
        self.kept.results = {**dict(older), circumstances: found}
        self.linting.cache.put(self.name, self.kept)

    def _raw(self, path: str) -> bytes:
        try:
            return self.linting.sources.tree.read(path)
        except FileNotFoundError:
            return b""


def _with(result: Result, findings: tuple[Finding, ...]) -> Result:
    if all(one is other for one, other in zip(result.findings, findings, strict=True)):
        return result
    return msgspec.structs.replace(result, findings=findings)
