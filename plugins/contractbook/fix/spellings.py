"""Formats that only examples show."""

from __future__ import annotations

from collections.abc import Iterator

from contractbook.fix.declared import Change, fixes
from contractbook.model import Contract, Field, Role
from contractbook.rows import Rows
from contractbook.rules.explicit.examples import format_only_in_examples, shown_format


@fixes(format_only_in_examples)
def formats(contract: Contract) -> Iterator[Change]:
    """Writes the format, such as `date-time`, that all examples of a text have."""
    for element, _ in Rows(contract).shown():
        spelled = shown_format(contract, element)
        # What holds the type of a parameter is not the parameter.
        if spelled and not (isinstance(element, Field) and element.role is not Role.FIELD):
            yield Change(element, "format", spelled)
