"""The page that leads from an operation's id, path or channel to where it is shown."""

from __future__ import annotations

import re
from pathlib import Path

from tests.portal.conftest import Site


def test_every_operation_is_found_by_its_words_and_leads_to_a_page(built: Path) -> None:
    page = (built / "contracts/-/find/index.html").read_text("utf-8")
    items = re.findall(r'<li(?: id="[^"]+")? data-find="([^"]+)">.*?<a href="([^"#]+)', page)
    words = dict(reversed(items))
    assert any("getCustomer" in each.split("\n") for each in words)
    assert any("/customers/{id}" in each.split("\n") for each in words)
    for address in words.values():
        assert (built / "contracts/-/find" / address / "index.html").is_file(), address


def test_two_operations_of_one_name_have_one_id(site: Site) -> None:
    for service in ("a", "b"):
        site.add(
            f"specs/{service}/openapi.yaml",
            "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n"
            "paths: {/things: {get: {operationId: listThings, responses: {'204': {description: none}}}}}\n",
        )
    page = (site.build() / "contracts/-/find/index.html").read_text("utf-8")
    assert page.count('id="listThings"') == 1
    assert page.count("listThings</code></a>") == 2
