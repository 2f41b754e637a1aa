"""Finished pages that `mkdocs serve` need not render again: most pages are as they were before a save."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation

from contractbook.mkdocs_plugin.page import PortalPage


class Finished:
    """What the theme made of each page, for as long as the page and all around it stay the same."""

    def __init__(self) -> None:
        self._around = ""
        self._output: dict[str, tuple[str, str]] = {}

    def prepare(self, config: MkDocsConfig, nav: Navigation) -> None:
        """Forget the pages of the last build if what stands around them has changed."""
        around = _around(config, nav)
        if around != self._around:
            self._around, self._output = around, {}

    def of(self, page: PortalPage) -> str | None:
        """The page as it was finished, if it did not change."""
        digest, output = self._output.get(page.file.src_uri, ("", ""))
        return output if digest == page.digest else None

    def keep(self, page: PortalPage, output: str) -> None:
        """Remember a page for the next build."""
        self._output[page.file.src_uri] = page.digest, output


def _around(config: MkDocsConfig, nav: Navigation) -> str:
    """What else a page depends on: the configuration, the navigation, the site's own templates."""
    folder = config.theme.custom_dir
    templates = sorted(Path(folder).rglob("*")) if folder else []
    stamps = [(str(path), path.stat().st_mtime_ns) for path in templates]
    status = [(page.url, page.meta.get("status")) for page in nav.pages]
    theme = {key: config.theme[key] for key in config.theme}
    file = Path(config.config_file_path).read_bytes() if config.config_file_path else b""
    settings = (file, config.site_name, config.site_url, config.repo_url, config.copyright, config.extra)
    scripts = [str(script) for script in config.extra_javascript]
    told = repr((settings, theme, config.extra_css, scripts, str(nav), status, stamps))
    return blake2b(told.encode("utf-8", "replace"), digest_size=16).hexdigest()
