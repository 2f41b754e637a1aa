"""What the portal keeps of a project between two looks."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

from contractbook.config.load import nearest_project
from contractbook.shelf import Shelf

TODAY = date(2026, 11, 22)
CONTRACT = """openapi: 3.1.0
info: {title: Greetings, version: 1.0.0}
paths: {/greeting: {get: {responses: {'200': {description: Hello}}}}}
"""


def git(folder: Path, *words: str) -> None:
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@mail.example"]
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


def test_tags_are_versions_and_are_read_once(tmp_path: Path) -> None:
    contract = tmp_path / "specs" / "greetings" / "openapi.yaml"
    contract.parent.mkdir(parents=True)
    (tmp_path / "contractbook.yml").write_text('versions: {git-tags: "v*"}\n', "utf-8")
    git(tmp_path, "init")
    for tag, method in (("v1", "get"), ("v2", "post")):
        contract.write_text(CONTRACT.replace("get", method), "utf-8")
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "-m", tag)
        git(tmp_path, "tag", tag)
    contract.write_text(CONTRACT.replace("get", "put"), "utf-8")
    shelf = Shelf(nearest_project(tmp_path))
    (series,) = shelf.look(TODAY)
    assert [step.version for step in series.steps] == ["v1", "v2", ""]
    assert "operation-removed" in {finding.rule for finding in series.steps[1].findings}
    (again,) = shelf.look(TODAY)
    assert again is series, "nothing changed, so the pages that were made of it are good"
