"""Words of implementation and technology, each declared with the rule it serves, found once in a contract.

The words are data: a table for each family of leaks in `tables/`, written with the few functions of
`family.py`. `match.py` looks for them all in one pass over an element.
"""

from __future__ import annotations

from contractbook.lexicon.match import Hit, Lexicon, Words
from contractbook.lexicon.tables import FAMILIES

__all__ = ["WORDY", "Hit", "Lexicon", "Words"]

WORDY = frozenset(family.rule for family in FAMILIES)
"""The ids of the rules that a team can add words to."""
