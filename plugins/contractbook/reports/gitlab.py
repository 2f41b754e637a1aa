"""The report that GitLab shows in merge requests (Code Quality, a subset of Code Climate's JSON)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from contractbook.engine.lint import identity
from contractbook.finding import Finding, Level
from contractbook.reports.affected import affected, lines
from contractbook.reports.json import by_place, written
from contractbook.reports.report import Report

SEVERITIES = {Level.ERROR: "critical", Level.WARNING: "minor", Level.NOTE: "info"}


def render(report: Report) -> str:
    """All findings that nobody accepted; GitLab itself tells new ones by their fingerprint."""
    return written(list(_issues(report)))


def _issues(report: Report) -> Iterator[Mapping[str, Any]]:
    seen: Counter[str] = Counter()
    for each in sorted(report.findings, key=by_place):
        if each.accepted or each.known:
            continue
        name = each.fingerprint or identity(each.rule, each.location.path, each.message)
        seen[name] += 1
        yield _issue(each, report.prefix, name if seen[name] == 1 else identity(name, str(seen[name])))


def _issue(each: Finding, prefix: str, fingerprint: str) -> Mapping[str, Any]:
    place = each.location  # of what is gone: where it would stand now
    found = affected([each])
    told = [each.message, *(f"{label} {text}" for label, text in (lines(found) if found else ()))]
    return {
        "description": " — ".join(told),
        "check_name": each.rule,
        "fingerprint": fingerprint,
        "severity": SEVERITIES[each.level],
        "location": {"path": prefix + place.path, "lines": {"begin": max(1, place.line)}},
    }
