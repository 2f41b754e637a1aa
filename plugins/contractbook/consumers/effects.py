"""Whom the findings of a comparison break, and who survives them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec.structs import replace

from contractbook.consumers.audience import Audience
from contractbook.consumers.naming import Operations
from contractbook.consumers.touched import touched
from contractbook.consumers.verdicts import Change, Standing, Verdict, change, ended, verdict
from contractbook.finding import Finding, Kind, Level
from contractbook.model import Contract
from contractbook.pairing.operations import operations


def effects(
    audience: Audience, findings: Iterable[Finding], old: Contract, new: Contract | None, today: date
) -> Iterator[Finding]:
    """The findings with their consumers, survivors and reasons.

    What breaks a registered consumer is breaking though others would not mind, unless its end had been
    announced; what breaks none of them is a warning where they are all.
    """
    standings = list(_standings(audience, old, new))
    for finding in findings:
        about = change(finding, old, new)
        yield _told(finding, about, standings, today, audience.complete) if about else finding


def _standings(audience: Audience, old: Contract, new: Contract | None) -> Iterator[Standing]:
    """Each use of the old contract, with what the use means in the new one."""
    consumers = audience.of(old)
    if not consumers:
        return
    known = Operations(old)
    partners = {was.identity: now for was, now in operations(old, new) if was and now} if new else {}
    for consumer in consumers:
        for use in consumer.uses:
            operation = known.find(use.operation)
            if operation is not None:
                partner = partners.get(operation.identity)
                before = touched(old, operation, use)
                after = touched(new, partner, use) if new and partner else None
                yield Standing(consumer, use, operation, partner, before, after)


def _told(
    finding: Finding, about: Change, standings: Iterable[Standing], today: date, complete: bool
) -> Finding:
    said: dict[str, Verdict] = {}
    surprised = False
    for standing in standings:
        was_announced = ended(finding, standing, today)
        found = verdict(_unannounced(about) if was_announced else about, standing)
        name = standing.consumer.name
        if found and (name not in said or (found.breaks and not said[name].breaks)):
            said[name] = found
        surprised |= found is not None and found.breaks and not was_announced
    breaks = tuple(sorted(name for name, found in said.items() if found.breaks))
    level = _level(finding, surprised, complete and not breaks)
    return replace(
        finding,
        level=level,
        advice=_advice(breaks) if finding.kind is Kind.EXPANSION and breaks else finding.advice,
        consumers=breaks,
        survivors=tuple(sorted(said.keys() - {*breaks})),
        reasons={name: said[name].why for name in sorted(said)},
    )


def _advice(breaks: tuple[str, ...]) -> str:
    """What to do about a change that is safe but for consumers that bind more than they need."""
    names = " and ".join(breaks)
    return (
        f"Agree with {names} on the day, or let {'them' if len(breaks) > 1 else 'it'} read tolerantly first."
    )


def _unannounced(about: Change) -> Change:
    """The change as it would weigh without an announcement: whoever did not move breaks all the same."""
    level = about.rule.level(about.finding.direction)
    return about._replace(finding=replace(about.finding, level=level or about.finding.level))


def _level(finding: Finding, breaks: bool, is_unused: bool) -> Level:
    if finding.kind is Kind.LIFECYCLE:
        return finding.level
    if breaks:
        return Level.ERROR
    return Level.WARNING if is_unused and finding.level is Level.ERROR else finding.level
