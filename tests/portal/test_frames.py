"""Pages that share a frame are what the theme would have made of each."""

from __future__ import annotations

import json
from typing import Any

import pytest
from mkdocs.utils.templates import TemplateContext

from contractbook.mkdocs_plugin.frames import Frames
from contractbook.mkdocs_plugin.page import PortalPage

from .conftest import THEMES, Site

OPERATIONS = 40


def contract() -> str:
    """Many operations of one tag, with titles that templates and regular expressions would trip over."""
    paths = {
        f"/things/{n}": {
            "get": {
                "operationId": f"getThing{n}",
                "tags": ["Things"],
                "summary": rf"Thing {n} & <b>\1</b> {{{{ page.title }}}}",
                "deprecated": n % 3 == 0,
                "responses": {"200": {"description": "It"}, str(400 + n): {"description": "No"}},
            }
        }
        for n in range(OPERATIONS)
    }
    return json.dumps({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": paths})


def built(site: Site, **settings: Any) -> dict[str, bytes]:
    folder = site.build(**settings)
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.html")}


@pytest.mark.parametrize("address", ["", "https://shop.example/docs/"])
def test_frames_change_nothing(site: Site, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    site.add("specs/things/openapi.yaml", contract())
    settings: dict[str, Any] = {"site_url": address, "extra": {"generator": False}}
    by_theme: list[str] = []
    rendered = Frames._by_theme

    def counted(frames: Frames, page: PortalPage, context: TemplateContext) -> str:
        by_theme.append(page.source.uri)
        return rendered(frames, page, context)

    monkeypatch.setattr(Frames, "_by_theme", counted)
    framed = built(site, **settings)
    assert len([path for path in framed if "/get-thing" in path]) == OPERATIONS
    assert 0 < len(by_theme) < OPERATIONS / 4, "most pages need no work of the theme"
    monkeypatch.setattr(Frames, "suits", lambda *_: False)
    assert framed == built(site, **settings)


def test_a_site_with_templates_of_its_own_renders_each_page(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.add("specs/things/openapi.yaml", contract())
    own = '{% extends "base.html" %}{% block announce %}{{ "odd!" if "7" in page.url }}{% endblock %}'
    site.add("theme/main.html", own)
    theme = {"name": "material", "font": False, "custom_dir": str(site.root / "theme")}
    monkeypatch.setitem(THEMES, "material", theme)
    pages = list(site.build().rglob("get-thing*/index.html"))
    assert len(pages) == OPERATIONS
    assert all(("7" in page.parent.name) is ("odd!" in page.read_text("utf-8")) for page in pages)
