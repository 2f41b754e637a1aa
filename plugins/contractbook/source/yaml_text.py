"""A YAML text: its value by YAML 1.2's core schema, its faults, and the place of every key and item."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from yaml._yaml import CParser
from yaml.error import MarkedYAMLError
from yaml.reader import ReaderError

from contractbook.source.composer import Composer, Marks, Refused
from contractbook.source.faults import DoubledKey, Fault
from contractbook.source.lines import byte_offsets
from contractbook.source.pointers import parts_of, step
from contractbook.source.yaml_words import explained


class Composed:
    """The value of a YAML text and where its parts stand; the value is None where it cannot be parsed.

    `begin` is the offset of the value, and `marks` holds those of every key and item, in order, by the `id`
    of their container; both count characters.
    """

    def __init__(
        self, utf8: bytes, data: Any, begin: int, marks: Marks, faults: list[Fault | DoubledKey]
    ) -> None:
        self.utf8 = utf8
        self.data = data
        self.begin = begin
        self.marks = marks
        self.faults = _in_bytes(utf8, faults)
        self._parts: dict[int, dict[str, int]] = {}

    def offsets(self, pointers: Iterable[str]) -> list[int]:
        """At which bytes the parts stand that the pointers name, or what comes nearest to them."""
        found = [self._offset(pointer) for pointer in pointers]
        offsets = byte_offsets(self.utf8, found)
        return [offsets[offset] for offset in found]

    def _offset(self, pointer: str) -> int:
        value, offset = self.data, self.begin
        for part in parts_of(pointer):
            try:
                value, offset = step(value, part), self._mark(value, part)
            except KeyError:
                break
        return offset

    def _mark(self, container: Any, part: str) -> int:
        marks = self.marks[id(container)]
        if isinstance(container, list):
            return marks[int(part)]
        if id(container) not in self._parts:
            self._parts[id(container)] = dict(zip(container, marks, strict=True))
        return self._parts[id(container)][part]


def compose(utf8: bytes) -> Composed:
    """Reads the first document of a YAML text."""
    composer = Composer(CParser(utf8).get_event)
    try:
        return Composed(utf8, composer.document(), composer.begin, composer.marks, composer.faults)
    except ReaderError as error:
        before = utf8[: error.position].decode("utf-8", "replace")
        message = f"the control character U+{error.character:04X} cannot stand in YAML"
        composer.note(len(before), message, "Remove it, or write it as an escape in double quotes.")
    except MarkedYAMLError as error:
        composer.faults.append(explained(error, utf8.decode()))
    except Refused as error:
        composer.faults.append(error.fault)
    return Composed(utf8, None, 0, {}, composer.faults)


def _in_bytes(utf8: bytes, faults: list[Fault | DoubledKey]) -> list[Fault | DoubledKey]:
    doubled = [fault for fault in faults if isinstance(fault, DoubledKey)]
    offsets = byte_offsets(utf8, [fault.offset for fault in faults] + [fault.first for fault in doubled])
    return [
        fault._replace(offset=offsets[fault.offset], first=offsets[fault.first])
        if isinstance(fault, DoubledKey)
        else fault._replace(offset=offsets[fault.offset])
        for fault in faults
    ]
