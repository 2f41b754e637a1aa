"""What is said about an element: findings, and what changed in which version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import escape

from contractbook.finding import Finding
from contractbook.model import Element
from contractbook.portal.edition import Edition
from contractbook.portal.marks import LEVELS, badge, change, count, fold, said, table
from contractbook.portal.page import Chapter
from contractbook.rules import rule_named

MOST = 12  # clusters that a page shows of an element
LINES = 40  # changes that a page shows of an element
ALIKE = 3  # findings of one rule that are listed


def design_notes(edition: Edition, element: Element, prefix: str = "") -> Iterator[Chapter]:
    """The findings inside an element, those of one rule together."""
    found = edition.notes_below(element)
    if found:
        html = "".join(list(clusters(found))[:MOST])
        jump = f"Design notes {len(found)}"
        yield Chapter(f"{prefix}notes", "Design notes", html, count(len(found), "finding"), jump=jump)


def clusters(findings: Iterable[Finding]) -> Iterator[str]:
    """A fold for each rule: what it found, why it matters, what to do."""
    alike: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        alike.setdefault((finding.rule, finding.level), []).append(finding)
    yield from map(_cluster, alike.values())


def _cluster(same: list[Finding]) -> str:
    first = same[0]
    more = "".join(f"<li>{said(finding.message)}</li>" for finding in same[1:ALIKE])
    left = len(same) - ALIKE
    listed = f"<ul>{more}{f'<li>and {left} more</li>' if left > 0 else ''}</ul>" if more else ""
    title = f"{badge(first.level, LEVELS[first.level])} {said(first.message)}"
    return fold(title, listed + why(first), str(escape(first.guideline or "")))


def why(finding: Finding) -> str:
    """Why a finding matters and what to do, and the rule that says so."""
    rule = rule_named(finding.rule)
    because = rule.why if rule else ""
    advice = finding.advice or (rule.advice if rule else "")
    return f"<p>{said(because)} {said(advice)} <small>{escape(finding.rule)}</small></p>"


def _breaks(finding: Finding) -> str:
    """Whom a change breaks, in a few words."""
    if not finding.consumers:
        return ""
    return f" <small>breaks {escape(', '.join(finding.consumers))}</small>"


def history(edition: Edition, label: str, prefix: str = "") -> Iterator[Chapter]:
    """What changed about an element and all inside it, the newest version first."""
    lines = []
    told = ""
    for step, finding in edition.series.touching(label)[:LINES]:
        version = f"<b>{escape(step.version)}</b>" if step.version != told else ""
        told = step.version
        lines.append((version, change(finding.level), said(finding.message) + _breaks(finding)))
    if lines:
        yield Chapter(f"{prefix}history", "History", table(("Version", "Weight", "Change"), lines, "cb-hist"))
