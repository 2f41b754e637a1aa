"""The report in JUnit's XML: one suite for each contract, one case for each finding, or one that passed."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from contractbook.finding import Finding, Level
from contractbook.reports.affected import affected, lines
from contractbook.reports.clusters import shown_at
from contractbook.reports.report import Report, Result
from contractbook.reports.terminal import plain

PASSED = "contract"


def render(report: Report) -> str:
    """Errors are failures; what weighs less, is accepted or was known before is skipped, with the reason."""
    parts = [part for result in report.results for part in _suite(result)]
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="contractbook {report.command}">'
    return "\n".join((head, *parts, "</testsuites>")) + "\n"


def _suite(result: Result) -> Iterator[str]:
    about, found = result.about, result.findings
    failures = sum(_fails(each) for each in found)
    name = quoteattr(plain(about.label or about.path))
    yield (
        f'  <testsuite name={name} tests="{len(found) or 1}"'
        f' failures="{failures}" skipped="{len(found) - failures}">'
    )
    if not found:
        yield f'    <testcase classname={quoteattr(about.path)} name="{PASSED}"/>'
    for each in found:
        yield from _case(each)
    yield "  </testsuite>"


def _case(each: Finding) -> Iterator[str]:
    place = shown_at(each)
    name = f"{each.rule}: {plain(each.message)}"
    yield (
        f"    <testcase classname={quoteattr(plain(place.path))} name={quoteattr(name)}"
        f' file={quoteattr(plain(place.path))} line="{place.line}">'
    )
    told = [f"{place}", *(f"{label} {text}" for label, text in _affected(each)), each.advice or ""]
    text = escape("\n".join(plain(line) for line in told if line))
    if _fails(each):
        facts = f"type={quoteattr(each.rule)} message={quoteattr(plain(each.message))}"
        yield f"      <failure {facts}>{text}</failure>"
    else:
        yield f"      <skipped message={quoteattr(_why(each))}/>"
    yield "    </testcase>"


def _affected(each: Finding) -> list[tuple[str, str]]:
    found = affected([each])
    return lines(found) if found else []


def _fails(each: Finding) -> bool:
    return each.level is Level.ERROR and not each.accepted and not each.known


def _why(each: Finding) -> str:
    if each.accepted:
        return plain(f"accepted: {each.accepted.reason}")
    return "known before" if each.known else each.level.value
