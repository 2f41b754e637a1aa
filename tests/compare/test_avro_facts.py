"""Every fact of Avro is told by its rule, at its level and in its direction, and by that rule alone."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from msgspec.structs import replace
from tests.compare.reading import SHARED

from contractbook.engine.compare import compare
from contractbook.finding import Direction, Kind
from contractbook.formats import FORMATS
from contractbook.model import Action, Contract, Message, Operation, Service
from contractbook.source.disk import DiskTree
from contractbook.source.document import Document
from contractbook.source.sources import Sources

WAYS = {"backward": [Direction.INPUT], "forward": [Direction.OUTPUT], "both": [*Direction][:2]}


class Case(NamedTuple):
    """A fact, and the smallest change that brings it about."""

    fact: str
    direction: str
    level: str
    rule: str
    old: str
    new: str


def cases() -> Iterator[Case]:
    for block in (Path(__file__).parent / "facts-avro.txt").read_text("utf-8").split("\n\n")[1:]:
        said, old, new = block.strip().split("\n")
        fact, direction, level, rule = said.split()
        yield Case(fact, direction, level, rule, old, new)


CASES = list(cases())


def read(text: str, way: Direction) -> Contract:
    """The contract of an IDL text whose last record is what travels."""
    document = Document("a.avdl", text.encode())
    [contract] = FORMATS["avro"].read([document], Sources(DiskTree(Path("nowhere"))))
    message = Message(name="message", direction=way, payload=contract.roots[-1])
    action = Action.SEND if way is Direction.OUTPUT else Action.RECEIVE
    operation = Operation(name="event", action=action, messages=(message,))
    return replace(contract, roots=(), services=(Service(name="all", operations=(operation,)),))


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case.fact} {case.direction}") for case in CASES])
def test_a_fact_is_told_by_one_rule(case: Case) -> None:
    for way in WAYS[case.direction]:
        found = list(compare(read(case.old, way), read(case.new, way)))
        assert {each.level.value for each in found if each.rule == case.rule} == {case.level}, way
        weighty = [each.rule for each in found if each.kind in (Kind.STRUCTURAL, Kind.SEMANTIC)]
        assert set(weighty) <= {case.rule}


def test_every_change_of_the_catalogue_is_told() -> None:
    if not SHARED.is_dir():
        return
    with (SHARED / "catalogue/changes.tsv").open(encoding="utf-8") as file:
        rows = {(row["id"], row["direction"]) for row in csv.DictReader(file, delimiter="\t")}
    known = {(case.fact, way) for case in CASES for way in ("both", case.direction)}
    wanted = {(fact, way) for fact, way in rows if fact.startswith("avro-")}
    assert {fact for fact in wanted if fact not in known} == set()
