"""What a consumer is: what it uses of whose contract, and how strictly it reads."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import msgspec

from contractbook.model import NOTHING


class Style(StrEnum):
    """How a consumer binds what it reads."""

    TOLERANT = "tolerant"  # looks for what it needs and ignores all else
    STRICT = "strict"  # binds the whole message: what is unknown or missing breaks it


class Sent(msgspec.Struct, frozen=True):
    """A message or parameter that a consumer says it sends or gets; `part` is body, query or header."""

    part: str
    value: Any
    name: str = ""
    at: str = ""


class Use(msgspec.Struct, frozen=True):
    """One operation that a consumer uses.

    A name in `fields` is looked for anywhere in the message, a path like `/naming/firstname` just there;
    without any it reads nothing, or (strictly) everything. `sends` is the same for what it writes; None:
    whatever of it is in `fields`, or else everything. `values` are those that it knows, by field. `requests`
    and `answers` are whole examples, of an answer with `status`. `at` is where the use is written.
    """

    operation: str
    fields: tuple[str, ...] = ()
    sends: tuple[str, ...] | None = None
    values: Mapping[str, tuple[str, ...]] = NOTHING
    style: Style = Style.TOLERANT
    media: str = ""
    status: str = ""
    requests: tuple[Sent, ...] = ()
    answers: tuple[Sent, ...] = ()
    is_message: bool = False  # it is handed a message, whoever brings it
    at: str = ""


class Consumer(msgspec.Struct, frozen=True):
    """Who uses a provider's contracts; `version` is that which it uses, empty where it does not say.

    `path` is the file that says so. A consumer may have several files. Without `provider` the contract is
    the one that has the operations.
    """

    name: str
    provider: str
    uses: tuple[Use, ...]
    path: str
    version: str = ""
