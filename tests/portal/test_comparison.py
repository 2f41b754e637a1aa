"""Two versions side by side: what was and what is, for whom it breaks, and the marks on words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from contractbook.portal.page import LIMIT
from contractbook.portal.wording import marked

if TYPE_CHECKING:
    from tests.portal.conftest import Site

MANY = """\
openapi: 3.1.0
info: {title: Orders, version: VERSION}
paths: {}
components:
  schemas:
"""


@pytest.fixture(scope="module")
def customers(built: Path) -> str:
    return (built / "contracts/customers/-/compare/v1..v2/index.html").read_text("utf-8")


def block(html: str, message: str) -> str:
    """The pair of declarations above what is said of an element."""
    return html.partition(message)[0].rpartition('<div class="cb-pair">')[2]


def test_what_went_stands_on_the_left_alone(customers: str) -> None:
    before, after = block(customers, "phoneNumber was removed").split("</div>")[:2]
    assert "<code>phoneNumber: string" in before
    assert "not there" in after


def test_changed_words_are_marked_on_both_sides(customers: str) -> None:
    pair = block(customers, "termDays of InvoicePayment")
    assert "<del>14</del> to 60" in pair
    assert "<ins>7</ins> to 60" in pair


def test_a_break_names_who_breaks_who_survives_and_the_way_out(customers: str) -> None:
    told = customers.partition("phoneNumber was removed")[2].partition("</details>")[0]
    assert re.search(r"breaks</span> web-shop.*survives</span> billing, newsletter", told)
    assert [*re.findall(r"<li><b>(\w+)</b>", told)] == ["Expand", "Migrate", "Contract"]


def test_the_heaviest_change_comes_first_and_nothing_is_left_out(built: Path, customers: str) -> None:
    weights = re.findall(r'<b class="cb-m cb-(red|amber|green)">', customers)
    assert weights[0] == "red"
    lead = re.search(r'class="lead">(\d+) breaking, (\d+) dangerous, (\d+) safe', customers)
    assert lead
    assert len(weights) == sum(map(int, lead.groups()))


def test_the_changelog_leads_to_it(built: Path) -> None:
    changelog = (built / "contracts/customers/-/changelog/index.html").read_text("utf-8")
    assert re.search(r'href="[^"]*/-/compare/v1\.\.v2/">compared with v1</a>', changelog)


def test_a_comparison_that_is_too_long_goes_on_on_numbered_pages(site: Site) -> None:
    names = [f"Type{i}" for i in range(400)]
    for version, form in (("v1", "string"), ("v2", "integer")):
        types = "".join(
            f"    {name}: {{type: object, properties: {{id: {{type: {form}}}}}}}\n" for name in names
        )
        site.add(f"specs/orders/{version}/openapi.yaml", MANY.replace("VERSION", version) + types)
    folder = site.build() / "contracts/orders/-/compare/v1..v2"
    pages = [page.read_text("utf-8") for page in sorted(folder.rglob("index.html"))]
    assert len(pages) > 1
    assert max(len(page.encode()) for page in pages) < LIMIT
    assert all(any(f">{name}</a>" in page for page in pages) for name in names)


@pytest.mark.parametrize(
    ("old", "new", "marks"),
    [
        ("one two", "one three", ("one <del>two</del>", "one <ins>three</ins>")),
        ("a < b", "a < c", ("a &lt; <del>b</del>", "a &lt; <ins>c</ins>")),
        ("same", "same", ("same", "same")),
        ("", "<new>", ("", "&lt;new&gt;")),
        ("일 이", "일 삼", ("일 <del>이</del>", "일 <ins>삼</ins>")),
    ],
)
def test_marked_words(old: str, new: str, marks: tuple[str, str]) -> None:
    assert marked(old, new) == marks
