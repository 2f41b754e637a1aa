"""The design report of a contract: its score, and what it says against the guidelines, heaviest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from markupsafe import escape

from contractbook.finding import Finding, Guideline, Level
from contractbook.portal.edition import Edition
from contractbook.portal.marks import LEVELS, badge, code, count, day, fold, said, table
from contractbook.portal.notes import why
from contractbook.portal.page import Chapter
from contractbook.rules import rule_named
from contractbook.score import COSTS, Score, score

FIRST = 5  # rules that are named as the ones to begin with
LISTED = 25  # findings of one rule that are listed
TITLES = {
    Guideline.BACKWARD_COMPATIBLE: "Backward compatible",
    Guideline.EXPLICIT: "Explicit",
    Guideline.TECHNOLOGY_NEUTRAL: "Technology-neutral",
    Guideline.SIMPLE: "Simple",
    Guideline.HIDDEN: "Hidden implementation",
}


class Alike(NamedTuple):
    """The findings of one rule at one level."""

    rule: str
    level: Level
    findings: Sequence[Finding]

    @property
    def cost(self) -> float:
        return COSTS[self.level] * len(self.findings)


def overview(edition: Edition) -> dict[str, Any]:
    """The score of a contract, that of each guideline, and what raises it most."""
    whole, *each = scores(edition)
    found = alike(open_findings(edition))
    return {
        "points": whole.points,
        "scores": [_line(one) for one in each],
        "heaviest": [_named(one) for one in sorted(found, key=lambda one: -one.cost)[:FIRST]],
        "costs": f"An error costs as much as {COSTS[Level.ERROR]:g} elements are worth,"
        f" a warning {COSTS[Level.WARNING]:g}, a note {COSTS[Level.NOTE]:g}.",
    }


def chapters(edition: Edition) -> Iterator[Chapter]:
    """A chapter for each guideline that something is said against, then what somebody decided to accept."""
    every = alike(open_findings(edition))
    for guideline in (*Guideline, None):
        found = [one for one in every if one.findings[0].guideline is guideline]
        if found:
            size = count(sum(len(one.findings) for one in found), "finding")
            html = "".join(_fold(edition, one) for one in found)
            title = TITLES[guideline] if guideline else "Not read"
            yield Chapter(guideline or "faults", title, html, size)
    yield from _accepted(edition)


def open_findings(edition: Edition) -> list[Finding]:
    """The findings about a version that nobody decided to live with."""
    found = edition.series.findings.get(edition.contract.version, ())
    return [finding for finding in found if finding.accepted is None]


def alike(findings: Iterable[Finding]) -> list[Alike]:
    """Findings of one rule and level together: the heaviest level first, then those that are most."""
    found: dict[tuple[str, Level], list[Finding]] = {}
    for finding in findings:
        found.setdefault((finding.rule, finding.level), []).append(finding)
    clusters = (Alike(rule, level, same) for (rule, level), same in found.items())
    return sorted(clusters, key=lambda one: (-one.level.weight, -len(one.findings), one.rule))


def scores(edition: Edition) -> tuple[Score, ...]:
    """The score of the contract, then that of each guideline."""
    return score(edition.contract, edition.series.findings.get(edition.contract.version, ()))


def _line(one: Score) -> dict[str, object]:
    assert one.guideline is not None
    return {
        "id": one.guideline.value if one.counts else "",
        "title": TITLES[one.guideline],
        "points": one.points,
        **{level.value: one.counts.get(level, 0) for level in Level},
    }


def _named(one: Alike) -> dict[str, object]:
    rule = rule_named(one.rule)
    return {
        "id": _id(one),
        "badge": badge(one.level, LEVELS[one.level]),
        "statement": said(rule.statement if rule else one.findings[0].message),
        "size": len(one.findings),
    }


def _id(one: Alike) -> str:
    return f"{one.rule}.{one.level}"


def _fold(edition: Edition, one: Alike) -> str:
    """What one rule found: its statement, why it matters, and each place."""
    rule = rule_named(one.rule)
    first = one.findings[0]
    title = said(rule.statement if rule and len(one.findings) > 1 else first.message)
    lines = "".join(f"<li>{_place(edition, finding)}</li>" for finding in one.findings[:LISTED])
    left = len(one.findings) - LISTED
    more = f"<p>and {left} more: {code(f'contractbook lint --select {one.rule}')}</p>" if left > 0 else ""
    aside = f"{len(one.findings)} times" if len(one.findings) > 1 else ""
    inside = f"{why(first)}<ul>{lines}</ul>{more}"
    return fold(f"{badge(one.level, LEVELS[one.level])} {title}", inside, aside, _id(one))


def _place(edition: Edition, finding: Finding) -> str:
    """What was found, with a link to the element."""
    address = edition.shown_at(finding.element)
    return f'{said(finding.message)} <a href="{address}">{escape(finding.element or "show")}</a>'


def _accepted(edition: Edition) -> Iterator[Chapter]:
    """What people decided to live with, why, and until when."""
    found = [one for one in edition.series.findings.get(edition.contract.version, ()) if one.accepted]
    lines = []
    for finding in found[: LISTED * 2]:
        decided = finding.accepted
        assert decided is not None
        until = f"until {day(decided.until)}" if decided.until else ""
        lines.append(
            (said(finding.message), str(escape(decided.reason)), str(escape(decided.by or "")), until)
        )
    if lines:
        html = table(("Finding", "Reason", "By", ""), lines)
        yield Chapter("accepted", "Accepted", html, count(len(found), "finding"))
