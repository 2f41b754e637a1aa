"""The design report of a contract, its score, and the badges that show it elsewhere."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

if TYPE_CHECKING:
    from tests.portal.conftest import Site

LEAKY = """\
openapi: 3.1.0
info: {title: Orders, version: 1.0.0}
paths:
  /orders:
    get:
      operationId: listOrders
      summary: All orders of a customer, the newest first
      responses:
        "200":
          description: The orders
          content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}
components:
  schemas:
    Order:
      type: object
      properties:
FIELDS
"""
FIELDS = "".join(f"        tbl_order_{i}_fk: {{type: string}}\n" for i in range(40))


def page(site: Path, address: str) -> str:
    return (site / "contracts" / address / "index.html").read_text("utf-8")


def test_the_report_names_each_guideline_and_what_to_mend_first(built: Path) -> None:
    html = page(built, "customers/-/report")
    for title in ("Backward compatible", "Explicit", "Technology-neutral", "Simple", "Hidden implementation"):
        assert title in html
    first = html.partition('id="first"')[2].partition("</ol>")[0]
    assert "error" in first.partition("</li>")[0], "the heaviest stands first"


def test_every_entry_leads_to_where_it_is_told_and_from_there_to_the_element(built: Path) -> None:
    html = page(built, "customers/-/report")
    for id in re.findall(r'<a href="#([^"]+)">', html.partition('id="first"')[2].partition("</ol>")[0]):
        assert f'id="{id}"' in html
    assert re.search(r'<li>[^<]+<a href="[^"#]+/">Customer', html)


def test_what_was_accepted_is_told_with_its_reason(built: Path) -> None:
    accepted = page(built, "customers/-/report").partition('id="accepted"')[2]
    assert accepted
    assert "Reason" in accepted


def test_alike_findings_are_one_entry_that_says_how_to_see_them_all(site: Site) -> None:
    site.add("specs/orders/openapi.yaml", LEAKY.replace("FIELDS", FIELDS))
    html = page(site.build(), "orders/-/report")
    assert "40 times" in html
    assert re.search(r"and 15 more: <code>contractbook lint --select [a-z-]+</code>", html)


def test_the_page_of_a_contract_shows_its_score(built: Path) -> None:
    points = re.search(r'-/report/">(\d+) of 100</a>', page(built, "customers"))
    assert points
    assert f"<b>{points[1]}</b> of 100" in page(built, "customers/-/report")


def test_a_contract_that_cannot_be_read_whole_has_no_score(site: Site) -> None:
    site.add("specs/orders/openapi.yaml", LEAKY.replace("FIELDS", "        id: {$ref: '#/nowhere'}"))
    built = site.build()
    assert "There is no score" in page(built, "orders/-/report")
    assert "not known" in (built / "contracts/orders/-/score.svg").read_text("utf-8")


@pytest.mark.parametrize("name", ["score", "score-hidden", "score-technology-neutral"])
def test_a_badge_is_a_picture_that_can_be_read_aloud(built: Path, name: str) -> None:
    badge = ElementTree.parse(built / f"contracts/customers/-/{name}.svg").getroot()
    assert re.fullmatch(r"[a-z ]+: \d+", badge.get("aria-label") or "")
