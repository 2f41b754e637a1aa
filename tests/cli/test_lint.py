"""contractbook lint as people and scripts call it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import contractbook
from contractbook.rules import RULES

if TYPE_CHECKING:
    from tests.cli.conftest import Run


CONTRACT = """\
openapi: 3.1.0
info: {title: Shop, version: 1.0.0}
servers: [{url: "https://api.shop.com"}]
paths:
  /problems:
    get:
      operationId: getProblems
      responses:
        default:
          description: What went wrong
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Problem"}
components:
  schemas:
    Problem:
      type: object
      properties:
        title: {type: string}
        stackTrace: {type: string}
"""


SELECT = ("--select", "stack-trace-in-error")


def test_a_finding_is_told_with_its_lines_its_reason_and_a_remedy(run: Run) -> None:
    run.write("specs/shop/openapi.yaml", CONTRACT)
    status, out, err = run("lint", *SELECT)
    assert (status, err) == (1, "")
    assert out == (Path(__file__).parent / "lint.txt").read_text()


def rules_in(report: str) -> list[str]:
    return [finding["rule"] for finding in json.loads(report)["findings"]]


@pytest.mark.parametrize(
    "named",
    [["specs"], ["specs/shop"], ["specs/shop/v2/openapi.yaml"], ["specs/shop/v2/problem.yaml"], ["."]],
)
def test_a_folder_a_file_or_a_part_of_it_leads_to_the_contract(run: Run, named: Sequence[str]) -> None:
    reference = CONTRACT.partition("components:")[0].replace('"#/components/schemas/Problem"', "problem.yaml")
    run.write("specs/shop/v2/openapi.yaml", reference)
    run.write("specs/shop/v2/problem.yaml", "type: object\nproperties: {stackTrace: {type: string}}\n")
    status, out, _ = run("lint", *named, *SELECT, "--format", "json")
    (finding,) = json.loads(out)["findings"]
    assert (status, finding["rule"]) == (1, "stack-trace-in-error")
    assert finding["location"] == {"path": "specs/shop/v2/problem.yaml", "line": 2, "column": 14}


def test_findings_of_a_version_that_is_not_the_newest_are_notes_however_it_is_named(run: Run) -> None:
    run.write("specs/shop/v1/openapi.yaml", CONTRACT)
    run.write("specs/shop/v2/openapi.yaml", CONTRACT)
    for named in ([], ["specs/shop/v1/openapi.yaml"]):
        found = json.loads(run("lint", *named, *SELECT, "--format", "json").out)["findings"]
        levels = {each["location"]["path"].split("/")[2]: each["level"] for each in found}
        assert levels["v1"] == "note"
        assert levels.get("v2", "error") == "error"


def test_what_cannot_be_read_is_a_finding_and_the_others_are_linted(run: Run) -> None:
    run.write("specs/good/openapi.yaml", CONTRACT)
    run.write("specs/bad/openapi.yaml", CONTRACT.replace("paths:", "paths: ["))
    status, out, _ = run("lint", *SELECT, "--format", "json")
    assert status == 1
    assert rules_in(out) == ["unreadable", "stack-trace-in-error"]


def test_findings_are_accepted_in_the_contract_by_a_comment_or_a_key(run: Run) -> None:
    comment = "stackTrace: {type: string}  # contractbook: accept stack-trace-in-error -- only in tests"
    run.write("specs/a/openapi.yaml", CONTRACT.replace("stackTrace: {type: string}", comment))
    key = "x-contractbook-accept: {stack-trace-in-error: only in tests}"
    run.write("specs/b/openapi.yaml", CONTRACT.replace("    Problem:\n", f"    Problem:\n      {key}\n"))
    status, out, _ = run("lint", *SELECT, "--format", "json")
    report = json.loads(out)
    assert status == 0
    assert [each["accepted"]["reason"] for each in report["findings"]] == ["only in tests", "only in tests"]
    assert report["summary"] == {"error": 0, "warning": 0, "note": 0, "accepted": 2, "known": 0}


SCHEMA = """\
type Query {
  # contractbook: accept unbounded-list -- there are seven
  "All kinds."
  kinds: [Kind!]!
  others: [Kind!]! # contractbook: accept unbounded-list -- few
  more: [Kind!]!
}
type Kind { id: ID! }
"""


def test_a_comment_of_any_language_accepts_the_element_below_or_beside_it(run: Run) -> None:
    run.write("specs/a/schema.graphql", SCHEMA)
    report = json.loads(run("lint", "--select", "unbounded-list", "--format", "json").out)
    reasons = [each["accepted"] and each["accepted"]["reason"] for each in report["findings"]]
    assert reasons == ["there are seven", "few", None]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["lint"], "there are no contracts in specs: name some, or say in contractbook.yml where they are"),
        (["lint", "nowhere.yaml"], "there is no file or folder nowhere.yaml"),
        (["lint", "notes.txt"], "notes.txt: no contract is there, and none refers to it"),
        (
            ["lint", "--select", "hiden"],
            "--select hiden: there is no such rule or guideline; did you mean `hidden`?",
        ),
        (["lint", "--today", "tomorrow"], "--today tomorrow: a day such as 2027-03-31 is meant"),
        (["lint", "--config", "x.yml"], "the configuration x.yml does not exist"),
        (["lint", "--format", "xml"], "invalid choice: 'xml'"),
        (["lnit"], "invalid choice: 'lnit'"),
        ([], "the following arguments are required: COMMAND"),
    ],
)
def test_a_wrong_call_is_one_line(run: Run, words: Sequence[str], message: str) -> None:
    run.write("notes.txt", "no contract")
    status, out, err = run(*words)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert message in err


@pytest.mark.parametrize(("fail_on", "status"), [("error", 1), ("note", 1), ("never", 0)])
def test_fail_on_decides_the_status_alone(run: Run, fail_on: str, status: int) -> None:
    run.write("specs/shop/openapi.yaml", CONTRACT)
    assert run("lint", "--fail-on", fail_on, *SELECT).status == status


def test_a_report_goes_to_a_file(run: Run) -> None:
    run.write("specs/shop/openapi.yaml", CONTRACT)
    assert run("lint", *SELECT, "--format", "json", "--output", "found.json").out == ""
    assert rules_in((run.folder / "found.json").read_text()) == ["stack-trace-in-error"]
    assert run("lint", "--output", "no/such/folder").status == 2


def test_the_order_of_files_and_the_number_of_processes_change_nothing(run: Run) -> None:
    paths = [f"specs/shop/{name}" for name in ("b.yaml", "a.yaml", "v1/a.yaml", "v2/a.json")]
    for path in paths:
        run.write(path, CONTRACT)
    expected = run("lint", *SELECT, "--no-cache", *paths)
    assert run("lint", *SELECT, "--no-cache", *reversed(paths)) == expected
    assert run("lint", *SELECT, "--no-cache", "--jobs", "3") == expected


def test_who_stops_reading_learns_the_status_all_the_same(run: Run) -> None:
    run.write("specs/shop/openapi.yaml", CONTRACT)
    code = "from contractbook.cli import command; command()"
    environment = {**os.environ, "PYTHONPATH": str(Path(contractbook.__file__).parent.parent)}
    call = [sys.executable, "-c", code, "lint", *SELECT]
    pipe = subprocess.PIPE
    with subprocess.Popen(call, cwd=run.folder, env=environment, stdout=pipe, stderr=pipe) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert (process.stderr.read(), process.wait()) == (b"", 1)


BROKEN_RULE = """\
from contractbook.declare import rule
from contractbook.finding import Guideline, Kind, Level
from contractbook.model import Field

