"""Rules that a team has written as Spectral rulesets, run on documents of YAML and JSON."""

from __future__ import annotations

from contractbook.spectral.functions import FUNCTIONS
from contractbook.spectral.paths import Misspelled, Query, query
from contractbook.spectral.team_rules import Asked, Exemption, TeamRule, Then, declare

__all__ = [
    "FUNCTIONS",
    "Asked",
    "Exemption",
    "Misspelled",
    "Query",
    "TeamRule",
    "Then",
    "declare",
    "query",
]
