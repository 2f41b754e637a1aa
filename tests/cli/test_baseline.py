"""A baseline lets old findings pass and new ones fail, and only shrinks; `--since` shows what is new."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run

API = """openapi: 3.1.0
info: {{title: Orders, version: 1.0.0}}
paths:
  /orders:
    get:
      operationId: listOrders
      responses: {{"200": {{description: All}}}}
components:
  schemas:
    Order:
      type: object
      properties:
{fields}
"""
KEY = "        order{n}_pk: {{type: integer}}\n"
RULE = ("--select", "database-key-name", "--fail-on", "note")


def api(run: Run, *keys: int) -> None:
    run.write("specs/orders/openapi.yaml", API.format(fields="".join(KEY.format(n=n) for n in keys)))


def test_old_findings_pass_new_ones_fail_and_it_only_shrinks(run: Run) -> None:
    api(run, 1, 2)
    ran = run("lint", "--write-baseline", *RULE)
    assert ran.out == "wrote .contractbook-baseline.json: 2 known findings in 1 of the files\n"
    assert "baseline: .contractbook-baseline.json" in ran.err
    run.write("contractbook.yml", "baseline: .contractbook-baseline.json\n")
    assert run("lint", *RULE).status == 0
    api(run, 1, 2, 3)
    ran = run("lint", *RULE)
    assert ran.status == 1 and "3 times" in ran.out
    run("lint", "--write-baseline", *RULE)
    assert run("lint", *RULE).status == 1
    api(run, 1)
    assert "1 less than before" in run("lint", "--write-baseline", *RULE).out
    api(run, 1, 2)
    assert run("lint", *RULE).status == 1


def test_what_is_known_is_told_to_programs(run: Run) -> None:
    api(run, 1)
    run.write("contractbook.yml", "baseline: known.json\n")
    assert run("lint", *RULE).status == 1
    run("lint", "--write-baseline", *RULE)
    report = json.loads(run("lint", "--format", "json", *RULE).out)
    assert [each["known"] for each in report["findings"]] == [True]
    assert report["summary"]["known"] == 1


def test_a_file_that_is_no_baseline_is_named(run: Run) -> None:
    api(run, 1)
    run.write("contractbook.yml", "baseline: known.json\n")
    run.write("known.json", "[]")
    ran = run("lint")
    assert (ran.status, ran.err.count("\n")) == (2, 1) and "known.json: this is no baseline" in ran.err


def test_other_files_keep_their_counts(run: Run, tmp_path: Path) -> None:
    api(run, 1)
    run.write("specs/other/openapi.yaml", (tmp_path / "specs/orders/openapi.yaml").read_text())
    run.write("contractbook.yml", "baseline: known.json\n")
    run("lint", "--write-baseline", *RULE)
    api(run)
    run("lint", "--write-baseline", "specs/orders", *RULE)
    assert list(json.loads((tmp_path / "known.json").read_text())["counts"]) == ["specs/other/openapi.yaml"]


def test_since_shows_what_is_new(run: Run) -> None:
    run.write(".gitignore", ".cache\n")
    api(run, 1)
    run.write("specs/other/openapi.yaml", API.format(fields=KEY.format(n=7)))
    run.git("init")
    run.git("add", "-A")
    run.git("commit", "-m", "first")
    assert run("lint", "--since", "main", *RULE).status == 0
    api(run, 1, 2)
    ran = run("lint", "--since", "main", "--format", "json", *RULE)
    found = json.loads(ran.out)["findings"]
    assert ran.status == 1 and [each["location"]["path"] for each in found] == ["specs/orders/openapi.yaml"]
    assert "order2_pk" in found[0]["message"]
    assert "there is no git ref" in run("lint", "--since", "mian").err
