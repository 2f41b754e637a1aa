"""Pages of the portal as MkDocs pages: Python-Markdown never sees them.

The search plugins see a short digest of a page; the theme gets its HTML afterwards.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from contractbook import portal
from contractbook.portal.links import linked, page_links

_built: dict[str, str] = {}  # what was last written where, for `mkdocs serve --dirty`


class PortalFile(File):
    """A file that stands nowhere, for a page of the portal; it changed if the page's HTML did."""

    digest = ""

    def is_modified(self) -> bool:
        """Whether the page differs from the one that was built before."""
        return self.digest != _built.get(self.abs_dest_path)


class PortalPage(Page):
    """A page whose HTML is ready."""

    def __init__(self, source: portal.Page, file: File, config: MkDocsConfig) -> None:
        self.source = source
        self.upper: PortalPage | None = (
            None  # the page itself, or the nearest one above it, in the navigation
        )
        super().__init__(_text(source.nav_title or source.title), file, config)

    @property
    def digest(self) -> str:
        """What tells its present state from others."""
        return self.file.digest if isinstance(self.file, PortalFile) else ""

    def read_source(self, config: MkDocsConfig) -> None:
        """There is no Markdown, but what the theme and other plugins ask of a page."""
        source = self.source
        self.markdown = ""
        self.meta = {"title": _text(source.title)}
        if source.status:
            self.meta["status"] = source.status
        if not source.contents:
            self.meta["hide"] = ["toc"]
        if source.summary:
            self.meta["description"] = html.escape(source.summary[:160])

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Give the digest that is searched: each heading with the words under it."""
        self.content = "".join(_digest(self.source))
        self.toc = get_toc(_contents(self.source))  # type: ignore[arg-type]
        self.present_anchor_ids = {heading.id for heading in self.source.headings}

    def finish(self, directory_urls: bool) -> None:
        """Put the HTML in, with links relative to the page, so that the site can stand anywhere."""
        self.content = linked(self.source.html, "../" * self.source.uri.count("/"), directory_urls)
        if isinstance(self.file, PortalFile):
            _built[self.file.abs_dest_path] = self.file.digest


def copy_of(page: portal.Page, base: str, config: MkDocsConfig) -> File:
    """The file with the Markdown of a page, beside the page; MkDocs makes no page of it."""
    text = page_links(page.markdown, page.uri)
    file = File.generated(config, f"{base}/{page.uri}page.md.txt", content=text)
    file.dest_uri = f"{base}/{page.uri}page.md"
    return file


def file_of(page: portal.Page, base: str, config: MkDocsConfig) -> File:
    """The file of a page below `base`."""
    inclusion = InclusionLevel.INCLUDED if page.nav_title else InclusionLevel.NOT_IN_NAV
    uri = f"{base}/{page.uri}index.md"
    file = PortalFile(uri, None, config.site_dir, config.use_directory_urls, inclusion=inclusion)
    file.generated_by = "contractbook"
    file._content = ""
    shown = "\0".join((page.title, page.summary, page.status, repr(page.headings), page.html))
    file.digest = blake2b(shown.encode("utf-8", "replace"), digest_size=8).hexdigest()
    PortalPage(page, file, config)
    return file


def _text(text: str) -> str:
    """A text for templates that escape nothing."""
    return html.escape(text, quote=False)


def _digest(source: portal.Page) -> Iterator[str]:
    yield f'<h1 id="top">{_text(source.title)}</h1><p>{_text(source.summary)}</p>'
    for heading in source.headings:
        tag = f"h{heading.level}"
        yield f'<{tag} id="{html.escape(heading.id)}">{_text(heading.title)}</{tag}>'
        yield f"<p>{_text(heading.text)}</p>"


def _contents(source: portal.Page) -> list[dict[str, Any]]:
    """The headings as Python-Markdown's `toc_tokens`."""
    top: list[dict[str, Any]] = []
    for heading in source.headings:
        id = html.escape(heading.id)  # templates write it as it is
        token = {"level": heading.level, "id": id, "name": _text(heading.title), "children": []}
        (top[-1]["children"] if heading.level > 2 and top else top).append(token)
    return [{"level": 1, "id": "top", "name": _text(source.title), "children": top}]
