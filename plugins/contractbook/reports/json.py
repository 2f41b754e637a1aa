"""The report for programs; its keys are a promise (see the reference of the JSON report)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from contractbook.finding import Finding, Location
from contractbook.reports.report import Gate, Report
from contractbook.version import VERSION


def render(report: Report) -> str:
    """Everything that was found, as one JSON object."""
    return written(
        {
            "contractbook": VERSION,
            "command": report.command,
            "contracts": [result.contract for result in report.results if result.contract],
            "findings": [
                finding(each) for result in report.results for each in sorted(result.findings, key=by_place)
            ],
            "summary": report.counts,
            **(gate(report.gate) if report.gate else {}),
        }
    )


def gate(said: Gate) -> Mapping[str, Any]:
    """What `check` adds."""
    return {
        "base": said.base,
        "verdict": said.verdict,
        "bump": said.bump,
        "consumers": said.consumers,
        "decisions": said.decisions,
        "notes": said.notes,
    }


def written(value: Any) -> str:
    """A value as indented JSON text; what JSON does not know is written as text."""
    compact = msgspec.json.encode(value, enc_hook=str)
    return msgspec.json.format(compact, indent=2).decode() + "\n"


def by_place(each: Finding) -> tuple[str, ...]:
    """What findings are sorted by, from top to bottom of each file."""
    place = each.location
    return (place.path, f"{place.line:9}", f"{place.column:9}", each.rule, each.element, each.direction or "")


def finding(each: Finding) -> Mapping[str, Any]:
    """A finding under the keys of the report."""
    return {
        "rule": each.rule,
        "level": each.level,
        "guideline": each.guideline,
        "kind": each.kind,
        "message": each.message,
        "element": each.element,
        "places": each.places,
        "pointer": each.pointer,
        "location": location(each.location),
        "was": location(each.was) if each.was else None,
        "direction": each.direction,
        "surface": each.surface,
        "old": each.old,
        "new": each.new,
        "consumers": each.consumers,
        "survivors": each.survivors,
        "reasons": each.reasons,
        "strategy": each.strategy,
        "advice": each.advice,
        "recipe": each.recipe,
        "known": each.known,
        "fingerprint": each.fingerprint,
        "accepted": each.accepted,
    }


def location(place: Location) -> Mapping[str, Any]:
    """A place in a file."""
    return {"path": place.path, "line": place.line, "column": place.column}
