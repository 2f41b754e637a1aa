"""Workflow commands of GitHub Actions: an annotation at the line of each finding, the heaviest first.

GitHub shows at most ten errors and ten warnings of a step, so what matters most has to come first.
"""

from __future__ import annotations

from contractbook.finding import Finding, Level
from contractbook.reports.affected import affected, lines
from contractbook.reports.report import Report
from contractbook.reports.terminal import plain

WORDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


def render(report: Report) -> str:
    """One line for each new finding that nobody accepted."""
    found = [each for each in report.findings if not each.accepted and not each.known]
    ranked = sorted(found, key=lambda each: -each.level.weight)
    return "".join(f"{_command(each, report.prefix)}\n" for each in ranked)


def _command(each: Finding, prefix: str) -> str:
    place = each.location  # of what is gone: where it would stand now
    facts = {
        "file": prefix + place.path,
        "line": str(max(1, place.line)),
        "col": str(max(1, place.column)),
        "title": each.rule,
    }
    named = ",".join(f"{key}={_value(value)}" for key, value in facts.items())
    found = affected([each])
    told = [plain(each.message), *(f"{label} {text}" for label, text in (lines(found) if found else ()))]
    told += [plain(each.advice)] if each.advice else []
    return f"::{WORDS[each.level]} {named}::{_text(chr(10).join(told))}"


def _text(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _value(text: str) -> str:
    return _text(plain(text)).replace(":", "%3A").replace(",", "%2C")
