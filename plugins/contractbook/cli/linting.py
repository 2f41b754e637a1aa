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
from contractbook.examine import examined
from contractbook.finding import Finding
from contractbook.formats.lifecycle import Endings
from contractbook.judge import Policy
from contractbook.lexicon import Lexicon
from contractbook.library import Entry, identities, in_order, labelled, newest
from contractbook.model import Contract
from contractbook.reports import shown
from contractbook.reports.report import Result, summary
from contractbook.source.collector import paused
from contractbook.source.positions import placed
from contractbook.source.sources import Sources
from contractbook.source.versions import Identity

CIRCUMSTANCES = 4  # under which the findings of a document are kept


class Kept(msgspec.Struct):
    """What is kept of a main document: its files with their digests, its title, and what was found in it."""

    files: dict[str, str]
    title: str
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
        jobs = {entry.path: _Job(self, entry) for entry in entries if entry.wanted}
        with paused():
            titles = {
                path: title
                for path, job in jobs.items()
                if not job.entry.identity.service and (title := job.title) is not None
            }
        labels = identities(entries, titles)
        latest = newest(labels)
        paths = sorted(jobs.keys() & labels.keys(), key=lambda path: (in_order(labels[path]), path))

        def linted(path: str) -> tuple[Result, ...]:
            with paused():
                found = jobs.pop(path).results(labels[path], path in latest)
            self.sources.forget(path)
            return found

        with Progress() as progress:
            for done, found in enumerate(side_by_side(linted, paths, self.jobs), 1):
                progress.tell(done, len(paths), paths[min(done, len(paths) - 1)])
                yield from found

    def circumstances(self, label: Identity, is_newest: bool, endings: Endings) -> str:
        """A name for all that findings depend on, beside the document."""
        said = (label, is_newest, self.today, self.sources.roots, self.policy, self.words, endings.spellings)
        return digest(msgspec.json.encode(said, order="sorted"))

    def placed(self, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """Findings with the lines of all that the report shows."""
        wanted = shown(self.form, findings, self.focus)
        found = placed(wanted, self.sources.places)
        places = {id(one): other for one, other in zip(wanted, found, strict=True) if one is not other}
        return tuple(places.get(id(each), each) for each in findings)


class _Job:
    """One main document: what an earlier run kept of it, or else its contracts."""

    def __init__(self, linting: Linting, entry: Entry) -> None:
        self.linting = linting
        self.entry = entry
        self.name = digest(linting.program, entry.path, self._raw(entry.path))
        self.kept = None if entry.parts else self._kept()
        self.contracts: list[Contract] | None = None

    @property
    def title(self) -> str | None:
        """The title of the contract; None where there turns out to be none."""
        if self.kept:
            return self.kept.title
        return next((contract.title for contract in self.read()), None)

    def read(self) -> list[Contract]:
        """The contracts of the document, read once."""
        if self.contracts is None:
            self.contracts = self.entry.read(self.linting.sources)
        return self.contracts

    def results(self, label: Identity, is_newest: bool) -> tuple[Result, ...]:
        """What is found in the contracts of the document."""
        circumstances = self.linting.circumstances(label, is_newest, self.entry.endings)
        known = self.kept.results.get(circumstances) if self.kept else None
        found = known or tuple(self._examined(labelled(each, label), is_newest) for each in self.read())
        shown = tuple(_with(result, self.linting.placed(result.findings)) for result in found)
        if known is None or any(one is not other for one, other in zip(known, shown, strict=True)):
            self._keep(circumstances, shown)
        return shown

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
            self.kept = Kept(files, self.title or "", {})
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
