"""Pages of what is no HTTP: messages of channels, calls by name, types that stand for themselves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from contractbook.portal.delivery import duration

if TYPE_CHECKING:
    from tests.portal.conftest import Site

EVENTS = """asyncapi: 3.0.0
info: {title: Stock events, version: 1.0.0}
servers: {production: {host: "broker.shop.example:9092", protocol: kafka}}
channels:
  counted:
    address: stock.{depot}.counted
    parameters: {depot: {description: Where it was counted}}
    bindings: {kafka: {partitions: 12, replicas: 3, topicConfiguration: {retention.ms: 604800000}}}
    messages: {counted: {$ref: '#/components/messages/Counted'}}
operations:
  tellCounted:
    action: ACTION
    channel: {$ref: '#/channels/counted'}
components:
  messages:
    Counted:
      title: Stock counted
      summary: Sent once a count is closed.
      correlationId: {location: $message.header#/request}
      headers: {type: object, properties: {request: {type: string}}}
      payload:
        type: object
        required: [sku]
        properties: {sku: {type: string, description: The article}, pieces: {type: integer}}
"""
SCHEMA = """
type Query {
  "One article of the catalogue"
  article(sku: ID!, market: String = "eu"): Article
}
type Article {
  name: String!
  prices(currency: String!, first: Int = 3): [Price!]!
  maker: Maker @deprecated(reason: "Use brand.")
}
type Price { amount: String! }
type Maker { name: String }
"""
TYPES = """{"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Address of a customer",
"type": "object", "properties": {"lines": {"type": "array", "items": {"type": "string"}}}}"""


def page(site: Path, address: str) -> str:
    return (site / "contracts" / address / "index.html").read_text("utf-8")


def test_a_message_shows_its_channel_its_delivery_and_who_is_at_the_other_end(site: Site) -> None:
    site.add("specs/stock/asyncapi.yaml", EVENTS.replace("ACTION", "send"))
    site.add("specs/depots/asyncapi.yaml", EVENTS.replace("ACTION", "receive").replace("Stock", "Depot"))
    built = site.build()
    html = page(built, "stock/sends")
    for said in (
        *("SEND", "Stock counted", "12, 3 replicas", "7 days", "<small>Producer</small><p><b>stock</b>"),
        *('.payload.sku"', '.header.request"', '.path.depot"', "$message.header#/request"),
        *("kcat", "broker.shop.example:9092"),
    ):
        assert said in html, said
    assert "<b>depots</b></a>" in html, "who receives from the same channel is a link"
    assert "RECEIVE" in page(built, "depots/receives")


def test_other_contracts_on_a_channel_are_seen_while_the_site_is_served(site: Site) -> None:
    site.plugin.on_startup(command="serve", dirty=False)
    site.add("specs/stock/asyncapi.yaml", EVENTS.replace("ACTION", "send"))
    assert "none that is known here" in page(site.build(), "stock/sends")
    site.add("specs/depots/asyncapi.yaml", EVENTS.replace("ACTION", "receive"))
    assert "<b>depots</b></a>" in page(site.build(), "stock/sends")


def test_a_field_of_a_schema_is_asked_for_with_arguments_and_a_selection(site: Site) -> None:
    site.add("specs/catalog/catalog.graphql", SCHEMA)
    html = page(site.build(), "catalog/query")
    assert "article(sku: ID" in html and "returns (" in html
    for said in ("QUERY", '.argument.sku"', "article(sku: $sku)", "$sku: ID!", "currency"):
        assert said in html, said


def test_a_contract_without_operations_leads_to_its_types(site: Site) -> None:
    site.add("specs/shared/address.schema.json", TYPES)
    html = page(site.build(), "shared")
    assert "Address of a customer" in html and "/-/types/" in html
    assert "Operations" not in html.partition('<div class="cb">')[2].partition("</article>")[0]


def test_durations_are_said_in_words() -> None:
    assert [duration(text) for text in ("P7D", "PT1H30M", "never", "as long as it lasts", "P")] == [
        "7 days",
        "1 hour 30 minutes",
        "Not kept",
        "as long as it lasts",
        "P",
    ]
