"""The formats that are known, and which of them a document is written in.

A format is a folder here whose package holds a `Format`; such a package imports what reads the format only
when it reads, so that knowing all formats costs nothing.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module

from contractbook.formats.format import Format
from contractbook.source.document import Document

__all__ = ["FOLDERS", "FORMATS", "Format", "detect"]


def _formats() -> Iterator[tuple[str, Format]]:
    for module in pkgutil.iter_modules(__path__):
        if module.ispkg:
            package = import_module(f"{__name__}.{module.name}")
            yield from ((module.name, value) for value in vars(package).values() if isinstance(value, Format))


FOLDERS: dict[str, str] = {}
"""The folder of each format: two that are read by the same code share one."""

FORMATS: dict[str, Format] = {}
for _folder, _format in _formats():
    FORMATS[_format.name], FOLDERS[_format.name] = _format, _folder


def detect(document: Document) -> Format | None:
    """The format that a document is written in, or None where it is no contract."""
    return next((one for one in FORMATS.values() if one.detect(document)), None)
