"""Whole sites, built in a folder of the test."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from contractbook.mkdocs_plugin import ContractbookPlugin

REPOSITORY = Path(__file__).parent.parent.parent
TODAY = "2026-11-22"
THEMES: dict[str, dict[str, Any]] = {
    "material": {"name": "material", "font": False, "features": ["navigation.indexes"]},
    "mkdocs": {"name": "mkdocs"},
}


class Site:
    """A site with a portal; `build` gives the folder of its pages."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.plugin = ContractbookPlugin()
        self.options: dict[str, Any] = {"today": TODAY}
        (root / "docs").mkdir(parents=True, exist_ok=True)
        (root / "docs" / "index.md").write_text("# Home\n", "utf-8")
        (root / "mkdocs.yml").write_text("site_name: Shop\n", "utf-8")

    def add(self, path: str, text: str) -> None:
        """Write a file of the project."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")

    def add_folder(self, path: str, source: Path) -> None:
        """Copy a folder into the project."""
        shutil.copytree(source, self.root / path, dirs_exist_ok=True)

    def config(self, theme: str = "material", **settings: Any) -> MkDocsConfig:
        """The configuration as MkDocs loads it, with the plugin in it."""
        config: MkDocsConfig = load_config(
            str(self.root / "mkdocs.yml"), theme=THEMES[theme], plugins=["search"], **settings
        )
        errors, _ = self.plugin.load_config(self.options, config_file_path=config.config_file_path)
        assert not errors
        config.plugins["contractbook"] = self.plugin
        return config

    def build(self, theme: str = "material", **settings: Any) -> Path:
        """Build the site once more."""
        build(self.config(theme, **settings))
        return self.root / "site"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site that has no contract yet."""
    return Site(tmp_path)


@pytest.fixture
def shop(tmp_path: Path) -> Site:
    """A site with the example services of this repository."""
    return with_shop(tmp_path)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of the example services, only to be looked at."""
    return with_shop(tmp_path_factory.mktemp("shop")).build()


def with_shop(root: Path) -> Site:
    """A site with the example services."""
    site = Site(root)
    site.add_folder("specs", REPOSITORY / "specs")
    shutil.copy(REPOSITORY / "contractbook.yml", root)
    return site
