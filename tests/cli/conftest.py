"""Whole runs of the command, each in a folder of its own."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

from contractbook.cli import main


class Ran(NamedTuple):
    status: int
    out: str
    err: str


class Run:
    """Calls the command in a folder."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys

    def __call__(self, *words: str) -> Ran:
        status = main(words)
        out, err = self.capsys.readouterr()
        assert "Traceback" not in err
        return Ran(status, out, err)

    def write(self, path: str, text: str) -> None:
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_text(text)

    def git(self, *words: str) -> None:
        """Calls git as somebody."""
        who = ("-c", "user.name=anna", "-c", "user.email=anna@shop.example", "-c", "init.defaultBranch=main")
        subprocess.run(("git", *who, *words), cwd=self.folder, check=True, capture_output=True)


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONTRACTBOOK_CACHE", str(tmp_path / ".cache"))
    return Run(tmp_path, capsys)
