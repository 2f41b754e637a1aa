"""Contracts as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from contractbook.declare import rule
from contractbook.finding import Guideline, Kind, Level
from contractbook.model import Contract


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def contract_removed(old: Contract, new: None) -> Iterator[str]:
    """A contract is gone.

    Whoever uses it has nothing left to call; where another version of it remains, they have to move there.

    Keep it, deprecated and with a sunset, until its consumers have moved to its successor.

    ```openapi old
    openapi: 3.1.1
    info: {title: Newsletter, version: 1.0.0}
    paths: {}
    ```
    ```openapi new
    ```
    """
    version = f" {old.version}" if old.version else ""
    yield f"the contract {old.title or old.path}{version} was removed"
