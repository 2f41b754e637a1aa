"""How a fix is declared: a function that says what is certain to be right where a rule finds something."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeVar

from contractbook.declare import Check
from contractbook.model import Contract, Element


class Change(NamedTuple):
    """A fact of an element that is to be written, and its value.

    Facts are `id`, `deprecated`, `format` and `lifecycle`; a format says under which key it writes each.
    """

    element: Element
    fact: str
    value: Any


Fix = Callable[[Contract], Iterator[Change]]
Declared = TypeVar("Declared", bound=Fix)

FIXES: dict[str, Fix] = {}
"""What mends the findings of a rule, by its id."""


def fixes(*checks: Check) -> Callable[[Declared], Declared]:
    """Declare what `lint --fix` writes where one of these rules finds something; the docstring says it."""

    def declare(fix: Declared) -> Declared:
        FIXES.update({check.__name__.replace("_", "-"): fix for check in checks})
        return fix

    return declare
