"""The MkDocs plugin: pages of the portal become pages of the site."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from importlib.resources import files as resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import jinja2
from mkdocs.config import config_options as option
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from contractbook import clock
from contractbook.config import Project
from contractbook.config.load import nearest_project, project_of
from contractbook.finding import Finding, Level
from contractbook.mkdocs_plugin.embedding import Embedding
from contractbook.mkdocs_plugin.finished import Finished
from contractbook.mkdocs_plugin.frames import Frames
from contractbook.mkdocs_plugin.kept import Kept
from contractbook.mkdocs_plugin.navigation import around, place, put_in
from contractbook.mkdocs_plugin.page import PortalPage, copy_of, file_of
from contractbook.portal import Portal, Series, guide
from contractbook.shelf import Shelf, about
from contractbook.wrong import Wrong

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer  # brings a server and a watcher with it

log = get_plugin_logger("contractbook")
STYLE, SCRIPT = "assets/contractbook/portal.css", "assets/contractbook/portal.js"
GUIDE = "llms.txt"
READY = "contractbook-ready.html"  # a template for pages that are rendered already


class Options(Config):
    """What stands below `contractbook` in mkdocs.yml."""

    config = option.Type(str, default="")
    path = option.Type(str, default="contracts")
    fail_on = option.Choice(("error", "warning", "note", "never"), default="never")
    history = option.Type(bool, default=True)
    today = option.Type((str, date), default="")


class ContractbookPlugin(BasePlugin[Options]):
    """Builds the portal below `path`, and keeps what did not change while `mkdocs serve` runs."""

    def __init__(self) -> None:
        self._shelf: Shelf | None = None
        self._portal = Portal()
        self._series: list[Series] = []
        self._serving = False
        self._server: LiveReloadServer | None = None
        self._watched: set[Path] = set()
        self._nav: Navigation | None = None
        self._kept = Kept()
        self._finished = Finished()
        self._frames: Frames | None = None
        self._embedding: Embedding | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Its presence lets MkDocs keep the plugin, and with it what was read, between two builds."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Our style sheet goes first, so that the site's own has the last word."""
        config.extra_css.insert(0, STYLE)
        config.extra_javascript.append(SCRIPT)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read the contracts, and add their pages."""
        try:
            day = _day(self.config.today)
            self._series = self._look(config, day)
        except Wrong as wrong:
            raise PluginError(str(wrong)) from None
        base = self.config.path.strip("/")
        gc.unfreeze()
        pages = list(self._portal.pages(self._series, day))
        if self._serving:
            pages = self._kept.completed(pages, self._series)
            self._watch()
        gc.freeze()  # contracts and pages stay; the collector need not look at them for each page
        for page in pages:
            files.append(file_of(page, base, config))
            if page.markdown:
                files.append(copy_of(page, base, config))
        site = f"{(config.site_url or '').rstrip('/')}/{base}/" if config.site_url else ""
        index = "" if config.use_directory_urls else "index.html"
        for extra in self._portal.attachments(site, index, day):
            files.append(File.generated(config, f"{base}/{extra.uri}", content=extra.content))
        if files.get_file_from_path(GUIDE) is None:
            text = guide(config.site_name, config.site_description or "", site or f"{base}/", pages)
            files.append(File.generated(config, GUIDE, content=text))
        for uri in (STYLE, SCRIPT):
            name = uri.rpartition("/")[2]
            content = (resources("contractbook.portal") / "assets" / name).read_text("utf-8")
            files.append(File.generated(config, uri, content=content))
        put_in(pages, base, files, config)
        log.debug(f"{len(pages)} pages of {len(self._series)} contracts")
        self._tell_faults()
        self._embedding = Embedding(self._portal.embeds(day), base, log.warning)
        return files

    def _look(self, config: MkDocsConfig, day: date) -> list[Series]:
        """The contracts as they are; whatever did not change since the last build is kept."""
        project = _project(config, self.config.config)
        if self._shelf is None or self._shelf.project != project:
            for message in project.unheeded:
                log.warning(message)
            self._shelf = Shelf(project, self.config.history)
            self._portal = Portal(about(project), _overrides(config))
        return self._shelf.look(day)

    def _tell_faults(self) -> None:
        for series in self._series:
            for contract in series.versions:
                for fault in contract.faults:
                    log.warning(f"{fault.location}: {fault.message}")

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Let pages that are not in the navigation know where they belong."""
        place(nav, files)
        self._nav = nav
        return nav

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Let pages that need no work of the theme, or less, take a template that only repeats them."""
        if self._nav is not None:
            if self._serving:
                self._finished.prepare(config, self._nav)
            self._frames = Frames(env, config, self._nav)
            own = jinja2.DictLoader({READY: "{{ ready }}"})
            env.loader = jinja2.ChoiceLoader([own, *([env.loader] if env.loader else [])])
            for page in (file.page for file in files.documentation_pages()):
                if isinstance(page, PortalPage) and (self._finished.of(page) or self._frames.suits(page)):
                    page.meta["template"] = READY
        return env

    @event_priority(-100)
    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Take the blocks out that ask for parts of the portal, after others have written theirs."""
        return self._embedding.taken(markdown, page, config) if self._embedding else markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Let a search find what the blocks show."""
        return self._embedding.digested(html, page) if self._embedding else html

    @event_priority(-100)
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Put the HTML in, after the search plugins have seen the digest."""
        if isinstance(page, PortalPage) and page.meta.get("template") == READY and self._frames:
            ready = self._finished.of(page) or self._frames.rendered(page, context)
            context["ready"] = ready  # type: ignore[typeddict-unknown-key]
        elif isinstance(page, PortalPage):
            page.finish(config.use_directory_urls)
            context["nav"] = around(page, nav)
            if page.upper is not None:
                page.upper.active = True
        elif self._embedding:
            page.content = self._embedding.finished(page.content or "", page, config)
        return context

    @event_priority(100)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Keep the page for the next build, and forget where it belongs."""
        if isinstance(page, PortalPage):
            if page.upper is not None:
                page.upper.active = False
            if self._serving:
                self._finished.keep(page, output)
        return output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """End the build with status 1 where findings are heavier than the site allows."""
        found = [finding for finding in _findings(self._series) if _fails(finding.level, self.config.fail_on)]
        if found and not self._serving:
            first = found[0]
            raise PluginError(
                f"contractbook: {len(found)} findings at or above `{self.config.fail_on}`;"
                f" the first: {first.location.path}: {first.message} ({first.rule})"
            )

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        """Watch the contracts and the configuration."""
        self._server = server
        self._watch()
        return server

    def _watch(self) -> None:
        """Watch what is not watched so far: a changed configuration can name other folders."""
        if self._server is None or self._shelf is None:
            return
        for path in self._shelf.folders:
            if path not in self._watched:
                self._watched.add(path)
                self._server.watch(str(path))


def _findings(every: Sequence[Series]) -> Iterator[Finding]:
    for series in every:
        for findings in series.findings.values():
            yield from (finding for finding in findings if finding.accepted is None)


def _fails(level: Level, threshold: str) -> bool:
    return threshold != "never" and level.weight >= Level(threshold).weight


def _project(config: MkDocsConfig, named: str) -> Project:
    """The project of the configuration that is named, else of the one beside mkdocs.yml."""
    start = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
    return project_of(start / named, start) if named else nearest_project(start)


def _overrides(config: MkDocsConfig) -> tuple[str, ...]:
    """Where the site's own templates for the portal lie."""
    folder = config.theme.custom_dir
    return (str(Path(folder) / "contractbook"),) if folder else ()


def _day(given: object) -> date:
    """The day that is given, else SOURCE_DATE_EPOCH, else now."""
    if isinstance(given, date):
        return given
    if given:
        try:
            return date.fromisoformat(str(given))
        except ValueError:
            raise Wrong(f"`today: {given}`: a day such as 2027-03-31 is meant") from None
    return clock.today()
