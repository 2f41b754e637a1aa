"""The same type in contracts of several formats is linked, with what differs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from contractbook.portal.twins import key

if TYPE_CHECKING:
    from tests.portal.conftest import Site

PROTO = """syntax = "proto3";
package shop.orders.v1;
message OrderAccepted {
  string order_id = 1;
  string customer_id = 2;
  int64 weight_grams = 3;
}
service Orders { rpc Follow(OrderAccepted) returns (stream OrderAccepted); }
"""
AVRO = """{"type": "record", "name": "OrderAccepted", "namespace": "shop.shipping", "fields": [
  {"name": "orderId", "type": "string"},
  {"name": "customerId", "type": "string"},
  {"name": "weightGrams", "type": "string"}]}"""
CYCLONE = Path(__file__).parents[3] / "shared" / "corpus" / "jsonschema" / "cyclonedx" / "1.7.1"
FORMATS = ("bom-1.6.schema.json", "bom-1.6.proto", "bom-1.6.xsd")


def page(site: Path, *address: str) -> str:
    return (site / "contracts" / Path(*address) / "index.html").read_text("utf-8")


def test_twins_are_linked_both_ways_with_what_differs(site: Site) -> None:
    site.add("specs/orders/orders.proto", PROTO)
    site.add("specs/shipping/accepted.avsc", AVRO)
    built = site.build()
    here = page(built, "orders", "-", "types", "order-accepted")
    assert "In other formats" in here and "Apache Avro" in here
    assert "weight_grams" in here and "order_id" in here
    there = re.search(r'href="[./]*(shipping/-/types/[\w.-]+)/"', here)
    assert there and "Protobuf" in page(built, there[1])


def test_a_portal_of_one_format_has_no_twins(site: Site) -> None:
    for service in ("orders", "returns"):
        site.add(f"specs/{service}/orders.proto", PROTO)
    built = site.build()
    assert not [path for path in built.rglob("*.html") if "In other formats" in path.read_text("utf-8")]


@pytest.mark.parametrize("name", ["shop.orders.v1.OrderLine", "order_line", "OrderLineType", "order-line"])
def test_names_are_told_apart_by_their_letters(name: str) -> None:
    assert key(name) == "orderline"


@pytest.mark.skipif(not CYCLONE.is_dir(), reason="the corpus does not lie beside")
def test_one_contract_in_three_formats_is_shown_as_one(site: Site) -> None:
    for name in FORMATS:
        site.add(f"specs/cyclonedx/{name}", (CYCLONE / name).read_text("utf-8"))
    html = page(site.build(), "cyclonedx")
    assert "The same contract in 3 formats." in html
