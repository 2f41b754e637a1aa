"""Whom a change breaks: the tolerant reader survives what it does not need, the strict one nothing."""

from __future__ import annotations

import pytest
from tests.consumers.provider import ORDERS, changes, reader

GET = "GET /orders/{id}"

VALUE = ("[open, paid]}", "[open, paid, lost]}")
TYPE = ("id: {type: string}", "id: {type: integer}")
MOVED = (
    "        customerName: {type: string}\n",
    """        customer:
          type: object
          required: [customerName]
          properties: {customerName: {type: string}}
""",
    "customerName, items]",
    "customer, items]",
)

# What is edited; the rule that tells it; what consumers read; whom it breaks.
EDITS = {
    "a field goes that is read": (
        ("        comment: {type: string}\n", ""),
        "optional-field-removed",
        "comment",
        ["strict", "tolerant"],
    ),
    "an optional field goes that nobody reads": (
        ("        comment: {type: string}\n", ""),
        "optional-field-removed",
        "id",
        [],
    ),
    "a required field goes": (
        ("customerName, items]", "items]", "        customerName: {type: string}\n", ""),
        "field-removed",
        "id",
        ["strict"],
    ),
    "a field comes": (
        ("        comment:", "        paidAt: {type: string}\n        comment:"),
        "field-added",
        "id",
        ["strict"],
    ),
    "a value comes that nobody lists": (
        ("[open, paid]}", "[open, paid, lost]}"),
        "value-added",
        "state",
        ["strict"],
    ),
    "another type": (
        TYPE,
        "number-became-text",
        "state",
        ["strict"],
    ),
    "another type of what is read": (
        TYPE,
        "number-became-text",
        "id",
        ["strict", "tolerant"],
    ),
    "the operation goes": (("    get:", "    put:"), "operation-removed", "id", ["strict", "tolerant"]),
    "the name is found elsewhere": (MOVED, "field-moved", "customerName", ["strict"]),
    "the path leads nowhere": (MOVED, "field-moved", "/customerName", ["strict", "tolerant"]),
    "something inside a list": (
        ("count: {type: integer}", "count: {type: string}"),
        "number-became-text",
        "/items/count",
        ["strict", "tolerant"],
    ),
    "something else inside that list": (
        ("count: {type: integer}", "count: {type: string}"),
        "number-became-text",
        "/items/sku",
        ["strict"],
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_who_breaks(name: str) -> None:
    edits, rule, fields, breaks = EDITS[name]
    new = ORDERS
    for was, now in zip(edits[::2], edits[1::2], strict=True):
        assert was in new
        new = new.replace(was, now)
    found = changes(ORDERS, new, reader(GET, fields), reader(GET, fields, "strict"))[rule]
    assert (found.consumers, found.survivors) == (
        tuple(breaks),
        tuple(style for style in ("strict", "tolerant") if style not in breaks),
    )
    assert set(found.reasons or ()) == {"strict", "tolerant"} and all((found.reasons or {}).values())
    assert found.level == "error" if breaks else found.level != "error"


def test_who_knows_the_new_value_survives_it() -> None:
    new = ORDERS.replace("[open, paid]}", "[open, paid, lost]}")
    known = reader(GET, "state", "strict", ", values: {state: [open, paid, lost]}")
    assert changes(ORDERS, new, known)["value-added"].reasons == {"strict": "knows the value lost"}


def test_what_is_sent_counts_too() -> None:
    new = ORDERS.replace("required: [items]", "required: [items, channel]")
    found = changes(ORDERS, new, reader("POST /orders", "items"), reader(GET, "id", "strict"))
    assert found["field-became-required"].consumers == ("tolerant",)


def test_a_value_that_is_not_sent_may_go() -> None:
    new = ORDERS.replace("[web, app, phone]", "[web, app]")
    web = reader("POST /orders", "channel", more=", values: {channel: [web]}")
    assert changes(ORDERS, new, web)["value-removed"].consumers == ()
    phone = reader("POST /orders", "channel", more=", values: {channel: [phone]}")
    assert changes(ORDERS, new, phone)["value-removed"].consumers == ("tolerant",)


def test_without_consumers_nothing_is_said_of_them() -> None:
    assert changes(ORDERS, ORDERS.replace("    get:", "    put:"))["operation-removed"].consumers is None


def test_what_nobody_uses_may_go_where_all_are_registered() -> None:
    new = ORDERS.replace("    get:", "    put:")
    found = changes(ORDERS, new, reader("POST /orders", "id"), complete=True)["operation-removed"]
    assert (found.level, found.consumers) == ("warning", ())
    assert changes(ORDERS, new, reader("POST /orders", "id"))["operation-removed"].level == "error"


def test_an_announced_end_stays_a_note_though_somebody_is_broken() -> None:
    old = ORDERS.replace(
        "    get:\n", "    get:\n      deprecated: true\n      x-lifecycle: {sunset: 2026-10-01}\n"
    )
    found = changes(old, ORDERS.replace("    get:", "    put:"), reader(GET, "id"))["operation-removed"]
    assert (found.level, found.consumers) == ("note", ("tolerant",))
