"""The end of an element, in every spelling that is known."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from contractbook.formats.lifecycle import ENDINGS, PRESETS, Endings, Spelling
from contractbook.model import ALIVE, Lifecycle

WRITTEN: list[tuple[dict[str, Any], Lifecycle]] = [
    ({"deprecated": False, "x-other": 1}, ALIVE),
    ({"deprecated": True}, Lifecycle(deprecated=True)),
    (
        {
            "x-lifecycle": {
                "deprecated": "2026-05-01",
                "sunset": "2027-03-01T00:00:00Z",
                "replacement": "B",
            }
        },
        Lifecycle(deprecated=True, since=date(2026, 5, 1), sunset=date(2027, 3, 1), replacement="B"),
    ),
    ({"x-lifecycle": {"deprecated": True, "reason": "Old"}}, Lifecycle(deprecated=True, reason="Old")),
    ({"deprecated": True, "x-sunset": "2027-01-31"}, Lifecycle(deprecated=True, sunset=date(2027, 1, 31))),
    ({"x-sunset": "next spring"}, Lifecycle(unreadable="next spring")),
    (
        {"x-github": {"deprecationDate": "2026-01-02", "removalDate": "2026-08-09", "category": "x"}},
        Lifecycle(deprecated=True, since=date(2026, 1, 2), sunset=date(2026, 8, 9)),
    ),
    (
        {"x-deprecatedInVersion": "67", "x-deprecatedMessage": "Use `b` instead.", "x-addedInVersion": 41},
        Lifecycle(deprecated=True, reason="Use `b` instead.", introduced="41"),
    ),
]


@pytest.mark.parametrize(("said", "expected"), WRITTEN)
def test_every_spelling_is_one_record(said: dict[str, Any], expected: Lifecycle) -> None:
    assert ENDINGS.read(said) == expected


def test_a_team_can_add_its_own_keys() -> None:
    endings = Endings((*PRESETS, Spelling("x-retired", "sunset")))
    assert endings.read({"x-retired": "2027-02-03"}).sunset == date(2027, 2, 3)
    assert ENDINGS.read({"x-retired": "2027-02-03"}) is ALIVE


@pytest.mark.parametrize(
    ("text", "lifecycle"),
    [
        (
            "A payment.\nDeprecated since 2026-05-01. Sunset 2027-03-01. Use Foo instead.",
            Lifecycle(True, date(2026, 5, 1), date(2027, 3, 1), "Foo"),
        ),
        ("Deprecated: use `GET /v2/payments`.", Lifecycle(True, replacement="GET /v2/payments")),
        ("@deprecated Removal on 2027-03-01 UTC.", Lifecycle(True, sunset=date(2027, 3, 1))),
        ("Deprecated. Please use the other one.", Lifecycle(True)),
        ("Lists the deprecated ones. Use Foo instead.", Lifecycle()),
        ("Valid until 2027-03-01.", Lifecycle()),
    ],
)
def test_prose_announces_an_end(text: str, lifecycle: Lifecycle) -> None:
    assert ENDINGS.read({}, text) == lifecycle
