"""An operation, a type, a changelog or deprecations by themselves, for a page that somebody else writes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from html import unescape
from typing import NamedTuple

from markupsafe import escape

from contractbook.model import Operation, Type
from contractbook.portal import changelog, deprecations, operations, text, types
from contractbook.portal.contracts import weights
from contractbook.portal.deprecations import Ending
from contractbook.portal.edition import Edition, Step
from contractbook.portal.layout import render
from contractbook.portal.marks import fold, fragment
from contractbook.portal.page import Chapter
from contractbook.portal.publish import untagged
from contractbook.portal.rows import Rows
from contractbook.portal.tree import NEXT, PART, TYPE

VERSIONS = 12  # versions of a changelog that are shown
CHANGES = 40  # changes of a version that are shown
NAMED = 20  # elements that a search finds in a list
_TAG = re.compile(r"<[a-z][^<>]*>")
_OWN = re.compile(r'( (?:id|for|name)="|href="#)')
_HEADING = re.compile(r"<h[1-6]( [^<>]*)>(.*?)</h[1-6]>", re.DOTALL)

Folders = tuple[str, ...]
"""Folders of templates that go before ours."""


class Embedded(NamedTuple):
    """What is shown, as HTML with links from the portal's root, and what a search finds of it."""

    html: str
    digest: str


def operation(rows: Rows, shown: Operation, folders: Folders) -> Embedded:
    """An operation: how to call it, and folded below that what goes back and forth."""
    edition = rows.edition
    address = edition.address(shown)
    view = operations.view(rows, shown, address.partition("#")[2])
    html = render(
        "embedded-operation.html",
        folders,
        title=view.title,
        address=address,
        where=_where(edition),
        view=view,
        folds=[_folded(chapter) for chapter in (*view.chapters, *view.later)],
    )
    return Embedded(_linked(html, address), f"{view.title} {operations.summary(shown)}")


def type(rows: Rows, shown: Type, folders: Folders) -> Embedded:
    """A type: its members, and folded below them where it is used and what is said of it."""
    edition = rows.edition
    address = edition.link(shown) or f"~/{edition.root}"
    chapters, _ = types.chapters(rows, shown)
    opening = ("", TYPE)
    html = render(
        "embedded-type.html",
        folders,
        title=shown.name,
        address=address,
        where=_where(edition),
        sort=types.kind(edition, shown),
        doc=text.blocks(shown.doc or shown.title),
        opening=[chapter for chapter in chapters if chapter.id in opening],
        folds=[_folded(chapter) for chapter in chapters if chapter.id not in opening],
    )
    return Embedded(_linked(html, address), f"{shown.name} {text.sentence(shown.doc)}")


def history(edition: Edition, version: str, folders: Folders) -> Embedded:
    """The changelog of a contract, or what one version changed; the newest version is unfolded."""
    series = edition.series
    told = [step for step in reversed(series.steps) if step.before]
    chosen = [step for step in told if version in ("", step.version)]
    addresses = {each.label: edition.address(each) for each in edition.operations}
    address = f"~/{edition.changelog if told else edition.root}"
    html = render(
        "embedded-changelog.html",
        folders,
        title=f"Changelog of {series.title}",
        address=address,
        where=version,
        folds=[_step(step, addresses, address, not n) for n, step in enumerate(chosen[:VERSIONS])],
        left=max(0, len(chosen) - VERSIONS),
    )
    return Embedded(_plain(html), f"Changelog of {series.title}")


def _step(step: Step, addresses: Mapping[str, str], address: str, open: bool) -> str:
    """What a version changed, as a fold."""
    lines = [line.html for line in changelog.of_step(step, addresses)]
    more = len(lines) - CHANGES
    inner = "".join(lines[:CHANGES]) or "<p>No change that matters to a consumer.</p>"
    if more > 0:
        inner += f'<p><a href="{address}#{fragment(step.version)}">{more} more</a></p>'
    return fold(f"<b>{escape(step.version)}</b>", inner, weights(step), step.version, open)


def ends(endings: Sequence[Ending], where: str, today: date, folders: Folders) -> Embedded:
    """What ends and when; what has no end comes last."""
    shown = [deprecations.shown(ending, today) for ending in endings]
    html = render(
        "embedded-deprecations.html",
        folders,
        title="Deprecations",
        address="~/-/deprecations/",
        where=where,
        dated=[each for each in shown if each["day"]],
        undated=[each for each in shown if not each["day"]],
    )
    return Embedded(html, " ".join(["Deprecations", *(each.name for each in endings[:NAMED])]))


def failed(message: str, place: str, folders: Folders) -> Embedded:
    """Why something cannot be shown."""
    return Embedded(render("embedded-nothing.html", folders, message=message, place=place), "")


def apart(html: str, id: str) -> str:
    """HTML of ours with ids that no other part of a page has: each begins with `id`."""
    return _TAG.sub(lambda tag: _OWN.sub(rf"\1{id}.", tag[0]), html)


def _where(edition: Edition) -> str:
    """The contract and the version that something is shown from."""
    version = edition.contract.version if len(edition.series.versions) > 1 else ""
    return f"{edition.series.title} {version}".strip()


def _folded(chapter: Chapter) -> str:
    """A chapter whose title unfolds it; no link stands in what folds it."""
    return fold(chapter.title, chapter.html, str(escape(untagged(chapter.aside))), chapter.id)


def _linked(html: str, address: str) -> str:
    """HTML whose links to parts of trees that find no room lead to the page of the element."""
    parts = _plain(html).split(NEXT)
    page = address.partition("#")[0]
    parts[1::2] = (f"{page}#{fragment(unescape(part).rpartition(PART)[2])}" for part in parts[1::2])
    return "".join(parts)


def _plain(html: str) -> str:
    """HTML whose headings are bold lines: they are none of the page that it stands in."""
    return _HEADING.sub(r'<p class="cb-bold"\1>\2</p>', html)
