"""What an example of a message weighs in each encoding whose schema is known."""

from __future__ import annotations

from collections.abc import Iterator

from contractbook.finding import Direction
from contractbook.model import Contract, Type
from contractbook.portal.edition import Edition
from contractbook.portal.examples import Maker
from contractbook.portal.marks import table
from contractbook.portal.page import Chapter
from contractbook.sizes import Known, sizes

MANY = 300  # types from which on only those with twins are weighed


def chapter(edition: Edition, type: Type) -> Iterator[Chapter]:
    """A table of sizes, for what travels as a message of its own or is found in another format, too."""
    contract = edition.contract
    twins = edition.beside.twins.get(type.name, ()) if edition.is_newest else ()
    if not twins and not (len(contract.types) < MANY and type.name in _messages(contract)):
        return
    known = [Known(contract, type.name), *(sketch.known for sketch in twins)]
    written = [example.value for example in type.examples if example.value is not None]
    value = written[0] if written else Maker(contract, Direction.OUTPUT).make(type.name)
    found = sizes(value, known)
    if len(found) > 1:
        lines = [(each.encoding, f"{each.plain:,}", f"{each.packed:,}") for each in found]
        told = "<p>The bytes of the example in each encoding: as they are, and packed by gzip.</p>"
        names = " ".join(each.encoding for each in found)
        yield Chapter("size", "Size", told + table(("Encoding", "Plain", "gzip"), lines), text=names)


def _messages(contract: Contract) -> set[str]:
    """The types that travel as a message, or stand for themselves."""
    carried = (message.payload for each in contract.operations() for message in each.messages)
    return {*carried, *contract.roots}
