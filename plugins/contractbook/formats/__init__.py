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

__all__ = ["FOLDERS", "FORMATS", "Format", "detect", "may_hold_a_contract"]


def _formats() -> Iterator[tuple[str, Format]]:
    for module in pkgutil.iter_modules(__path__):
        if module.ispkg:
            package = import_module(f"{__name__}.{module.name}")
            yield from ((module.name, value) for value in vars(package).values() if isinstance(value, Format))


FOLDERS: dict[str, str] = {}
"""The folder of each format: two that are read by the same code share one."""

FORMATS: dict[str, Format] = {}
for _folder, _format in sorted(_formats(), key=lambda found: found[1].parts):  # parts are recognised last
    FORMATS[_format.name], FOLDERS[_format.name] = _format, _folder


def may_hold_a_contract(path: str) -> bool:
    """Whether a file is called as those of some format are."""
    return any(_is_called_so(one, path) for one in FORMATS.values())


def detect(document: Document) -> Format | None:
    """The format that a document is written in, or None where it is no contract."""
    candidates = (one for one in FORMATS.values() if _is_called_so(one, document.path))
    return next((one for one in candidates if one.detect(document)), None)


def _is_called_so(format: Format, path: str) -> bool:
    """Whether a path ends like those of a format; the suffix "" is that of names without a dot."""
    name = path.rpartition("/")[2].lower()
    return name.endswith(tuple(filter(None, format.suffixes))) or ("" in format.suffixes and "." not in name)
