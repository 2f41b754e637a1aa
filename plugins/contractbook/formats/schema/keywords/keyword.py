"""What it is to read a keyword, and the plainest ways to do it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from contractbook.formats.schema.draft import Draft, Spot

if TYPE_CHECKING:
    from contractbook.formats.schema.read import Schemas

Keyword = Callable[["Schemas", Draft, Any, Spot, Mapping[str, Any]], None]
"""Adds what a keyword says to a draft; it is given its value, the spot and the whole schema."""


def text(attribute: str) -> Keyword:
    """A keyword whose text is an attribute of the draft."""

    def read(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
        if isinstance(value, str):
            setattr(draft, attribute, value)

    return read


def flag(attribute: str) -> Keyword:
    """A keyword that is an attribute of the draft where it is true."""

    def read(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
        if value is True:
            setattr(draft, attribute, True)

    return read


def is_text(value: object) -> bool:
    """Whether a value is a text."""
    return isinstance(value, str)
