"""Words of implementation and technology, each declared with the rule it serves, found once in a contract.

The words are data: a table for each family of leaks in `tables/`, written with the few functions of
`family.py`. `match.py` looks for them all in one pass over an element.
"""

from __future__ import annotations

from contractbook.lexicon.match import Hit, Lexicon, Words

__all__ = ["Hit", "Lexicon", "Words"]
