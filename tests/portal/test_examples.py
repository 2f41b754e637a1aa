"""Examples that nobody wrote keep what their type demands."""

from __future__ import annotations

import re
from typing import Any

import pytest

from contractbook.model import Shape, Type
from contractbook.portal.examples import scalar
from contractbook.portal.patterns import matching


@pytest.mark.parametrize(
    "pattern",
    [
        r"^[A-Z]{2}$",
        r"^\d{4}-(0[1-9]|1[0-2])$",
        r"^[^\s@]+@[^\s@]+$",
        r"^(a|b)+c?$",
        r"^[\w.-]{3,}$",
        r"^[\u3041-\u3096]+$",
        r"^[^a1A0 _.@/-]$",
    ],
)
def test_a_text_for_a_pattern_matches_it(pattern: str) -> None:
    found = matching(pattern)
    assert found is not None and re.search(pattern, found)


@pytest.mark.parametrize("pattern", [r"(?<=a)b", r"^(", r"\p{L}+", r"^(?!a)a", "a{9999}"])
def test_a_pattern_that_is_beyond_us_gives_nothing(pattern: str) -> None:
    found = matching(pattern)
    assert found is None or re.search(pattern, found)


@pytest.mark.parametrize(
    ("scalar_type", "limits", "value"),
    [
        ("integer", {}, 1),
        ("integer", {"minimum": 5, "maximum": 9}, 5),
        ("integer", {"exclusiveMinimum": 5}, 6),
        ("integer", {"maximum": -3}, -3),
        ("number", {"multipleOf": 0.5}, 0.5),
        ("integer", {"multipleOf": 10, "minimum": 12}, 20),
        ("string", {"minLength": 10}, "stringstri"),
        ("string", {"maxLength": 2}, "st"),
        ("boolean", {}, True),
    ],
)
def test_scalars_keep_their_limits(scalar_type: str, limits: dict[str, Any], value: object) -> None:
    assert scalar(Type(name="", shape=Shape.SCALAR, scalar=scalar_type, limits=limits)) == value
