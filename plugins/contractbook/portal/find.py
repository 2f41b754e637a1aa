"""The page that leads from the id, path or channel of an operation to where it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from markupsafe import escape

from contractbook.model import Operation
from contractbook.portal.addresses import anchor
from contractbook.portal.marks import code, method
from contractbook.portal.page import ROOM
from contractbook.portal.pieces import fitting


class Entry(NamedTuple):
    """An operation with the words that it is found by, and where it is shown."""

    service: str
    operation: Operation
    address: str

    @property
    def words(self) -> tuple[str, ...]:
        """Its id, its name in full, and its address, each once."""
        each = self.operation
        return tuple(dict.fromkeys(filter(None, (each.name, each.label, each.address))))


def pages(entries: Iterable[Entry]) -> list[list[str]]:
    """The entries by name, as items of lists that each fit on a page."""
    ordered = sorted(entries, key=lambda entry: (entry.operation.name.casefold(), entry.service))
    return list(fitting(_items(ordered), len, ROOM - 3_000))


def _items(entries: Iterable[Entry]) -> Iterator[str]:
    """An item for each operation; the first one of a name has the id that a link leads to."""
    given: set[str] = {"top"}
    for entry in entries:
        operation = entry.operation
        id = anchor(operation.name)
        place = "" if id in given else f' id="{escape(id)}"'
        given.add(id)
        words = escape("\n".join(entry.words))
        yield (
            f'<li{place} data-find="{words}">{method(operation.method)} <a href="{entry.address}">'
            f"{code(operation.name)}</a> "
            f"<small>{escape(entry.service)} · {escape(operation.label)}</small></li>"
        )
