"""lint --fix writes what is certain, and --diff shows it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from contractbook.fix import FIXES
from contractbook.rules import RULES

if TYPE_CHECKING:
    from tests.cli.conftest import Run

PATH = "specs/shop/openapi.yaml"
BEFORE = """\
openapi: 3.1.0
info: {title: Shop, version: "1"}  # ours
paths:
  /orders:
    get:
      description: "Deprecated since 2026-05-01. Sunset 2027-03-01. Use GET /v2/orders instead."
      responses:
        "200": {description: All, content: {application/json: {schema: {$ref: "#/components/schemas/Page"}}}}
    post: {responses: {"201": {description: Made}}}
  /orders/{orderId}:
    get: {operationId: readOrder, responses: {"200": {description: One}}}
    delete: {responses: {"204": {description: Gone}}}
components:
  schemas:
    Page:
      type: object
      properties:
        items: {type: array, items: {type: string}}
        made:
          type: string
          examples: ["2026-05-01T14:30:00Z"]
"""
AFTER = """\
openapi: 3.1.0
info: {title: Shop, version: "1"}  # ours
paths:
  /orders:
    get:
      deprecated: true
      operationId: listOrders
      x-lifecycle: {deprecated: 2026-05-01, sunset: 2027-03-01, replacement: GET /v2/orders}
      description: "Deprecated since 2026-05-01. Sunset 2027-03-01. Use GET /v2/orders instead."
      responses:
        "200": {description: All, content: {application/json: {schema: {$ref: "#/components/schemas/Page"}}}}
    post: {operationId: createOrder, responses: {"201": {description: Made}}}
  /orders/{orderId}:
    get: {operationId: readOrder, responses: {"200": {description: One}}}
    delete: {operationId: deleteOrder, responses: {"204": {description: Gone}}}
components:
  schemas:
    Page:
      type: object
      properties:
        items: {type: array, items: {type: string}}
        made:
          type: string
          format: date-time
          examples: ["2026-05-01T14:30:00Z"]
"""


def found(run: Run) -> set[str]:
    return {each["rule"] for each in json.loads(run("lint", "--format", "json").out)["findings"]}


def test_fix_writes_what_is_certain_and_the_findings_are_gone(run: Run) -> None:
    run.write(PATH, BEFORE)
    told = {"missing-operation-id", "deprecated-only-in-text", "format-only-in-examples"}
    assert told <= found(run)
    ran = run("lint", "--fix", "--fail-on", "never")
    assert "wrote 6 facts into 1 file\n" in ran.err
    assert (run.folder / PATH).read_text() == AFTER
    assert not told & found(run)


def test_fix_changes_nothing_the_second_time(run: Run) -> None:
    run.write(PATH, AFTER)
    assert "nothing that --fix can write" in run("lint", "--fix", "--fail-on", "never").err
    assert (run.folder / PATH).read_text() == AFTER


def test_diff_shows_a_patch_that_git_applies_and_writes_nothing(run: Run) -> None:
    run.write(PATH, BEFORE)
    ran = run("lint", "--diff")
    assert ran.status == 0
    assert (run.folder / PATH).read_text() == BEFORE
    run.write("fix.patch", ran.out)
    run.git("apply", "fix.patch")
    assert (run.folder / PATH).read_text() == AFTER


def test_what_is_accepted_or_not_asked_for_stays(run: Run) -> None:
    run.write(PATH, BEFORE)
    run.write(
        "contractbook.yml",
        "rules: {format-only-in-examples: off}\n"
        "accept: [{rule: missing-operation-id, element: 'POST /orders', reason: old clients}]\n",
    )
    run("lint", "--fix", "--fail-on", "never", "--ignore", "deprecated-only-in-text")
    text = (run.folder / PATH).read_text()
    assert "listOrders" in text
    assert "createOrder" not in text
    assert "date-time" not in text
    assert "deprecated: true" not in text


def test_only_the_newest_version_is_written_into(run: Run) -> None:
    for version in ("v1", "v2"):
        run.write(f"specs/shop/{version}/openapi.yaml", BEFORE)
    run("lint", "--fix", "--fail-on", "never")
    assert (run.folder / "specs/shop/v1/openapi.yaml").read_text() == BEFORE
    assert (run.folder / "specs/shop/v2/openapi.yaml").read_text() == AFTER


def test_a_file_that_would_say_something_else_is_left_alone_and_named(run: Run) -> None:
    shared = BEFORE.replace("post: {", "post: &made {").replace("delete: {", "put: *made\n    delete: {")
    run.write(PATH, shared)
    ran = run("lint", "--fix", "--fail-on", "never", "--select", "missing-operation-id")
    assert f"{PATH}: what --fix would write cannot be written there without changing more" in ran.err
    assert (run.folder / PATH).read_text() == shared


@pytest.mark.parametrize("rule", FIXES)
def test_a_fix_belongs_to_a_rule_and_says_what_it_does(rule: str) -> None:
    assert rule in RULES
    assert (FIXES[rule].__doc__ or "").startswith("Writes ")
