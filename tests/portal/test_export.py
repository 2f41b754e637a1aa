"""The portal as Markdown files, and the site that another generator builds of them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.portal.conftest import REPOSITORY, Site

from contractbook.cli import main

CONTRACT = "openapi: 3.1.0\ninfo: {title: %s, version: '1'}\npaths: {/things: {get: {responses: {}}}}\n"


def pages(site: Path) -> dict[str, tuple[list[str], list[str]]]:
    """The pages of a portal with the ids and the links to pages that each has, by address."""
    found = {}
    for path in sorted((site / "contracts").rglob("index.html")):
        html = path.read_text("utf-8")
        inside = html[html.index('class="cb') : html.rindex("</article>")]
        links = re.findall(r'href="((?:\.\./|[\w-]+/)[^"]*)"', inside)
        address = path.parent.relative_to(site).as_posix()
        found[address] = (
            re.findall(r' id="([^"]+)"', inside),
            [each for each in links if "assets/" not in each],
        )
    return found


def exported(site: Site, *words: str) -> int:
    return main(["export", "--to", str(site.root / "docs"), "--today", "2026-11-22", *words])


@pytest.fixture
def small(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site with one service in two formats and all their versions."""
    site.add_folder("specs/orders", REPOSITORY / "specs" / "orders")
    monkeypatch.chdir(site.root)
    return site


def test_zensical_builds_the_portal_with_every_page_id_and_link(small: Site) -> None:
    expected = pages(small.build())
    assert exported(small) == 0
    nav = (small.root / "docs/contracts/nav.yml").read_text("utf-8")
    small.add("mkdocs.yml", f"site_name: Shop\nsite_dir: other\nnav:\n- Home: index.md\n{nav}")
    subprocess.run(
        [sys.executable, "-m", "zensical", "build"], cwd=small.root, check=True, capture_output=True
    )
    built = pages(small.root / "other")
    assert built.keys() == expected.keys()
    for address, (ids, links) in expected.items():
        assert built[address] == (ids, links), address
        for link in links:
            target = small.root / "other" / address / link.partition("#")[0]
            assert target.exists(), (address, link)


def test_titles_and_notes_go_before_the_page(small: Site) -> None:
    exported(small)
    page = (small.root / "docs/contracts/orders/index.md").read_text("utf-8")
    assert page.startswith('---\ntitle: "orders"\n')
    find = (small.root / "docs/contracts/-/find/index.md").read_text("utf-8")
    assert 'hide: ["toc"]' in find


def test_what_is_gone_from_the_contracts_goes_from_the_export(small: Site) -> None:
    small.add("specs/gone/openapi.yaml", CONTRACT % "Gone")
    exported(small)
    small.add("docs/contracts/mine.md", "# Mine\n")
    assert (small.root / "docs/contracts/gone/index.md").exists()
    (small.root / "specs/gone/openapi.yaml").unlink()
    exported(small)
    assert not (small.root / "docs/contracts/gone/index.md").exists()
    assert (small.root / "docs/contracts/mine.md").exists()


def test_a_second_export_writes_nothing(small: Site) -> None:
    exported(small)
    place = small.root / "docs/contracts/orders/index.md"
    before = place.stat().st_mtime_ns
    exported(small)
    assert place.stat().st_mtime_ns == before


def test_texts_of_contracts_stay_inside_their_page(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site.root)
    nasty = '"</div> --8<-- \\"secret.txt\\" {{ config }} <script>alert(1)</script>\\n---\\ntitle: x"'
    site.add("specs/a/openapi.yaml", CONTRACT % nasty)
    site.add("secret.txt", "very secret\n")
    exported(site)
    site.add("mkdocs.yml", "site_name: A\nmarkdown_extensions: [pymdownx.snippets, md_in_html]\n")
    subprocess.run(
        [sys.executable, "-m", "zensical", "build"], cwd=site.root, check=True, capture_output=True
    )
    page = (site.root / "site/contracts/a/index.html").read_text("utf-8")
    assert "very secret" not in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("words", [["--path", ".."], ["--path", "/"], ["--to", "mkdocs.yml"]])
def test_wrong_calls_are_told(site: Site, monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    monkeypatch.chdir(site.root)
    assert exported(site, *words) == 2
