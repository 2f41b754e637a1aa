"""What a theme puts around a page, made once for all pages that stand side by side.

A theme renders its head, its navigation and its footer again for each page, and takes longer for it than
we for what is in the middle. Pages of one group differ in a few values only: these are put into a frame.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.utils.templates import TemplateContext

from contractbook.mkdocs_plugin.navigation import around
from contractbook.mkdocs_plugin.page import PortalPage

CONTENTS, LANGUAGE = "partials/toc.html", "partials/language.html"  # as Material calls them
QUIET = ("mkdocs.contrib.search", "material.plugins.search", "contractbook.")
_MARK = "\ue000{}&lt;\ue001"  # whatever a template does to a value, it also does to the mark
_MARKED = re.compile("\ue000([a-z]+)&lt;\ue001")
_HEADED = "<h1>"  # content without it gets a heading from the theme

Values = dict[str, str]
Key = tuple[str, ...]


class Rendered(NamedTuple):
    """A page as the theme made it, and the values that only this page has."""

    values: Values
    output: str


class Frames:
    """Renders pages of the portal that are not in the navigation.

    Of each group the theme renders the first page, and the second with marks in the place of its values.
    Only if the first one's values in the place of the marks give the first page is this the frame of all
    the others; otherwise the theme renders them one by one.
    """

    def __init__(self, env: jinja2.Environment, config: MkDocsConfig, nav: Navigation) -> None:
        self.env = env
        self.nav = nav
        self.directory_urls = config.use_directory_urls
        self._usable = _usable(config)
        self._first: dict[Key, Rendered] = {}
        self._frames: dict[Key, list[str]] = {}

    def suits(self, page: PortalPage) -> bool:
        """Whether a page may share a frame with others."""
        return self._usable and page.upper is not None and page.upper is not page

    def rendered(self, page: PortalPage, context: TemplateContext) -> str:
        """The page as the theme makes it."""
        page.finish(self.directory_urls)
        key = _key(page)
        values = {**_values(page), "contents": self._toc(context)}
        if key not in self._first:
            self._first[key] = Rendered(values, self._by_theme(page, context))
            return self._first[key].output
        if key not in self._frames:
            self._frames[key] = self._frame(page, context, values, self._first[key])
        frame = self._frames[key]
        return _filled(frame, values) if frame else self._by_theme(page, context)

    def _frame(
        self, page: PortalPage, context: TemplateContext, values: Values, known: Rendered
    ) -> list[str]:
        """The text between the values of a page, and the names of these; nothing if it fits no other page."""
        marked = self._by_theme_marked(page, context).replace(values["contents"], _MARK.format("contents"))
        frame = _MARKED.split(marked)
        fits = frame[1::2].count("contents") == 1 and _filled(frame, known.values) == known.output
        return frame if fits else []

    def _by_theme(self, page: PortalPage, context: TemplateContext) -> str:
        context["nav"] = around(page, self.nav)
        if page.upper is not None:
            page.upper.active = True
        return self.env.get_template("main.html").render(context)

    def _by_theme_marked(self, page: PortalPage, context: TemplateContext) -> str:
        """The page with marks for what only this page has."""
        kept = page.title, page.meta, page.canonical_url, page.content
        marks = {name: _MARK.format(name) for name in _values(page)}
        try:
            page.title, page.canonical_url = marks["title"], page.canonical_url and marks["address"]
            page.meta = {**page.meta, "title": marks["heading"]}
            if "description" in page.meta:
                page.meta["description"] = marks["description"]
            page.content = _HEADED + marks["content"]
            return self._by_theme(page, context).replace(page.content, marks["content"])
        finally:
            page.title, page.meta, page.canonical_url, page.content = kept

    def _toc(self, context: TemplateContext) -> str:
        """The table of contents as the theme makes it."""
        language = self.env.get_template(LANGUAGE).make_module({**context})
        return self.env.get_template(CONTENTS).render({**context, "lang": language})


def _usable(config: MkDocsConfig) -> bool:
    """Whether nothing but a theme that is known makes the pages, so that groups are known, too."""
    asked = config.plugins.events["page_context"]
    quiet = all(getattr(method, "__module__", "").startswith(QUIET) for method in asked)
    return config.theme.name == "material" and not config.theme.custom_dir and quiet


def _key(page: PortalPage) -> Key:
    """What pages of one frame have in common: the folder, the place in the navigation, what they have."""
    folder = page.source.uri.rstrip("/").rpartition("/")[0]
    place = page.upper.url if page.upper else ""
    status = repr({name: value for name, value in page.meta.items() if name not in ("title", "description")})
    return folder, place, status, *(name for name, value in _values(page).items() if value)


def _values(page: PortalPage) -> Values:
    """What only this page has, by the name of its mark."""
    return {
        "title": str(page.title),
        "heading": page.meta["title"],
        "description": page.meta.get("description", ""),
        "address": page.canonical_url or "",
        "content": page.content or "",
    }


def _filled(frame: list[str], values: Values) -> str:
    pieces = frame[:]
    pieces[1::2] = (values[name] for name in frame[1::2])
    return "".join(pieces)
