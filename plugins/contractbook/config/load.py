"""Finds the configuration of a folder, and reads it."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from contractbook.config import RULES_VERSION, Configuration, Project
from contractbook.declare import RULES, TEAM
from contractbook.source.disk import DiskTree
from contractbook.source.document import Document
from contractbook.source.nearest import upward
from contractbook.wrong import Wrong

if TYPE_CHECKING:
    from contractbook.config.typed import Spot, Text

NAMES = ("contractbook.yml", "contractbook.yaml", "pyproject.toml")


def nearest_project(start: Path) -> Project:
    """The project of the nearest configuration from a folder up to its repository's root.

    Without any, the folder is a project with the defaults. Raises Wrong.
    """
    for folder in upward(start):
        for name in NAMES:
            written = _read(folder / name, start)
            if written is not None:
                return _project(folder / name, written)
    return Project(start)


def project_of(path: Path, start: Path) -> Project:
    """The project of one configuration file, which errors name as seen from `start`; raises Wrong."""
    written = _read(path, start)
    if written is None:
        lacks = "holds no [tool.contractbook]" if path.is_file() else "does not exist"
        raise Wrong(f"the configuration {_shown(path, start)} {lacks}")
    return _project(path, written)


class _Written(NamedTuple):
    text: Text
    data: Any


def _read(path: Path, start: Path) -> _Written | None:
    """The values of a configuration file; None where there are none."""
    try:
        raw = DiskTree(path.parent).read(path.name)
    except FileNotFoundError:
        return None
    shown = _shown(path, start)
    if path.suffix == ".toml":
        return _toml(shown, raw)
    document = Document(shown, raw)
    if document.faults:
        fault = document.faults[0]
        raise Wrong(f"{fault.location}: {fault.message}")
    return _Written(document, document.data)


def _shown(path: Path, start: Path) -> str:
    return (path.relative_to(start) if path.is_relative_to(start) else path).as_posix()


def _toml(path: str, raw: bytes) -> _Written | None:
    from tomllib import TOMLDecodeError

    from contractbook.config.toml import TomlTable

    try:
        table = TomlTable(path, raw.decode())
    except (TOMLDecodeError, UnicodeDecodeError) as error:
        raise Wrong(f"{path}: this is no TOML: {error}") from None
    return None if table.data is None else _Written(table, table.data)


def _project(path: Path, written: _Written) -> Project:
    from contractbook.config.settings import known
    from contractbook.config.typed import Spot, members, record  # takes time, and most projects need none

    at = Spot(written.text)
    given = dict(members(written.data, at))
    if "rule-modules" in given:
        _import_rules(given["rule-modules"], path.parent, at.under("rule-modules"))
    unheeded = _rulesets(given.get("rulesets"), path.parent, at.under("rulesets"))
    read: Configuration = record(Configuration, given, at)
    if read.rules_version != RULES_VERSION:
        raise at.under("rules-version").wrong(
            f"there is no rules-version {read.rules_version}; the only one so far is {RULES_VERSION}"
        )
    for rule in read.words.add:
        known(rule, at.under("words").under("add").under(rule))
    return Project(path.parent, read, path, unheeded)


def _rulesets(value: Any, folder: Path, at: Spot) -> tuple[str, ...]:
    """Let Spectral rulesets declare their rules; gives what of them is not run.

    Those of a project that was read before go.
    """
    while TEAM:
        RULES.pop(TEAM.pop(), None)
    if not value:
        return ()
    from contractbook.config.rulesets import load
    from contractbook.config.typed import typed

    paths = typed(tuple[str, ...], value, at)
    for index, path in enumerate(paths):
        if not (folder / path).is_file():
            raise at.under(index).wrong(f"there is no ruleset {path}")
    return load(paths, folder)


def _import_rules(value: Any, folder: Path, at: Spot) -> None:
    """Let a team's modules declare their rules; they lie beside the configuration or are installed."""
    from contractbook.config.typed import typed
    from contractbook.rules import every

    modules = typed(tuple[str, ...], value, at)
    every()  # ours come first: no other may take the name of one
    sys.path.insert(0, str(folder))
    try:
        for index, name in enumerate(modules):
            try:
                import_module(name)
            except Exception as error:
                reason = f"{type(error).__name__}: {error}".splitlines()[0]
                raise at.under(index).wrong(f"the rule module {name} cannot be imported: {reason}") from error
    finally:
        sys.path.remove(str(folder))
