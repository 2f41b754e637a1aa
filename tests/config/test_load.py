"""contractbook.yml and [tool.contractbook]: what a person can write, and what is said of mistakes."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from contractbook.config import Configuration, Project
from contractbook.config.load import nearest_project
from contractbook.declare import Preset
from contractbook.finding import Acceptance, Level
from contractbook.judge import Decision, Override, Setting
from contractbook.migration.strategy import Strategy
from contractbook.wrong import Wrong

EVERY_KEY = """\
specs: [specs, "services/*/api"]
exclude: ["**/drafts/**"]
imports: [third_party/protos]
versions:
  git-tags: "v*"
services:
  customers:
    title: Customers
    owner: crm-team
    names: [Customer Service]
    strategy: emulate
teams:
  crm: [customers, billing]
consumers: [specs/consumers]
consumers-complete: true
extends: strict
rules-version: 1
rules:
  stack-trace-in-error: off
  field-removed: {level: warning}
overrides:
  - files: ["specs/legacy/**"]
    rules: {duplicate-key: note}
words: {allow: [bean], add: {stack-trace-in-error: [crash]}}
rulesets: [.spectral.yaml]
lint-old: true
lifecycle:
  notice: 12w
  keys: {sunset: [x-end]}
accept:
  - rule: stack-trace-in-error
    element: "GET /health*"
    reason: only reachable from inside
    by: anna
    until: 2027-03-31
baseline: .contractbook-baseline.json
"""


def read(folder: Path, text: str, name: str = "contractbook.yml") -> Project:
    (folder / ".spectral.yaml").write_text("rules: {}\n")
    (folder / name).write_text(text)
    return nearest_project(folder)


def test_every_key_becomes_a_typed_value(tmp_path: Path) -> None:
    project = read(tmp_path, EVERY_KEY)
    keys = project.configuration
    assert project.root == tmp_path
    assert keys.specs == ("specs", "services/*/api")
    assert keys.versions.git_tags == "v*"
    assert keys.services["customers"].strategy is Strategy.EMULATE
    assert keys.teams == {"crm": ("customers", "billing")}
    assert keys.consumers_complete is True
    assert keys.extends is Preset.STRICT
    assert keys.rules == {"stack-trace-in-error": Setting(off=True), "field-removed": Setting(Level.WARNING)}
    assert keys.overrides == (Override(("specs/legacy/**",), {"duplicate-key": Setting(Level.NOTE)}),)
    assert keys.words.add == {"stack-trace-in-error": ("crash",)}
    assert keys.lifecycle.notice == timedelta(weeks=12)
    assert keys.lifecycle.keys.sunset == ("x-end",)
    acceptance = Acceptance("only reachable from inside", "anna", date(2027, 3, 31))
    decision = Decision("stack-trace-in-error", "GET /health*", acceptance, "contractbook.yml:31")
    assert keys.accept == (decision,)


def test_pyproject_says_the_same(tmp_path: Path) -> None:
    text = """\
[tool.contractbook]
specs = ["api"]
[tool.contractbook.rules]
field-removed = "note"
[[tool.contractbook.accept]]
rule = "field-removed"
reason = "nobody reads it"
until = 2027-03-31
"""
    keys = read(tmp_path, text, "pyproject.toml").configuration
    assert keys.specs == ("api",)
    assert keys.rules == {"field-removed": Setting(Level.NOTE)}
    assert keys.accept[0].acceptance == Acceptance("nobody reads it", until=date(2027, 3, 31))


def test_the_nearest_configuration_is_taken_up_to_the_root_of_the_repository(tmp_path: Path) -> None:
    (tmp_path / "contractbook.yml").write_text("specs: [outside]")
    inner = tmp_path / "repository" / "team" / "service"
    inner.mkdir(parents=True)
    (tmp_path / "repository" / ".git").mkdir()
    assert nearest_project(inner) == Project(inner, Configuration())
    (tmp_path / "repository" / "pyproject.toml").write_text("[project]\nname = 'x'")
    assert nearest_project(inner) == Project(inner, Configuration())
    found = read(tmp_path / "repository", "specs: [inside]")
    assert nearest_project(inner) == found


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "rule: {}",
            "contractbook.yml:1:1: there is no key `rule` in the configuration; did you mean `rules`?",
        ),
        (
            "rules:\n  feild-removed: off",
            "2:3: there is no rule `feild-removed`; did you mean `field-removed`?",
        ),
        ("rules:\n  field-removed: fatal", "2:3: rules > field-removed is no level; it can be off, note,"),
        ("rules: {field-removed: {limit: 1}}", "1:25: the rule field-removed has no option `limit`"),
        (
            "services: {a: {stratgy: x}}",
            "1:16: there is no key `stratgy` in services > a; did you mean `strategy`?",
        ),
        ("services: {a: {strategy: big}}", "is `big`; it can be lockstep or coexist or emulate"),
        ("specs: specs", "1:1: specs is `specs`; a list is meant, such as [specs]"),
        ("lint-old: yes", "1:1: lint-old is `yes`; true or false is meant"),
        ("lifecycle: {notice: 90}", "a time such as 90d or 12w is meant"),
        ("accept:\n  - rule: field-removed", "2:5: accept > 0 needs the key `reason`"),
        ("accept: [{rule: x*, reason: ' '}]", "reason is empty; say why the finding is accepted"),
        ("accept: [{rule: x*, reason: r, until: soon}]", "is `soon`; a day such as 2027-03-31 is meant"),
        ("rules-version: 2", "1:1: there is no rules-version 2; the only one so far is 1"),
        ("[specs]", "the configuration is a list; keys with values are meant"),
        ("specs: [", "contractbook.yml:1:"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_the_nearest_right_word(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(Wrong) as told:
        read(tmp_path, text)
    assert message in str(told.value)
    assert "\n" not in str(told.value)


def test_a_mistake_in_pyproject_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(Wrong, match=r"^pyproject.toml:3:1: there is no key `spec` in .*`specs`\?$"):
        read(tmp_path, "[project]\n[tool.contractbook]\nspec = ['x']", "pyproject.toml")


def test_rule_modules_declare_rules_that_can_be_set(tmp_path: Path) -> None:
    with pytest.raises(Wrong, match="the rule module house_rules cannot be imported"):
        read(tmp_path, "rule-modules: [house_rules]")
