"""What docs/architecture.md says of the rooms is true: who imports whom, and who has a door."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent
PACKAGE = REPOSITORY / "plugins" / "contractbook"
DRAWN = re.search(r"```layers\n(.+)\n```", (REPOSITORY / "docs" / "architecture.md").read_text("utf-8"))
LAYERS = [part.split() for part in DRAWN[1].split("|")] if DRAWN else []
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}


def modules() -> Iterator[tuple[str, Path]]:
    """Each module with the name of the room it belongs to."""
    for path in sorted(PACKAGE.rglob("*.py")):
        room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if room != "__init__":
            yield room, path


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """The rooms that a module imports from, wherever in it the import stands."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if not isinstance(node, ast.Import | ast.ImportFrom):
            continue
        names = [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports are absolute here"
            names = [f"{node.module}.{name}" for name in names]
        yield from ((node.lineno, name.split(".")[1]) for name in names if name.startswith("contractbook."))


def test_every_module_has_its_layer() -> None:
    homeless = {room for room, _ in modules()} - set(RANK)
    assert not homeless, f"give {', '.join(sorted(homeless))} a place in the layers of docs/architecture.md"


def test_modules_import_only_from_their_right() -> None:
    wrong = [
        f"{path.relative_to(REPOSITORY)}:{line}: {room} imports {other}"
        for room, path in modules()
        for line, other in imported(path)
        if RANK.get(other, -1) < RANK[room]
    ]
    assert wrong == []


DOORS = {
    r"\.(?:read_text|read_bytes)\(|(?<![\w.])open\(": {"source", "cli", "export", "mkdocs_plugin", "cache"},
    r"\.(?:write_text|write_bytes|mkdir|unlink)\(": {"cli", "export", "mkdocs_plugin", "cache", "source"},
    r"\b(?:datetime\.now|date\.today|time\.time)\(": {"clock"},
    r"(?m)^\s*(?:import|from) subprocess\b": {"source"},
    r"(?m)^\s*(?:import|from) (?:urllib\.request|http|socket|requests|httpx|pickle)\b": set(),
}
SHIPPED = "formats/openapi/structure.py"  # reads the meta-schemas that a library brings along


@pytest.mark.parametrize("door", DOORS)
def test_files_git_and_the_clock_have_their_doors_and_the_network_has_none(door: str) -> None:
    through = [
        str(path.relative_to(PACKAGE))
        for room, path in modules()
        if room not in DOORS[door] and re.search(door, path.read_text("utf-8"))
    ]
    assert [path for path in through if path != SHIPPED] == []
