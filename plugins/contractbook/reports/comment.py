"""The comment on a pull request: the verdict, who breaks and what to do at once, all else folded."""

from __future__ import annotations

from collections.abc import Iterator

from contractbook.finding import Finding, Level
from contractbook.reports.gate import facts, headline, is_accepted, new, reasons
from contractbook.reports.literal import literal
from contractbook.reports.report import Gate, Report

STEPS = 4  # things to do that are told before all else is folded


def head(report: Report, gate: Gate) -> Iterator[str]:
    """What a reviewer reads in ten seconds."""
    yield f"## {literal(headline(gate, report.findings))}"
    if gate.consumers:
        rows = [_row(each.name, each.breaks, report.findings) for each in gate.consumers]
        yield "\n".join(("| Consumer | | Because |", "| --- | --- | --- |", *rows))
    todo = list(dict.fromkeys(_todo(each) for each in _weighty(report.findings)))
    if todo:
        items = [f"- {each}" for each in todo[:STEPS]]
        more = [f"- and {len(todo) - STEPS} more below"] if len(todo) > STEPS else []
        yield "\n".join(("**What to do**\n", *items, *more))
    yield "\n".join(f"- {literal(line)}" for line in facts(gate, report) if not line.startswith("Survives"))


def _row(name: str, is_broken: bool, findings: list[Finding]) -> str:
    verdict = "**breaks**" if is_broken else "survives"
    if not is_broken and is_accepted(name, findings):
        return f"| {literal(name)} | breaks | that was accepted |"
    return f"| {literal(name)} | {verdict} | {literal(reasons(name, findings))} |"


def _weighty(findings: list[Finding]) -> list[Finding]:
    """What asks for a deed, that which breaks a known consumer first."""
    errors = [each for each in new(findings) if each.level is Level.ERROR]
    return sorted(errors, key=lambda each: (not each.consumers, each.kind is None))


def _todo(each: Finding) -> str:
    deed = each.recipe[0] if each.recipe else each.advice or each.message
    return literal(deed)
