"""A provider in two versions, and consumers of it, in a few lines each."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from contractbook.consumers.audience import Audience
from contractbook.consumers.consumer import Consumer
from contractbook.consumers.register import read as read_consumer
from contractbook.engine.compare import compare
from contractbook.finding import Finding
from contractbook.formats import FORMATS
from contractbook.model import Contract
from contractbook.source.disk import DiskTree
from contractbook.source.document import Document
from contractbook.source.sources import Sources

DAY = date(2026, 11, 22)
ORDERS = """
openapi: 3.1.0
info: {title: Orders, version: 1.0.0}
servers: [{url: https://api.shop.example/v1}]
paths:
  /orders:
    post:
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: "#/components/schemas/NewOrder"}}}
      responses:
        "201":
          description: Placed
          content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}
  /orders/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      parameters: [{name: expand, in: query, schema: {type: string}}]
      responses:
        "200": {description: It, content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}}
        "404": {description: None}
components:
  schemas:
    NewOrder:
      type: object
      required: [items]
      properties:
        items: {type: array, items: {$ref: "#/components/schemas/Item"}}
        gift: {type: boolean}
        channel: {type: string, enum: [web, app, phone]}
    Item:
      type: object
      required: [sku, count]
      properties: {sku: {type: string}, count: {type: integer}, note: {type: string}}
    Order:
      type: object
      required: [id, state, customerName, items]
      properties:
        id: {type: string}
        state: {type: string, enum: [open, paid]}
        customerName: {type: string}
        items: {type: array, items: {$ref: "#/components/schemas/Item"}}
        comment: {type: string}
"""


def contract(text: str, version: str = "") -> Contract:
    """The contract of a text, as one of the service `orders`."""
    from msgspec.structs import replace

    path = "/".join(filter(None, ("specs/orders", version, "openapi.yaml")))
    document = Document(path, text.encode())
    (found,) = FORMATS["openapi"].read([document], Sources(DiskTree(Path())))
    assert not found.faults
    return replace(found, service="orders", version=version)


def consumer(text: str, path: str = "it.reader.yml") -> Consumer:
    """The consumer of a file."""
    found, faults = read_consumer(Document(path, text.encode()))
    assert found and not faults
    return found


def reader(operation: str, fields: str = "", style: str = "tolerant", more: str = "") -> Consumer:
    """A consumer that is called like its style."""
    reads = f"{{operation: {operation!r}, fields: [{fields}], style: {style}{more}}}"
    return consumer(f"consumer: {style}\nprovider: orders\nreads: [{reads}]\n")


def changes(old: str, new: str, *consumers: Consumer, complete: bool = False) -> dict[str, Finding]:
    """What changed, by rule, with those whom it breaks."""
    before, after = contract(old), contract(new)
    found = compare(before, after, today=DAY)
    audience = Audience(consumers, complete=complete)
    return {each.rule: each for each in audience.judged(found, before, after, DAY)}
