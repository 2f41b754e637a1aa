"""One text of a contract: its value, where each part of it stands, and what is wrong with it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from contractbook.finding import Finding


class Document:
    """A file of a contract, read when it is asked for.

    `path` is relative to the project, with `/`. Nothing here raises for what the file holds: faults are
    findings (`unreadable`, `duplicate-key`), and `data` is None where nothing could be read.
    """

    def __init__(self, path: str, raw: bytes) -> None:
        self.path = path
        self.raw = raw

    @cached_property
    def text(self) -> str:
        """The text, decoded from UTF-8 or UTF-16, without byte order mark."""
        raise NotImplementedError

    @cached_property
    def data(self) -> Any:
        """The value of a JSON or YAML text, by YAML 1.2's core schema; keys are always text."""
        raise NotImplementedError

    @cached_property
    def faults(self) -> tuple[Finding, ...]:
        """What cannot be read, with line and column."""
        raise NotImplementedError

    def locate(self, pointer: str) -> tuple[int, int]:
        """Line and column of a JSON Pointer (RFC 6901): of the key of a member, of the value of an item.

        A pointer that leads nowhere gives the nearest part that exists.
        """
        raise NotImplementedError
