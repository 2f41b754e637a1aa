"""Every fact is told by its rule, at its level, to whom it concerns, and by that rule alone."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from tests.compare.reading import SHARED, from_text

from contractbook.engine.compare import compare
from contractbook.finding import Finding, Kind
from contractbook.rules import RULES

TODAY = date(2027, 3, 1)
BOUNDS = {
    "max-length": "type: string, maxLength: 9",
    "min-length": "type: string, minLength: 9",
    "max-items": "type: array, items: {type: string}, maxItems: 9",
    "min-items": "type: array, items: {type: string}, minItems: 9",
    "max-properties": "type: object, maxProperties: 9",
    "min-properties": "type: object, minProperties: 9",
    "maximum": "type: number, maximum: 9",
    "minimum": "type: number, minimum: 9",
    "exclusive-maximum": "type: number, exclusiveMaximum: 9",
    "exclusive-minimum": "type: number, exclusiveMinimum: 9",
    "multiple-of": "type: number, multipleOf: 9",
    "unique-items": "type: array, items: {type: string}, uniqueItems: true",
}


class Case(NamedTuple):
    """A fact, and the smallest change that brings it about."""

    texts: str
    fact: str
    direction: str
    level: str
    rule: str
    old: str
    new: str


def cases() -> Iterator[Case]:
    texts = ""
    for block in (Path(__file__).parent / "facts.txt").read_text("utf-8").split("\n\n")[1:]:
        if block.startswith("== "):
            texts = block.removeprefix("== ")
            continue
        said, old, new = block.strip().split("\n")
        yield Case(texts, *said.split(), *("" if each == "-" else each for each in (old, new)))
    for name, limit in BOUNDS.items():
        free, bound = f"{{{limit.rpartition(',')[0]}}}", f"{{{limit}}}"
        set_, lifted = ("demanded", "lifted") if name == "unique-items" else ("narrowed", "widened")
        yield Case("schema", f"bound.{name}-{set_}", "request", "error", "limit-narrowed", free, bound)
        yield Case("schema", f"bound.{name}-{lifted}", "response", "error", "limit-widened", bound, free)


CASES = list(cases())
COMPONENTS = yaml.safe_load("""\
schemas:
  Card: {type: object, properties: {kind: {type: string}, sort: {type: string}, number: {type: string}}}
  Bank: {type: object, properties: {kind: {type: string}, sort: {type: string}, iban: {type: string}}}
securitySchemes:
  key: {type: apiKey, in: header, name: Key}
  login: {type: openIdConnect, openIdConnectUrl: "https://login.example"}
""")
HEADING = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {}}


def document(case: Case, text: str, direction: str) -> dict[str, Any]:
    """The whole document that the text of a case is a part of."""
    part = yaml.safe_load(text) if text else None
    if case.texts == "document":
        return {**HEADING, **(part or {})}
    operation: dict[str, Any] = {"responses": {"200": {"description": "Fine"}}}
    match case.texts, direction:
        case "schema", "request":
            operation["requestBody"] = {"content": {"application/json": {"schema": part}}}
        case "schema", _:
            operation["responses"]["200"]["content"] = {"application/json": {"schema": part}}
        case "parameter", _:
            operation["parameters"] = [part] if part else []
        case "header", _:
            operation["responses"]["200"]["headers"] = {"A": part} if part else {}
        case "responses", _:
            operation["responses"] = part
        case _:
            operation |= part or {}
    paths = {} if case.texts == "operation" and not text else {"/a": {"get": operation}}
    return {**HEADING, "components": COMPONENTS, "paths": paths}


def told(case: Case, direction: str) -> list[Finding]:
    old, new = (
        from_text(json.dumps(document(case, text, direction), default=str)) for text in (case.old, case.new)
    )
    return list(compare(old, new, today=TODAY))


def directions(case: Case) -> tuple[str, ...]:
    return ("request", "response") if case.direction == "both" else (case.direction,)


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case.fact} {case.direction}") for case in CASES])
def test_a_fact_is_told_by_one_rule(case: Case) -> None:
    for direction in directions(case):
        findings = told(case, direction)
        mine = [finding for finding in findings if finding.rule == case.rule]
        assert {finding.level.value for finding in mine} == {case.level}, direction
        others = [finding.rule for finding in findings if finding.kind in (Kind.STRUCTURAL, Kind.SEMANTIC)]
        if RULES[case.rule].kind in (Kind.STRUCTURAL, Kind.SEMANTIC):
            assert set(others) - ALSO.get(case.fact, set()) == {case.rule}, direction


# Changes that are more than one fact.
ALSO = {"meaning.pagination-changed": {"field-removed"}}
# Facts that are told elsewhere: of one version alone, or by who knows consumers, strategies and policy.
ELSEWHERE = {
    "consumer.": "judged with the consumers that are registered",
    "migration.": "judged by the strategy that a service declares",
    "sunset.missing": "lint: deprecated-without-sunset",
    "sunset.unreadable": "lint: sunset-unreadable",
    "lifecycle.deprecated-without": "lint: deprecated-without-replacement and -sunset",
    "lifecycle.replacement": "lint: replacement-unknown and deprecated-still-used",
    "lifecycle.sunset-passed": "lint: sunset-passed",
    "one-of.wrapped": "no change: see test_no_change",
    "reference.inlined": "no change: see test_no_change",
    "documentation.link-changed": "changes nothing that a consumer relies on",
    "meaning.safety-changed": "another method is another address: operation-moved, which breaks",
    "meaning.identifier-reference-changed": "a text alone cannot tell it surely",
    "meaning.enum-value-reused": "a text alone cannot tell it surely",
}


@pytest.mark.skipif(
    not (SHARED / "catalogue").exists(), reason="the catalogue is not part of this repository"
)
def test_every_fact_of_the_catalogue_is_told_at_its_level() -> None:
    levels = {"breaking": "error", "dangerous": "warning", "safe": "note"}
    ours: dict[tuple[str, str], set[str]] = {}
    for case in CASES:
        for direction in (case.direction, *directions(case)):
            ours.setdefault((case.fact, direction), set()).add(case.level)
    rows = csv.DictReader(
        (SHARED / "catalogue" / "changes.tsv").read_text("utf-8").splitlines(), delimiter="\t"
    )
    wanted = {
        (row["id"], row["direction"]): levels[row["level"]]
        for row in rows
        if {"openapi", "jsonschema", "all"} & set(row["formats"].split(","))
        and not row["id"].startswith(tuple(ELSEWHERE))
    }
    assert {row: level for row, level in wanted.items() if ours.get(row) != {level}} == {}
