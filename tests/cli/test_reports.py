"""The reports for other tools: what they promise to hold."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest

from contractbook.finding import Finding
from contractbook.rules import RULES

if TYPE_CHECKING:
    from tests.cli.conftest import Run

CONTRACT = """\
openapi: 3.1.0
info: {title: "Shop <b>@anna</b>", version: 1.0.0}
servers: [{url: "https://api.shop.com"}]
security: []
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
SELECT = ("--select", "stack-trace-in-error", "--select", "optional-field-removed")


def closed(required: str, **properties: Any) -> dict[str, Any]:
    """An object that has these properties and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": required.split(),
        "additionalProperties": False,
    }


TEXT = {"type": "string", "minLength": 1}
LEVEL = {"enum": ["error", "warning", "note"]}
PHYSICAL = closed(
    "artifactLocation region",
    artifactLocation=closed("uri", uri={"type": "string", "pattern": "^[A-Za-z0-9._~/%-]+$"}),
    region=closed(
        "startLine",
        startLine={"type": "integer", "minimum": 1},
        startColumn={"type": "integer", "minimum": 1},
    ),
)
# What SARIF 2.1.0 says of the objects that are written: names, types and what is required (section 3).
SARIF = closed(
    "$schema version runs",
    **{"$schema": {"type": "string", "format": "uri"}},
    version={"const": "2.1.0"},
    runs={
        "type": "array",
        "items": closed(
            "tool results",
            tool=closed(
                "driver",
                driver=closed(
                    "name",
                    name=TEXT,
                    version=TEXT,
                    semanticVersion={"type": "string", "pattern": r"^\d+\.\d+\.\d+"},
                    rules={
                        "type": "array",
                        "uniqueItems": True,
                        "items": closed(
                            "id",
                            id=TEXT,
                            name=TEXT,
                            shortDescription=closed("text", text=TEXT),
                            fullDescription=closed("text", text=TEXT),
                            help=closed("text", text=TEXT, markdown=TEXT),
                            defaultConfiguration=closed("level", level=LEVEL),
                            properties=closed("tags", tags={"type": "array", "items": TEXT}),
                        ),
                    },
                ),
            ),
            automationDetails=closed("id", id={"type": "string", "pattern": "/$"}),
            columnKind={"const": "unicodeCodePoints"},
            results={
                "type": "array",
                "items": closed(
                    "message",
                    ruleId=TEXT,
                    ruleIndex={"type": "integer", "minimum": 0},
                    level=LEVEL,
                    message=closed("text", text=TEXT),
                    locations={
                        "type": "array",
                        "minItems": 1,
                        "items": closed(
                            "physicalLocation",
                            physicalLocation=PHYSICAL,
                            logicalLocations={
                                "type": "array",
                                "items": closed("fullyQualifiedName", fullyQualifiedName=TEXT),
                            },
                        ),
                    },
                    relatedLocations={
                        "type": "array",
                        "items": closed(
                            "physicalLocation",
                            id={"type": "integer"},
                            message=closed("text", text=TEXT),
                            physicalLocation=PHYSICAL,
                        ),
                    },
                    partialFingerprints={"type": "object", "additionalProperties": TEXT},
                    suppressions={
                        "type": "array",
                        "items": closed(
                            "kind",
                            kind={"enum": ["inSource", "external"]},
                            status={"enum": ["accepted", "underReview", "rejected"]},
                            justification=TEXT,
                            properties={"type": "object"},
                        ),
                    },
                    properties={"type": "object"},
                ),
            },
        ),
    },
)


def two_versions(run: Run) -> tuple[str, str]:
    run.write("old version/shop.yaml", CONTRACT)
    run.write("new version/shop.yaml", CONTRACT.replace("        title: {type: string}\n", ""))
    return "old version/shop.yaml", "new version/shop.yaml"


@pytest.mark.parametrize("words", [["lint", "old version"], ["diff", "old version", "new version"]])
def test_sarif_has_the_structure_of_its_standard_and_explains_every_rule(run: Run, words: list[str]) -> None:
    two_versions(run)
    (log,) = json.loads(run(*words, "--format", "sarif").out)["runs"]
    jsonschema_rs.validate(SARIF, {"$schema": "https://x", "version": "2.1.0", "runs": [log]})
    rules = log["tool"]["driver"]["rules"]
    assert log["results"]
    for result in log["results"]:
        rule = rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert RULES[rule["id"]].why in rule["help"]["text"]
        assert "```yaml" in rule["help"]["markdown"]


def test_sarif_shows_places_on_both_sides_and_who_accepted_what(run: Run) -> None:
    old, new = two_versions(run)
    run.write(
        "contractbook.yml", "accept: [{rule: optional-field-removed, reason: nobody reads it, by: anna}]"
    )
    (log,) = json.loads(run("diff", old, new, *SELECT, "--format", "sarif").out)["runs"]
    (result,) = log["results"]
    assert result["relatedLocations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "old%20version/shop.yaml"},
        "region": {"startLine": 20, "startColumn": 9},
    }
    assert result["suppressions"][0]["justification"] == "nobody reads it"
    assert result["suppressions"][0]["properties"] == {"by": "anna", "until": None}


def test_json_has_the_promised_keys_in_their_order(run: Run) -> None:
    old, new = two_versions(run)
    report = json.loads(run("diff", old, new, *SELECT, "--format", "json").out)
    assert list(report) == ["contractbook", "command", "contracts", "findings", "summary"]
    assert report["contracts"] == [
        {
            "path": new,
            "format": "openapi",
            "specVersion": "3.1.0",
            "service": "shop-b-anna-b",
            "name": "",
            "version": "",
            "title": "Shop <b>@anna</b>",
            "operations": 1,
            "types": 1,
            "fields": 1,
        }
    ]
    (finding,) = report["findings"]
    attributes = [name for name in Finding.__struct_fields__ if name != "was_pointer"]
    assert sorted(finding) == sorted(attributes)
    assert (finding["rule"], finding["kind"], finding["direction"]) == (
        "optional-field-removed",
        "structural",
        "output",
    )
    assert finding["was"] == {"path": old, "line": 20, "column": 9}
    assert finding["consumers"] is None and finding["accepted"] is None and finding["known"] is False
    assert report["summary"] == {"error": 0, "warning": 1, "note": 0, "accepted": 0, "known": 0}


def test_markdown_shows_texts_of_contracts_as_they_are(run: Run) -> None:
    run.write("specs/_a_/v1.yaml", CONTRACT.replace("stackTrace:", '"stack_trace":'))
    lines = run("lint", *SELECT, "--format", "markdown").out.splitlines()
    assert lines[0] == "## Contracts: 1 error"
    assert lines[2] == "### \\_a\\_ v1 (`specs/_a_/v1.yaml`)"
    assert lines[6].startswith(
        "- stack\\_trace shows what happened inside the provider — `stack-trace-in-error` in"
    )


def test_no_text_of_a_contract_can_steer_a_terminal(run: Run) -> None:
    evil = 'stackTrace: {type: string}  # \u202egnirts\n        "\\e[31mcustomer_pk": {type: string}'
    run.write("specs/a/v1.yaml", CONTRACT.replace("stackTrace: {type: string}", evil))
    out = run("lint", *SELECT, "--select", "database-key-name").out
    assert "\x1b" not in out and "\u202e" not in out
    assert "\ufffd[31mcustomer_pk is a key" in out and "# \ufffdgnirts" in out
    assert "\x1b[1;31mERROR" in run("lint", *SELECT, "--color", "always").out
