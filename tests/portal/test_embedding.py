"""Parts of contracts on pages that somebody writes, whatever Markdown these pages are written in."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.portal.conftest import Site

CONTRACT = """\
openapi: 3.1.0
info: {title: Orders, version: 2.0.0}
paths:
  /orders/{id}:
    get:
      operationId: getOrder
      deprecated: true
      x-lifecycle: {deprecated: 2026-05-01, sunset: 2027-03-01}
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        "200":
          description: The order
          content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}
components:
  schemas:
    Order:
      description: What somebody <script>alert(1)</script> bought
      type: object
      properties:
        number: {type: string, example: '</code> id="x"'}
        before: {$ref: "#/components/schemas/Order"}
"""
GET_ORDER = "```contractbook\noperation: orders/getOrder\n```"
EXTENSIONS: list[list[Any]] = [
    [],
    [
        "pymdownx.superfences",
        "pymdownx.highlight",
        "pymdownx.tabbed",
        "admonition",
        "md_in_html",
        "attr_list",
    ],
]


@pytest.fixture(params=EXTENSIONS, ids=["plain", "superfences"])
def extensions(request: pytest.FixtureRequest) -> list[str]:
    found: list[str] = request.param
    return found


def built(site: Site, markdown: str, extensions: list[str] = EXTENSIONS[0], **settings: Any) -> str:
    """The page that some Markdown becomes, two folders deep."""
    site.add("specs/orders/openapi.yaml", CONTRACT)
    site.add("docs/guides/first.md", markdown)
    folder = site.build(markdown_extensions=extensions, **settings) / "guides"
    plain = folder / "first.html"
    return (plain if plain.exists() else folder / "first" / "index.html").read_text("utf-8")


def indented(text: str, by: str) -> str:
    return "\n".join(by + line for line in text.split("\n"))


@pytest.mark.parametrize(
    "markdown",
    [
        f"Text before\n{GET_ORDER}\ntext after",
        f"- an item\n\n{indented(GET_ORDER, '    ')}\n\n- another",
        f"1. first:\n{indented(GET_ORDER, '    ')}\n2. second",
        f"> said\n{indented(GET_ORDER, '> ')}\n> again",
        "- ```contractbook\n  operation: orders/get-order\n  ```\n",
        "~~~~ {.contractbook}\noperation: orders/GET /orders/{id}\n~~~~",
        "---\ntitle: Of mine\n---\n\n" + GET_ORDER.replace("\n", "\r\n"),
    ],
    ids=["paragraph", "list", "tight list", "quotation", "item", "tildes", "front matter"],
)
def test_an_operation_is_shown_wherever_a_fence_can_stand(
    site: Site, extensions: list[str], markdown: str
) -> None:
    page = built(site, markdown, extensions)
    assert page.count('class="cb cb-embed"') == 1
    assert "Get order" in page and "contractbookshows" not in page
    assert 'id="contract-1.r200' in page or 'id="contract-1.get-order.r200' in page


def test_a_type_its_changelog_and_what_ends_are_shown(site: Site) -> None:
    wanted = ["type: orders/Order", "changelog: orders", "deprecations: all", "deprecations: orders"]
    page = built(site, "\n\n".join(f"```contractbook\n{each}\n```" for each in wanted))
    assert page.count('class="cb cb-embed"') == 4
    assert "What somebody &lt;script&gt;alert(1)&lt;/script&gt; bought" in page
    assert "Changelog of Orders" in page
    assert page.count("<b>GET /orders/{id}</b>") == 2


def test_ids_are_each_there_once_and_links_lead_to_them(site: Site) -> None:
    page = built(site, f"# r200\n\n{GET_ORDER}\n\n{GET_ORDER}\n\n```contractbook\ntype: orders/Order\n```")
    part = page[page.index("cb-embed") : page.index("</article>")]
    ids = re.findall(r'<[^<>]* id="([^"]*)"', part)
    assert len(ids) == len(set(ids)) and all(id.startswith("contract-") for id in ids)
    assert set(re.findall(r'<[^<>]* href="#([^"]*)"', part)) <= set(ids)
    assert set(re.findall(r'<label for="([^"]*)"', part)) <= set(ids)


@pytest.mark.parametrize("directory_urls", [True, False])
def test_links_lead_to_the_portal_from_where_the_page_is(site: Site, directory_urls: bool) -> None:
    page = built(site, GET_ORDER, use_directory_urls=directory_urls)
    start = site.root / "site" / "guides" / ("first" if directory_urls else "")
    links = re.findall(r'href="((?:\.\./)+contracts/[^"#]*)', page[page.index("cb-embed") :])
    assert links
    for link in links:
        target = start / link
        assert (target / "index.html" if target.is_dir() else target).is_file()


def test_what_shows_how_a_block_is_written_stays_as_it_is(site: Site, extensions: list[str]) -> None:
    page = built(
        site, f"````markdown\n{GET_ORDER}\n````\n\nText\n\n{indented(GET_ORDER, '    ')}\n", extensions
    )
    assert "cb-embed" not in page and "contractbookshows" not in page
    assert len(re.findall(r"orders/getOrder", page)) == 2


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (
            "operation: orders/getOrders",
            "4:1: there is no operation `orders/getOrders`; did you mean `getOrder`?",
        ),
        ("operation: order/getOrder", "4:1: there is no service `order`; did you mean `orders`?"),
        ("type: orders/Ordr", "4:1: there is no type `orders/Ordr`; did you mean `Order`?"),
        ("changelog: orders/events", "4:1: there is no contract `orders/events`"),
        ("operation: orders/getOrder\nversion: v7", "5:1: there is no version `v7`"),
        (
            "operatoin: orders/getOrder",
            "4:1: there is no key `operatoin` in the block; did you mean `operation`?",
        ),
        ("", "3:1: one of the keys operation, type, changelog, deprecations is needed, and no more than one"),
        ("- orders", "3:1: the block is a list; keys with values are meant"),
        ("operation: [", "4:13: "),
        ("operation: orders/<b>x</b>", "4:1: there is no operation `orders/<b>x</b>`; there is getOrder"),
    ],
)
def test_what_cannot_be_shown_is_told_on_the_page_and_by_the_build(
    site: Site, caplog: pytest.LogCaptureFixture, body: str, told: str
) -> None:
    with caplog.at_level(logging.WARNING, "mkdocs"):
        page = built(site, f"# Guide\n\n```contractbook\n{body}\n```\n\nAnd so on.")
    warnings = [record.getMessage() for record in caplog.records if "guides/first.md" in record.getMessage()]
    assert len(warnings) == 1 and f"docs/guides/first.md:{told}" in warnings[0]
    assert "<code>docs/guides/first.md:" in page and "And so on." in page and "<b>x</b>" not in page


def test_front_matter_counts_in_the_line_that_is_told(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "mkdocs"):
        built(site, "---\ntitle: Guide\n---\n\n```contractbook\ntype: orders/None\n```")
    assert "docs/guides/first.md:6:1: " in caplog.text


def test_a_name_that_two_contracts_of_a_service_have_needs_the_contract(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    site.add("specs/orders/admin.yaml", CONTRACT.replace("title: Orders", "title: Administration"))
    with caplog.at_level(logging.WARNING, "mkdocs"):
        page = built(site, f"{GET_ORDER}\n\n```contractbook\noperation: orders/admin/getOrder\n```")
    assert "write `orders/admin/getOrder` or `orders/openapi/getOrder`" in caplog.text
    assert page.count('class="cb-name"') == 1 and "Administration" in page


def test_a_search_finds_the_page_by_what_it_shows(site: Site) -> None:
    built(site, f"# Guide\n\n{GET_ORDER}")
    index = (site.root / "site" / "search" / "search_index.json").read_text("utf-8")
    assert "Get order getOrder GET /orders/{id}" in index


def test_a_saved_contract_changes_what_is_shown(site: Site) -> None:
    assert "The order" in built(site, GET_ORDER)
    Path(site.root / "specs/orders/openapi.yaml").write_text(
        CONTRACT.replace("The order", "All of it"), "utf-8"
    )
    page = (site.build() / "guides/first/index.html").read_text("utf-8")
    assert "All of it" in page and "The order" not in page
