"""How rules tell what many elements have in common: of each by itself, of nearly all in one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contractbook.declare import Fact
from contractbook.finding import Level
from contractbook.model import Element
from contractbook.rules.naming import some

FEW = 10
PLURALS = {"has": "have", "does": "do"}


def each_or_all(
    those: Sequence[Element],
    of: int,
    what: str,
    *,
    noun: str = "operations",
    share: float = 0.9,
    level: Level | None = None,
) -> Iterator[Fact]:
    """Say of elements that each `what` ("has no id"), or once of them all where they are most of `of`.

    What holds everywhere is one decision of the authors, and one finding.
    """
    if len(those) > FEW and len(those) >= of * share:
        number = "All" if len(those) == of else f"{len(those):,} of"
        verb, _, rest = what.partition(" ")
        verb = PLURALS.get(verb, verb.removesuffix("s"))
        names = some([element.label for element in those])
        yield Fact(f"{number} {of:,} {noun} {verb} {rest}: {names}", level=level)
    else:
        for element in those:
            yield Fact(f"{element.label} {what}", about=element, level=level)
