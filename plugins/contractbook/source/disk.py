"""A folder on disk as a tree of files."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from contractbook.source.paths import is_hidden


class DiskTree:
    """The files below a folder; links that lead out of it are not followed."""

    def __init__(self, root: str | Path) -> None:
        self.root = Path(root)
        self._listed: dict[str, list[str]] = {}

    def read(self, path: str) -> bytes:
        """The bytes of a file; raises FileNotFoundError."""
        try:
            return (self.root / path).read_bytes()
        except (OSError, ValueError) as error:
            raise FileNotFoundError(path) from error

    def real(self, path: str) -> str | None:
        """The path that links lead to; None where it is outside of this tree."""
        try:
            return (self.root / path).resolve().relative_to(self._real_root).as_posix()
        except (ValueError, OSError, RuntimeError):
            return None

    def files(self, under: str = "") -> Iterator[str]:
        """Every file below a folder, sorted, without hidden ones and what git ignores."""
        if under not in self._listed:
            known = self._by_git(under)
            found = self._by_walk(under) if known is None else known
            self._listed[under] = sorted(path for path in found if not is_hidden(path))
        yield from self._listed[under]

    @cached_property
    def _real_root(self) -> Path:
        return self.root.resolve()

    def _by_git(self, under: str) -> list[str] | None:
        """What git tracks, or would; None outside of a work tree or without git."""
        command = ["git", "ls-files", "-coz", "--exclude-standard", "--deduplicate", "--", under or "."]
        try:
            listed = subprocess.run(command, cwd=self.root, capture_output=True, check=True).stdout
        except (OSError, subprocess.CalledProcessError):
            return None
        paths = [os.fsdecode(path) for path in listed.split(b"\0") if path]
        return [path for path in paths if (self.root / path).is_file()] if paths else None

    def _by_walk(self, under: str) -> Iterator[str]:
        for folder, names, files in os.walk(self.root / under):
            names[:] = [name for name in names if not name.startswith(".")]
            inside = Path(folder).relative_to(self.root)
            yield from ((inside / name).as_posix() for name in files)
