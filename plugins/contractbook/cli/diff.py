"""contractbook diff: what changed from one version to another."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from contractbook.cli.call import (
    audience,
    colour,
    fails_on,
    policy,
    prefix,
    project,
    put_out,
    scope,
    today,
    warn,
)
from contractbook.cli.sides import Side, side
from contractbook.consumers.audience import NOBODY, Audience
from contractbook.examine import compared, released, removed
from contractbook.finding import Finding
from contractbook.judge import Policy, expired
from contractbook.migration.observe import Release
from contractbook.migration.strategy import House
from contractbook.model import Contract
from contractbook.pairing.contracts import Two, contracts
from contractbook.reports import render, shown
from contractbook.reports.quotes import Quotes
from contractbook.reports.report import Report, Result, summary
from contractbook.source.collector import paused
from contractbook.source.positions import placed
from contractbook.wrong import Wrong


def run(call: Namespace) -> int:
    """Compare what is named."""
    found, day = project(call), today(call)
    rules, focus = policy(call, found), frozenset(call.select)
    with paused():
        old, new = (side(word, found, scope(found)) for word in (call.old, call.new))
        comparing = Comparing(
            old, new, rules, day, call.format, focus, audience(found), found.configuration.house
        )
        results = tuple(comparing.result(two) for two in _pairs(old, new))
    if not results:
        raise Wrong(f"there are no contracts in {call.old}, and none in {call.new}")
    warn(expired(rules, day))
    report = Report("diff", results, Quotes(new.tree), Quotes(old.tree), focus, prefix=prefix(call, found))
    put_out(call, render(call.format, report, colour(call)))
    return int(report.fails(fails_on(call)))


def _pairs(old: Side, new: Side) -> list[Two]:
    """Two files are one pair, whatever they are called."""
    before, after = old.library.contracts, new.library.contracts
    if old.is_file and new.is_file and len(before) == len(after) == 1:
        return [Two(before[0], after[0])]
    return contracts(before, after)


class Comparing(NamedTuple):
    """How the contracts of a run are compared, and for which report."""

    old: Side
    new: Side
    policy: Policy
    today: date
    form: str
    focus: frozenset[str]
    audience: Audience = NOBODY
    house: House = House()

    def result(self, two: Two) -> Result:
        """What changed in one contract, with the lines of all that the report shows."""
        return Result(
            contract=summary(two.new) if two.new else None,
            findings=tuple(self._placed(self._findings(two))),
            old=summary(two.old) if two.old else None,
        )

    def _findings(self, two: Two) -> list[Finding]:
        sources = self.new.library.sources
        if two.old and two.new:
            found = compared(two.old, two.new, sources, self.policy, self.today, self.audience)
            release = Release(two.old, two.new, found, self._remains(two.old, two.new))
            return released(release, self.house, sources, self.policy, self.today)
        if two.old:
            family = self.new.library.versions.get((two.old.service, two.old.name))
            return removed(two.old, family[-1] if family else None, self.policy, self.today, self.audience)
        return []

    def _remains(self, old: Contract, new: Contract) -> bool:
        """Whether the old version is still there beside the new one."""
        if old.path == new.path:
            return False
        try:
            self.new.tree.read(old.path)
        except FileNotFoundError:
            return False
        return True

    def _placed(self, findings: Sequence[Finding]) -> list[Finding]:
        wanted = shown(self.form, findings, self.focus)
        now, before = self.new.library.sources.places, self.old.library.sources.places
        places = {id(one): two for one, two in zip(wanted, placed(wanted, now, before), strict=True)}
        return [places.get(id(each), each) for each in findings]
