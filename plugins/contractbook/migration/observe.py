"""Which way a pair of versions goes, as the contracts themselves show it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from contractbook.finding import Finding, Kind, Level
from contractbook.migration.strategy import Phase, Strategy
from contractbook.model import Contract, Element
from contractbook.rows import Rows

UNANNOUNCED = "removed-without-deprecation"


class Way(NamedTuple):
    """The way that a pair goes, and how far; None where nothing has to be brought out."""

    strategy: Strategy | None
    phase: Phase | None = None


class Release(NamedTuple):
    """A contract in two versions with what changed. `remains`: the old version is still there, elsewhere."""

    old: Contract
    new: Contract
    findings: Sequence[Finding]
    remains: bool = False

    @property
    def breaking(self) -> list[Finding]:
        """What breaks somebody and was not accepted; a broken promise about the end is told beside it."""
        return [each for each in self.findings if is_breaking(each)]

    @property
    def surprises(self) -> list[Finding]:
        """What breaks without having been announced: of the rest the old element was deprecated."""
        ending = {(path, at) for path, at in map(self.old.place, (each.at for each in _ending(self.old)))}
        return [
            each for each in self.breaking if not each.was or (each.was.path, each.was_pointer) not in ending
        ]


def is_breaking(finding: Finding) -> bool:
    """Whether a finding of a comparison is a change that somebody has to be told to deal with."""
    return finding.level is Level.ERROR and finding.kind is not Kind.LIFECYCLE and not finding.accepted


def observe(release: Release) -> Way:
    """The way that a release goes.

    The old interface is emulated as long as nothing breaks though parts of it are deprecated, and has been
    when only such parts go. The versions coexist where the old one stays beside one that breaks. All else is
    lockstep: whoever calls has to change with it.
    """
    if not release.breaking:
        ending = [each for each in _ending(release.new) if not isinstance(each, Contract)]
        if not ending:
            return Way(None)
        told = any(each.lifecycle.sunset for each in ending)
        return Way(Strategy.EMULATE, Phase.MIGRATING if told else Phase.EXPANDED)
    if not release.surprises:
        return Way(Strategy.EMULATE, Phase.CONTRACTED)
    if release.remains:
        return Way(Strategy.COEXIST, Phase.MIGRATING if _is_told(release.old) else Phase.EXPANDED)
    if _is_told(release.old) and release.old.path != release.new.path:
        return Way(Strategy.COEXIST, Phase.CONTRACTED)
    return Way(Strategy.LOCKSTEP, Phase.CONTRACTED)


def _is_told(contract: Contract) -> bool:
    """Whether a whole version is announced to end."""
    return contract.lifecycle.deprecated or contract.lifecycle.sunset is not None


def _ending(contract: Contract) -> list[Element]:
    return [each for each, _ in Rows(contract).announced if each.lifecycle.deprecated]
