"""Lints contracts one after the other; each is forgotten when its findings are known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from contractbook.examine import examined
from contractbook.finding import Finding
from contractbook.judge import Policy
from contractbook.lexicon import Lexicon
from contractbook.library import Entry, identities, in_order, labelled, newest
from contractbook.model import Contract
from contractbook.reports import shown
from contractbook.reports.report import Result, summary
from contractbook.source.collector import paused
from contractbook.source.positions import placed
from contractbook.source.sources import Sources


class Linting(NamedTuple):
    """How the contracts of a run are linted, and for which report."""

    sources: Sources
    policy: Policy
    today: date
    lexicon: Lexicon
    form: str
    focus: frozenset[str]

    def results(self, entries: Sequence[Entry]) -> Iterator[Result]:
        """What is found in each contract that is wanted, by service, name and version."""
        wanted = [entry for entry in entries if entry.wanted]
        with paused():
            read = {entry.path: entry.read(self.sources) for entry in wanted if not entry.identity.service}
        wanted = [entry for entry in wanted if read.get(entry.path, True)]
        labels = identities(entries, {path: found[0].title for path, found in read.items() if found})
        latest = newest(labels)
        for entry in sorted(wanted, key=lambda entry: in_order(labels[entry.path])):
            with paused():
                for contract in read.pop(entry.path, None) or entry.read(self.sources):
                    yield self.result(labelled(contract, labels[entry.path]), entry.path in latest)
            self.sources.forget(entry.path)

    def result(self, contract: Contract, is_newest: bool) -> Result:
        """What is found in one contract, with the lines of all that the report shows."""
        found = examined(
            contract, self.sources, self.policy, self.today, lexicon=self.lexicon, newest=is_newest
        )
        return Result(summary(contract), tuple(self._placed(found)))

    def _placed(self, findings: Sequence[Finding]) -> list[Finding]:
        wanted = shown(self.form, findings, self.focus)
        places = {
            id(one): other for one, other in zip(wanted, placed(wanted, self.sources.places), strict=True)
        }
        return [places.get(id(each), each) for each in findings]
