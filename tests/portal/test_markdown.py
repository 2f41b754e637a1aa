"""The Markdown beside each page: whole, linked, and safe whatever a contract says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from contractbook.portal.markdown.pieces import code, fence, phrase, prose, table, title

if TYPE_CHECKING:
    from tests.portal.conftest import Site

HTML = MarkdownIt("commonmark")  # as careless a reader as there is: HTML means HTML


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("list of <code>a|b</code>", "list of `a|b`"),
        ('<a href="~/x/">Order<wbr>Line</a> · <b>required</b>', "[OrderLine](~/x/) · **required**"),
        ("<code>a &lt;b&gt; `c`</code> &lt;i&gt; &amp; &#39;d&#39;", "`` a <b> `c` `` &lt;i> & 'd'"),
        ("Topic <small>each reader gets it</small>", "Topic, each reader gets it"),
    ],
)
def test_our_phrases_become_markdown(html: str, markdown: str) -> None:
    assert phrase(html) == markdown


@pytest.mark.parametrize(
    "doc",
    [
        "<script>alert(1)</script>",
        "a <img src=x onerror=alert(1)> b",
        "[here](javascript:alert(1))",
        "[here](  <javascript:alert(1)>)",
        "[here][1]\n\n[1]: javascript:alert(1)",
        "<javascript:alert(1)>",
        '<a href="javascript:alert(1)">here</a>',
        "![i](data:text/html;base64,AAAA)",
        "before\n\n```\nnever closed <script>",
        "<!-- hidden -->",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
    ],
)
def test_text_of_a_contract_does_no_harm(doc: str) -> None:
    shown = HTML.render(f"{prose(doc)}\n\nAfter")
    assert not re.search(r'<(?:script|img src=(?!"#")|!--)|="[^"#]*(?:javascript|data):', shown)
    assert "<p>After</p>" in shown


def test_names_are_only_names() -> None:
    name = "a|b`c`\n<b> [x](javascript:y) *z* _w_"
    assert "<b>" not in HTML.render(f"# {title(name)}") and "href" not in HTML.render(f"# {title(name)}")
    assert HTML.render(code(name)).count("<code>") == 1 and "<b>" not in HTML.render(code(name))
    assert HTML.render(fence("```\n<b>")).count("<pre>") == 1
    assert r"\|" in table(["Name"], [["a|b"]])


def test_every_page_has_its_markdown_and_every_link_in_it_leads_to_some(built: Path) -> None:
    pages = [*(built / "contracts").rglob("index.html")]
    copies = [*(built / "contracts").rglob("page.md")]
    without = [page for page in pages if not (page.parent / "page.md").exists()]
    assert all(re.search(r"/-/find/|/\d+/$", f"{page.parent}/") for page in without)
    assert len(copies) > 100
    for copy in copies:
        text = copy.read_text("utf-8")
        assert text.startswith("# ") and "~/" not in text and text.count("\n```") % 2 == 0
        for link in re.findall(r"\]\(([^)\s]*page\.md)\)", text):
            assert (copy.parent / link).is_file(), f"{copy}: {link}"


def test_an_operation_is_told_whole(built: Path) -> None:
    text = (built / "contracts/customers/accounts/get-customer/page.md").read_text("utf-8")
    lines = text.split("\n")
    assert lines[:3] == ["# Get a customer", "", "`GET https://{region}.api.shop.example/v2/customers/{id}`"]
    assert (
        "- `customer_pk` (integer, read only) Key of the row; the mail tool joins on it. since v2." in lines
    )
    assert "## Response 200 `application/json`, `application/xml`" in lines
    assert "curl https://eu.api.shop.example/v2/customers/" in text
    assert "- billing (tolerant)" in lines


def test_language_models_are_told_where_to_read(built: Path) -> None:
    text = (built / "llms.txt").read_text("utf-8")
    assert text.startswith(
        "# Shop\n\n## Contracts\n\n- [Catalog](contracts/catalog/page.md): What the shop sells."
    )
    for link in re.findall(r"\]\(([^)]*)\)", text):
        assert (built / link).is_file()


def test_what_the_site_says_to_language_models_itself_is_kept(site: Site) -> None:
    site.add("docs/llms.txt", "Mine")
    site.add("specs/a/openapi.yaml", "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {}\n")
    assert (site.build() / "llms.txt").read_text("utf-8") == "Mine"
