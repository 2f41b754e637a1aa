"""The order of imports that docs/architecture.md draws is the order in the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

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
