"""What Python programs call: the same as the commands, without a configuration.

Paths in contracts and findings are relative to the current folder.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from contractbook import clock
from contractbook.entries import Scope
from contractbook.examine import compared, examined
from contractbook.finding import Finding, Level, Location
from contractbook.judge import Policy
from contractbook.library import library
from contractbook.model import Contract
from contractbook.source.disk import DiskTree
from contractbook.source.positions import placed
from contractbook.source.sources import Sources


def read(path: str | Path) -> Contract:
    """The contract in a file, or in a folder that is one contract.

    Never raises for what a file holds: what is wrong with it is in the contract's `faults`. Raises
    FileNotFoundError where nothing is.
    """
    found = read_all(path)
    if len(found) == 1:
        return found[0]
    several = f"it holds {len(found)} contracts; read_all reads them all"
    return _unread(_relative(path), several if found else "it holds no contract of a known format")


def read_all(path: str | Path) -> list[Contract]:
    """All contracts in a file or folder, by service, name and version, the oldest version first.

    Raises FileNotFoundError where nothing is.
    """
    if not Path(path).exists():
        raise FileNotFoundError(f"there is no file or folder {path}")
    return [*library(DiskTree(Path.cwd()), Scope(), [_relative(path)]).contracts]


def lint(contract: Contract, *, today: date | None = None) -> Iterator[Finding]:
    """What the rules say of a contract, and what is wrong with its documents, with line and column.

    `today` is the day for rules about deprecations; default: SOURCE_DATE_EPOCH, else now.
    """
    sources = Sources(DiskTree(Path.cwd()))
    yield from placed(examined(contract, sources, Policy(), today or clock.today()), sources.places)


def compare(old: Contract, new: Contract, *, today: date | None = None) -> Iterator[Finding]:
    """What changed from one version to another, safe changes too; `today` as in `lint`."""
    sources = Sources(DiskTree(Path.cwd()))
    yield from placed(compared(old, new, sources, Policy(), today or clock.today()), sources.places)


def _relative(path: str | Path) -> str:
    return Path(os.path.relpath(path)).as_posix()


def _unread(path: str, why: str) -> Contract:
    fault = Finding(rule="unreadable", level=Level.ERROR, message=why, location=Location(path, 1, 1))
    return Contract(name="", format="", path=path, faults=(fault,))