@rule(Guideline.SIMPLE, Level.NOTE)
def broken_rule(field: Field):
    raise KeyError(field.name)

@rule(Guideline.SIMPLE, Level.NOTE, kind=Kind.STRUCTURAL)
def broken_change(old: Field, new: Field):
    raise KeyError(new.name)
"""


def test_a_rule_that_fails_is_told_once_and_the_others_go_on(run: Run) -> None:
    run.write("broken_rules.py", BROKEN_RULE)
    run.write("contractbook.yml", "rule-modules: [broken_rules]")
    run.write("specs/shop/v1/openapi.yaml", CONTRACT)
    run.write(
        "specs/shop/v2/openapi.yaml", CONTRACT.replace("title: {type: string}", "title: {type: integer}")
    )
    linted = run("lint", *SELECT, "--select", "broken-rule", "specs/shop/v2", "--format", "json")
    compared = run("diff", "specs/shop/v1", "specs/shop/v2", "--format", "json")
    for broken in ("broken-rule", "broken-change"):
        RULES.pop(broken)
    assert rules_in(linted.out) == ["rule-failed", "stack-trace-in-error"]
    failed = [each for each in json.loads(compared.out)["findings"] if each["rule"] == "rule-failed"]
    assert [each["element"] for each in failed] == ["Problem > title"]
    assert "the rule broken-change failed here" in failed[0]["message"]
    assert len(rules_in(compared.out)) > 1
