"""What is said of an element stands at the element, in every format: its life, its findings, its readers."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

AT = [
    ("customers/accounts/get-customer", "r200.customer_pk", "since v2"),
    ("customers/accounts/get-customer", "r200.customer_pk", "is a key of the database"),
    ("customers/accounts/get-customer", "r200.email", "used by billing, newsletter"),
    ("customers/accounts/get-customer", "r200.status=dormant", "since v2"),
    ("customers/accounts/get-customer", "r200.newsletter", "deprecated"),
    ("customers/accounts/get-customer", "header.accept-language", "changed in v2"),
    ("customers/accounts/list-customers", "query.lang", "works until 1 Nov 2026"),
    ("orders/events/events", "order-events.payload-order-accepted", "since v2"),
    ("orders/events/v2/events", "order-events.payload-order-placed", "removed in v3"),
    ("orders/events/-/types/order-shipped", "type.carrier", "since v2"),
    ("payments/-/types/payment", "type.company_answer", "use state"),
    ("payments/-/types/payment", "type.state=PAYMENT_STATE_REFUNDED", "since v2"),
    ("catalog/-/types/product", "type.offer", "since 2026-06-01"),
    ("catalog/-/types/product", "type.price", "works until 1 Mar 2027"),
    ("catalog/-/types/currency", "type=NOK", "since 2026-11-01"),
    ("catalog/-/types/product", "type.name", "used by window-shop"),
    ("invoicing/-/types/invoice", "type.state=overdue", "since v2"),
    ("invoicing/invoicing/create-invoice", "request.note", "changed in v2"),
    ("shared/money/-/types/money", "type.currency=NOK", "since v2"),
    ("shipping/parcels", "track.answer.charge", "since v2"),
]


@pytest.mark.parametrize(("page", "id", "fact"), AT, ids=lambda each: str(each))
def test_a_fact_stands_at_its_element(built: Path, page: str, id: str, fact: str) -> None:
    text = (built / "contracts" / page / "index.html").read_text("utf-8")
    start = text.index(f'id="{id}"')
    ends = r'<span><a id="' if "=" in id else r'<div class="cb-row|<h[23] id="'
    own = re.split(ends, text[start:], maxsplit=1)[0]
    words = html.unescape(re.sub(r"<[^<>]*>", " ", own))
    assert fact in " ".join(words.split())


def test_what_nothing_is_said_of_is_quiet(built: Path) -> None:
    text = (built / "contracts/customers/accounts/get-customer/index.html").read_text("utf-8")
    row = text[text.index('id="r200.naming.title"') : text.index('id="r200.naming.firstname"')]
    assert not re.search("cb-b|cb-note|cb-readers", row)
