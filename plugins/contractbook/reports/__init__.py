"""Reports: what a command has found, for people and for other tools; one function for each."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

from contractbook.finding import Finding
from contractbook.reports.report import Report


def render(form: str, report: Report, colour: bool = False) -> str:
    """A report in one of the forms of the command line."""
    module = import_module(f"contractbook.reports.{form}")
    return str(module.render(report, colour) if form == "text" else module.render(report))


def shown(form: str, findings: Iterable[Finding], focus: frozenset[str]) -> list[Finding]:
    """The findings of one contract that a report shows with their place, so that others need none."""
    if form != "text":
        return list(findings)
    from contractbook.reports.clusters import clusters

    return [same.first for cluster in clusters(findings) for same in cluster.shown(focus)]
