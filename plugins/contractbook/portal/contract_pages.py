"""The pages of a contract as a whole: its overview, a long introduction, its changelog."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contractbook.model import Contract
from contractbook.portal import changelog, comparison, contracts, meaning, migration, report, text
from contractbook.portal.edition import Step
from contractbook.portal.group_pages import group_pages
from contractbook.portal.markdown import contract as copies
from contractbook.portal.page import ROOM, Heading, Page
from contractbook.portal.pieces import first_and_rest, in_pieces, numbered
from contractbook.portal.publish import Publisher, headings
from contractbook.portal.type_pages import type_index, type_pages

LINE = 250  # bytes of a group or an operation in a list
LONG = 10_000  # bytes of introduction that stay on the page of a contract


def contract_pages(publisher: Publisher) -> Iterator[Page]:
    """All pages of one version; the operations are made first, since they tell which types need a page."""
    of_groups = list(group_pages(publisher))
    of_types = list(type_pages(publisher))
    yield from _overview(publisher, of_types)
    yield from _introduction(publisher)
    yield from map(publisher.linked, of_groups)
    yield from type_index(publisher, of_types)
    yield from map(publisher.linked, of_types)
    if publisher.edition.is_newest:
        yield from _changelog(publisher)
        yield from _report(publisher)
        yield from _migration(publisher)
    yield from _comparison(publisher)


def _overview(publisher: Publisher, of_types: Sequence[Page]) -> Iterator[Page]:
    """The page that the others stand below."""
    edition, contract, root = publisher.edition, publisher.edition.contract, publisher.root
    title = publisher.title if edition.is_newest else f"{publisher.title} {contract.version}"
    sentence = text.sentence(contract.doc)
    introduced = len(text.blocks(contract.doc, 1)) > LONG
    lead, below = str(contract.binding.get("summary", "")), contract.doc
    if introduced:
        lead, below = lead or sentence, ""
    elif not lead:
        lead, below = _opening(contract.doc)
    doc = text.blocks(below, 1)
    chapters = list(contracts.chapters(edition, publisher.versions, f"~/{edition.changelog}"))
    facts = list(contracts.facts(edition, publisher.about.owner, publisher.about.strategy))
    offers = contracts.offers(edition)
    of_groups = [Heading(each["id"], each["name"], each["sentence"]) for each in offers if each["lines"]]
    size = len(doc) + sum(LINE * (1 + len(each["lines"])) for each in offers)
    here, rest = first_and_rest(chapters, ROOM - size)
    yield from publisher.paged(
        "contract.html",
        root,
        title,
        "contract",
        rest,
        further=f"{root}-/more/",
        lead=lead,
        badges=list(meaning.lifecycle(contract.lifecycle)),
        doc=doc,
        introduction=f"~/{root}-/introduction/" if introduced else "",
        facts=facts,
        offers=offers,
        filtered=contracts.filtered(
            edition, len(edition.operations), sum(len(each["lines"]) for each in offers)
        ),
        roots=contracts.first_types(edition, of_types),
        types={"address": f"~/{root}-/types/", "size": sum(page.kind == "type" for page in of_types)}
        if len(of_types) > 1
        else None,
        list=here,
        faults=contracts.faults(contract, edition.series.lines),
        summary=f"{edition.series.service} {sentence}",
        headings=(*of_groups, *headings(here)),
        above=publisher.above,
        nav_title=_in_navigation(publisher, title) if edition.is_newest else "",
        status="deprecated" if contract.lifecycle.deprecated else "",
        markdown=copies.overview(edition, title, facts),
    )


def _in_navigation(publisher: Publisher, title: str) -> str:
    """What the page of a contract is called below that of its service."""
    alone = publisher.edition.newest_root == publisher.edition.service
    return title if alone or publisher.among == title else f"{title} · {publisher.among}"


def _opening(doc: str) -> tuple[str, str]:
    """The first paragraph of a description as the lead, if it is one sentence, and what comes after it."""
    sentence = text.sentence(doc)
    first, _, rest = doc.strip().partition("\n\n")
    return (sentence, rest) if sentence == " ".join(first.split()) else ("", doc)


def _introduction(publisher: Publisher) -> Iterator[Page]:
    """A long text about the contract, on pages of its own."""
    doc = text.blocks(publisher.edition.contract.doc, 1)
    if len(doc) > LONG:
        pieces = list(in_pieces(text.top_blocks(publisher.edition.contract.doc, 1), "\n"))
        for uri, numbers, piece in numbered(f"{publisher.root}-/introduction/", pieces):
            markdown = copies.introduction(publisher.edition) if piece is pieces[0] else ""
            yield publisher.page(
                "type.html",
                uri,
                "Introduction",
                "text",
                sort="",
                doc=piece,
                list=(),
                numbers=numbers,
                markdown=markdown,
            )


def _changelog(publisher: Publisher) -> Iterator[Page]:
    series = publisher.edition.series
    if not any(step.before for step in series.steps):
        return
    addresses = {
        label: publisher.edition.address(found) for label, found in publisher.edition.by_label.items()
    }
    pieces = changelog.pages(series, addresses, publisher.edition.comparison)
    uri = publisher.edition.changelog
    overview = _linked(changelog.overview(series), pieces, uri)
    for address, numbers, html in numbered(uri, pieces):
        first = address == uri
        yield publisher.page(
            "changelog.html",
            address,
            f"Changelog of {publisher.title}",
            "changelog",
            overview=overview if first else [],
            dated=any(line["day"] for line in overview),
            html=html,
            numbers=numbers,
            summary="What changed in each version",
            headings=tuple(
                Heading(line["version"], line["version"])
                for line in overview
                if line["address"].partition("#")[0] == f"~/{address}"
            ),
            above=publisher.root if first else None,
            nav_title="Changelog" if first else "",
            markdown=copies.history(publisher.edition, f"Changelog of {publisher.title}") if first else "",
        )


def _step(publisher: Publisher) -> tuple[Step, Contract, str] | None:
    """What changed with the version, and the one before it with its address."""
    edition = publisher.edition
    for step in (step for step in edition.series.steps if step.before):
        for contract, address in publisher.versions:
            if step.version == edition.contract.version and contract.version == step.before:
                return step, contract, address
    return None


def _migration(publisher: Publisher) -> Iterator[Page]:
    """How the newest version comes to its consumers, where these have to move."""
    edition, known = publisher.edition, _step(publisher)
    found = migration.migration(edition, *known[:2], publisher.about) if known else None
    if known is None or found is None:
        return
    step = known[0]
    here = list(migration.chapters(edition, found))
    title = f"{publisher.title} from {step.before} to {step.version}: migration"
    yield publisher.page(
        "migration.html",
        edition.migration,
        title,
        "migration",
        summary=migration.lead(found),
        list=here,
        headings=tuple(headings(here)),
        above=publisher.root if found.runs else None,
        nav_title=f"Migration to {step.version}" if found.runs else "",
        lead=migration.lead(found),
        badges=list(migration.badges(found, edition.today)),
        comparison=f"~/{edition.comparison(step)}" if step.findings else "",
        before=step.before,
        after=step.version,
        markdown=copies.chapters(title, migration.lead(found), here),
    )


def _comparison(publisher: Publisher) -> Iterator[Page]:
    """The version beside the one before it."""
    edition, known = publisher.edition, _step(publisher)
    if known is None or not known[0].findings:
        return
    step, old, address = known
    here, rest = first_and_rest(comparison.chapters(edition, step, old), ROOM - 2_000)
    yield from publisher.paged(
        "comparison.html",
        edition.comparison(step),
        f"{publisher.title} from {step.before} to {step.version}",
        "comparison",
        rest,
        summary=comparison.lead(step),
        list=here,
        headings=tuple(headings(here)),
        lead=comparison.lead(step),
        before=step.before,
        after=step.version,
        old=address,
        new=f"~/{publisher.root}",
        changelog=f"~/{edition.changelog}",
        markdown=copies.comparison(step, f"{publisher.title} from {step.before} to {step.version}"),
    )


def _report(publisher: Publisher) -> Iterator[Page]:
    """How the newest version keeps the guidelines."""
    edition = publisher.edition
    here, rest = first_and_rest(report.chapters(edition), ROOM - 5_000)
    title = f"Design report of {publisher.title}"
    yield from publisher.paged(
        "report.html",
        edition.report,
        title,
        "report",
        rest,
        summary="What to mend first",
        list=here,
        headings=tuple(headings(here)),
        above=publisher.root,
        nav_title="Design report",
        markdown=copies.design(edition, title),
        **report.overview(edition),
    )


def _linked(overview: list[dict[str, str]], pieces: Sequence[str], uri: str) -> list[dict[str, str]]:
    """Each version with the address of its section, which may be on a later page."""
    for line in overview:
        marker = f'<h2 id="{line["version"]}"'
        at = next((number for number, html in enumerate(pieces, 1) if marker in html), 1)
        line["address"] = f"~/{uri}{f'{at}/' if at > 1 else ''}#{line['version']}"
    return overview
