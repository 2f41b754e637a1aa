"""A folder on disk as a tree of files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

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

    def files(self, under: str = "") -> Iterator[str]:
        """Every file below a folder, sorted, without hidden ones and what git ignores; of a file, itself."""
        if (self.root / under).is_file():
            yield under
            return
        if under not in self._listed:
            known = self._by_git(under)
            found = self._by_walk(under) if known is None else known
            begin = len(under) + 1 if under else 0
            self._listed[under] = sorted(path for path in found if not is_hidden(path[begin:]))
        yield from self._listed[under]

    @cached_property
    def _real_root(self) -> str:
        return os.path.realpath(self.root).rstrip(os.sep)

    def _by_git(self, under: str) -> list[str] | None:
        """What git tracks or would track; None outside of a work tree, without git, or if it is nothing."""
        import subprocess

        command = ("git", "--literal-pathspecs", "-c", "core.fsmonitor=false", "ls-files", "-coz")
        options = ("--exclude-standard", "--deduplicate", "--", under or ".")
        try:
            done = subprocess.run((*command, *options), cwd=self.root, capture_output=True, check=True)
        except (OSError, subprocess.CalledProcessError):
            return None
        found: list[str] = []
        for path in (os.fsdecode(path).rstrip("/") for path in done.stdout.split(b"\0") if path):
            if (self.root / path).is_dir():  # a repository inside this one
                inner = DiskTree(self.root / path)
                found += (f"{path}/{below}" for below in inner.files())
            elif (self.root / path).exists():
                found.append(path)
        return found or None

    def _by_walk(self, under: str) -> Iterator[str]:
        for folder, names, files in os.walk(self.root / under):
            names[:] = [name for name in names if not name.startswith(".")]
            inside = Path(folder).relative_to(self.root)
            yield from ((inside / name).as_posix() for name in files)
