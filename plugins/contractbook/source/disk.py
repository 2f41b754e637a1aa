"""A folder on disk as a tree of files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from contractbook.source.listing import by_git, by_patterns, by_walk
from contractbook.source.paths import is_hidden, is_outside


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
        real, root = os.path.realpath(self.root / path), self._real_root
        if real.startswith(root + os.sep):
            return Path(real[len(root) + 1 :]).as_posix()
        return Path(os.path.relpath(real, root)).as_posix() if is_outside(path) else None

    def folder(self, path: str) -> Path | None:
        """Where a folder of the tree lies on disk."""
        return self.root / path

    def files(self, under: str = "") -> Iterator[str]:
        """Every file below a folder, sorted, without hidden ones and what git ignores; of a file, itself."""
        if (self.root / under).is_file():
            yield under
            return
        if not (self.root / under).is_dir():
            return
        if under not in self._listed:
            self._listed[under] = self._sorted(under)
        yield from self._listed[under]

    def _sorted(self, under: str) -> list[str]:
        for listing in (by_git, by_patterns):
            begin = len(under) + 1 if under else 0
            found = sorted(path for path in listing(self.root, under) if not is_hidden(path[begin:]))
            if found:
                return [path for path in found if self._is_file(path)]
        # A folder that is ignored as a whole was named on purpose.
        return sorted(path for path in by_walk(self.root, under, []) if self._is_file(path))

    def _is_file(self, path: str) -> bool:
        """Whether a path is a file, or a link to one inside the tree."""
        file = self.root / path
        return file.is_file() and (not file.is_symlink() or self.real(path) is not None)

    @cached_property
    def _real_root(self) -> str:
        return os.path.realpath(self.root).rstrip(os.sep)
