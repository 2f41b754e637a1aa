"""What the documentation shows is tried: commands, configurations, and the rule of one's own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from contractbook.cli.arguments import parsed
from contractbook.config import Configuration
from contractbook.config.load import project_of

REPOSITORY = Path(__file__).parent.parent
PAGES = [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").rglob("*.md"))]
KEYS = {name.replace("_", "-") for name in Configuration.__struct_fields__}


def blocks(language: str) -> list[tuple[str, str]]:
    """Fenced blocks of a language, each with the name of its page."""
    fence = re.compile(rf"^```{language}\b[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
    return [(page.name, text) for page in PAGES for text in fence.findall(page.read_text("utf-8"))]


COMMANDS = sorted(
    {
        command
        for _, text in blocks("console")
        for command in re.findall(
            r"\bcontractbook ((?:lint|diff|check|history|rules|export|init)\b[^\n&|]*)", text
        )
    }
)
CONFIGURATIONS = [text for _, text in blocks("yaml") if text.split(":")[0] in KEYS and "plugins:" not in text]


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_are_understood(command: str) -> None:
    assert parsed(command.split()).command == command.split()[0]


@pytest.mark.parametrize("text", CONFIGURATIONS)
def test_configurations_are_right(text: str, tmp_path: Path) -> None:
    without_modules = re.sub(r"(?m)^rule-modules:.*\n|^  correlation-id-missing:.*\n", "", text)
    (tmp_path / "contractbook.yml").write_text(without_modules, "utf-8")
    (tmp_path / ".spectral.yaml").write_text("rules: {}\n")
    project_of(tmp_path / "contractbook.yml", tmp_path)


def test_the_rule_of_ones_own_finds_what_it_says(tmp_path: Path) -> None:
    page = (REPOSITORY / "docs" / "how-to" / "custom-rules.md").read_text("utf-8")
    for name, text in re.findall(r'```\w+ title="(\S+)"\n(.*?)```', page, re.DOTALL):
        (tmp_path / name).write_text(text, "utf-8")
    shutil.copytree(REPOSITORY / "specs", tmp_path / "specs")
    main = "import sys; from contractbook.cli import main; sys.exit(main(sys.argv[1:]))"
    run = subprocess.run(
        [sys.executable, "-c", main, "lint", "--select", "correlation-id-missing"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY / "plugins")},
        capture_output=True,
        text=True,
    )
    assert (run.returncode, run.stderr) == (1, "")
    assert "GET /orders does not take X-Request-Id" in run.stdout
