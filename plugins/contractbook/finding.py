"""What is said about a contract: findings, and the words they are said in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

import msgspec


class Level(StrEnum):
    """How much a finding weighs, in SARIF's words; for a comparison they read breaking, dangerous, safe."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def weight(self) -> int:
        """3 for an error down to 1 for a note, so that levels can be ordered."""
        return {"error": 3, "warning": 2, "note": 1}[self.value]

    @property
    def change(self) -> str:
        """The word for this level in a comparison."""
        return {"error": "breaking", "warning": "dangerous", "note": "safe"}[self.value]


class Guideline(StrEnum):
    """The five guidelines that the rules serve, in the order of the docs."""

    BACKWARD_COMPATIBLE = "backward-compatible"
    EXPLICIT = "explicit"
    TECHNOLOGY_NEUTRAL = "technology-neutral"
    SIMPLE = "simple"
    HIDDEN = "hidden"


class Kind(StrEnum):
    """What sort of change a finding of a comparison tells."""

    STRUCTURAL = "structural"
    SEMANTIC = "semantic"
    LIFECYCLE = "lifecycle"
    EXPANSION = "expansion"


class Direction(StrEnum):
    """Who writes a value: the consumer (`input`), the provider (`output`), or either (`both`)."""

    INPUT = "input"
    OUTPUT = "output"
    BOTH = "both"

    @property
    def reversed(self) -> Direction:
        """The direction of what flows the other way, as in callbacks."""
        return {Direction.INPUT: Direction.OUTPUT, Direction.OUTPUT: Direction.INPUT}.get(self, self)


class Location(msgspec.Struct, frozen=True):
    """A place in a file; lines and columns count from 1, and 0 says that nobody has looked yet."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Acceptance(msgspec.Struct, frozen=True):
    """A person's decision to live with a finding."""

    reason: str
    by: str | None = None
    until: date | None = None


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One statement of one rule about one declared element of a contract, or about a pair of versions.

    The attributes are the keys of the JSON report. `pointer` is a JSON Pointer (RFC 6901) for JSON and
    YAML, else a qualified name. `reasons` says of each of the consumers and survivors why it is one,
    `recipe` how a breaking change is brought out without breaking anybody: expand, migrate, contract.
    """

    rule: str
    level: Level
    message: str
    location: Location
    pointer: str = ""
    guideline: Guideline | None = None
    kind: Kind | None = None
    element: str = ""
    places: tuple[str, ...] = ()
    was: Location | None = None
    was_pointer: str = ""
    direction: Direction | None = None
    surface: str | None = None
    old: Any = None
    new: Any = None
    consumers: tuple[str, ...] | None = None
    survivors: tuple[str, ...] | None = None
    reasons: Mapping[str, str] | None = None
    strategy: str | None = None
    advice: str | None = None
    recipe: tuple[str, str, str] | None = None
    known: bool = False
    fingerprint: str = ""
    accepted: Acceptance | None = None
