"""The folders around a folder, as far as they belong to the same repository."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path


def upward(start: Path) -> Iterator[Path]:
    """The folder itself and those above it, up to the root of the git repository if it lies in one."""
    for folder in (start, *start.parents):
        yield folder
        if (folder / ".git").exists():
            return
