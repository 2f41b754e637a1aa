"""The table of a project in pyproject.toml, with the lines of its keys."""

from __future__ import annotations

import re
from typing import Any

from contractbook.source.pointers import parts_of

TABLE = ("tool", "contractbook")
_header = re.compile(r"\s*\[\[?\s*([^\]]+?)\s*\]\]?").match
_member = re.compile(
    r"\s*((?:[\w-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[\w-]+|\"[^\"]*\"|'[^']*'))*)\s*="
).match
_names = re.compile(r"[\w-]+|\"[^\"]*\"|'[^']*'").findall


class TomlTable:
    """[tool.contractbook]: `data` is None where the file has none; raises tomllib.TOMLDecodeError."""

    def __init__(self, path: str, text: str) -> None:
        import tomllib

        self.path = path
        self._lines = text.splitlines()
        tool = tomllib.loads(text).get(TABLE[0], {})
        self.data: Any = tool.get(TABLE[1]) if isinstance(tool, dict) else None

    def locate(self, pointer: str) -> tuple[int, int]:
        """The line of a key, or of the nearest one around it; inside a value all is its first line."""
        wanted = [*TABLE, *(part for part in parts_of(pointer) if not part.isdigit())]
        best, place = 0, (1, 1)
        table: list[str] = []
        for number, line in enumerate(self._lines, 1):
            if header := _header(line):
                keys = table = _split(header[1])
            elif member := _member(line):
                keys = table + _split(member[1])
            else:
                continue
            shared = _shared(keys, wanted)
            if shared == len(keys) > best:
                best, place = shared, (number, len(line) - len(line.lstrip()) + 1)
        return place


def _split(dotted: str) -> list[str]:
    return [name.strip("\"'") for name in _names(dotted)]


def _shared(keys: list[str], wanted: list[str]) -> int:
    pairs = zip(keys, wanted, strict=False)
    return next(
        (index for index, (one, other) in enumerate(pairs) if one != other), min(len(keys), len(wanted))
    )
