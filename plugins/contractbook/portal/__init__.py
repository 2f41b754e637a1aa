"""The portal: from contracts, findings and histories to pages, whoever shows them.

Nothing here knows of MkDocs, reads a file or asks the clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import NamedTuple

from contractbook.model import Action
from contractbook.portal import deprecations, find, twins
from contractbook.portal.addresses import slug
from contractbook.portal.badge import badges
from contractbook.portal.beside import Beside, End, Sketch
from contractbook.portal.calendar import calendar, feed
from contractbook.portal.catalogue import Listed, catalogue, shown
from contractbook.portal.contract_pages import contract_pages
from contractbook.portal.deprecations import Ending, endings
from contractbook.portal.edition import About, Edition, Series, Step, roots_of
from contractbook.portal.embedded import Embedded
from contractbook.portal.embeds import Embeds, Wanted
from contractbook.portal.markdown.overview import guide
from contractbook.portal.overview import Overview
from contractbook.portal.page import Chapter, Heading, Page
from contractbook.portal.publish import Publisher
from contractbook.portal.twins import Sketches
from contractbook.source.collector import paused

__all__ = [
    "About",
    "Attachment",
    "Chapter",
    "Embedded",
    "Embeds",
    "Heading",
    "Page",
    "Portal",
    "Series",
    "Step",
    "Wanted",
    "guide",
]

Shelf = Mapping[str, Sequence[Series]]
Sketched = list[tuple[Series, Sketches]]
Placed = tuple[Series, Sequence[str]]
"""A contract with the addresses of its versions, the newest last."""


class Attachment(NamedTuple):
    """A file beside the pages, for programs; `uri` is its address below the portal's root."""

    uri: str
    content: str | bytes


@dataclass(frozen=True)
class Made:
    """What became of a contract in all its versions; good as long as the same series and
    neighbours are given again.

    `badges` are its scores as pictures, `roots` the addresses of the versions, `operations` those of the
    newest one's operations by label.
    """

    series: Series
    beside: Beside
    pages: tuple[Page, ...]
    endings: tuple[Ending, ...]
    badges: tuple[tuple[str, str], ...]
    roots: tuple[str, ...]
    operations: Mapping[str, str]


