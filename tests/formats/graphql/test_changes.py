"""Every fact of two schemas is told by its rules at their levels; graphql-core agrees, or we say why not."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from graphql import build_schema
from graphql.utilities import find_breaking_changes, find_dangerous_changes
from tests.compare.reading import SHARED
from tests.formats.graphql.test_read import read_one

from contractbook.engine.compare import compare
from contractbook.finding import Kind

TODAY = date(2027, 3, 1)
SEVERITY = {"error": "breaking", "warning": "dangerous", "note": "safe"}
LIFECYCLES = ("element-deprecated", "deprecation-withdrawn", "deprecation-reason-changed")
# Where we call it something else than graphql-core.
OTHERWISE = {
    "graphql-argument.default-added": "the server chose before, and may have chosen something else",
    "graphql-argument.optional-added": "who does not know it leaves it out, and gets what it got",
    "graphql-input.optional-field-added": "who does not know it leaves it out, and gets what it got",
    "graphql-input.became-one-of": "graphql-core does not look at @oneOf",
    "graphql-enum.value-accepted": "nobody has to send it, and nobody reads it",
    "graphql-enum.value-not-sent": "nobody can send it, and nobody misses it",
    "graphql-type.removed": "nothing leads to it: no query can name it",
    "graphql-directive.schema-only-removed": "no query can hold it",
    "graphql-directive.usage-added": "graphql-core does not look at the use of directives",
    "graphql-directive.usage-removed": "graphql-core does not look at the use of directives",
    "graphql.access-changed": "graphql-core does not look at the use of directives",
    "graphql.cost-changed": "graphql-core does not look at the use of directives",
    "graphql-scalar.specification-changed": "graphql-core does not look at what a scalar means",
    "graphql-scalar.meaning-changed": "graphql-core does not look at what a scalar means",
    "graphql-root.query-changed": "queries do not name it, but for fragments",
    "graphql-root.mutation-changed": "queries do not name it, but for fragments",
    "graphql-root.subscription-changed": "queries do not name it, but for fragments",
}


class Case(NamedTuple):
    """A fact, the rules that tell it, what graphql-core says, and the smallest change that shows it."""

    fact: str
    told: tuple[str, ...]
    core: str
    old: str
    new: str


def cases() -> Iterator[Case]:
    for block in (Path(__file__).parent / "changes.txt").read_text("utf-8").split("\n\n")[1:]:
        heading, old, new = block.strip().split("\n")
        fact, *said = heading.split()
        told = tuple(each for each in said if each != "-" and not each.startswith("core:"))
        core = next((each.removeprefix("core:") for each in said if each.startswith("core:")), "")
        yield Case(fact, told, core, old, new)


CASES = list(cases())


def severity(told: tuple[str, ...]) -> str:
    """The heaviest of the levels at which a fact is told."""
    levels = {each.partition(":")[2] for each in told}
    return next((SEVERITY[level] for level in SEVERITY if level in levels), "safe")


@pytest.mark.parametrize("case", CASES, ids=[case.fact for case in CASES])
def test_a_fact_is_told_at_its_level(case: Case) -> None:
    found = compare(read_one(case.old), read_one(case.new), today=TODAY)
    told = {f"{each.rule}:{each.level.value}" for each in found if _counts(each.kind, each.rule)}
    assert told == {*case.told}
    assert not [*compare(read_one(case.new), read_one(case.new), today=TODAY)]


def _counts(kind: Kind | None, rule: str) -> bool:
    return kind is not Kind.LIFECYCLE or rule in LIFECYCLES


@pytest.mark.parametrize("case", CASES, ids=[case.fact for case in CASES])
def test_graphql_core_agrees_or_we_say_why_not(case: Case) -> None:
    old, new = (build_schema(text, assume_valid=True) for text in (case.old, case.new))
    breaking, dangerous = find_breaking_changes(old, new), find_dangerous_changes(old, new)
    said = "breaking" if breaking else "dangerous" if dangerous else "safe"
    assert said == (case.core or severity(case.told))
    assert (said == severity(case.told)) is (case.fact not in OTHERWISE)


# The rows whose level the catalogue gives by what other tools say.
LESS = {
    *("graphql-argument.optional-added", "graphql-input.optional-field-added", "graphql-type.removed"),
    *("graphql-root.query-changed", "graphql-root.mutation-changed", "graphql-root.subscription-changed"),
}


@pytest.mark.skipif(
    not (SHARED / "catalogue").exists(), reason="the catalogue is not part of this repository"
)
def test_every_fact_of_the_catalogue_is_told() -> None:
    rows = csv.DictReader(
        (SHARED / "catalogue" / "changes.tsv").read_text("utf-8").splitlines(), delimiter="\t"
    )
    wanted = {row["id"]: row["level"] for row in rows if row["formats"] == "graphql"}
    ours = {case.fact: severity(case.told) for case in CASES if case.told}
    assert wanted.keys() <= ours.keys()
    assert {fact for fact, level in wanted.items() if ours[fact] != level} == LESS
