"""What a text says of an end, written where tools look for it."""

from __future__ import annotations

from collections.abc import Iterator

from contractbook.fix.declared import Change, fixes
from contractbook.formats.prose import ending
from contractbook.model import Contract, Element
from contractbook.rows import Rows
from contractbook.rules.backward_compatible.foresight.announcements import (
    CALL,
    deprecated_only_in_text,
    deprecated_without_replacement,
    deprecated_without_sunset,
    only_in_text,
)

KEYS = {"deprecated": "since", "sunset": "sunset", "replacement": "replacement"}


@fixes(deprecated_only_in_text)
def flags(contract: Contract) -> Iterator[Change]:
    """Writes `deprecated: true` beside a text that says so, with the dates and the replacement in it."""
    rows = Rows(contract)
    for element, _ in only_in_text(rows):
        yield Change(element, "deprecated", True)
        yield from _lifecycle(element, rows)


@fixes(deprecated_without_sunset, deprecated_without_replacement)
def lifecycles(contract: Contract) -> Iterator[Change]:
    """Writes the dates and the replacement that the text of a deprecated element names into `x-lifecycle`."""
    rows = Rows(contract)
    for element, _ in rows.announced:
        end = element.lifecycle
        if end.deprecated and not (end.since or end.sunset or end.replacement or end.unreadable):
            yield from _lifecycle(element, rows)


def _lifecycle(element: Element, rows: Rows) -> Iterator[Change]:
    told = dict(ending(element.doc))
    if not _leads_somewhere(told.get("replacement", ""), rows):
        told.pop("replacement", None)
    said = {key: told[attribute] for key, attribute in KEYS.items() if attribute in told}
    if said:
        yield Change(element, "lifecycle", said)


def _leads_somewhere(replacement: str, rows: Rows) -> bool:
    """Whether it is an address or a name of the contract: much else in a text looks like a name."""
    return bool(CALL.fullmatch(replacement)) or next(rows.called(replacement.__eq__), None) is not None
