"""The pages over all contracts: home, services, what ends, the map, and how to find an operation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from contractbook.portal import deprecations, find, home, landscape
from contractbook.portal.addresses import slug
from contractbook.portal.deprecations import Ending
from contractbook.portal.edition import About, Series
from contractbook.portal.layout import render
from contractbook.portal.markdown import overview as copies
from contractbook.portal.markdown.contract import chapters
from contractbook.portal.page import Heading, Page
from contractbook.portal.pieces import numbered

CRUMBS = [("Contracts", "~/")]


@dataclass(frozen=True)
class Overview:
    """The services with their contracts, and what an organisation says of them.

    `folders` hold templates that go before ours; days are counted from `today`.
    """

    shelf: Mapping[str, Sequence[Series]]
    about: Mapping[str, About]
    folders: tuple[str, ...]
    today: date

    def _render(
        self, template: str, title: str, crumbs: Sequence[tuple[str, str]] = CRUMBS, **facts: Any
    ) -> str:
        facts = {"older": None, "pages": (), "markdown": False} | facts
        return render(template, self.folders, title=title, crumbs=crumbs, **facts)

    def home(self, ends: Sequence[Ending], roots: Mapping[tuple[str, str], str]) -> Page:
        """The first page; `roots` are the addresses of the contracts by service and name."""
        lines = home.services(self.shelf, self.about)
        soon = [ending for ending in ends if ending.lifecycle.sunset]
        newest = [series.newest for found in self.shelf.values() for series in found]
        operations = sum(len(list(contract.operations())) for contract in newest)
        html = self._render(
            "home.html",
            "Contracts",
            [],
            services=lines,
            owned=any(line["owner"] for line in lines),
            counts=[
                ("Services", len(self.shelf)),
                ("Contracts", len(newest)),
                ("Operations", operations),
                ("Deprecated", len(ends)),
                (f"Ending in {deprecations.SOON} days", self._ending_soon(soon)),
            ],
            changes=home.changes(self.shelf, roots),
            found=operations > 0,
            markdown=True,
            endings=[deprecations.together(found, self.today) for found in deprecations.same_day(soon)[:5]],
        )
        named = " ".join(line["title"] for line in lines)
        heads = (Heading("services", "Services", named),)
        markdown = copies.services("Contracts", "", lines)
        return Page("", "Contracts", html, "home", named, heads, None, "Contracts", markdown=markdown)

    def _ending_soon(self, ends: Sequence[Ending]) -> int:
        days = [(ending.lifecycle.sunset - self.today).days for ending in ends if ending.lifecycle.sunset]
        return sum(0 <= left <= deprecations.SOON for left in days)

    def service(self, service: str, addresses: Sequence[str], lead: str) -> Page:
        """The page of a service with several contracts; `addresses` are theirs."""
        about = self.about.get(service, About())
        title = about.title or service
        lines = [
            home.services({service: [series]}, {})[0] | {"address": f"~/{address}", "title": series.title}
            for series, address in zip(self.shelf[service], addresses, strict=True)
        ]
        facts = [pair for pair in (("Owner", about.owner), ("Strategy", about.strategy)) if pair[1]]
        html = self._render("service.html", title, contracts=lines, lead=lead, facts=facts, markdown=True)
        named = " ".join(line["title"] for line in lines)
        markdown = copies.services(title, lead, lines)
        uri = f"{slug(service)}/"
        return Page(uri, title, html, "service", named, above="", nav_title=title, markdown=markdown)

    def deprecations(self, ends: Sequence[Ending]) -> Iterator[Page]:
        """What ends, by how soon."""
        grouped = deprecations.grouped(list(ends), self.today)
        counts = [(title, len(found)) for _, title, found in grouped] if ends else []
        sizes = dict(counts)
        pieces = list(deprecations.pages(ends))
        for number, (uri, numbers, piece) in enumerate(numbered("-/deprecations/", pieces)):
            groups = [
                (id, title, sizes[title], [deprecations.shown(ending, self.today) for ending in found])
                for id, title, found in deprecations.grouped(list(piece), self.today)
                if found
            ]
            html = self._render(
                "deprecations.html",
                "Deprecations",
                pages=numbers,
                today=self.today,
                counts=counts,
                groups=groups,
                markdown=not number,
            )
            named = " ".join(ending.name for ending in piece[:100])
            heads = tuple(Heading(id, title) for id, title, _, _ in groups)
            page = Page(uri, "Deprecations", html, "deprecations", named, heads)
            markdown = "" if number else copies.deprecations(ends, self.today)
            yield (page if number else replace(page, above="", nav_title="Deprecations", markdown=markdown))

    def map(self) -> Iterator[Page]:
        """Who offers what to whom, where anybody is known to use anything."""
        found = landscape.drawn(self.shelf, self.about)
        if found.calls or found.lanes:
            words = landscape.summary(found)
            html = self._render(
                "map.html",
                "Map",
                lead=words,
                image=landscape.image(found),
                services=landscape.services(found),
                channels=landscape.channels(found),
                markdown=True,
            )
            heads = (
                Heading("services", "Services"),
                *([Heading("channels", "Channels")] * bool(found.lanes)),
            )
            markdown = chapters("Map", words, landscape.chapters(found))
            yield Page(
                "-/map/", "Map", html, "map", words, heads, "", "Map", contents=False, markdown=markdown
            )

    def find(self, entries: Sequence[find.Entry]) -> Iterator[Page]:
        """Every operation by its id, path and channel."""
        for uri, numbers, items in numbered("-/find/", find.pages(entries) if entries else []):
            example = entries[0].operation.name
            html = self._render("find.html", "Find an operation", pages=numbers, example=example, items=items)
            yield Page(uri, "Find an operation", html, "find", contents=False)
