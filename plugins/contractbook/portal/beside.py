"""What other contracts say that stands on the pages of a contract."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from contractbook.model import NOTHING, Action
from contractbook.sizes import Known


class End(NamedTuple):
    """A contract at the other end of a channel: who, what it does there, and where that can be read."""

    service: str
    who: str
    action: Action
    address: str


class Side(NamedTuple):
    """A field as it is compared: its name, the kind of its values, and whether it must be there."""

    name: str
    kind: str
    required: bool


class Sketch(NamedTuple):
    """A type as other contracts see it, with its fields by what their names have in common.

    `contract` is the address of the contract that it is from, which is of the service `who`.
    """

    name: str
    address: str
    who: str
    format: str
    contract: str
    sides: Mapping[str, Side]
    known: Known


class Beside(NamedTuple):
    """What others say: on the channels of a contract, by address, and of its types, by name.

    `forms` are contracts of the same service that say the same in another format: formats and addresses.
    """

    ends: Mapping[str, tuple[End, ...]] = NOTHING
    twins: Mapping[str, tuple[Sketch, ...]] = NOTHING
    forms: tuple[tuple[str, str], ...] = ()
