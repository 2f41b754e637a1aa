"""How rules tell what operations lack: of each by itself, of nearly all together in one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contractbook.declare import Fact
from contractbook.finding import Level
from contractbook.model import Operation
from contractbook.rules.naming import some

FEW = 10
PLURALS = {"has": "have", "does": "do"}


def told(
    lacking: Sequence[Operation], of: Sequence[Operation], what: str, *, level: Level | None = None
) -> Iterator[Fact]:
    """Say of operations that each `what` ("has no id"), or once of all where nine of ten do.

    What is missing everywhere is one decision of the authors, and one finding.
    """
    if len(lacking) > FEW and len(lacking) * 10 >= len(of) * 9:
        names = some([operation.label for operation in lacking])
        told = "All" if len(lacking) == len(of) else f"{len(lacking):,} of"
        yield Fact(f"{told} {len(of):,} operations {_plural(what)}: {names}", level=level)
    else:
        for operation in lacking:
            yield Fact(f"{operation.label} {what}", about=operation, level=level)


def _plural(what: str) -> str:
    verb, _, rest = what.partition(" ")
    return f"{PLURALS.get(verb, verb.removesuffix('s'))} {rest}"
