"""The changelog of a contract: a section for each version, breaking changes first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from markupsafe import escape

from contractbook.finding import Finding, Kind, Level
from contractbook.model import Contract
from contractbook.portal import contracts
from contractbook.portal.edition import Series, Step
from contractbook.portal.marks import badge, change, code, compact, count, day, fold, heading, said
from contractbook.portal.notes import why
from contractbook.portal.page import ROOM

TITLES = {Level.ERROR: "Breaking", Level.WARNING: "Dangerous", Level.NOTE: "Safe"}
PLACES = 5  # places that a change names


class Line(NamedTuple):
    """What changed about one element, as HTML, with the version and the weight that it stands under."""

    step: Step
    level: Level
    html: str


def lines(series: Series, operations: Mapping[str, str]) -> Iterator[Line]:
    """Every change of every version, the newest version and the heaviest change first.

    `operations` tells the address of an operation by its name in full.
    """
    for step in reversed(series.steps):
        yield from of_step(step, operations)


def of_step(step: Step, operations: Mapping[str, str]) -> Iterator[Line]:
    """Every change of one version, the heaviest first."""
    for level, changes in by_level(step).items():
        for index, (finding, beside) in enumerate(changes, 1):
            id = f"{step.version}.{level.change}-{index}"
            yield Line(step, level, _line(finding, beside, level, id, operations))


Change = tuple[Finding, list[Finding]]
"""A change, and what it breaks of what was announced."""


def by_level(step: Step) -> dict[Level, list[Change]]:
    """The changes of a version by their weight; a removal and the announcement that it breaks are one."""
    broken: dict[str, list[Finding]] = {}
    for finding in step.findings:
        if finding.rule.startswith("removed-"):
            broken.setdefault(finding.element, []).append(finding)
    found: dict[Level, list[Change]] = {level: [] for level in Level}
    for finding in step.findings:
        if finding.rule.startswith("removed-"):
            continue
        beside = broken.pop(finding.element, []) if finding.kind is Kind.STRUCTURAL else []
        heaviest = max((finding, *beside), key=lambda each: each.level.weight).level
        found[heaviest].append((finding, beside))
    for alone in broken.values():
        found[alone[0].level].append((alone[0], alone[1:]))
    return found


def _line(
    finding: Finding, beside: list[Finding], level: Level, id: str, operations: Mapping[str, str]
) -> str:
    also = " ".join(badge(each.rule.removeprefix("removed-").replace("-", " "), "red") for each in beside)
    if level is Level.NOTE:
        return f'<p class="cb-safe" id="{escape(id)}">{badge("safe", "green")} {said(finding.message)}</p>'
    title = f"{change(level)} {said(finding.message)} {also}"
    inner = "".join(f"<p>{said(each.message)}</p>" for each in beside) + _about(finding, operations)
    return fold(title, inner, " · ".join(filter(None, (finding.direction, finding.kind))), id)


def _about(finding: Finding, operations: Mapping[str, str]) -> str:
    parts = [why(finding)]
    if finding.old is not None or finding.new is not None:
        before = code(compact(finding.old)) if finding.old is not None else "nothing"
        after = code(compact(finding.new)) if finding.new is not None else "nothing"
        parts.append(
            f'<p><span class="dim">before</span> {before} <span class="dim">after</span> {after}</p>'
        )
    if finding.places:
        named = [_place(place, operations) for place in finding.places[:PLACES]]
        more = f" and {len(finding.places) - PLACES} more" if len(finding.places) > PLACES else ""
        parts.append(f'<p><span class="dim">reaches</span> {", ".join(named)}{more}</p>')
    if finding.consumers is not None:
        parts.append(f"<p>{_consumers(finding)}</p>")
    return "".join(parts)


def _place(place: str, operations: Mapping[str, str]) -> str:
    label, _, message = place.partition(" > ")
    found = operations.get(label)
    named = f'<a href="{found}">{escape(label)}</a>' if found else code(label)
    return f"{named} {escape(message)}".strip()


def _consumers(finding: Finding) -> str:
    broken, left = (_with_reasons(names or (), finding) for names in (finding.consumers, finding.survivors))
    if not broken and not left:
        return "No registered consumer uses this."
    breaks = f"{badge('breaks', 'red')} {escape(broken)}" if broken else "It breaks no registered consumer."
    return f"{breaks} {badge('survives', 'green')} {escape(left)}" if left else breaks


def _with_reasons(names: Sequence[str], finding: Finding) -> str:
    reasons = finding.reasons or {}
    return ", ".join(f"{name} ({why})" if (why := reasons.get(name)) else name for name in names)


def pages(
    series: Series, operations: Mapping[str, str], comparison: Callable[[Step], str] = lambda step: ""
) -> list[str]:
    """The changelog as pieces of HTML that each fit on a page.

    `comparison` tells the address where a version stands beside the one before it.
    """
    pieces: list[list[str]] = [[]]
    used = 3_000
    told: tuple[str, Level | None] = ("", None)
    for line in lines(series, operations):
        if used + len(line.html) > ROOM:
            pieces.append([])
            used, told = 1_000, ("", None)
        if told[0] != line.step.version:
            pieces[-1].append(_head(series, line.step, comparison))
        if told != (line.step.version, line.level):
            size = len(by_level(line.step)[line.level])
            pieces[-1].append(
                heading(3, f"{line.step.version}-{line.level.change}", TITLES[line.level], str(size))
            )
        told = (line.step.version, line.level)
        pieces[-1].append(line.html)
        used += len(line.html) + 100
    pieces[-1] += (_head(series, step, comparison) for step in reversed(series.steps) if not step.findings)
    return ["".join(piece) for piece in pieces]


def _head(series: Series, step: Step, comparison: Callable[[Step], str]) -> str:
    address = comparison(step) if step.before and step.findings else ""
    compared = f"compared with {escape(step.before)}" if step.before else ""
    linked = f'<a href="~/{address}">{compared}</a>' if address else compared
    aside = ", ".join(filter(None, (day(step.day), linked)))
    html = heading(2, step.version, str(escape(step.version)), aside)
    if not step.before:
        return html + f"<p>First version: {_size(series, step.version)}.</p>"
    return html + ("" if step.findings else "<p>No change that matters to a consumer.</p>")


def _size(series: Series, version: str) -> str:
    contract = next((each for each in series.versions if each.version == version), None)
    if contract is None:
        return "nothing to compare it with"
    return ", ".join(
        (count(len(list(contract.operations())), "operation"), count(_named_types(contract), "type"))
    )


def _named_types(contract: Contract) -> int:
    return sum(bool(type.at) and not type.inline for type in contract.types.values())


def overview(series: Series) -> list[dict[str, str]]:
    """A line for each version: how many changes of each weight, and its state."""
    contract = {each.version: each for each in series.versions}
    return [
        {
            "version": step.version,
            "day": day(step.day),
            **{level.change: str(len(by_level(step)[level])) if step.before else "" for level in Level},
            "state": contracts.state(series, contract[step.version]) if step.version in contract else "",
        }
        for step in reversed(series.steps)
    ]
