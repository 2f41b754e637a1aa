"""The anchors of a YAML text, and how much its aliases stand for."""

from __future__ import annotations

from typing import Any

MOST_COPIES = 1_000_000  # values that the aliases of a text may stand for


class Anchors:
    """Values by the names that a text gives them; a name may be given again (YAML 1.2, 3.2.2.2).

    `copies` counts what would have to be written if there were no aliases.
    """

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.spelled: dict[str, str] = {}  # the source text of scalars, for aliases that are keys
        self.copies = 0
        self._extents: dict[int, tuple[int, int]] = {}
        self._kept: list[Any] = []  # what was measured: its id must not become that of another value

    def add(self, name: str, value: Any, spelled: str | None = None) -> None:
        """Gives a name to a value, which is a scalar if its source text is given."""
        self.values[name] = value
        self.spelled.pop(name, None)
        if spelled is not None:
            self.spelled[name] = spelled

    def height(self, value: Any) -> int:
        """How many levels deep a container is."""
        self._kept.append(value)
        return self._extent(value)[1]

    def take(self, value: Any) -> bool:
        """Counts a copy of a container; False where that is one too many."""
        self.copies += self._extent(value)[0]
        return self.copies <= MOST_COPIES

    def _extent(self, value: Any) -> tuple[int, int]:
        """How many values a container holds when its aliases are written out, and how deep it is."""
        known = self._extents.get(id(value))
        if known is None:
            parts = value.values() if isinstance(value, dict) else value
            inner = [self._extent(part) for part in parts if isinstance(part, dict | list)]
            size = 1 + len(value) - len(inner) + sum(size for size, _ in inner)
            known = self._extents[id(value)] = size, 1 + max((height for _, height in inner), default=0)
        return known
