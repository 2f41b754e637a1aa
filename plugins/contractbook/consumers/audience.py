"""All consumers of a project, for whoever wants to know whom a change breaks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from contractbook.consumers.consumer import Consumer
from contractbook.finding import Finding, Kind
from contractbook.model import NOTHING, Contract


class User(NamedTuple):
    """A consumer of an operation, as a page names it."""

    name: str
    style: str


class Audience(NamedTuple):
    """The registered consumers. `names` are what services are called elsewhere.

    `complete` says that there are no others: what none of them uses may go with a warning.
    """

    consumers: tuple[Consumer, ...] = ()
    names: Mapping[str, Sequence[str]] = NOTHING
    complete: bool = False

    def judged(
        self, findings: Iterable[Finding], old: Contract, new: Contract | None, today: date
    ) -> Iterable[Finding]:
        """Findings of a comparison with those whom they break, those who survive, and why."""
        if not self.consumers:
            return findings
        from contractbook.consumers.effects import effects  # most projects register nobody

        return effects(self, findings, old, new, today)

    def of(self, contract: Contract) -> list[Consumer]:
        """Those who use something of this version of a contract, as far as they say which."""
        from contractbook.consumers.naming import Operations, is_provider

        known = Operations(contract)
        return [
            each
            for each in self.consumers
            if each.version in ("", contract.version)
            and (not each.provider or is_provider(each.provider, contract, self.names))
            and any(known.find(use.operation) for use in each.uses)
        ]

    def users(self, versions: Sequence[Contract]) -> dict[str, dict[str, tuple[User, ...]]]:
        """Who uses each operation, by version and label.

        A consumer that does not say which version it uses has those that hold all it reads, else all that
        have the operation.
        """
        if not self.consumers:
            return {}
        from contractbook.consumers.usage import users

        return {version: found for version, found in users(self, versions).items() if found}


NOBODY = Audience()


def broken(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """The findings that break each consumer, by its name.

    What somebody accepted breaks nobody; a broken promise about an end is told beside what breaks.
    """
    found: dict[str, list[Finding]] = {}
    for each in findings:
        for name in each.consumers or ():
            if not each.accepted and each.kind is not Kind.LIFECYCLE:
                found.setdefault(name, []).append(each)
    return found
