"""contractbook init and rules: the first things that people try."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from contractbook.rules import RULES

if TYPE_CHECKING:
    from tests.cli.conftest import Run


def test_the_beginning_has_something_to_teach(run: Run) -> None:
    status, out, err = run("init")
    assert (status, err) == (0, "")
    assert [line for line in out.splitlines() if line.startswith("wrote")] == [
        "wrote  contractbook.yml",
        "wrote  docs/index.md",
        "wrote  mkdocs.yml",
        "wrote  specs/greetings/v1/openapi.yaml",
    ]
    status, out, _ = run("lint", "--format", "json")
    assert status == 1
    assert {each["rule"] for each in json.loads(out)["findings"]} == {
        "database-key-name",
        "stack-trace-in-error",
    }


def test_what_is_there_is_kept(run: Run) -> None:
    run.write("mkdocs.yml", "site_name: Mine")
    run.write("specs/mine.yaml", "")
    out = run("init").out
    assert "kept   mkdocs.yml" in out and "kept   specs/" in out
    assert "add `- contractbook` to the plugins" in out
    assert (run.folder / "mkdocs.yml").read_text() == "site_name: Mine"
    assert not (run.folder / "specs" / "greetings").exists()


def test_rules_are_listed_and_explained(run: Run) -> None:
    listed = run("rules").out
    assert all(f"  {rule} " in listed for rule in RULES)
    assert all(len(line) <= 100 for line in listed.splitlines())
    (facts,) = json.loads(run("rules", "stack-trace-in-error", "--format", "json").out)["rules"]
    assert (facts["guideline"], facts["input"], facts["output"]) == ("hidden", None, "error")
    for form in ("text", "markdown"):
        page = run("rules", "stack-trace-in-error", "--format", form).out
        assert RULES["stack-trace-in-error"].why in page and "traceId: {type: string}" in page


def test_a_guideline_lists_its_rules_alone(run: Run) -> None:
    found = json.loads(run("rules", "--select", "hidden", "--format", "json").out)["rules"]
    assert {rule["guideline"] for rule in found} == {"hidden"}
    status, _, err = run("rules", "stack-trace")
    assert (status, err.count("\n")) == (2, 1)
    assert "did you mean `stack-trace-in-error`?" in err
