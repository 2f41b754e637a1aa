"""The page of a contract: what it offers, how to reach it, and its versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markupsafe import escape

from contractbook.finding import Finding, Level
from contractbook.model import Action, Contract, Operation, Security, Server
from contractbook.portal import code, credentials, further, meaning, operations, report, text
from contractbook.portal.edition import Edition, Series, Step, language
from contractbook.portal.marks import badge, compact, count, day, fold, heading, method, outside, said, table
from contractbook.portal.marks import code as mono
from contractbook.portal.notes import clusters
from contractbook.portal.page import Chapter, Page
from contractbook.portal.pieces import cut_code

MANY = 10  # operations that have a filter
LISTED = 60  # operations that the page of a contract lists itself
WIDE = 160  # characters of a line that is quoted
SCOPES = 8  # scopes that are shown unfolded
SPOKEN = ("contact", "license", "termsOfService", "summary", "unused")


def line(edition: Edition, operation: Operation) -> dict[str, str]:
    """An operation in a list."""
    state = []
    ending = operation.lifecycle
    if ending.deprecated:
        until = f" until {day(ending.sunset)}" if ending.sunset else ""
        state.append(badge("deprecated", "amber") + until)
    state += meaning.history(edition, operation.label)
    return {
        "method": method(operation.method, operation.action is Action.SEND),
        "path": operations.path(operations.line(edition, operation)[1]),
        "address": edition.address(operation),
        "title": operations.title(operation),
        "state": " ".join(state),
    }


def offers(edition: Edition) -> list[dict[str, Any]]:
    """The sections of a contract, with their operations where these are not too many."""
    every = sum(len(section.operations) for section in edition.sections)
    return [
        {
            "name": section.name,
            "id": f"group-{section.slug}",
            "address": f"~/{edition.root}{section.slug}/",
            "sentence": text.sentence(section.doc),
            "count": count(len(section.operations), "operation"),
            "lines": [line(edition, each) for each in section.operations] if every <= LISTED else [],
        }
        for section in edition.sections
    ]


def filtered(edition: Edition, every: int, here: int) -> str | None:
    """Where a filter over `every` operation looks, of which so many are `here`; None where none is needed.

    That is the catalogue where not all of them are on the page: it knows the newest version.
    """
    if every < MANY or (here < every and not edition.is_newest):
        return None
    return "" if here >= every else "~/index.json"


def facts(edition: Edition, owner: str, strategy: str) -> Iterator[tuple[str, str]]:
    """What there is to know at a glance: names and values, as HTML."""
    contract = edition.contract
    if owner:
        yield "Owner", str(escape(owner))
    if contract.servers:
        yield "Address", f"<code>{operations.path(contract.servers[0].url)}</code>"
    yield "Version", _version(contract)
    if strategy:
        yield "Strategy", str(escape(strategy))
    if edition.operations or not contract.types:
        yield "Operations", str(len(edition.operations))
    else:
        yield "Types", str(sum(bool(type.at) and not type.inline for type in contract.types.values()))
    if edition.is_newest and edition.beside.forms:
        links = (f'<a href="{address}">{escape(name)}</a>' for name, address in edition.beside.forms)
        yield "The same in", ", ".join(links)
    yield "Format", str(escape(format_title(contract)))
    if edition.is_newest and (points := report.scores(edition)[0].points) is not None:
        yield "Score", f'<a href="~/{edition.report}">{points} of 100</a>'


def format_title(contract: Contract) -> str:
    """What people call the language of a contract: `OpenAPI 3.1.0`."""
    return f"{language(contract)} {contract.spec_version}".strip()


def first_types(edition: Edition, pages: Sequence[Page]) -> list[tuple[str, str, str]]:
    """The types that stand for themselves; of a contract without operations those that no other one uses."""
    if edition.operations and not edition.contract.roots:
        return []
    roots = {*edition.contract.roots} or {page.title for page in pages if not edition.uses[page.title]}
    shown = sorted((page for page in pages if page.kind == "type"), key=lambda page: page.title not in roots)
    chosen = [page for page in shown if page.title in roots] or ([] if edition.operations else shown)
    types = edition.contract.types
    return [
        (page.title, f"~/{page.uri}", page.summary or text.sentence(types[page.title].title))
        for page in chosen[:LISTED]
    ]


def _version(contract: Contract) -> str:
    named = contract.version or contract.stated_version or "not named"
    stated = contract.stated_version
    aside = f' <span class="dim">states {escape(stated)}</span>' if stated and stated != named else ""
    return f"{escape(named)}{aside}"


def chapters(edition: Edition, versions: Sequence[tuple[Contract, str]], changelog: str) -> Iterator[Chapter]:
    """What stands below the operations."""
    contract = edition.contract
    if contract.servers:
        yield Chapter("servers", "Servers", "".join(map(_server, contract.servers)))
    if contract.security:
        yield Chapter("access", "Access", "".join(map(_scheme, contract.security)))
    if len(versions) > 1:
        yield Chapter("versions", "Versions", _versions(edition.series, versions, changelog))
    found = edition.notes(contract)
    if found:
        yield Chapter("notes", "Design notes", "".join(clusters(found)), count(len(found), "finding"))
    yield from _about(contract, edition.words)


def _server(server: Server) -> str:
    variables = table(
        ("Variable", "Default", "Values", "Meaning"),
        (
            (
                mono(f"{{{each.name}}}"),
                mono(each.default),
                " ".join(map(mono, each.values)),
                text.short(each.doc),
            )
            for each in server.variables
        ),
    )
    name = f"<b>{escape(server.name)}</b> " if server.name != server.url else ""
    return (
        f"<p>{name}{mono(server.url)} {text.short(server.doc)}</p>{variables}{further.block(server.binding)}"
    )


def _scheme(scheme: Security) -> str:
    flows = "".join(f"<li><b>{name}</b> {addresses}</li>" for name, addresses in credentials.flows(scheme))
    scopes = table(
        ("Scope", "Meaning"), ((mono(name), text.short(about)) for name, about in scheme.scopes.items())
    )
    many = len(scheme.scopes) > SCOPES
    parts = (
        heading(3, f"access.{scheme.name}", str(escape(scheme.name)), credentials.in_words(scheme)),
        badge("deprecated", "amber") if scheme.lifecycle.deprecated else "",
        text.blocks(scheme.doc),
        f"<ul>{flows}</ul>" if flows else "",
        fold(count(len(scheme.scopes), "scope"), scopes) if many else scopes,
        further.block(scheme.binding, "Extensions", *credentials.SPOKEN),
    )
    return "".join(parts)


def _versions(series: Series, versions: Sequence[tuple[Contract, str]], changelog: str) -> str:
    steps = {step.version: step for step in series.steps}
    lines = []
    for contract, address in reversed(versions):
        step = steps.get(contract.version)
        told = '<span class="dim">first version</span>'
        if step and step.before:
            told = f'<a href="{changelog}#{escape(contract.version)}">{weights(step)}</a>'
        named = f'<a href="{address}"><b>{escape(contract.version)}</b></a>'
        lines.append((named, state(series, contract), told))
    return table(("Version", "State", "Changes"), lines)


def state(series: Series, contract: Contract) -> str:
    """Whether a version is the newest, and how long another one works."""
    if contract.lifecycle.sunset:
        return f"works until {day(contract.lifecycle.sunset)}"
    if contract.lifecycle.deprecated:
        return badge("deprecated", "amber")
    return "newest" if contract is series.newest else "older"


def weights(step: Step) -> str:
    """How many changes of each weight: `3 breaking, 1 dangerous, 6 safe`."""
    counted = {level: sum(finding.level is level for finding in step.findings) for level in Level}
    return ", ".join(f"{number} {level.change}" for level, number in counted.items() if number) or "no change"


def _about(contract: Contract, words: further.Words) -> Iterator[Chapter]:
    """Whom to ask, under which terms, and what the contract says in words of its own."""
    lines = [*_people(contract.binding), *further.documentation(contract.binding)]
    html = f"<ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>" if lines else ""
    html += further.block(contract.binding, "", *SPOKEN, words=words)
    if html:
        yield Chapter("about", "About", html)
    if "unused" in contract.binding:
        pieces = cut_code(code.shown(contract.binding["unused"]))
        for number, piece in enumerate(pieces, 1):
            id = f"unused-{number}" if number > 1 else "unused"
            yield Chapter(id, "Declared, but used nowhere", fold("Show", piece))


def _people(binding: Mapping[str, Any]) -> Iterator[str]:
    for key, words in (("contact", "Contact"), ("license", "Licence")):
        said_of = binding.get(key)
        if isinstance(said_of, Mapping) and said_of:
            yield f"{words}: " + ", ".join(
                map(outside_or_text, dict.fromkeys(map(compact, said_of.values())))
            )
    if binding.get("termsOfService"):
        yield f"Terms: {outside_or_text(str(binding['termsOfService']))}"


def outside_or_text(value: str) -> str:
    """An address as a link, anything else as it is."""
    return outside(value) if "://" in value else str(escape(value))


def faults(contract: Contract, lines: Mapping[str, str]) -> list[dict[str, str]]:
    """What could not be read: where, what, the line itself, and how to mend it."""
    return [_fault(finding, lines) for finding in contract.faults]


def _fault(finding: Finding, lines: Mapping[str, str]) -> dict[str, str]:
    place = str(finding.location) if finding.location.line else finding.location.path
    line, column = _around(lines.get(place, ""), finding.location.column or 0)
    return {
        "place": place,
        "message": said(finding.message),
        "line": line,
        "mark": " " * (column - 1) + "^" if column else "",
        "advice": said(finding.advice or ""),
    }


def _around(line: str, column: int) -> tuple[str, int]:
    """What stands around a column of a line that may be a whole document, and the column in that."""
    begin = max(0, column - WIDE // 2) if len(line) > WIDE else 0
    dots = "…" if begin else ""
    return dots + line[begin : begin + WIDE], max(0, column - begin + len(dots)) if column else 0
