"""The portal's few entries in the navigation of a site."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, file_sort_key
from mkdocs.utils import nest_paths

from contractbook import portal
from contractbook.mkdocs_plugin.page import PortalFile


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
