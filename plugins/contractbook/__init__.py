"""contractbook reads, lints, compares and publishes the contracts between services.

    >>> import contractbook
    >>> contract = contractbook.read("specs/orders/v3/openapi.yaml")
    >>> for finding in contractbook.lint(contract):
    ...     print(finding.location, finding.message)

The names are loaded when one of them is asked for, so that the command line starts fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from contractbook.declare import rule
    from contractbook.finding import Finding
    from contractbook.formats import FORMATS
    from contractbook.interface import compare, lint, read, read_all
    from contractbook.model import Contract
    from contractbook.rules import RULES

__all__ = ["FORMATS", "RULES", "Contract", "Finding", "compare", "lint", "read", "read_all", "rule"]

_HOMES = {
    "FORMATS": "formats",
    "RULES": "rules",
    "Contract": "model",
    "Finding": "finding",
    "compare": "interface",
    "lint": "interface",
    "read": "interface",
    "read_all": "interface",
    "rule": "declare",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found
    return found
