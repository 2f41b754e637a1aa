"""The files beside the pages: a calendar, a feed and a catalogue that lead to pages that are there."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from contractbook.model import Lifecycle
from contractbook.portal.calendar import calendar
from contractbook.portal.deprecations import Ending

if TYPE_CHECKING:
    from tests.portal.conftest import Site

SITE = "https://docs.shop.example/"
ATOM = "{http://www.w3.org/2005/Atom}"
ENDS = """\
openapi: 3.1.0
info: {title: Orders, version: 2.0.0}
paths:
  /orders:
    get:
      operationId: listOrders
      deprecated: true
      x-lifecycle: {deprecated: 2026-05-01, sunset: 2027-03-01, replacement: GET /v2/orders}
      responses: {"200": {description: All orders}}
  /reports:
    get: {operationId: report, responses: {"200": {description: A report}}}
"""


@pytest.fixture
def built(site: Site) -> Path:
    site.add("specs/orders/openapi.yaml", ENDS)
    return site.build(site_url=SITE) / "contracts"


def test_addresses_name_files_where_the_site_does(site: Site) -> None:
    site.add("specs/orders/openapi.yaml", ENDS)
    built = site.build(use_directory_urls=False) / "contracts"
    (service,) = json.loads((built / "index.json").read_text("utf-8"))["services"]
    addresses = [each["address"] for each in service["contracts"][0]["operations"]]
    feed = (built / "-/deprecations/feed.xml").read_text("utf-8")
    assert all((built / address.partition("#")[0]).is_file() for address in addresses)
    assert addresses[0] in feed


def page(built: Path, address: str) -> str:
    """The page that an address of the portal leads to."""
    return (built / address.partition("#")[0] / "index.html").read_text("utf-8")


def test_the_calendar_holds_what_ends(built: Path) -> None:
    text = (built / "-/deprecations/calendar.ics").read_bytes().decode()
    lines = text.replace("\r\n ", "").split("\r\n")
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert "DTSTART;VALUE=DATE:20270301" in lines
    assert "SUMMARY:orders: GET /orders ends on 2027-03-01" in lines
    assert "DESCRIPTION:GET /orders (use GET /v2/orders)" in lines
    (url,) = (line.removeprefix("URL:") for line in lines if line.startswith("URL:"))
    assert "GET" in page(built, url.removeprefix(f"{SITE}contracts/"))


def test_the_feed_tells_of_it(built: Path) -> None:
    feed = ElementTree.parse(built / "-/deprecations/feed.xml").getroot()
    (entry,) = feed.iter(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "orders: GET /orders ends on 2027-03-01"
    assert entry.findtext(f"{ATOM}updated") == "2026-05-01T00:00:00Z"
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert page(built, str(link.get("href")).removeprefix(f"{SITE}contracts/"))


def test_the_catalogue_leads_to_every_operation(built: Path) -> None:
    (service,) = json.loads((built / "index.json").read_text("utf-8"))["services"]
    (contract,) = service["contracts"]
    assert page(built, contract["address"])
    told = {each["id"]: (each["deprecated"], each["sunset"]) for each in contract["operations"]}
    assert told == {"listOrders": (True, "2027-03-01"), "report": (False, None)}
    assert all(each["operation"] in page(built, each["address"]) for each in contract["operations"])


def test_lines_of_a_calendar_are_short_and_whole() -> None:
    name = "주문, 배송; 아주 긴 이름 " * 9
    text = calendar(
        [Ending("orders", "v1", name, "~/", Lifecycle(sunset=date(2027, 3, 1)))], "", "", date.min
    )
    lines = text.split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    escaped = name.replace(";", "\\;").replace(",", "\\,")
    assert f"SUMMARY:orders v1: {escaped} ends" in text.replace("\r\n ", "")
    assert "URL:" not in text
