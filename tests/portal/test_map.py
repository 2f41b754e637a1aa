"""The map of services, channels and consumers."""

from __future__ import annotations

from pathlib import Path

from tests.portal.conftest import Site


def test_the_map_shows_who_sends_to_whom_and_who_calls_whom(built: Path) -> None:
    page = (built / "contracts/-/map/index.html").read_text("utf-8")
    assert 'class="cb-map"' in page
    assert 'href="../../customers/"' in page
    table = page[page.index('id="services"') :]
    assert "<b>Orders</b>" in table
    assert "billing" in table


def test_a_map_of_many_is_told_by_its_tables(site: Site) -> None:
    for number in range(45):
        site.add(
            f"specs/s{number}/asyncapi.yaml",
            "asyncapi: 3.0.0\ninfo: {title: S, version: '1'}\n"
            "channels: {made: {address: made}}\n"
            "operations: {tell: {action: send, channel: {$ref: '#/channels/made'}}}\n",
        )
    page = (site.build() / "contracts/-/map/index.html").read_text("utf-8")
    assert "cb-map" not in page
    assert "45 services, 1 channel" in page
    assert page.count("<tr>") > 45


def test_where_nobody_is_known_to_use_anything_there_is_no_map(site: Site) -> None:
    site.add("specs/lone/openapi.yaml", "openapi: 3.1.0\ninfo: {title: Lone, version: '1'}\npaths: {}\n")
    assert not (site.build() / "contracts/-/map").exists()