class Portal:
    """Makes pages, and keeps those of contracts that did not change between two calls.

    `folders` hold templates that go before ours; `about` says what an organisation calls its services.
    """

    def __init__(self, about: Mapping[str, About] | None = None, folders: tuple[str, ...] = ()) -> None:
        self.about = about or {}
        self.folders = folders
        self._made: dict[tuple[str, str, date], Made] = {}
        self._ending: list[Ending] = []
        self._sketched: Sketched = []

    def pages(self, every: Iterable[Series], today: date) -> Iterator[Page]:
        """All pages, the home first; days are counted from `today`."""
        shelf: dict[str, list[Series]] = {}
        for series in every:
            shelf.setdefault(series.service, []).append(series)
        with paused():
            placed = [
                (each, roots)
                for service, found in shelf.items()
                for each, roots in zip(found, roots_of(service, found), strict=True)
            ]
            ends, sketches = self._ends(placed), self._sketches(placed, today)
            made = [
                self._one(each, roots, Beside(_ends_of(each, ends), *_twins_of(each, sketches)), today)
                for each, roots in placed
            ]
        self._made = {(one.series.service, one.series.name, today): one for one in made}
        ending = sorted((each for one in made for each in one.endings), key=deprecations.order)
        self._ending = ending
        overview = Overview(shelf, self.about, self.folders, today)
        yield overview.home(ending, self._roots())
        for service, found in shelf.items():
            own = [one for one in made if one.series.service == service]
            if len(found) > 1:
                yield overview.service(service, [one.roots[-1] for one in own], _lead(own))
            for one in own:
                yield from one.pages
        yield from overview.deprecations(ending)
        yield from overview.map()
        yield from overview.find(list(self._entries(made)))

    def attachments(self, site: str, index: str, today: date) -> Iterator[Attachment]:
        """The files beside the pages that were made last.

        `site` is the address that the portal has, if it is known, and `index` the file that an address is
        short for, where the site spells it out.
        """
        yield Attachment("-/deprecations/calendar.ics", calendar(self._ending, site, index, today))
        yield Attachment("-/deprecations/feed.xml", feed(self._ending, site, index, today))
        shelf: dict[str, list[Listed]] = {}
        for one in self._made.values():
            listed = Listed(one.series, one.roots, one.operations)
            shelf.setdefault(one.series.service, []).append(listed)
            for name, picture in one.badges:
                yield Attachment(f"{one.roots[-1]}-/{name}", picture)
        services = (shown(name, self.about.get(name, About()), found, index) for name, found in shelf.items())
        yield Attachment("index.json", catalogue(services))

    def embeds(self, today: date) -> Embeds:
        """What other pages can show of the contracts whose pages were made last."""
        every = [one.series for one in self._made.values()]
        return Embeds(every, self._ending, partial(self._published, today), today, self.folders)

    def _published(self, today: date, series: Series, version: str) -> Edition:
        """A version of a contract where its pages are."""
        one = self._made[series.service, series.name, today]
        contract, root = next(
            pair for pair in zip(series.versions, one.roots, strict=True) if pair[0].version == version
        )
        service, who = f"{slug(series.service)}/", self._who(series)
        return Edition(series, contract, root, one.roots[-1], service, today, who, one.beside)

    def _ends(self, placed: Sequence[Placed]) -> dict[str, list[End]]:
        """Which contracts send to a channel or receive from it, by the channel's address."""
        found: dict[str, list[End]] = {}
        for series, roots in placed:
            for operation in series.newest.operations() if series.newest.channels else ():
                if operation.channel and operation.action is not Action.CALL:
                    end = End(series.service, self._who(series), operation.action, f"~/{roots[-1]}")
                    found.setdefault(operation.address, []).append(end)
        return found

    def _sketches(self, placed: Sequence[Placed], today: date) -> Sketched:
        """The types of all contracts as the others see them; none where all are written in one format."""
        if len({series.newest.format for series, _ in placed}) < 2:
            return []
        known = {id(series): sketches for series, sketches in self._sketched}
        self._sketched = [
            (series, known.get(id(series)) or twins.sketches(self._edition(series, roots, today)))
            for series, roots in placed
        ]
        return self._sketched

    def _edition(self, series: Series, roots: Sequence[str], today: date) -> Edition:
        """The newest version of a contract, where it is published."""
        service = f"{slug(series.service)}/"
        return Edition(series, series.newest, roots[-1], roots[-1], service, today, self._who(series))

    def _who(self, series: Series) -> str:
        """What people call the service of a contract."""
        return self.about.get(series.service, About()).title or series.service

    def _one(self, series: Series, roots: Sequence[str], beside: Beside, today: date) -> Made:
        """The pages of one contract, made again only if it, or what is said of it, is another."""
        known = self._made.get((series.service, series.name, today))
        same = known is not None and known.series is series and known.beside == beside
        if known is not None and same and known.pages[0].uri == roots[-1]:
            return known
        service = f"{slug(series.service)}/"
        about = self.about.get(series.service, About())
        editions = [
            Edition(series, contract, root, roots[-1], service, today, self._who(series), beside)
            for contract, root in zip(series.versions, roots, strict=True)
        ]
        versions = [(contract, f"~/{root}") for contract, root in zip(series.versions, roots, strict=True)]
        alone = roots[-1] == service
        pages: list[Page] = []
        for edition in reversed(editions):
            above = ("" if alone else service) if edition.is_newest else None
            named = about if alone else replace(about, title="")
            pages += contract_pages(Publisher(edition, named, versions, above, self.folders))
        newest = editions[-1]
        addresses = {each.label: newest.address(each) for each in newest.contract.operations()}
        return Made(
            series,
            beside,
            tuple(pages),
            tuple(_endings(editions)),
            tuple(badges(newest)),
            tuple(roots),
            addresses,
        )

    def _roots(self) -> dict[tuple[str, str], str]:
        """The addresses of all contracts, by service and name."""
        return {(one.series.service, one.series.name): one.pages[0].uri for one in self._made.values()}

    def _entries(self, made: Iterable[Made]) -> Iterator[find.Entry]:
        """The operations of the newest versions, with where each is shown."""
        for one in made:
            for operation in one.series.newest.operations():
                yield find.Entry(self._who(one.series), operation, one.operations[operation.label])


def _lead(made: Sequence[Made]) -> str:
    """What contracts of one service are to one another, where they say the same."""
    same = max(len(one.beside.forms) for one in made) + 1
    if same == 1:
        return ""
    return f"{'The same contract' if same == len(made) else 'One contract of these'} in {same} formats."


def _ends_of(series: Series, ends: Mapping[str, Sequence[End]]) -> dict[str, tuple[End, ...]]:
    """What others do on the channels of a contract, by address."""
    if not series.newest.channels:
        return {}
    found: dict[str, tuple[End, ...]] = {}
    for operation in series.newest.operations():
        others = [end for end in ends.get(operation.address, ()) if end.service != series.service]
        if operation.channel and others:
            found[operation.address] = tuple(dict.fromkeys(others))
    return found


def _twins_of(
    series: Series, sketched: Sketched
) -> tuple[dict[str, tuple[Sketch, ...]], tuple[tuple[str, str], ...]]:
    """The types of other formats that are those of a contract, and the contracts that are the same."""
    own = next((sketches for each, sketches in sketched if each is series), {})
    others = [pair for pair in sketched if pair[0].newest.format != series.newest.format]
    found = twins.twins(own, [sketches for _, sketches in others])
    beside = [sketches for each, sketches in others if each.service == series.service]
    return found, twins.same_contract(own, found, beside)


def _endings(editions: Sequence[Edition]) -> Iterator[Ending]:
    """What ends in any version; what the newest version says of an element counts."""
    told: set[str] = set()
    for edition in reversed(editions):
        for ending in endings(edition):
            if ending.name not in told or ending.address == f"~/{edition.root}":
                told.add(ending.name)
                yield ending
