"""Every rule, one folder for each guideline; a module is imported when rules of its sort are asked for.

The modules right in `backward_compatible` compare, all others here lint. What only one format can say
stands in that format's own `rules` module. `RULES` are all of them.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contractbook import declare, formats
from contractbook.declare import Rule

if TYPE_CHECKING:
    RULES: dict[str, Rule]

__all__ = ["RULES", "comparing", "every", "linting", "rule_named"]

_COMPARE = f"{__name__}.backward_compatible"


def linting(format: str) -> list[Rule]:
    """The rules that look at one contract of a format."""
    _linting()
    return [rule for rule in _about(format) if not rule.compares]


def comparing(format: str) -> list[Rule]:
    """The rules that look at two versions of a contract of a format."""
    _comparing()
    return [rule for rule in _about(format) if rule.compares]


def every() -> dict[str, Rule]:
    """All rules by their ids."""
    _linting()
    _comparing()
    _of_formats()
    return declare.RULES


def rule_named(id: str) -> Rule | None:
    """The rule of an id, if there is one."""
    for load in (_linting, _comparing, _of_formats):
        if id in declare.RULES:
            break
        load()
    return declare.RULES.get(id)


def __getattr__(name: str) -> Any:
    if name != "RULES":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return every()


def _about(format: str) -> list[Rule]:
    """The rules known so far that are about all formats, and those about one, which are looked for."""
    folder = formats.FOLDERS.get(format, "")
    _of_format(folder)
    return [rule for rule in declare.RULES.values() if rule.format in ("", folder)]


@cache
def _linting() -> None:
    for module in pkgutil.walk_packages(__path__, f"{__name__}."):
        if module.ispkg or module.name.rpartition(".")[0] != _COMPARE:
            import_module(module.name)


@cache
def _comparing() -> None:
    for module in pkgutil.iter_modules(import_module(_COMPARE).__path__, f"{_COMPARE}."):
        import_module(module.name)


def _of_formats() -> None:
    for folder in sorted({*formats.FOLDERS.values()}):
        _of_format(folder)


@cache
def _of_format(folder: str) -> None:
    if folder and (Path(formats.__path__[0]) / folder / "rules.py").exists():
        import_module(f"{formats.__name__}.{folder}.rules")
