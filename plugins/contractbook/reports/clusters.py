"""Alike findings together, the ones that matter most first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import NoneType
from typing import NamedTuple

from contractbook.finding import Finding, Level, Location
from contractbook.rules import rule_named

SHOWN = dict.fromkeys(Level, 3)
CHANGES_SHOWN = {Level.ERROR: 20, Level.WARNING: 5, Level.NOTE: 3}


class Same(NamedTuple):
    """Findings that say the same in so many words; the first of them is shown."""

    first: Finding
    times: int


class Cluster(NamedTuple):
    """Findings of one rule with one level in one contract, those first that reach most."""

    rule: str
    level: Level
    findings: Sequence[Finding]

    @property
    def reach(self) -> int:
        """How many operations and messages the widest of them reaches."""
        return max(len(each.places) for each in self.findings)

    @property
    def statements(self) -> list[Same]:
        """What is said, each thing once."""
        said: dict[str, list[Finding]] = {}
        for each in self.findings:
            said.setdefault(each.message, []).append(each)
        return [Same(alike[0], len(alike)) for alike in said.values()]

    def shown(self, focus: frozenset[str]) -> list[Same]:
        """The statements to show: all where the rule is in focus, else the first few."""
        limits = CHANGES_SHOWN if self.findings[0].kind else SHOWN
        return self.statements if self.rule in focus else self.statements[: limits[self.level]]


def clusters(findings: Iterable[Finding]) -> list[Cluster]:
    """The clusters of what is new and nobody has accepted: by level, faults of reading first, then by reach.

    What is found everywhere stands after what is found once: it is rarely the news.
    """
    together: dict[tuple[str, Level], list[Finding]] = {}
    for each in findings:
        if not each.accepted and not each.known:
            together.setdefault((each.rule, each.level), []).append(each)
    found = [
        Cluster(rule, level, sorted(alike, key=lambda each: -len(each.places)))
        for (rule, level), alike in together.items()
    ]
    return sorted(found, key=_rank)


def _rank(cluster: Cluster) -> tuple[int, bool, int, int, str]:
    is_judged = cluster.findings[0].guideline is not None
    return -cluster.level.weight, is_judged, -cluster.reach, len(cluster.findings), cluster.rule


def shown_at(finding: Finding) -> Location:
    """Where people should look: of what only the old version has, where it was."""
    return finding.was if finding.was and is_gone(finding) else finding.location


def is_gone(finding: Finding) -> bool:
    """Whether a finding tells of what only the old version has."""
    rule = rule_named(finding.rule)
    return rule is not None and rule.compares and all(new is NoneType for _, new in rule.subjects)
