"""How far the consumers of a contract have come with its newest version."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from contractbook.finding import Finding
from contractbook.migration.observe import is_breaking


class Move(NamedTuple):
    """A consumer between two versions: the breaking changes that concern it, and those that break it."""

    consumer: str
    concerns: tuple[Finding, ...]
    left: tuple[Finding, ...]

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do for it."""
        return not self.left


def moves(findings: Iterable[Finding]) -> list[Move]:
    """The registered consumers of what breaks: those that have most left to do first."""
    concerns: dict[str, list[Finding]] = {}
    left: dict[str, list[Finding]] = {}
    for finding in filter(is_breaking, findings):
        for name in (*(finding.consumers or ()), *(finding.survivors or ())):
            concerns.setdefault(name, []).append(finding)
        for name in finding.consumers or ():
            left.setdefault(name, []).append(finding)
    found = (Move(name, tuple(every), tuple(left.get(name, ()))) for name, every in concerns.items())
    return sorted(found, key=lambda move: (-len(move.left), move.consumer))
