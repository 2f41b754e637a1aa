"""Where teams work: the action, the hooks and the template are run as their hosts would run them."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

REPOSITORY = Path(__file__).parent.parent
ORDERS = """openapi: 3.1.0
info: {title: Orders, version: 1.0.0}
paths:
  /orders:
    get: {operationId: listOrders, responses: {"200": {description: All}}}
  /baskets:
    get: {operationId: listBaskets, responses: {"200": {description: All}}}
"""
BROKEN = ORDERS[: ORDERS.index("  /baskets")]


class Host:
    """A repository on a branch with a breaking change, and a shell in it."""

    def __init__(self, folder: Path) -> None:
        self.origin = folder / "origin"
        self.work = folder / "work"
        self.bin = folder / "bin"
        self.bin.mkdir()
        main = f"#!{sys.executable}\nfrom contractbook.cli import command\ncommand()\n"
        (self.bin / "contractbook").write_text(main)
        (self.bin / "contractbook").chmod(0o755)
        self.origin.mkdir()
        self.git("init", at=self.origin)
        self.write(ORDERS, self.origin)
        self.git("checkout", "-q", "-b", "change", at=self.origin)
        self.write(BROKEN, self.origin)

    def git(self, *words: str, at: Path) -> None:
        who = ("-c", "user.name=anna", "-c", "user.email=anna@shop.example", "-c", "init.defaultBranch=main")
        subprocess.run(("git", *who, *words), cwd=at, check=True, capture_output=True)

    def write(self, text: str, at: Path) -> None:
        path = at / "specs" / "orders" / "openapi.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        self.git("add", "-A", at=at)
        self.git("commit", "-q", "-m", "change", at=at)

    def clone(self, *options: str) -> None:
        url = f"file://{self.origin}"
        self.git("clone", "-q", "--branch", "change", *options, url, str(self.work), at=self.origin)

    def run(self, command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        path = f"{self.bin}{os.pathsep}{os.environ['PATH']}"
        known = {**os.environ, "PATH": path, "PYTHONPATH": str(REPOSITORY / "plugins"), **environment}
        return subprocess.run(
            ("bash", "-c", command), cwd=self.work, env=known, capture_output=True, text=True
        )


@pytest.fixture
def host(tmp_path: Path) -> Host:
    return Host(tmp_path)


def read(name: str) -> Any:
    return yaml.safe_load((REPOSITORY / name).read_text("utf-8"))


def test_the_action_annotates_comments_and_writes_sarif_in_a_shallow_clone(host: Host) -> None:
    action = read("action.yml")
    steps = {step.get("name"): step for step in action["runs"]["steps"]}
    check = steps["Check the contracts"]
    given = {name: action["inputs"][_input(value)]["default"] for name, value in check["env"].items()}
    host.clone("--depth", "1")
    summary = host.work.parent / "summary.md"
    ran = host.run(
        check["run"],
        GITHUB_ACTION_PATH=str(REPOSITORY),
        GITHUB_BASE_REF="main",
        GITHUB_STEP_SUMMARY=str(summary),
        **given,
    )
    assert ran.returncode == 1, ran.stderr
    assert ran.stdout.startswith(
        "::error file=specs/orders/openapi.yaml,line=3,col=1,title=operation-removed::"
    )
    assert summary.read_text().startswith("## This change is breaking\n")
    (run,) = json.loads((host.work / given["INPUT_SARIF"]).read_text())["runs"]
    assert "operation-removed" in [result["ruleId"] for result in run["results"]]
    assert host.run(check["run"], GITHUB_ACTION_PATH=str(REPOSITORY), INPUT_FAIL_ON="never").returncode == 0


def _input(expression: str) -> str:
    found = re.fullmatch(r"\$\{\{ inputs\.([\w-]+) \}\}", expression)
    assert found
    return found[1]


def test_the_hooks_show_what_a_commit_and_a_push_would_break(host: Host) -> None:
    hooks = {hook["id"]: hook for hook in read(".pre-commit-hooks.yaml")}
    host.clone()
    lint, check = (shlex.join(shlex.split(hooks[id]["entry"])) for id in hooks)
    assert re.search(hooks["contractbook-lint"]["files"], "specs/orders/openapi.yaml")
    assert host.run(lint).returncode == 0
    path = host.work / "specs" / "orders" / "openapi.yaml"
    path.write_text(BROKEN.replace("operationId: listOrders", "operationId: a, operationId: b"))
    ran = host.run(lint)
    assert ran.returncode == 1 and "duplicate-key" in ran.stdout
    path.write_text(BROKEN)
    ran = host.run(check)
    assert ran.returncode == 0 and "Compared with origin/HEAD" in ran.stdout
    ran = host.run(f"{check} --against origin/main")
    assert ran.returncode == 1 and "This change is breaking" in ran.stdout


def test_the_job_of_gitlab_leaves_its_reports(host: Host) -> None:
    job = read("ci/gitlab.yml")["contracts"]
    host.clone()
    install, fetch = job["before_script"]
    assert install.startswith("pip install")
    script = "\n".join(("set -e", fetch, *job["script"]))
    ran = host.run(script, CI_MERGE_REQUEST_TARGET_BRANCH_NAME="main")
    assert ran.returncode == 1 and "This change is breaking" in ran.stdout, ran.stderr
    reports = job["artifacts"]["reports"]
    issues = json.loads((host.work / reports["codequality"]).read_text())
    assert [each["check_name"] for each in issues if each["severity"] == "critical"] == ["operation-removed"]
    assert len({each["fingerprint"] for each in issues}) == len(issues)
    suites = ElementTree.parse(host.work / reports["junit"]).getroot()
    assert [case.get("type") for case in suites.iter("failure")] == ["operation-removed"]
    assert (host.work / job["artifacts"]["paths"][0]).read_text().startswith("## This change is breaking")


def test_paths_begin_where_the_host_shows_files(host: Host) -> None:
    host.clone()
    below = host.work / "apps"
    below.mkdir()
    host.git("mv", "specs", "apps/specs", at=host.work)
    (below / "contractbook.yml").write_text("specs: [specs]\n")
    host.write(ORDERS.replace("get:", "put:"), below)
    ran = host.run("contractbook check --against HEAD~1 --config apps/contractbook.yml --format github")
    assert "::warning file=apps/specs/orders/openapi.yaml," in ran.stdout, ran.stderr
