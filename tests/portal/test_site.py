"""Whole builds: what stands where, and that every link leads somewhere."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from mkdocs.exceptions import Abort

if TYPE_CHECKING:
    from tests.portal.conftest import Site


LIMIT = 60_000
_LINK = re.compile(r'\bhref="([^"]*)"')
_ID = re.compile(r'\bid="([^"]*)"')


def pages(site: Path) -> Iterator[tuple[str, str]]:
    for path in sorted((site / "contracts").rglob("*.html")):
        yield path.relative_to(site).as_posix(), path.read_text("utf-8")


def ours(html: str) -> str:
    """What the portal wrote of a page."""
    return html[html.index('<div class="cb">') :].partition("</article>")[0]


def test_pages_stand_at_the_promised_addresses(built: Path) -> None:
    for address in (
        "contracts/",
        "contracts/customers/",
        "contracts/customers/v1/",
        "contracts/customers/accounts/",
        "contracts/customers/accounts/get-customer/",
        "contracts/customers/-/types/",
        "contracts/customers/-/types/customer/",
        "contracts/customers/-/changelog/",
        "contracts/-/deprecations/",
    ):
        assert (built / address / "index.html").is_file(), address


@pytest.mark.parametrize("directory_urls", [True, False])
def test_every_link_leads_to_a_page_and_a_place(shop: Site, directory_urls: bool) -> None:
    site = shop.build(use_directory_urls=directory_urls)
    ids = {path: set(map(unescape, _ID.findall(html))) for path, html in pages(site)}
    for path, html in pages(site):
        for link in map(unescape, _LINK.findall(ours(html))):
            parts = urlsplit(link)
            if parts.scheme:
                continue
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
            if directory_urls and (not parts.path or parts.path.endswith("/")):
                target = posixpath.join(target, "index.html") if parts.path else path
            elif not parts.path:
                target = path
            assert target in ids or (site / target).is_file(), f"{path}: {link}"
            assert not parts.fragment or unquote(parts.fragment) in ids[target], f"{path}: {link}"


def test_ids_are_unique_on_a_page(built: Path) -> None:
    for path, html in pages(built):
        found = _ID.findall(html)
        assert len(found) == len(set(found)), f"{path}: {[id for id in found if found.count(id) > 1]}"


def test_no_page_is_too_long(built: Path) -> None:
    sizes = {path: len(html.encode()) for path, html in pages(built)}
    assert max(sizes.values()) <= LIMIT


def test_a_search_finds_operations_paths_and_fields(built: Path) -> None:
    index = json.loads((built / "search" / "search_index.json").read_text("utf-8"))
    found = {entry["location"]: f"{entry['title']} {entry['text']}" for entry in index["docs"]}
    assert "getCustomer GET /customers/{id}" in found["contracts/customers/accounts/get-customer/"]
    assert "customerNumber" in found["contracts/customers/accounts/get-customer/#r200"]
    assert not any("Countess" in text for text in found.values()), "example bodies are not searched"


def test_the_same_input_gives_the_same_bytes(shop: Site, built: Path) -> None:
    again = shop.build()
    assert {path: ours(html) for path, html in pages(again)} == {
        path: ours(html) for path, html in pages(built)
    }


def test_a_page_holds_no_address_outside_of_the_site(built: Path) -> None:
    for path, html in pages(built):
        for tag in re.findall(r"<(?:script|link|img)\b[^>]*>", html):
            assert "http" not in tag or 'rel="canonical"' in tag, f"{path}: {tag}"


@pytest.mark.parametrize("fail_on", ["note", "never"])
def test_findings_end_a_build_if_the_site_says_so(shop: Site, fail_on: str) -> None:
    shop.options["fail_on"] = fail_on
    if fail_on == "never":
        assert shop.build().is_dir()
    else:
        with pytest.raises(Abort) as stopped:
            shop.build()
        assert stopped.value.code == 1


BROKEN = """openapi: 3.1.0
info: {title: Stock, version: 1.0.0}
paths:
  /stock:
    get:
      summary: [Count
"""
WHOLE = BROKEN.replace("[Count", "Count the stock\n      responses: {'200': {description: The count}}")


def test_a_broken_contract_shows_its_error_and_the_next_save_heals_it(site: Site) -> None:
    site.add("specs/stock/openapi.yaml", BROKEN)
    site.plugin.on_startup(command="serve", dirty=False)
    html = (site.build() / "contracts" / "stock" / "index.html").read_text("utf-8")
    assert "specs/stock/openapi.yaml:7:1" in html
    site.add("specs/stock/openapi.yaml", WHOLE)
    html = (site.build() / "contracts" / "stock" / "index.html").read_text("utf-8")
    assert "Count the stock" in html
    assert "openapi.yaml:" not in html


def test_a_body_that_is_too_long_for_its_page_shows_all_names(site: Site) -> None:
    fields = {f"field{n}": {"type": "string", "description": "What it means. " * 60} for n in range(80)}
    body = {"content": {"application/json": {"schema": {"type": "object", "properties": fields}}}}
    call = {"operationId": "save", "tags": ["All"], "requestBody": body, "responses": {}}
    paths = {"/things": {"post": call}}
    site.add(
        "specs/things/openapi.json",
        json.dumps({"openapi": "3.1.0", "info": {"title": "Things", "version": "1"}, "paths": paths}),
    )
    built = site.build()
    html = ours((built / "contracts" / "things" / "all" / "save" / "index.html").read_text("utf-8"))
    assert all(f"<code>{name}</code>" in html for name in fields)
    assert max(len(html.encode()) for _, html in pages(built)) <= LIMIT


LOOPS = """openapi: 3.1.0
info: {title: Loops, version: 1.0.0}
paths:
  /a:
    get:
      responses:
        '200':
          description: Any
          content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}
