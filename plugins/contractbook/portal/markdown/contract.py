"""The pages of one version of a contract as Markdown, beside those of its operations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from contractbook.finding import Finding
from contractbook.model import Operation, Type
from contractbook.portal import changelog, contracts, credentials, operations, report, text, types
from contractbook.portal.code import pretty
from contractbook.portal.edition import Edition, Section, Step
from contractbook.portal.markdown import operation as written
from contractbook.portal.markdown.members import Members
from contractbook.portal.markdown.pieces import code, fence, joined, line, link, phrase, prose, tables, title
from contractbook.portal.marks import day
from contractbook.portal.operations import View
from contractbook.portal.page import Chapter

EXAMPLES = 3


def overview(edition: Edition, name: str, about: Iterable[tuple[str, str]]) -> str:
    """The page that the others stand below."""
    contract = edition.contract
    return joined(
        [
            f"# {title(name)}",
            "\n".join(f"- {fact}: {phrase(value)}" for fact, value in about),
            prose(contract.doc),
            *(f"> Cannot be read: {prose(fault.message)} ({fault.location})" for fault in contract.faults),
            *_sections(edition),
            *_access(edition),
            *_versions(edition),
        ]
    )


def _sections(edition: Edition) -> Iterator[str]:
    """Every operation, under the group that it stands in."""
    for section in edition.sections:
        yield f"## {link(section.name, f'~/{edition.root}{section.slug}/')}"
        yield text.sentence(section.doc) and prose(text.sentence(section.doc))
        yield listed(edition, section.operations)


def listed(edition: Edition, every: Iterable[Operation]) -> str:
    """Operations as a list of links."""
    return "\n".join(_listed(edition, each) for each in every)


def _listed(edition: Edition, each: Operation) -> str:
    named = link(operations.title(each), edition.address(each))
    called = " ".join(filter(None, (each.method.upper(), each.address or each.label)))
    gone = f", deprecated{_until(each)}" if each.lifecycle.deprecated else ""
    return f"- {code(called)} {named}{gone}"


def _until(each: Operation) -> str:
    return f" until {day(each.lifecycle.sunset)}" if each.lifecycle.sunset else ""


def _access(edition: Edition) -> Iterator[str]:
    contract = edition.contract
    if contract.servers:
        yield "## Servers"
        yield "\n".join(f"- {code(each.url)} {line(each.doc)}".rstrip() for each in contract.servers)
    if contract.security:
        yield "## Access"
        yield "\n".join(
            f"- {code(each.name)} {phrase(credentials.in_words(each))}. {line(each.doc)}".rstrip()
            for each in contract.security
        )


def _versions(edition: Edition) -> Iterator[str]:
    series = edition.series
    if len(series.versions) > 1:
        yield "## Versions"
        yield "\n".join(
            f"- {title(each.version)}: {phrase(contracts.state(series, each))}"
            for each in reversed(series.versions)
        )


def group(members: Members, section: Section, views: Sequence[View]) -> str:
    """A group with its operations in full, or as a list where they have pages of their own."""
    shown = [written.operation(members, view, 2) for view in views]
    listing = "" if shown else listed(members.edition, section.operations)
    return joined([f"# {title(section.name)}", prose(section.doc), listing, *shown])


def type(members: Members, shown: Type) -> str:
    """A type: what it is made of, examples, and where it is used."""
    edition = members.edition
    return joined(
        [
            f"# {title(shown.name)}",
            phrase(types.kind(edition, shown)),
            prose(shown.doc or shown.title),
            members.of(shown.name),
            *_examples(shown),
            *_uses(edition, shown),
            *written.changes(edition, shown.name, "##"),
        ]
    )


def _examples(shown: Type) -> Iterator[str]:
    for example in shown.examples[:EXAMPLES]:
        if example.value is not None:
            yield "## Example"
            yield fence(pretty(example.value), "json")


def _uses(edition: Edition, shown: Type) -> Iterator[str]:
    lines = [f"- {way}: {phrase(html)}" for way, html in types.uses(edition, shown)]
    if lines:
        yield "## Used by"
        yield "\n".join(lines)


def index(lines: Iterable[tuple[str, str, str]]) -> str:
    """All types that have a page."""
    named = (f"- {link(name, address)} {prose(sentence)}".rstrip() for name, address, sentence in lines)
    return joined(["# Types", "\n".join(named)])


def history(edition: Edition, name: str) -> str:
    """The changelog: each version, breaking changes first."""
    return joined(
        [f"# {title(name)}", *(part for step in reversed(edition.series.steps) for part in changed(step))]
    )


def changed(step: Step) -> Iterator[str]:
    """What a version changed."""
    yield f"## {title(step.version)}"
    if not step.before:
        yield "First version."
        return
    for level, found in changelog.by_level(step).items():
        if found:
            yield f"### {changelog.TITLES[level]}"
            yield "\n".join(_change(finding, beside) for finding, beside in found)


def _change(finding: Finding, beside: Sequence[Finding]) -> str:
    parts = [prose(finding.message), *(prose(each.message) for each in beside)]
    breaks = f" Breaks {', '.join(map(title, finding.consumers))}." if finding.consumers else ""
    return f"- {'; '.join(parts)}.{breaks}"


def comparison(step: Step, name: str) -> str:
    """Two versions side by side: what changed from one to the other."""
    return joined([f"# {title(name)}", *changed(step)])


def introduction(edition: Edition) -> str:
    """A long text about a contract."""
    return joined(["# Introduction", prose(edition.contract.doc)])


def chapters(name: str, lead: str, every: Iterable[Chapter]) -> str:
    """A page of tables and lists."""
    parts = (part for each in every for part in (f"## {phrase(each.title)}", tables(each.html)))
    return joined([f"# {title(name)}", prose(lead), *parts])


def design(edition: Edition, name: str) -> str:
    """The design report: what is said against the contract, and the score."""
    whole, *each = report.scores(edition)
    scores = [f"- {report.TITLES[one.guideline]}: {one.points}" for one in each if one.guideline]
    findings = []
    for alike in report.alike(report.open_findings(edition)):
        findings.append(f"## {alike.level}: {alike.rule}")
        findings.append("\n".join(f"- {prose(one.message)}" for one in alike.findings))
    score = "There is no score." if whole.points is None else f"Score: {whole.points} of 100"
    return joined([f"# {title(name)}", score, "\n".join(scores), *findings])
