"""The way to the newest version: the strategy, how far it has come, who has moved, and what remains."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.portal.conftest import Site

OLD = """\
openapi: 3.1.0
info: {title: Orders, version: 1.0.0, LIFE}
paths:
  /orders:
    get: {operationId: list, responses: {"200": {description: All orders}}}
"""
NEW = OLD.replace("/orders", "/purchases").replace("1.0.0", "2.0.0").replace(", LIFE", "")
ENDING = "x-lifecycle: {deprecated: 2026-09-01, sunset: 2027-03-01}"


def page(site: Path, service: str) -> str:
    return (site / f"contracts/{service}/-/migration/index.html").read_text("utf-8")


def badges(html: str) -> list[str]:
    return re.findall(r">([^<>]+)</span>", html.partition('class="cb-badges">')[2].partition("</p>")[0])


@pytest.fixture(scope="module")
def customers(built: Path) -> str:
    return page(built, "customers")


def test_strategy_phase_and_end_are_told_at_a_glance(customers: str) -> None:
    assert badges(customers) == [
        "strategy: coexist",
        "declared, and so it is",
        "phase 2 of 3: migrate",
        "99 days left",
    ]


def test_the_picture_says_in_words_who_stands_where(customers: str) -> None:
    assert re.search(
        r'<svg[^>]*role="img" aria-label="web-shop still needs v1\. billing works with v2\.', customers
    )


def test_who_has_still_to_move_comes_first_with_what_is_left(customers: str) -> None:
    first = customers.partition("<b>web-shop</b>")[2].partition("</tr>")[0]
    assert "2 of 12 met" in first
    assert "firstname of Customer moved into naming" in first
    assert "has to move" in first
    assert customers.index("<b>web-shop</b>") < customers.index("<b>billing</b>")


def test_while_it_runs_it_stands_in_the_navigation(built: Path, customers: str) -> None:
    assert "Migration to v2" in (built / "contracts/customers/index.html").read_text("utf-8")


def test_a_version_that_nobody_has_to_move_to_has_no_such_page(site: Site) -> None:
    site.add("specs/orders/v1/openapi.yaml", OLD.replace(", LIFE", ""))
    site.add("specs/orders/v2/openapi.yaml", OLD.replace("1.0.0, LIFE", "1.1.0"))
    assert not (site.build() / "contracts/orders/-/migration").exists()


def test_what_an_undeclared_way_lacks_is_named(site: Site) -> None:
    site.add("specs/orders/v1/openapi.yaml", OLD.replace("LIFE", ENDING))
    site.add("specs/orders/v2/openapi.yaml", NEW)
    html = page(site.build(), "orders")
    assert "not declared" in badges(html)
    assert "no strategy is declared" in html.partition('id="remaining"')[2]


def test_a_declared_way_that_is_not_gone_is_told(site: Site) -> None:
    site.add("contractbook.yml", "services: {orders: {strategy: emulate}}\n")
    site.add("specs/orders/v1/openapi.yaml", OLD.replace("LIFE", ENDING))
    site.add("specs/orders/v2/openapi.yaml", NEW)
    html = page(site.build(), "orders")
    assert "declared: emulate" in badges(html)
    assert "leave nothing of the old interface" in html.partition('id="remaining"')[2]


def test_operations_stand_beside_what_became_of_them(site: Site) -> None:
    site.add("specs/orders/v1/openapi.yaml", OLD.replace("LIFE", ENDING))
    site.add("specs/orders/v2/openapi.yaml", NEW)
    line = page(site.build(), "orders").partition('id="operations"')[2].partition("</table>")[0]
    assert re.search(r"/orders</code></td><td>.*/purchases</code></a></td><td>.*changed", line)
