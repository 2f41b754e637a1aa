"""Addresses are readable, safe in a path and unique."""

from __future__ import annotations

import pytest

from contractbook.portal.addresses import LONGEST, Names, anchor, slug


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("getCustomer", "get-customer"),
        ("GET /customers/{id}", "get-customers-id"),
        ("HTTPServerError", "http-server-error"),
        ("Floating IPs", "floating-ips"),
        ("Reserved IPv6", "reserved-ipv6"),
        ("checkout.session", "checkout.session"),
        ("v1.3", "v1.3"),
        ("Bücher & Größen", "bucher-grossen"),
        ("고객", "고객"),
        ("../../etc/passwd", "etc-passwd"),
        (".hidden", "hidden"),
        ("CON", "con-"),
    ],
)
def test_slugs_read_like_the_name(text: str, step: str) -> None:
    assert slug(text) == step


@pytest.mark.parametrize("text", ["", "🦀", "..", "-", "/" * 300, "a" * 300, "x" * 299 + "y", "\ud800"])
def test_any_text_makes_a_safe_step(text: str) -> None:
    step = slug(text)
    assert step and step not in (".", "..", "-")
    assert not set(step) & set('/\\:*?"<>|#%& ')
    assert len(step) <= LONGEST + 7


def test_texts_that_only_differ_at_the_end_have_other_slugs() -> None:
    assert slug("a" * 300) != slug("a" * 299 + "b")


def test_names_are_unique_whatever_their_case() -> None:
    names = Names("-")
    assert [names.claim(name) for name in ("Status", "status", "STATUS", "-")] == [
        "Status",
        "status-2",
        "STATUS-3",
        "--2",
    ]


def test_ids_hold_no_white_space() -> None:
    assert anchor("first name\tx") == "first_name_x"
