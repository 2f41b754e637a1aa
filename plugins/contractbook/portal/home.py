"""The first page of the portal: who offers what, what changed, and what ends soon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markupsafe import escape

from contractbook.finding import Finding, Kind, Level
from contractbook.model import Contract
from contractbook.portal import contracts, text
from contractbook.portal.addresses import slug
from contractbook.portal.edition import About, Series
from contractbook.portal.marks import badge, change, day, said

LATELY = 12
BESIDE = 2  # older versions that are named
FIRST = ("operation-removed", "field-removed", "optional-field-removed")  # what tells most of a change


def services(shelf: Mapping[str, Sequence[Series]], about: Mapping[str, About]) -> list[dict[str, str]]:
    """A line for each service."""
    return [_service(name, series, about.get(name, About())) for name, series in shelf.items()]


def _service(name: str, series: Sequence[Series], about: About) -> dict[str, str]:
    newest = [each.newest for each in series]
    formats = dict.fromkeys(map(contracts.format_title, newest))
    faults = sum(len(each.faults) for each in newest)
    return {
        "title": about.title or (newest[0].title if len(newest) == 1 else "") or name,
        "name": name,
        "address": f"~/{slug(name)}/",
        "sentence": text.sentence(newest[0].doc) if len(newest) == 1 else f"{len(newest)} contracts",
        "formats": ", ".join(formats),
        "versions": _versions(series),
        "operations": str(sum(len(list(each.operations())) for each in newest) or ""),
        "health": _health(series, faults),
        "owner": about.owner,
    }


def _versions(series: Sequence[Series]) -> str:
    if len(series) > 1:
        return ""
    newest, *older = reversed(series[0].versions)
    names = [_named(each) for each in older[:BESIDE]]
    if len(older) > BESIDE:
        names.append(f"{len(older) - BESIDE} more")
    first = newest.version or newest.stated_version
    return f"{first} ({', '.join(names)})" if names else first


def _named(contract: Contract) -> str:
    """An older version, and how long it works."""
    ends = contract.lifecycle.sunset
    return f"{contract.version} until {day(ends)}" if ends else contract.version


def _health(series: Sequence[Series], faults: int) -> str:
    if faults:
        return badge("cannot be read whole", "red")
    levels = [
        finding.level
        for each in series
        for finding in each.findings.get(each.newest.version, ())
        if finding.accepted is None
    ]
    errors, warnings = levels.count(Level.ERROR), levels.count(Level.WARNING)
    if errors:
        return badge(f"{errors} error{'s' if errors > 1 else ''}", "red")
    return (
        badge(f"{warnings} warning{'s' if warnings > 1 else ''}", "amber")
        if warnings
        else badge("clean", "green")
    )


def changes(
    shelf: Mapping[str, Sequence[Series]], roots: Mapping[tuple[str, str], str]
) -> list[dict[str, Any]]:
    """The heaviest change of the newest version of each contract, breaking first; `roots` are addresses."""
    found = [line for every in shelf.values() for series in every for line in _change(series, roots)]
    return sorted(found, key=lambda line: (-line["weight"], line["service"]))[:LATELY]


def _telling(finding: Finding) -> tuple[int, bool, int]:
    """How much a change says of a version: the heaviest first, then what broke the shape by being gone."""
    rank = FIRST.index(finding.rule) if finding.rule in FIRST else len(FIRST)
    return finding.level.weight, finding.kind is Kind.STRUCTURAL, -rank


def _change(series: Series, roots: Mapping[tuple[str, str], str]) -> Iterator[dict[str, Any]]:
    step = series.steps[-1] if series.steps else None
    if step is None or not step.before or not step.findings:
        return
    first = max(step.findings, key=_telling)
    yield {
        "weight": first.level.weight,
        "change": change(first.level),
        "service": series.service if not series.name else f"{series.service} {series.name}",
        "version": step.version,
        "address": f"~/{roots[series.service, series.name]}-/changelog/#{escape(step.version)}",
        "message": said(first.message),
        "all": contracts.weights(step),
    }
