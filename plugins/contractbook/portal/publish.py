"""From one version of a contract to its pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import unescape
from typing import Any

from contractbook.model import Contract
from contractbook.portal.edition import About, Edition, language
from contractbook.portal.layout import render
from contractbook.portal.markdown.members import Members
from contractbook.portal.marks import fragment
from contractbook.portal.page import Chapter, Heading, Page
from contractbook.portal.pieces import gathered, numbers_of
from contractbook.portal.rows import Rows
from contractbook.portal.tree import NEXT, PART

Crumb = tuple[str, str]
Versions = Sequence[tuple[Contract, str]]
"""The versions of a contract with their addresses, the oldest first."""


class Publisher:
    """Makes pages of one version of a contract; `above` is the page that they stand below.

    `folders` hold templates that go before ours.
    """

    def __init__(
        self,
        edition: Edition,
        about: About,
        versions: Versions,
        above: str | None,
        folders: tuple[str, ...] = (),
    ) -> None:
        self.edition = edition
        self.rows = Rows(edition)
        self.members = Members(self.rows)
        self.about = about
        self.versions = versions
        self.above = above
        self.folders = folders
        self._moved: dict[tuple[str, str], str] = {}  # where parts of a page stand that found no room on it

    @property
    def root(self) -> str:
        """The address that all pages stand below."""
        return self.edition.root

    @property
    def title(self) -> str:
        """What the contract is called."""
        return self.about.title or self.edition.series.title

    @property
    def among(self) -> str:
        """What the contract is called among others of its service: by its format, if it has the same name."""
        title = self.edition.series.title
        return title if title != self.edition.who else language(self.edition.contract)

    def page(
        self,
        template: str,
        uri: str,
        title: str,
        kind: str,
        *,
        crumbs: Sequence[Crumb] = (),
        numbers: Sequence[tuple[int, str]] = (),
        summary: str = "",
        headings: tuple[Heading, ...] = (),
        above: str | None = None,
        nav_title: str = "",
        status: str = "",
        contents: bool = True,
        first: str = "",
        markdown: str = "",
        **given: object,
    ) -> Page:
        """A page from a template, which `given` is for; all else is as `Page` has it."""
        html = render(
            template,
            self.folders,
            title=title,
            crumbs=crumbs or self.crumbs(uri),
            older=self._older(),
            pages=numbers,
            markdown=bool(markdown),
            **given,
        )
        return Page(
            uri,
            title,
            html,
            kind,
            summary,
            headings,
            above,
            nav_title,
            status,
            contents,
            self.edition.contract.path,
            first,
            markdown,
        )

    def paged(
        self,
        template: str,
        uri: str,
        title: str,
        kind: str,
        rest: Iterable[Chapter],
        *,
        crumbs: Sequence[Crumb] = (),
        further: str = "",
        **given: Any,
    ) -> Iterator[Page]:
        """A page, and after it numbered ones, below `further` or itself, with chapters that find no room."""
        more = gathered(rest)
        every = [uri, *(f"{further or uri}{number}/" for number in range(2, len(more) + 2))]
        for address, chapters in zip(every[1:], more, strict=True):
            for id in (id for chapter in chapters for id in (chapter.id, *chapter.holds)):
                self._moved[uri, id] = f"~/{address}#{fragment(id)}"
        numbers = numbers_of(every)
        crumbs = crumbs or self.crumbs(uri)
        yield self.page(template, uri, title, kind, crumbs=crumbs, numbers=numbers(uri), **given)
        for number, (address, chapters) in enumerate(zip(every[1:], more, strict=True), 2):
            yield self.page(
                "rest.html",
                address,
                f"{title}, page {number}",
                "rest",
                crumbs=[*crumbs, (title, f"~/{uri}")],
                numbers=numbers(address),
                headings=tuple(headings(chapters)),
                list=chapters,
                first=uri,
            )

    def linked(self, page: Page) -> Page:
        """A page whose links to parts of trees lead to the page that these stand on, once all are known."""
        if NEXT not in page.html:
            return page
        parts = page.html.split(NEXT)
        parts[1::2] = (self._place(page, unescape(part)) for part in parts[1::2])
        return replace(page, html="".join(parts))

    def _place(self, page: Page, part: str) -> str:
        owner, _, id = part.rpartition(PART)
        uri = self.edition.address_of_type(owner).removeprefix("~/") if owner else page.first or page.uri
        return self._moved.get((uri, id)) or f"~/{uri}#{fragment(id)}"

    def crumbs(self, uri: str, *more: Crumb) -> list[Crumb]:
        """The way to a page, from the home of the portal."""
        edition = self.edition
        way = [("Contracts", "~/")]
        alone = edition.newest_root == edition.service
        if uri != edition.service:
            way.append((self.title if alone else edition.who, f"~/{edition.service}"))
        if not alone and uri != edition.newest_root:
            way.append((self.among, f"~/{edition.newest_root}"))
        if not edition.is_newest and uri != self.root:
            way.append((edition.contract.version, f"~/{self.root}"))
        return [*way, *more]

    def _older(self) -> dict[str, str] | None:
        """What a page of a version that is not the newest says of it."""
        if self.edition.is_newest:
            return None
        newest, address = self.versions[-1]
        return {"version": self.edition.contract.version, "newest": newest.version, "address": address}


def headings(chapters: Iterable[Chapter], level: int = 2) -> Iterator[Heading]:
    """The headings of chapters, with what a search finds under them."""
    for chapter in chapters:
        if chapter.title:
            yield Heading(chapter.id, untagged(chapter.title), chapter.text, level)


def untagged(html: str) -> str:
    """The words of a piece of HTML."""
    return unescape(re.sub(r"<[^<>]*>", "", html))
