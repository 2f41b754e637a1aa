"""The gate, as its user runs it: a repository with a branch for each situation."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Run

ORDERS = """openapi: 3.1.0
info: {title: Orders, version: 1.0.0, contact: {name: Shop}}
servers: [{url: "https://api.shop.example/v1"}]
security: [{key: []}]
paths:
  /orders/{id}:
    get:
      operationId: getOrder
      summary: Get an order
      parameters:
        - {name: id, in: path, required: true, description: It, schema: {type: string, format: uuid}}
      responses:
        "200": {description: It, content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}}
        "404": {description: Unknown}
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key, description: A key}}
  schemas:
    Order:
      type: object
      description: What somebody bought
      required: [id, total]
      properties:
        id: {type: string, format: uuid, description: Names it}
        total: {$ref: total.yaml}
        internalHost: {type: string, description: "http://db.cluster.local:8080"}
"""
TOTAL = "type: string\ndescription: What is to be paid, with currency\npattern: '^[0-9]+ [A-Z]{3}$'\n"
READER = """consumer: {name}
provider: orders
reads: [{{operation: 'GET /orders/{{id}}', fields: [{fields}]}}]
"""
CONFIGURATION = "consumers: [specs/consumers]\nservices: {orders: {strategy: emulate}}\n"
MAIN = "specs/orders/v1/openapi.yaml"


@pytest.fixture
def shop(run: Run) -> Run:
    """A repository on a branch that has changed nothing yet."""
    run.write(".gitignore", ".cache\n")
    run.write("contractbook.yml", CONFIGURATION)
    run.write(MAIN, ORDERS)
    run.write("specs/orders/v1/total.yaml", TOTAL)
    run.write("specs/consumers/billing.reader.yml", READER.format(name="billing", fields="total"))
    run.write("specs/consumers/mailer.reader.yml", READER.format(name="mailer", fields="id"))
    run.git("init")
    commit(run)
    run.git("checkout", "-b", "change")
    return run


def commit(run: Run) -> None:
    run.git("add", "-A")
    run.git("commit", "-m", "change")


def edit(run: Run, old: str, new: str, path: str = MAIN) -> None:
    text = (run.folder / path).read_text()
    assert old in text
    run.write(path, text.replace(old, new))


def check(run: Run, *words: str) -> tuple[int, dict[str, Any]]:
    ran = run("check", "--format", "json", "--today", "2026-11-22", *words)
    assert ran.err == ""
    return ran.status, json.loads(ran.out)


def new_rules(said: dict[str, Any], level: str = "error") -> list[str]:
    return [each["rule"] for each in said["findings"] if not each["known"] and each["level"] == level]


def drop_total(run: Run) -> None:
    edit(run, "        total: {$ref: total.yaml}\n", "")
    edit(run, "required: [id, total]", "required: [id]")


def test_nothing_changed(shop: Run) -> None:
    status, said = check(shop)
    assert (status, said["verdict"], said["findings"], said["contracts"]) == (0, "safe", [], [])


def test_a_breaking_change_names_whom_it_breaks(shop: Run) -> None:
    drop_total(shop)
    status, said = check(shop)
    assert (status, said["verdict"]) == (1, "breaking")
    assert said["bump"] == {"suggested": "major", "made": "none"}
    breaks = {each["name"]: each["breaks"] for each in said["consumers"]}
    assert breaks == {"billing": True, "mailer": False}
    assert sorted(new_rules(said)) == ["field-removed", "not-emulated"]
    (gone,) = (each for each in said["findings"] if each["rule"] == "field-removed")
    assert gone["strategy"] == "emulate" and gone["recipe"][0].startswith("Keep total")
    assert gone["fingerprint"] in said["consumers"][0]["because"]


def test_a_safe_change_goes_through_and_what_was_wrong_before_is_known(shop: Run) -> None:
    note = "        note: {type: string, maxLength: 9, description: By hand}\n"
    edit(shop, "        internalHost:", f"{note}        internalHost:")
    edit(shop, "version: 1.0.0", "version: 1.1.0")
    status, said = check(shop)
    assert (status, said["verdict"], said["bump"]) == (0, "safe", {"suggested": "minor", "made": "minor"})
    assert said["summary"]["known"] and new_rules(said) == []


def test_a_new_error_of_design_fails_though_nothing_breaks(shop: Run) -> None:
    edit(shop, "        internalHost:", "        count: {type: string, type: integer}\n        internalHost:")
    status, said = check(shop)
    assert (status, said["verdict"], new_rules(said)) == (1, "faulty", ["duplicate-key"])


def test_a_part_that_changed_is_looked_at_in_the_contracts_that_refer_to_it(shop: Run) -> None:
    number = TOTAL.replace("string", "number").replace("pattern", "x-pattern")
    shop.write("specs/orders/v1/total.yaml", number)
    status, said = check(shop)
    assert (status, said["consumers"][0]["breaks"]) == (1, True)


def test_a_file_that_moved_is_compared_with_what_it_was(shop: Run) -> None:
    (shop.folder / "specs/shop/v1").mkdir(parents=True)
    shop.git("mv", MAIN, "specs/shop/v1/api.yaml")
    shop.git("mv", "specs/orders/v1/total.yaml", "specs/shop/v1/total.yaml")
    status, said = check(shop)
    assert (status, said["verdict"], new_rules(said, "warning")) == (0, "safe", [])


def test_a_contract_that_is_deleted_breaks_who_uses_it(shop: Run) -> None:
    shop.git("rm", MAIN)
    status, said = check(shop)
    assert (status, new_rules(said)) == (1, ["contract-removed"])
    assert [each["breaks"] for each in said["consumers"]] == [True, True]


def test_a_new_version_is_compared_with_the_one_before(shop: Run) -> None:
    newer = ORDERS.replace("        total: {$ref: total.yaml}\n", "").replace("[id, total]", "[id]")
    newer = newer.replace("/v1", "/v2").replace("1.0.0", "2.0.0")
    shop.write("specs/orders/v2/openapi.yaml", newer)
    status, said = check(shop)
    assert (status, said["bump"]) == (1, {"suggested": "major", "made": "major"})
    assert "field-removed" in new_rules(said) and said["contracts"][0]["version"] == "v2"


def test_a_consumer_is_held_against_its_provider(shop: Run) -> None:
    shop.write("specs/consumers/app.reader.yml", READER.format(name="app", fields="id, currency"))
    status, said = check(shop)
    assert (status, new_rules(said)) == (1, ["consumer-unmet"])
    assert said["findings"][0]["location"]["path"] == "specs/consumers/app.reader.yml"
    shop.write("specs/consumers/app.reader.yml", "consumer: app\nprovider: orders\nreeds: []\n")
    status, said = check(shop)
    assert new_rules(said) == ["invalid-structure", "invalid-structure"]


def test_an_acceptance_lets_it_pass_and_is_listed(shop: Run) -> None:
    drop_total(shop)
    accept = "accept:\n  - {rule: '*', element: '*', reason: shipping has it, by: anna, until: 2027-03-31}\n"
    shop.write("contractbook.yml", f"{CONFIGURATION}{accept}rules: {{unit-missing: off}}\n")
    status, said = check(shop)
    assert (status, said["verdict"]) == (0, "safe")
    assert said["decisions"] == [
        "accepts * for * until 2027-03-31: shipping has it, says anna",
        "configuration: rules > unit-missing is off instead of unset",
    ]


def test_a_contract_that_does_not_parse_fails_and_its_mending_does_not(shop: Run) -> None:
    edit(shop, "paths:\n", "paths: [\n")
    status, said = check(shop)
    assert (status, said["verdict"], new_rules(said)) == (1, "faulty", ["unreadable"])
    commit(shop)
    shop.git("branch", "-f", "main")
    edit(shop, "paths: [\n", "paths:\n")
    status, said = check(shop)
    assert (status, said["verdict"]) == (0, "safe")
    assert said["notes"] == [f"{MAIN} cannot be read as it was, so that it is not compared"]


def test_what_main_did_meanwhile_is_not_blamed_on_the_change(shop: Run) -> None:
    shop.git("checkout", "main")
    drop_total(shop)
    commit(shop)
    shop.git("checkout", "change")
    edit(shop, "summary: Get an order", "summary: Get one order")
    commit(shop)
    assert check(shop)[1]["verdict"] in ("safe", "dangerous")
    shop.git("merge", "main")
    status, said = check(shop)
    assert status == 0 and not new_rules(said)


def test_a_shallow_clone_says_what_to_fetch(shop: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    drop_total(shop)
    commit(shop)
    shop.git("checkout", "main")
    clone = shop.folder / "clone"
    url = f"file://{shop.folder}"
    subprocess.run(("git", "clone", "-q", "--depth", "1", "--branch", "change", url, str(clone)), check=True)
    monkeypatch.chdir(clone)
    ran = shop("check")
    assert "so nothing is compared (git fetch --unshallow origin main)" in ran.err
    assert "Compared with nothing" in ran.out
    subprocess.run(
        ("git", "fetch", "-q", "--unshallow", "origin", "main:refs/remotes/origin/main"),
        cwd=clone,
        check=True,
    )
    assert shop("check").status == 1


def test_where_there_is_nothing_to_compare_with_the_call_is_wrong(run: Run, tmp_path: Path) -> None:
    run.write(MAIN, ORDERS)
    ran = run("check")
    assert ran.status == 2 and ran.err.startswith("contractbook: check needs a git checkout: ")
    run.git("init")
    commit(run)
    ran = run("check", "--against", "origin/main")
    assert (ran.status, ran.err.count("\n")) == (2, 1) and "there is no git ref `origin/main`" in ran.err


def test_the_comment_says_it_in_ten_seconds(shop: Run) -> None:
    drop_total(shop)
    comment = shop("check", "--format", "markdown", "--today", "2026-11-22").out
    above = comment.partition("<details>")[0]
    assert above.startswith("## This change breaks billing\n")
    assert "| billing | **breaks** | total was removed from what GET /orders/\\{id\\} answers |" in above
    assert "| mailer | survives | ignores what it does not read |" in above
    assert "- Keep total and fill it beside what takes its place." in above
    assert "- Version: major fits, no step was made" in above
    assert len(above) < 900 and comment.count("<details>") == comment.count("</details>")


def test_the_terminal_ends_with_the_verdict(shop: Run) -> None:
    drop_total(shop)
    lines = shop("check", "--today", "2026-11-22").out.splitlines()
    assert "This change breaks billing" in lines[-6:]


def test_where_all_consumers_are_registered_what_nobody_uses_may_go(shop: Run) -> None:
    edit(shop, "required: [id, total]", "required: [id, total, note]")
    note = "        note: {type: string, maxLength: 9, description: By hand}\n"
    edit(shop, "        total: {$ref: total.yaml}\n", f"        total: {{$ref: total.yaml}}\n{note}")
    commit(shop)
    shop.git("branch", "-f", "main")
    edit(shop, note, "")
    edit(shop, "required: [id, total, note]", "required: [id, total]")
    assert "field-removed" in new_rules(check(shop)[1])
    shop.write("contractbook.yml", f"{CONFIGURATION}consumers-complete: true\n")
    status, said = check(shop)
    assert (status, new_rules(said)) == (0, [])
    assert "field-removed" in new_rules(said, "warning")
    assert said["decisions"] == ["configuration: consumers-complete is true instead of unset"]
