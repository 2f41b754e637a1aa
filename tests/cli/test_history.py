"""contractbook history: the changelog of contracts, from folders and from tags."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Run

V1 = """\
openapi: 3.1.0
info: {title: Greetings, version: 1.0.0}
paths:
  /greeting:
    get:
      responses:
        "200":
          description: Hello
          content:
            application/json:
              schema:
                type: object
                required: [text]
                properties:
                  text: {type: string}
"""
V2 = V1.replace("get:", "post:")
RULES = ("--select", "operation-added", "--select", "operation-removed")
TEXT = """\
Greetings
----------------------------------------------------------------------------------------------------
v2                                                     1 breaking, 1 safe, beside the version before
  breaking   GET /greeting was removed
  safe       POST /greeting was added

v1                                                                    the first version that is here

"""
MARKDOWN = """\
# Greetings

## v2

### Breaking

- GET /greeting was removed

### Safe

- POST /greeting was added

## v1

The first version that is here.
"""


@pytest.mark.parametrize(("form", "expected"), [("text", TEXT), ("markdown", MARKDOWN)])
def test_the_newest_version_stands_first(run: Run, form: str, expected: str) -> None:
    run.write("specs/greetings/v1/openapi.yaml", V1)
    run.write("specs/greetings/v2/openapi.yaml", V2)
    assert run("history", *RULES, "--format", form) == (0, expected, "")


def test_programs_get_each_version_with_what_it_changed(run: Run) -> None:
    run.write("specs/greetings/v1/openapi.yaml", V1)
    run.write("specs/greetings/v2/openapi.yaml", V2)
    report = json.loads(run("history", "specs/greetings", *RULES, "--format", "json").out)
    assert [each["version"] for each in report["contracts"]] == ["v1", "v2"]
    assert [(each["before"], each["version"], each["summary"]["error"]) for each in report["steps"]] == [
        (None, "v1", 0),
        ("v1", "v2", 1),
    ]
    assert report["steps"][1]["findings"][0]["was"]["path"] == "specs/greetings/v1/openapi.yaml"


def test_tags_are_versions_where_the_contract_differs(run: Run) -> None:
    run.write("contractbook.yml", 'versions: {git-tags: "v*"}')
    run.write("specs/greetings/openapi.yaml", V1)
    run.git("init")
    for tag, text in (("v1.9", V1), ("v1.10", V1), ("v2.0", V2), ("other", V1)):
        run.write("specs/greetings/openapi.yaml", text)
        run.git("add", ".")
        run.git("commit", "--allow-empty", "-m", tag)
        run.git("tag", tag)
    report = json.loads(run("history", *RULES, "--format", "json").out)
    assert [(each["version"], each["summary"]["error"]) for each in report["steps"]] == [
        ("v1.9", 0),
        ("v2.0", 1),
        ("", 1),
    ]


def test_without_contracts_there_is_no_history(run: Run) -> None:
    status, _, err = run("history")
    assert (status, err.count("\n")) == (2, 1)


def test_lockstep_shows_when_it_becomes_a_habit(run: Run) -> None:
    run.write("contractbook.yml", "versions: {git-tags: 'v*'}\n")
    run.git("init")
    for number, name in enumerate(("a", "b", "c", "d"), 1):
        run.write("specs/orders/openapi.yaml", BARE.format(name=name))
        run.git("add", "-A")
        run.git("commit", "-m", name)
        run.git("tag", f"v{number}")
    out = run("history").out
    assert out.count("in lockstep") == 3 and "In lockstep 3 times in 4 versions" in out
    steps = json.loads(run("history", "--format", "json").out)["steps"]
    assert [step["strategy"] for step in steps] == [None, "lockstep", "lockstep", "lockstep"]


BARE = """openapi: 3.1.0
info: {{title: Orders, version: 1.0.0}}
paths:
  /{name}: {{get: {{operationId: {name}, responses: {{"204": {{description: Done}}}}}}}}
"""