components:
  schemas:
    A: {$ref: '#/components/schemas/B'}
    B: {$ref: '#/components/schemas/A'}
    Items: {type: array, items: {$ref: '#/components/schemas/Items'}}
    Either: {oneOf: [{$ref: '#/components/schemas/Either'}, {$ref: '#/components/schemas/Node'}]}
    Node:
      type: object
      properties:
        left: {$ref: "#/components/schemas/Node"}
        right: {$ref: "#/components/schemas/Node"}
"""


def test_types_that_lead_back_to_themselves_have_their_pages(site: Site) -> None:
    site.add("specs/loops/openapi.yaml", LOOPS)
    types = site.build() / "contracts" / "loops" / "-" / "types"
    assert (types / "either" / "index.html").is_file() and (types / "items" / "index.html").is_file()


HOSTILE = "<script>alert(1)</script>\"'"


def test_no_text_of_a_contract_becomes_markup(site: Site) -> None:
    schema = {
        "type": "object",
        "title": HOSTILE,
        "properties": {HOSTILE: {"enum": [HOSTILE], "description": HOSTILE}},
    }
    answer = {
        "description": HOSTILE,
        "content": {HOSTILE: {"schema": {"$ref": f"#/components/schemas/{HOSTILE}"}}},
    }
    call = {"operationId": HOSTILE, "summary": HOSTILE, "tags": [HOSTILE], "responses": {HOSTILE: answer}}
    document = {
        "openapi": "3.1.0",
        "info": {"title": HOSTILE, "version": HOSTILE, "description": HOSTILE},
        "tags": [{"name": HOSTILE, "description": HOSTILE}],
        "servers": [{"url": f"https://{HOSTILE}", "description": HOSTILE}],
        "paths": {f"/{HOSTILE}": {"get": call, "put": call | {"operationId": "put"}}},
        "components": {"schemas": {HOSTILE: schema}, "securitySchemes": {HOSTILE: {"type": HOSTILE}}},
    }
    site.add("specs/hostile/openapi.json", json.dumps(document))
    built = site.build()
    for path, html in pages(built):
        assert "<script>alert" not in html, path


def test_pages_say_who_uses_an_operation_and_whom_a_change_breaks(built: Path) -> None:
    ending = (built / "contracts/customers/v1/accounts/get-customer/index.html").read_text("utf-8")
    assert "Still used by: <b>billing</b> (tolerant), <b>web-shop</b> (strict)." in ending
    changelog = (built / "contracts/customers/-/changelog/index.html").read_text("utf-8")
    assert "web-shop (reads phoneNumber)" in changelog
    assert "billing (looks for firstname anywhere, and finds it as /naming/firstname)" in changelog
