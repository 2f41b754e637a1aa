"""The portal's few entries in the navigation of a site."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.files import Files, file_sort_key
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils import nest_paths

from contractbook import portal
from contractbook.mkdocs_plugin.page import PortalFile, PortalPage

BESIDE = 15  # sections beside the way to a page that are shown, too


def put_in(pages: Sequence[portal.Page], base: str, files: Files, config: MkDocsConfig) -> None:
    """Add the portal where the site's `nav` names its folder, else at the end."""
    nav = list(_own(files) if config.nav is None else config.nav)
    entries = _entries(pages, base)
    for index, item in enumerate(nav):
        title, path = next(iter(item.items())) if isinstance(item, dict) else ("Contracts", item)
        if isinstance(path, str) and path.rstrip("/") in (base, f"{base}/index.md"):
            nav[index] = {title: entries}
            break
    else:
        nav.append({"Contracts": entries})
    config.nav = nav


def _own(files: Files) -> list[Any]:
    """The navigation that MkDocs makes of the site's own pages where none is configured."""
    documents = sorted(files.documentation_pages(), key=file_sort_key)
    ours = [file for file in documents if not isinstance(file, PortalFile) and file.inclusion.is_in_nav()]
    found: list[Any] = nest_paths(file.src_uri for file in ours)
    return found


def _entries(pages: Sequence[portal.Page], base: str) -> list[Any]:
    """The pages that have a place in the navigation, each with those that stand below it."""
    below: dict[str, list[portal.Page]] = {}
    for page in pages:
        if page.nav_title and page.above is not None:
            below.setdefault(page.above, []).append(page)

    def entry(page: portal.Page) -> Any:
        path = f"{base}/{page.uri}index.md"
        inner = below.get(page.uri)
        title = html.escape(page.nav_title, quote=False)
        return {title: [path, *map(entry, inner)]} if inner else path

    return [f"{base}/index.md", *map(entry, below.get("", ()))]


def place(nav: Navigation, files: Files) -> None:
    """Give each page that is not in the navigation the place of the nearest one above it that is."""
    listed = {page.source.uri: page for page in nav.pages if isinstance(page, PortalPage)}
    for file in files.documentation_pages():
        page = file.page
        if isinstance(page, PortalPage):
            page.upper = _nearest(page.source.uri, listed)
            if page.upper is not None and page.upper is not page:
                page.parent = page.upper.parent


def _nearest(uri: str, listed: Mapping[str, PortalPage]) -> PortalPage | None:
    while uri not in listed and uri:
        uri = uri.rstrip("/").rpartition("/")[0]
        uri = f"{uri}/" if uri else ""
    return listed.get(uri)


def around(page: PortalPage, nav: Navigation) -> Navigation:
    """The navigation as a page of the portal shows it: what is not on the way to it is one link.

    Every entry is on every page, so a full navigation would make a big portal quadratic.
    """
    trail = {id(section) for section in page.ancestors}
    return Navigation(_short(nav.items, trail), nav.pages)


def _short(items: Sequence[StructureItem], trail: set[int]) -> list[StructureItem]:
    found: list[StructureItem] = []
    beside = [item for item in items if isinstance(item, Section) and id(item) not in trail]
    for item in items:
        if not isinstance(item, Section):
            found.append(item)
        elif id(item) in trail:
            section = Section(item.title, _short(item.children, trail))
            section.active = True
            found.append(section)
        elif len(beside) <= BESIDE:
            found += _one_link(item)
    return found


def _one_link(section: Section) -> list[StructureItem]:
    """A section as a link to its first page."""
    first: StructureItem = section
    while isinstance(first, Section):
        if not first.children:
            return []
        first = first.children[0]
    if isinstance(first, Page):
        return [first] if first.title == section.title else [Link(section.title, first.url)]
    return [first]
