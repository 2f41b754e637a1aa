"""contractbook diff as people and scripts call it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Run


V1 = """\
openapi: 3.1.0
info: {title: Customers, version: 1.0.0}
paths:
  /customers:
    get:
      responses:
        "200":
          description: All customers
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Customer"}
components:
  schemas:
    Customer:
      type: object
      required: [email, phone]
      properties:
        email: {type: string}
        phone: {type: string}
"""
V2 = V1.replace("        phone: {type: string}\n", "").replace(", phone]", "]")
SELECT = ("--select", "field-removed", "--select", "contract-removed")


def told(report: str) -> list[tuple[str, str]]:
    """Rule and old place of each finding."""
    found = json.loads(report)["findings"]
    return [(each["rule"], "{path}:{line}".format(**each["was"])) for each in found]


def test_a_removed_field_is_shown_where_it_was(run: Run) -> None:
    run.write("specs/customers/v1/openapi.yaml", V1)
    run.write("specs/customers/v2/openapi.yaml", V2)
    status, out, err = run("diff", "specs/customers/v1", "specs/customers/v2", *SELECT)
    assert (status, err) == (1, "")
    assert out == (Path(__file__).parent / "diff.txt").read_text()


GONE = ("field-removed", "specs/customers/openapi.yaml:19")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("main", "specs", [GONE]),
        ("main", "HEAD", []),
        ("main:specs/customers", "specs/customers", [GONE]),
        ("HEAD:./specs/customers/openapi.yaml", "specs/customers/openapi.yaml", [GONE]),
        ("main:", "./specs", [GONE]),
        ("specs", "main", []),
        ("HEAD:notes", "specs", None),
        ("./main", "specs", None),
        ("nobranch", "specs", None),
        ("main:specs/nothing.yaml", "specs", None),
    ],
)
def test_a_word_names_a_path_or_a_state_in_git(
    run: Run, old: str, new: str, expected: Sequence[object] | None
) -> None:
    run.write("specs/customers/openapi.yaml", V1)
    run.write("notes", "")
    run.git("init")
    run.git("add", ".")
    run.git("commit", "-m", "Begin")
    run.write("specs/customers/openapi.yaml", V2)
    status, out, err = run("diff", old, new, *SELECT, "--format", "json")
    assert status == (2 if expected is None else 1 if expected else 0)
    assert err.count("\n") == (expected is None)
    assert expected is None or told(out) == expected


def test_a_path_at_a_ref_counts_from_the_root_of_the_repository_and_with_a_dot_from_here(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.write("team/contractbook.yml", "specs: [api]")
    run.write("team/api/customers.yaml", V1)
    run.write("other/customers.yaml", V1)
    run.git("init")
    run.git("add", ".")
    run.git("commit", "-m", "Begin")
    run.write("team/api/customers.yaml", V2)
    monkeypatch.chdir(run.folder / "team")
    for old in ("HEAD", "HEAD:./api", "HEAD:team/api/customers.yaml", "HEAD:other/customers.yaml"):
        status, out, _ = run("diff", old, "api/customers.yaml", *SELECT, "--format", "json")
        assert (status, [rule for rule, _ in told(out)]) == (1, ["field-removed"]), old


def test_two_files_are_one_pair_whatever_they_are_called(run: Run) -> None:
    run.write("old.yaml", V1)
    run.write("new.yaml", V2.replace("Customers", "Clients"))
    assert told(run("diff", "old.yaml", "new.yaml", *SELECT, "--format", "json").out) == [
        ("field-removed", "old.yaml:19")
    ]


def test_a_contract_that_is_gone_breaks_unless_another_version_is_left(run: Run) -> None:
    orders = V1.replace("Customer", "Order").replace("/customers", "/orders")
    for path, text in (
        ("a/customers/v1", V1),
        ("a/customers/v2", V1),
        ("a/orders", orders),
        ("b/customers/v2", V1),
    ):
        run.write(f"{path}/openapi.yaml", text)
    status, out, _ = run("diff", "a", "b", *SELECT, "--format", "json")
    found = {each["was"]["path"]: each["level"] for each in json.loads(out)["findings"]}
    assert status == 1
    assert found == {"a/customers/v1/openapi.yaml": "warning", "a/orders/openapi.yaml": "error"}


def test_a_contract_that_was_moved_is_compared_by_what_it_shares(run: Run) -> None:
    run.write("a/customers/openapi.yaml", V1)
    run.write("b/clients/api.yaml", V2)
    found = told(run("diff", "a", "b", *SELECT, "--format", "json").out)
    assert found == [("field-removed", "a/customers/openapi.yaml:19")]


def test_a_team_spells_ends_in_its_own_way_and_sets_its_notice(run: Run) -> None:
    operation = "openapi: 3.1.0\ninfo: {title: Shop, version: 1.0.0}\npaths:\n  /orders:\n    get:\n"
    answers = '      responses: {"200": {description: All orders}}\n'
    run.write("contractbook.yml", "lifecycle: {notice: 90d, keys: {sunset: [x-shop.end]}}\n")
    run.write("specs/orders/v1/openapi.yaml", operation + answers)
    end = "      deprecated: true\n      x-shop: {end: 2027-02-01}\n"
    run.write("specs/orders/v2/openapi.yaml", operation + end + answers)
    told = run("diff", "specs/orders/v1", "specs/orders/v2", "--today", "2026-12-01", "--format", "json")
    (near,) = (each for each in json.loads(told.out)["findings"] if each["rule"] == "sunset-too-near")
    assert near["message"] == "GET /orders works until 2027-02-01: 62 days, and 90 were agreed"
    assert (told.status, near["level"], near["new"]) == (1, "error", "2027-02-01")
