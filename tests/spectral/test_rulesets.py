"""Rulesets run as they are, feature by feature."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Run

REPOSITORY = Path(__file__).parent.parent.parent
CONTRACT = """\
openapi: 3.1.0
info: {title: Shop, version: "1"}
paths:
  /orders:
    parameters: [{$ref: "#/components/parameters/page"}]
    get: {operationId: listOrders, tags: [b, a], responses: {"200": {$ref: "#/components/responses/All"}}}
    post: {responses: {"201": {description: made}}}
components:
  parameters: {page: {name: page, in: query, schema: {type: integer}}}
  responses: {All: {description: all}}
  schemas: {Order: {type: object}}
"""
TRUTHY = "then: {function: truthy, field: x}"


def found(run: Run, ruleset: str, *words: str) -> dict[str, list[tuple[str, int, str]]]:
    """What the rules of a ruleset say: element, line and message by rule."""
    run.write(".spectral.yaml", ruleset)
    run.write("contractbook.yml", "rulesets: [.spectral.yaml]\n")
    run.write("specs/shop/openapi.yaml", CONTRACT)
    ran = run("lint", "--format", "json", *words)
    assert ran.out, ran.err
    own: dict[str, list[tuple[str, int, str]]] = {}
    for each in json.loads(ran.out)["findings"]:
        if each["rule"].startswith("my-"):
            told = each["element"], each["location"]["line"], each["message"]
            own.setdefault(each["rule"], []).append(told)
    return own


def test_a_rule_says_what_where_and_at_which_line(run: Run) -> None:
    ruleset = """\
rules:
  my-contact:
    message: "{{property}} at {{path}}: {{error}}"
    given: $.info
    then: {field: contact, function: truthy}
"""
    told = 'contact at info.contact: "contact" property must be truthy'
    assert found(run, ruleset) == {"my-contact": [("info", 2, told)]}


def test_references_are_followed_and_told_where_they_lead(run: Run) -> None:
    ruleset = """\
rules:
  my-parameter:
    description: Parameters are explained
    given: $.paths[*].parameters[*]
    then: {field: description, function: truthy}
  my-raw:
    given: $.paths[*].parameters[*]
    resolved: false
    then: {field: $ref, function: undefined}
"""
    told = found(run, ruleset)
    assert told["my-parameter"] == [("components > parameters > page", 9, "Parameters are explained")]
    assert [line for _, line, _ in told["my-raw"]] == [5]


def test_a_path_to_all_depths_tells_once_of_what_is_shared(run: Run) -> None:
    ruleset = f"rules: {{my-deep: {{given: '$..[?(@.in)]', {TRUTHY}}}}}\n"
    assert [line for _, line, _ in found(run, ruleset)["my-deep"]] == [9]


def test_elements_are_called_as_we_call_them(run: Run) -> None:
    ruleset = "rules: {my-tag: {given: '$.paths[*].get.tags', then: {function: alphabetical}}}\n"
    assert [element for element, _, _ in found(run, ruleset)["my-tag"]] == ["GET /orders > tags > 1"]


def test_aliases_lead_on_and_may_depend_on_the_format(run: Run) -> None:
    ruleset = f"""\
aliases:
  Path: ["$.paths[*]"]
  Operation: ["#Path[get,post]"]
  Names:
    targets:
      - {{formats: [oas2], given: [$.definitions]}}
      - {{formats: [oas3], given: [$.components.schemas]}}
rules:
  my-operation: {{given: "#Operation", {TRUTHY}}}
  my-id: {{given: "#Operation.operationId", then: {{function: casing, functionOptions: {{type: kebab}}}}}}
  my-name: {{given: "#Names", then: {{field: "@key", function: casing, functionOptions: {{type: camel}}}}}}
"""
    told = found(run, ruleset)
    assert [line for _, line, _ in told["my-operation"]] == [6, 7]
    assert [element for element, _, _ in told["my-id"]] == ["GET /orders > operationId"]
    assert [element for element, _, _ in told["my-name"]] == ["Order"]


def test_formats_choose_the_contracts(run: Run) -> None:
    ruleset = f"""\
formats: [oas3]
rules:
  my-three: {{given: $, {TRUTHY}}}
  my-one: {{given: $, formats: [oas3.1], {TRUTHY}}}
  my-other: {{given: $, formats: [oas2, asyncapi2], {TRUTHY}}}
"""
    assert found(run, ruleset).keys() == {"my-three", "my-one"}


def test_severities_are_levels(run: Run) -> None:
    words = {"error": "error", "warn": "warning", "info": "note", "hint": "note", "0": "error", "3": "note"}
    rules = "".join(f"  my-{name}: {{given: $, severity: {name}, {TRUTHY}}}\n" for name in words)
    run.write(".spectral.yaml", f"rules:\n{rules}  my-off: {{given: $, severity: off, {TRUTHY}}}\n")
    run.write("contractbook.yml", "rulesets: [.spectral.yaml]\n")
    run.write("specs/shop/openapi.yaml", CONTRACT)
    levels = {
        each["rule"]: each["level"] for each in json.loads(run("lint", "--format", "json").out)["findings"]
    }
    assert {name: levels.get(f"my-{name}") for name in words} == words
    assert "my-off" not in levels


@pytest.mark.parametrize(
    ("mode", "rules"),
    [("recommended", {"my-yes"}), ("all", {"my-yes", "my-no"}), ("off", set())],
)
def test_a_ruleset_builds_on_another(run: Run, mode: str, rules: set[str]) -> None:
    run.write(
        "team/base.yaml",
        f"rules:\n  my-yes: {{given: $, {TRUTHY}}}\n  my-no: {{given: $, recommended: false, {TRUTHY}}}\n",
    )
    assert found(run, f"extends: [[./team/base.yaml, {mode}]]\n").keys() == rules
    assert found(
        run, f"extends: [[./team/base.yaml, {mode}]]\nrules: {{my-yes: off, my-no: error}}\n"
    ).keys() == {"my-no"}


def test_overrides_hold_for_their_files(run: Run) -> None:
    ruleset = f"""\
