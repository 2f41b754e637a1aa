"""What a command has found, in the form that every report is made from."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import msgspec

from contractbook.finding import Finding, Level
from contractbook.model import Contract
from contractbook.reports.quotes import Quotes


class Summary(msgspec.Struct, frozen=True, rename="camel"):
    """What a report says of a contract; the attributes are the keys of the JSON report."""

    path: str
    format: str
    spec_version: str
    service: str
    name: str
    version: str
    title: str
    operations: int
    types: int
    fields: int

    @property
    def label(self) -> str:
        """Service, name and version in words."""
        return " ".join(filter(None, (self.service, self.name, self.version)))


def summary(contract: Contract) -> Summary:
    """A contract in numbers: its operations, the types that have a name, and the fields of all types."""
    types = [type for type in contract.types.values() if type.at]
    return Summary(
        path=contract.path,
        format=contract.format,
        spec_version=contract.spec_version,
        service=contract.service,
        name=contract.name,
        version=contract.version,
        title=contract.title,
        operations=sum(1 for _ in contract.operations()),
        types=sum(not type.inline for type in types),
        fields=sum(len(type.fields) for type in types),
    )


class Result(msgspec.Struct, frozen=True):
    """What was found in one contract, or from `old` to `contract`; either is None where there is none.

    A history has `strategy` and `phase`: the way in which a version was brought out.
    """

    contract: Summary | None
    findings: tuple[Finding, ...] = ()
    old: Summary | None = None
    strategy: str | None = None
    phase: str | None = None

    @property
    def about(self) -> Summary:
        """The contract, or what it was."""
        found = self.contract or self.old
        assert found is not None
        return found


class Bump(msgspec.Struct, frozen=True):
    """A step of semantic versioning (major, minor, patch, none): the one that fits, and the one made."""

    suggested: str
    made: str


class ConsumerResult(msgspec.Struct, frozen=True):
    """What a change does to a registered consumer; `because` are fingerprints of findings."""

    name: str
    breaks: bool
    because: tuple[str, ...] = ()


class Gate(msgspec.Struct, frozen=True):
    """What is to be said of a change as a whole: `base` is what it is compared with, in words.

    The verdict is `breaking`, `faulty` (nothing breaks, but something new is wrong), `dangerous` or `safe`.
    `decisions` are the acceptances and the changes of the configuration that the change brings along,
    `notes` what could not be looked at.
    """

    base: str
    verdict: str
    bump: Bump
    consumers: tuple[ConsumerResult, ...] = ()
    decisions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Report(NamedTuple):
    """One run of a command; the files are quoted as they are in `now` and, on the old side, in `before`.

    `focus` holds the rules and guidelines that somebody asked for: of them every finding is shown. `gate` is
    what `check` says of the whole. `prefix` leads from the top of the repository to where paths begin.
    """

    command: str
    results: tuple[Result, ...]
    now: Quotes
    before: Quotes
    focus: frozenset[str] = frozenset()
    gate: Gate | None = None
    prefix: str = ""

    @property
    def findings(self) -> list[Finding]:
        """All findings, in the order of the contracts."""
        return [finding for result in self.results for finding in result.findings]

    @property
    def counts(self) -> dict[str, int]:
        """How many findings have each level; accepted ones, and those known before, count for themselves."""
        counted = Counter(
            "accepted" if each.accepted else "known" if each.known else each.level.value
            for each in self.findings
        )
        return {name: counted[name] for name in (*Level, "accepted", "known")}

    def fails(self, level: Level | None) -> bool:
        """Whether a new finding that nobody accepted is at or above a level."""
        return level is not None and any(
            each.level.weight >= level.weight and not each.accepted and not each.known
            for each in self.findings
        )
