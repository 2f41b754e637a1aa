"""Scores: what findings cost, and that they can be worked out again from the JSON report."""

from __future__ import annotations

import pytest

from contractbook.finding import Acceptance, Finding, Guideline, Level, Location
from contractbook.model import Contract, Field, Shape, Type
from contractbook.score import elements, score

FIELDS = tuple(Field(name=f"field{i}", type="text") for i in range(49))
THING = Type(name="Thing", shape=Shape.RECORD, at="#/Thing", fields=FIELDS)
CONTRACT = Contract(name="", format="openapi", path="a.yaml", types={"Thing": THING})
HIDDEN, SIMPLE = Guideline.HIDDEN, Guideline.SIMPLE


def finding(level: Level, guideline: Guideline | None, accepted: Acceptance | None = None) -> Finding:
    place = Location("a.yaml")
    return Finding(rule="x", level=level, message="", location=place, guideline=guideline, accepted=accepted)


def points(*findings: Finding, contract: Contract = CONTRACT) -> dict[Guideline | None, int | None]:
    return {one.guideline: one.points for one in score(contract, findings)}


def test_a_contract_without_findings_has_all_points() -> None:
    assert set(points().values()) == {100}


def test_findings_cost_what_their_level_weighs_among_the_elements_of_the_contract() -> None:
    assert elements(CONTRACT) == 50
    found = points(finding(Level.ERROR, HIDDEN), finding(Level.WARNING, SIMPLE))
    assert (found[HIDDEN], found[SIMPLE], found[Guideline.EXPLICIT]) == (92, 98, 100)


def test_the_score_of_the_contract_is_its_lowest_guideline() -> None:
    assert points(finding(Level.ERROR, HIDDEN), finding(Level.WARNING, SIMPLE))[None] == 92


def test_a_tiny_contract_is_not_ruined_by_one_slip() -> None:
    tiny = Contract(name="", format="openapi", path="a.yaml")
    assert points(finding(Level.ERROR, HIDDEN), contract=tiny)[HIDDEN] == 84


def test_a_hundred_is_only_for_what_has_nothing_to_mend() -> None:
    assert points(finding(Level.NOTE, SIMPLE))[SIMPLE] == 99


def test_points_never_fall_below_nothing() -> None:
    assert points(*[finding(Level.ERROR, HIDDEN)] * 40)[HIDDEN] == 0


def test_what_somebody_decided_to_live_with_costs_nothing() -> None:
    decided = finding(Level.ERROR, HIDDEN, Acceptance("old clients"))
    assert set(points(decided).values()) == {100}


@pytest.mark.parametrize("guideline", [None, *Guideline])
def test_a_contract_that_cannot_be_read_whole_has_no_score(guideline: Guideline | None) -> None:
    broken = Contract(name="", format="openapi", path="a.yaml", faults=(finding(Level.ERROR, None),))
    assert points(contract=broken)[guideline] is None