rules:
  my-all: {{given: $, {TRUTHY}}}
  my-quiet: {{given: $, {TRUTHY}}}
overrides:
  - files: ["specs/shop/**"]
    rules: {{my-quiet: off}}
  - files: ["specs/other/**"]
    rules:
      my-all: off
      my-there: {{given: $, {TRUTHY}}}
"""
    assert found(run, ruleset).keys() == {"my-all"}


def test_rules_of_a_team_can_be_set_selected_accepted_and_explained(run: Run) -> None:
    ruleset = f"rules:\n  my-rule: {{description: All is well, given: $.info, {TRUTHY}}}\n"
    assert found(run, ruleset, "--select", "my-rule").keys() == {"my-rule"}
    assert "All is well" in run("rules", "my-rule").out
    run.write(
        "contractbook.yml",
        "rulesets: [.spectral.yaml]\nrules: {my-rule: error}\n"
        "accept: [{rule: my-rule, element: info, reason: not yet}]\n",
    )
    [told] = json.loads(run("lint", "--select", "my-rule", "--format", "json").out)["findings"]
    assert (told["level"], told["accepted"]["reason"]) == ("error", "not yet")


def test_rules_go_with_their_project(run: Run) -> None:
    assert found(run, f"rules: {{my-rule: {{given: $, {TRUTHY}}}}}\n")
    run.write("contractbook.yml", "{}\n")
    assert "my-rule" not in run("lint", "--format", "json").out


NOT_RUN = {
    "extends: spectral:oas\n": ".spectral.yaml:1:1: spectral:oas is not run: our own rules",
    "extends: [https://a.example/b.yaml]\n": ".spectral.yaml:1:11: https://a.example/b.yaml is not loaded",
    "extends: ['@team/rules']\n": "@team/rules is not loaded: only files",
    "extends: [./rules.js]\n": "./rules.js is JavaScript",
    "rules: {my-rule: {given: $, then: {function: own}}}\n": "my-rule is not run: own is JavaScript",
    "rules: {operation-tags: off}\n": "operation-tags: no ruleset that is read has such a rule",
    "except: {}\n": ".spectral.yaml:1:1: `except` is not known in a ruleset",
    f"formats: [arazzo1]\nrules: {{my-rule: {{given: $, {TRUTHY}}}}}\n": "is in the format arazzo1",
}


@pytest.mark.parametrize("ruleset", NOT_RUN)
def test_what_is_not_run_is_said(run: Run, ruleset: str) -> None:
    run.write(".spectral.yaml", ruleset)
    run.write("contractbook.yml", "rulesets: [.spectral.yaml]\n")
    run.write("specs/shop/openapi.yaml", CONTRACT)
    assert NOT_RUN[ruleset] in run("lint", "--fail-on", "never").err


WRONG = {
    "rules: [": ".spectral.yaml:1:",
    "rules: {my-rule: {given: $}}\n": "1:9: the rule my-rule needs the key `then`",
    "rules: {my-rule: {given: 'paths', then: {function: truthy}}}\n": "1:19: a path begins with `$`",
    "rules: {my-rule: {given: '$.a[?(@parent)]', then: {function: truthy}}}\n": "only JavaScript can tell",
    "rules: {my-rule: {given: '#Nope', then: {function: truthy}}}\n": "there is no alias `Nope`",
    "rules: {my-rule: {given: $, thn: 1, then: {}}}\n": "there is no key `thn` in a rule; did you mean",
    "rules: {my-rule: {given: $, severity: bad, then: {function: truthy}}}\n": "is no severity",
    "rules: {my-rule: {given: $, then: {function: casing}}}\n": "`type` is one of flat, camel",
    "extends: ./nowhere.yaml\n": "1:1: there is no ruleset nowhere.yaml",
    "extends: ./.spectral.yaml\n": "extend one another without an end",
}


@pytest.mark.parametrize("ruleset", WRONG)
def test_what_cannot_be_understood_ends_the_run_with_its_place(run: Run, ruleset: str) -> None:
    run.write(".spectral.yaml", ruleset)
    run.write("contractbook.yml", "rulesets: [.spectral.yaml]\n")
    ran = run("lint")
    assert ran.status == 2
    assert WRONG[ruleset] in ran.err
    assert ran.err.count("\n") == 1


def test_the_example_of_the_documentation_runs(run: Run) -> None:
    page = (REPOSITORY / "docs/how-to/spectral.md").read_text("utf-8")
    for name, text in re.findall(r'```yaml title="(\S+)"\n(.*?)```', page, re.DOTALL):
        run.write(name, text)
    run.write("specs/shop/openapi.yaml", CONTRACT)
    ran = run("lint", "--select", "operation-id-kebab-case")
    assert 'operationId: "operationId" property must be kebab case' in ran.out
    assert ran.status == 1
