"""How well a contract keeps the guidelines, in numbers that everybody can work out again.

A score says how much of a contract is as the guidelines ask: each error, warning or note costs a share of
an element, and what is left of a hundred is the score, rounded down: a hundred has nothing to mend. A large
contract may have more findings than a small one and the same score.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from math import ceil
from typing import NamedTuple

from contractbook.finding import Finding, Guideline, Level
from contractbook.model import Contract

COSTS: Mapping[Level, float] = {Level.ERROR: 4, Level.WARNING: 1, Level.NOTE: 0.1}
LEAST = 25  # elements that the smallest contract counts for, so that one slip does not ruin it


class Score(NamedTuple):
    """The points of a contract, of 100, and the findings that cost the others.

    `points` are those of one guideline, or of all together where `guideline` is None. Of a contract that
    cannot be read whole they are None: nobody knows what the rest of it says.
    """

    guideline: Guideline | None
    points: int | None
    counts: Mapping[Level, int]


def elements(contract: Contract) -> int:
    """What a contract declares: its operations, the types that have a name, and the fields of all types.

    These are the numbers of the JSON report, added up.
    """
    types = [type for type in contract.types.values() if type.at]
    operations = sum(1 for _ in contract.operations())
    return operations + sum(not type.inline for type in types) + sum(len(type.fields) for type in types)


def score(contract: Contract, findings: Iterable[Finding]) -> tuple[Score, ...]:
    """The score of a contract, then that of each guideline, in the order of the docs.

    `findings` are those of lint; one that somebody decided to live with costs nothing. The score of the
    contract is the lowest of its guidelines: what is hidden well does not make up for what is vague.
    """
    open = [finding for finding in findings if finding.accepted is None]
    size = max(elements(contract), LEAST)
    each = [_of(guideline, open, size, bool(contract.faults)) for guideline in Guideline]
    points = [one.points for one in each if one.points is not None]
    whole = Counter(finding.level for finding in open if finding.guideline is not None)
    return (Score(None, min(points, default=None), whole), *each)


def _of(guideline: Guideline, findings: Iterable[Finding], size: int, broken: bool) -> Score:
    counts = Counter(finding.level for finding in findings if finding.guideline is guideline)
    lost = sum(COSTS[level] * number for level, number in counts.items()) / size
    return Score(guideline, None if broken else max(0, 100 - ceil(round(100 * lost, 6))), counts)
