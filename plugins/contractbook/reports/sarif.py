"""SARIF 2.1.0, the report that code scanning takes (OASIS, sarif-v2.1.0)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from contractbook.declare import Rule
from contractbook.finding import Acceptance, Finding, Level, Location
from contractbook.reports.json import by_place, written
from contractbook.reports.report import Report
from contractbook.reports.rule_pages import markdown, prose
from contractbook.rules import rule_named
from contractbook.version import VERSION

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(report: Report) -> str:
    """One run with the rules that found something, and what they found."""
    findings = [each for result in report.results for each in sorted(result.findings, key=by_place)]
    names = sorted({each.rule for each in findings})
    driver = {
        "name": "contractbook",
        "version": VERSION,
        "semanticVersion": VERSION,
        "rules": [_rule(name) for name in names],
    }
    run = {
        "tool": {"driver": driver},
        "automationDetails": {"id": f"contractbook/{report.command}/"},
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, names.index(each.rule)) for each in findings],
    }
    return written({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(name: str) -> Mapping[str, Any]:
    rule = rule_named(name)
    if rule is None:
        return {"id": name}
    return {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in rule.id.split("-")),
        "shortDescription": {"text": rule.statement},
        "fullDescription": {"text": f"{rule.statement} {rule.why}"},
        "help": {"text": prose(rule), "markdown": markdown(rule)},
        "defaultConfiguration": {"level": rule.level() or Level.NOTE},
        "properties": {"tags": _tags(rule)},
    }


def _tags(rule: Rule) -> list[str]:
    return [tag.value for tag in (rule.guideline, rule.kind) if tag]


def _result(each: Finding, index: int) -> Mapping[str, Any]:
    result: dict[str, Any] = {
        "ruleId": each.rule,
        "ruleIndex": index,
        "level": each.level,
        "message": {"text": f"{each.message}."},
        "locations": [_location(each.location, each.element)],
        "partialFingerprints": {"contractbook/v1": each.fingerprint} if each.fingerprint else {},
        "properties": _properties(each),
    }
    if each.known:
        result["baselineState"] = "unchanged"
    if each.was:
        was = {"id": 1, "message": {"text": "Where it was."}, "physicalLocation": _physical(each.was)}
        result["relatedLocations"] = [was]
    if each.accepted:
        result["suppressions"] = [_suppression(each.accepted)]
    return result


def _location(place: Location, element: str) -> Mapping[str, Any]:
    location: dict[str, Any] = {"physicalLocation": _physical(place)}
    if element:
        location["logicalLocations"] = [{"fullyQualifiedName": element}]
    return location


def _physical(place: Location) -> Mapping[str, Any]:
    return {
        "artifactLocation": {"uri": quote(place.path)},
        "region": {"startLine": max(1, place.line), "startColumn": max(1, place.column)},
    }


def _properties(each: Finding) -> Mapping[str, Any]:
    """What SARIF has no word for, where there is something to say."""
    known: Sequence[tuple[str, Any]] = (
        ("guideline", each.guideline),
        ("kind", each.kind),
        ("direction", each.direction),
        ("places", each.places),
        ("pointer", each.pointer),
        ("old", each.old),
        ("new", each.new),
        ("consumers", each.consumers),
        ("survivors", each.survivors),
        ("reasons", each.reasons),
        ("strategy", each.strategy),
        ("advice", each.advice),
    )
    return {name: value for name, value in known if value not in (None, "", (), {})}


def _suppression(accepted: Acceptance) -> Mapping[str, Any]:
    return {
        "kind": "external",
        "status": "accepted",
        "justification": accepted.reason,
        "properties": {"by": accepted.by, "until": accepted.until},
    }
