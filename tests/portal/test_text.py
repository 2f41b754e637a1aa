"""Texts of contracts are CommonMark, and do no harm."""

from __future__ import annotations

import pytest

from contractbook.portal import text


def test_a_plain_text_is_only_escaped() -> None:
    assert text.blocks("Prices in €, 3 < 4 & snake_case") == "<p>Prices in €, 3 &lt; 4 &amp; snake_case</p>"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "<javascript:alert(1)>",
        "![x](javascript:alert(1))",
        "[x](data:text/html,boo)",
        '<a href="javascript:alert(1)">x</a>',
        "[a\n\n<svg/onload=alert(1)>",
        "`</code><script>`",
    ],
)
def test_nothing_in_a_text_becomes_a_script(hostile: str) -> None:
    html = text.blocks(hostile)
    for tag in ("<script", "<img", "<svg", "href"):
        assert tag not in html


def test_links_lead_to_the_web_only() -> None:
    html = text.blocks("[ours](/docs/x) and [theirs](https://example.org/a?b=1&c)")
    assert html == ('<p>ours and <a href="https://example.org/a?b=1&amp;c" rel="noopener">theirs</a></p>')


def test_html_that_authors_write_reads_as_they_meant_it() -> None:
    written = '<p>See <a href="https://a.example/">here</a>, use <code>id</code>.</p><ul><li>one</li></ul>'
    assert text.blocks(written) == (
        '<p>See <a href="https://a.example/" rel="noopener">here</a>, use <code>id</code>.</p>\n'
        "<ul>\n<li>one</li>\n</ul>"
    )


def test_headings_take_their_place_below_the_pages_own() -> None:
    assert text.blocks("# Limits\n\nFew.", 2) == "<h3>Limits</h3>\n<p>Few.</p>"
    assert text.blocks("# Limits\n\nFew.") == '<p class="cb-bold">Limits</p>\n<p>Few.</p>'


def test_no_image_is_fetched() -> None:
    assert "<img" not in text.blocks("[![badge](https://a.example/b.png)](https://a.example/)")
    assert text.blocks("![map](https://a.example/b.png)") == (
        '<p><a href="https://a.example/b.png" rel="noopener">map</a></p>'
    )


@pytest.mark.parametrize(
    ("whole", "first"),
    [
        ("One. Two.", "One."),
        ("Version 1.2 works. Two", "Version 1.2 works."),
        ("Limits (e.g. the size) apply. Two", "Limits (e.g. the size) apply."),
        ("# Title\n\nText. More", "Text."),
        ("# Title", "Title"),
        ("Uses `id` and *more*", "Uses id and more"),
        ("", ""),
    ],
)
def test_the_first_sentence_is_plain(whole: str, first: str) -> None:
    assert text.sentence(whole) == first


def test_a_text_is_split_after_its_first_paragraph() -> None:
    assert text.split("Short.\n\nLonger\n\n- a") == ("Short.", "<p>Longer</p>\n<ul>\n<li>a</li>\n</ul>")
