"""The portal as Markdown files, for generators of sites that run no MkDocs plugins, such as Zensical."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from html import escape
from importlib.resources import files as resources
from pathlib import Path
from typing import NamedTuple

from contractbook.config import Project
from contractbook.portal import Page, Portal, guide
from contractbook.portal.links import linked, page_links
from contractbook.shelf import Shelf, about

ASSETS = "assets/contractbook"
COPY = "page.txt"  # beside each page; a generator would make another page of a `page.md`
LIST = ".contractbook-export.json"


class Exported(NamedTuple):
    """How much was written: pages, files in all, and files of an earlier time that are gone."""

    pages: int
    files: int
    gone: int


def export(project: Project, to: Path, base: str, site: str, today: date) -> Exported:
    """Write the portal below a folder; what was written there before and is no part of it any more goes."""
    portal = Portal(about(project))
    pages = list(portal.pages(Shelf(project).look(today), today))
    address = f"{site.rstrip('/')}/{base}/" if site else ""
    written: dict[str, str | bytes] = {}
    for page in pages:
        written[f"{base}/{page.uri}index.md"] = as_markdown(page, base)
        if page.markdown:
            written[f"{base}/{page.uri}{COPY}"] = page_links(page.markdown, page.uri, COPY)
    for extra in portal.attachments(address, "", today):
        written[f"{base}/{extra.uri}"] = extra.content
    for name in ("portal.css", "portal.js"):
        written[f"{ASSETS}/{name}"] = (resources("contractbook.portal") / "assets" / name).read_text("utf-8")
    if not (to / "llms.txt").exists():
        written[f"{base}/llms.txt"] = guide("Contracts", "", address or f"{base}/", pages)
    written[f"{base}/nav.yml"] = navigation(pages, base)
    gone = _written_before(to / base) - written.keys()
    for path in sorted(gone):
        (to / path).unlink(missing_ok=True)
    written[f"{base}/{LIST}"] = json.dumps(sorted(written), indent=0)
    for path, content in written.items():
        _write(to / path, content.encode("utf-8", "replace") if isinstance(content, str) else content)
    return Exported(len(pages), len(written), len(gone))


def as_markdown(page: Page, base: str) -> str:
    """A page as a file of Markdown: one block of HTML, which Markdown leaves as it is.

    Its title and description stand before it, as JSON, which is YAML too.
    """
    root = "../" * page.uri.count("/")
    assets = f"{root}{'../' * (base.count('/') + 1)}{ASSETS}"
    hidden = {"hide": ["toc"]} if not page.contents else {}
    status = {"status": page.status} if page.status else {}
    said = {"title": page.title, "description": page.summary[:160], **status, **hidden}
    front = "".join(f"{key}: {_written(value)}\n" for key, value in said.items())
    html = linked(page.html, root, directory_urls=True).replace('href="page.md"', f'href="{COPY}"')
    style = f'<link rel="stylesheet" href="{assets}/portal.css">'
    script = f'<script src="{assets}/portal.js" defer></script>'
    return f"---\n{front}---\n\n<div>{style}{html}{script}</div>\n"


def navigation(pages: list[Page], base: str) -> str:
    """The portal's entries for the `nav` of a site, in YAML."""
    below: dict[str, list[Page]] = {}
    for page in pages:
        if page.nav_title and page.above is not None:
            below.setdefault(page.above, []).append(page)

    def entries(page: Page, deep: int) -> Iterator[str]:
        title, path = _written(page.nav_title or page.title), _written(f"{base}/{page.uri}index.md")
        inner = below.get(page.uri, [])
        if not inner:
            yield f"{'  ' * deep}- {title}: {path}\n"
            return
        yield f"{'  ' * deep}- {title}:\n"
        yield f"{'  ' * (deep + 1)}- {path}\n"
        for each in inner:
            yield from entries(each, deep + 1)

    return "".join(entries(pages[0], 0))


def _written(value: object) -> str:
    """A value in YAML, which is JSON here; themes put titles into their templates as they are."""
    text = escape(value, quote=False) if isinstance(value, str) else value
    return json.dumps(text, ensure_ascii=False)


def _written_before(folder: Path) -> set[str]:
    """The files that an earlier export wrote."""
    try:
        return set(json.loads((folder / LIST).read_bytes()))
    except (FileNotFoundError, ValueError, TypeError):
        return set()


def _write(place: Path, content: bytes) -> None:
    """Write a file where it differs, so that a server that watches it sees what changed."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if not place.is_file() or place.read_bytes() != content:
        place.write_bytes(content)
