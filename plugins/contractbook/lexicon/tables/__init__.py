"""The tables of words, one module for each family of leaks."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module

from contractbook.lexicon.family import Family


def _families() -> Iterator[Family]:
    for module in pkgutil.iter_modules(__path__):
        yield from import_module(f"{__name__}.{module.name}").FAMILIES


FAMILIES: tuple[Family, ...] = tuple(_families())
