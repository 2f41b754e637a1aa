"""What holds for the repository as a whole."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
TRACKED = subprocess.run(
    ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    cwd=REPOSITORY,
    capture_output=True,
    text=True,
    check=True,
).stdout.split("\0")
FILES = [path for name in TRACKED if name and (path := REPOSITORY / name).is_file()]


def test_every_module_says_what_it_is_for() -> None:
    modules = [path for path in FILES if path.suffix == ".py"]
    silent = [str(path) for path in modules if not ast.get_docstring(ast.parse(path.read_bytes()))]
    assert modules
    assert silent == []


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    homes = re.compile(rb"[\s\"'=(](?:/home|/root|/Users|[A-Z]:\\Users)[/\\]\w")
    assert [str(path) for path in FILES if homes.search(path.read_bytes())] == []


def test_commands_of_make_in_the_documentation_exist() -> None:
    targets = set(re.findall(r"^([\w-]+):", (REPOSITORY / "Makefile").read_text("utf-8"), re.MULTILINE))
    pages = [REPOSITORY / "README.md", REPOSITORY / "CONTRIBUTING.md", *(REPOSITORY / "docs").rglob("*.md")]
    named = {
        name for page in pages for name in re.findall(r"(?:\$ |`)make ([\w-]+)", page.read_text("utf-8"))
    }
    assert named
    assert named <= targets
