"""The three ways to bring out a breaking change, and how far one has come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from contractbook.model import NOTHING


class Strategy(StrEnum):
    """How a service brings out a breaking change."""

    LOCKSTEP = "lockstep"  # provider and consumers go live together
    COEXIST = "coexist"  # the old version runs beside the new one
    EMULATE = "emulate"  # the old interface is kept beside the new one, in the same service


class Phase(StrEnum):
    """How far a change has come (expand and contract, also called parallel change)."""

    EXPANDED = "expanded"  # old and new are there
    MIGRATING = "migrating"  # and consumers were told to move
    CONTRACTED = "contracted"  # the old is gone


class House(NamedTuple):
    """What an organisation has decided: the strategy of services, and who belongs to which team."""

    strategies: Mapping[str, Strategy] = NOTHING
    teams: Mapping[str, Sequence[str]] = NOTHING

    def team(self, provider: str) -> tuple[str, ...]:
        """All that are of a team that a provider is of."""
        return tuple(each for members in self.teams.values() if provider in members for each in members)

    def outside(self, provider: str, consumers: Sequence[str]) -> list[str]:
        """Those of some consumers that are of no team that the provider is of."""
        own = self.team(provider)
        return [each for each in consumers if each not in own]
