"""What `check` says of a whole change, in words for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from contractbook.consumers.audience import broken
from contractbook.finding import Finding, Level
from contractbook.reports.report import Gate, Report

MOST = 3  # reasons for one consumer
ACCEPTED = 5  # accepted findings that are named


def headline(gate: Gate, findings: Iterable[Finding]) -> str:
    """The verdict in one sentence."""
    names = [each.name for each in gate.consumers if each.breaks]
    match gate.verdict:
        case "breaking" if names:
            return f"This change breaks {listed(names)}"
        case "breaking" if gate.consumers:
            return "This change is breaking, though it breaks no registered consumer"
        case "breaking":
            return "This change is breaking"
        case "faulty":
            number = sum(each.level is Level.ERROR for each in new(findings))
            return f"This change brings {number} new error{'s' if number > 1 else ''}"
        case "dangerous":
            return "This change breaks nobody; somebody may trip over it"
    return "This change is safe"


def facts(gate: Gate, report: Report) -> Iterator[str]:
    """What stands below the headline: who survives, the version, the decisions, the base."""
    survivors = [each.name for each in gate.consumers if not each.breaks]
    if survivors:
        yield f"Survives: {listed(survivors)}"
    if gate.bump.suggested != "none":
        made = "no step was made" if gate.bump.made == "none" else f"{gate.bump.made} was made"
        yield f"Version: {gate.bump.suggested} fits, {made}"
    for decision in gate.decisions:
        yield f"Decided here: {decision}"
    accepted = [each for each in report.findings if each.accepted and not each.known]
    for each in accepted[:ACCEPTED]:
        assert each.accepted is not None
        by = f", says {each.accepted.by}" if each.accepted.by else ""
        yield f"Accepted: {each.message} ({each.accepted.reason}{by})"
    if len(accepted) > ACCEPTED:
        yield f"Accepted: {len(accepted) - ACCEPTED} more"
    known = report.counts["known"]
    if known:
        yield f"Known before: {known} finding{'s' if known > 1 else ''}, which do not count"
    yield from (f"Not compared: {note}" for note in gate.notes)
    yield f"Compared with {gate.base}" if gate.base else "Compared with nothing"


def reasons(name: str, findings: Sequence[Finding]) -> str:
    """Why a consumer breaks, or survives what others do not."""
    because = broken(new(findings)).get(name, [])
    said = list(dict.fromkeys(each.message.removeprefix(f"{name}: ") for each in because))
    if not said:
        heavy = [each for each in new(findings) if each.level is Level.ERROR]
        whys = dict.fromkeys((each.reasons or {}).get(name, "") for each in heavy)
        return "; ".join([why for why in whys if why][:MOST]) or "what it uses did not break"
    more = f" and {len(said) - MOST} more" if len(said) > MOST else ""
    return "; ".join(said[:MOST]) + more


def is_accepted(name: str, findings: Iterable[Finding]) -> bool:
    """Whether somebody accepted that a consumer breaks."""
    return any(each.accepted and not each.known and name in (each.consumers or ()) for each in findings)


def new(findings: Iterable[Finding]) -> list[Finding]:
    """Those that count: not known before, and accepted by nobody."""
    return [each for each in findings if not each.known and not each.accepted]


def listed(names: Sequence[str]) -> str:
    """Names in a sentence."""
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
