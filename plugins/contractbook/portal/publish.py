"""From a contract in all its versions to its pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape

from contractbook.model import Contract, Operation
from contractbook.portal import changelog, contracts, meaning, operations, text, types
from contractbook.portal.addresses import slug
from contractbook.portal.edition import About, Edition, Section
from contractbook.portal.layout import render
from contractbook.portal.page import ROOM, Chapter, Heading, Page
from contractbook.portal.pieces import cut_code, gathered, in_pieces, numbered
from contractbook.portal.rows import Rows
from contractbook.portal.tree import weight

IN_NAVIGATION = 50  # groups that stand in the navigation
IN_LIST = 90  # operations that a page lists
TYPES_IN_LIST = 250
LONG_TEXT = 12_000  # bytes of introduction that stay on the page of a contract
IN_FULL = 0.7  # of a page's room: what a group that is shown in full may be estimated at


class Publisher:
    """Makes the pages of one version of a contract."""

    def __init__(
        self, edition: Edition, about: About, above: str | None, folders: tuple[str, ...] = ()
    ) -> None:
        self.edition = edition
        self.rows = Rows(edition)
        self.about = about
        self.above = above
        self.folders = folders
        edition.in_full = frozenset(
            section.slug
            for section in edition.sections
            if _estimate(edition, self.rows, section) < IN_FULL * ROOM
        )

    @property
    def root(self) -> str:
        return self.edition.root

    def pages(self, versions: Sequence[tuple[Contract, str]]) -> Iterator[Page]:
        """All pages: the operations first, since they tell which types need a page."""
        found = [page for section in self.edition.sections for page in self.section(section)]
        of_types = list(self.types())
        yield self.contract(versions, bool(of_types))
        yield from self.introduction()
        yield from found
        yield from self.index(of_types)
        yield from of_types

    def page(self, template: str, uri: str, title: str, kind: str, **given: object) -> Page:
        """A page from a template; what the page itself needs is taken out of what the template is given."""
        own = {key: given.pop(key) for key in PAGE if key in given}
        crumbs = given.pop("crumbs", None) or self.crumbs(uri)
        html = render(
            template,
            self.folders,
            title=title,
            crumbs=crumbs,
            older=self.older(),
            pages=given.pop("numbers", ()),
            **given,
        )
        return Page(uri, title, html, kind, source=self.edition.contract.path, **own)  # type: ignore[arg-type]

    def crumbs(self, uri: str, *more: tuple[str, str]) -> list[tuple[str, str]]:
        """The way to a page, from the home of the portal."""
        way = [("Contracts", "~/")]
        if uri != self.edition.service:
            way.append((self.about.title or self.edition.series.service, f"~/{self.edition.service}"))
        if self.root not in (self.edition.service, uri):
            way.append((self.edition.contract.version or self.edition.series.title, f"~/{self.root}"))
        return [*way, *more]

    def older(self) -> dict[str, str] | None:
        """What a page of a version that is not the newest says of it."""
        series = self.edition.series
        if self.edition.is_newest:
            return None
        newest = self.root.removesuffix(f"{slug(self.edition.contract.version)}/")
        return {
            "version": f"version {self.edition.contract.version}",
            "newest": series.newest.version,
            "address": f"~/{newest}",
        }

    # -- the contract itself

    def contract(self, versions: Sequence[tuple[Contract, str]], has_types: bool) -> Page:
        """The page that the others stand below."""
        edition, contract = self.edition, self.edition.contract
        title = self.about.title or contract.title or edition.series.service
        if not edition.is_newest:
            title = f"{title} {contract.version}"
        doc = text.blocks(contract.doc, 1)
        lead = str(contract.binding.get("summary", "")) or text.sentence(contract.doc)
        whole = text.sentence(contract.doc) == " ".join(contract.doc.split())
        long = len(doc) > LONG_TEXT
        chapters = list(
            contracts.chapters(edition, versions, f"~/{changelog.address(edition.series, edition.service)}")
        )
        return self.page(
            "contract.html",
            self.root,
            title,
            "contract",
            lead=lead,
            notice=_ending(contract),
            doc="" if whole or long else doc,
            introduction=f"~/{self.root}-/introduction/" if long else "",
            facts=list(contracts.facts(edition, self.about.owner, self.about.strategy)),
            offers=contracts.offers(edition),
            types={"address": f"~/{self.root}-/types/", "size": len(edition.wanted)} if has_types else None,
            list=chapters,
            faults=contracts.faults(contract, edition.series.lines),
            summary=f"{edition.series.service} {text.sentence(contract.doc)}",
            headings=(
                *(
                    Heading(f"group-{each.slug}", each.name, text.sentence(each.doc))
                    for each in edition.sections
                ),
                *_headings(chapters),
            ),
            above=self.above,
            nav_title=title if edition.is_newest else "",
            status="deprecated" if contract.lifecycle.deprecated else "",
        )

    def introduction(self) -> Iterator[Page]:
        """A long text about the contract, on pages of its own."""
        doc = text.blocks(self.edition.contract.doc, 1)
        if len(doc) > LONG_TEXT:
            pieces = list(in_pieces(doc.split("\n"), "\n"))
            for uri, numbers, piece in numbered(f"{self.root}-/introduction/", pieces):
                yield self.page(
                    "type.html", uri, "Introduction", "text", sort="", doc=piece, list=(), numbers=numbers
                )

    # -- groups and operations

    def section(self, section: Section) -> Iterator[Page]:
        """The page of a group, and those of its operations where they have one each."""
        uri = f"{self.root}{section.slug}/"
        home = [op for op in section.operations if self.edition.home_of[op.label] is section]
        full = section.slug in self.edition.in_full
        views = self.in_full(section, home) if full else []
        lines = [contracts.line(self.edition, each) for each in section.operations]
        listed = len(self.edition.sections) <= IN_NAVIGATION and self.edition.is_newest
        pieces = [lines[start : start + IN_LIST] for start in range(0, len(lines), IN_LIST)] or [[]]
        for number, (address, numbers, piece) in enumerate(numbered(uri, pieces)):
            yield self.page(
                "group.html",
                address,
                section.name,
                "group",
                doc=text.blocks(section.doc, 1) if not number else "",
                lines=piece,
                views=views,
                numbers=numbers,
                summary=text.sentence(section.doc),
                headings=tuple(head for view in views for head in _view_headings(view)),
                above=self.root if listed and not number else None,
                nav_title=section.name if listed and not number else "",
                contents=not full,
            )
        if not full:
            for operation in home:
                yield from self.operation(section, operation)

    def in_full(self, section: Section, home: Sequence[Operation]) -> list[operations.View]:
        """The operations of a small group, each with its share of the page."""
        room = ROOM - 1_000 - len(section.doc) - 350 * len(section.operations)
        sizes = [_estimate_one(self.edition, self.rows, each) for each in home]
        return [
            operations.view(self.rows, each, self.edition.slugs[each.label], room * size // sum(sizes))
            for each, size in zip(home, sizes, strict=True)
        ]

    def operation(self, section: Section, operation: Operation) -> Iterator[Page]:
        """The page of an operation, and those with the examples that it has no room for."""
        uri = self.edition.address(operation).removeprefix("~/")
        view = operations.view(self.rows, operation)
        crumbs = self.crumbs(uri, (section.name, f"~/{self.root}{section.slug}/"))
        yield self.page(
            "operation-page.html",
            uri,
            view.title,
            "operation",
            crumbs=crumbs,
            view=view,
            rest=f"~/{uri}2/" if view.beside else "",
            summary=operations.summary(operation),
            headings=_headings(view.chapters),
            status="deprecated" if operation.lifecycle.deprecated else "",
            contents=False,
        )
        yield from self.examples(uri, view, crumbs)

    def examples(self, uri: str, view: operations.View, crumbs: list[tuple[str, str]]) -> Iterator[Page]:
        """Long examples, on numbered pages after the operation."""
        blocks: list[tuple[str, str, str]] = []
        for index, (title, html) in enumerate(view.beside):
            for number, piece in enumerate(cut_code(html)):
                name = f"Example: {title}" + (f", part {number + 1}" if number else "")
                blocks.append((f"example-{index + 1}{f'-{number + 1}' if number else ''}", name, piece))
        for number, some in enumerate(gathered(blocks), 2):
            yield self.page(
                "rest.html",
                f"{uri}{number}/",
                f"{view.title}, examples",
                "examples",
                blocks=some,
                crumbs=[*crumbs, (view.title, f"~/{uri}")],
                contents=True,
                headings=tuple(Heading(id, text.plain(title)) for id, title, _ in some),
            )

    # -- types

    def types(self) -> Iterator[Page]:
        """Pages of types, until every type is shown somewhere."""
        edition = self.edition
        for type in edition.contract.types.values():
            if edition.has_page(type):
                edition.wanted.setdefault(type.name)
        done: set[str] = set()
        while True:
            waiting = [name for name in edition.wanted if name not in done]
            if not waiting:
                waiting = self._never_shown(done)
            if not waiting:
                return
            for name in waiting:
                done.add(name)
                edition.wanted.setdefault(name)
                yield from self.type(name)

    def _never_shown(self, done: set[str]) -> list[str]:
        """A named type that is only used by types that are themselves nowhere."""
        return [
            type.name
            for type in self.edition.contract.types.values()
            if not type.inline
            and type.at
            and type.name not in done
            and type.name not in self.edition.shown
            and self.rows.inside(type.name) == type.name
        ][:1]

    def type(self, name: str) -> Iterator[Page]:
        """The page of a type, and the numbered ones after it."""
        edition = self.edition
        type = edition.contract.types[name]
        uri = edition.address_of_type(name).removeprefix("~/")
        pieces = list(types.parts(edition, self.rows, type))
        crumbs = self.crumbs(uri, ("Types", f"~/{self.root}-/types/"))
        for number, (address, numbers, chapters) in enumerate(numbered(uri, pieces)):
            yield self.page(
                "type.html",
                address,
                type.name,
                "type",
                sort=types.kind(edition, type) if not number else "",
                doc=text.blocks(type.doc or type.title, 2) if not number else "",
                list=chapters,
                crumbs=crumbs,
                numbers=numbers,
                summary=text.sentence(type.doc),
                headings=_headings(chapters),
                status="deprecated" if type.lifecycle.deprecated else "",
            )

    def index(self, of_types: Sequence[Page]) -> Iterator[Page]:
        """The list of all types that have a page."""
        listed = sorted(
            (page for page in of_types if page.title in self.edition.wanted),
            key=lambda page: page.title.casefold(),
        )
        first = {page.title: page for page in reversed(listed)}
        lines = [
            (title, f"~/{page.uri}", page.summary)
            for title, page in sorted(first.items(), key=lambda each: each[0].casefold())
        ]
        pieces = [lines[start : start + TYPES_IN_LIST] for start in range(0, len(lines), TYPES_IN_LIST)]
        for uri, numbers, piece in numbered(f"{self.root}-/types/", pieces):
            yield self.page("types.html", uri, "Types", "types", lines=piece, numbers=numbers)


PAGE = ("summary", "headings", "above", "nav_title", "status", "contents")


def _ending(contract: Contract) -> str:
    said = " ".join(meaning.lifecycle(contract.lifecycle))
    return f'<p class="cb-badges">{said}</p>' if said else ""


def _headings(chapters: Iterable[Chapter]) -> tuple[Heading, ...]:
    return tuple(
        Heading(chapter.id, text.plain(_untagged(chapter.title)), chapter.text)
        for chapter in chapters
        if chapter.title
    )


def _untagged(html: str) -> str:
    return unescape(re.sub(r"<[^<>]*>", "", html))


def _view_headings(view: operations.View) -> Iterator[Heading]:
    yield Heading(view.id, view.title, operations.summary(view.operation))
    for chapter in view.chapters:
        if chapter.title:
            yield Heading(chapter.id, _untagged(chapter.title), chapter.text, 3)


def _estimate(edition: Edition, rows: Rows, section: Section) -> int:
    home = [each for each in section.operations if edition.home_of[each.label] is section]
    if len(home) > 12:
        return ROOM
    return (
        sum(_estimate_one(edition, rows, each) for each in home)
        + len(section.doc)
        + 350 * len(section.operations)
    )


def _estimate_one(edition: Edition, rows: Rows, operation: Operation) -> int:
    size = 4_500 + len(operation.doc) + 500 * len(operation.parameters)
    for name in {message.payload for message in operation.messages if message.payload}:
        inside = rows.inside(name)
        size += 1_200 + (weight(rows.members(inside), "get-something.r200") if inside else 0)
    for message in operation.messages:
        size += 300 + 250 * len(message.headers)
        size += sum(3 * len(str(example.value)) for example in message.examples)
    return size + sum(_estimate_one(edition, rows, each) for each in operation.callbacks)
