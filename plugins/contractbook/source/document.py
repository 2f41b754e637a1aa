"""One text of a contract: its value, where each part of it stands, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import orjson

from contractbook.finding import Finding
from contractbook.source.collector import paused
from contractbook.source.comments import Accepted, acceptances
from contractbook.source.core_schema import core
from contractbook.source.decoding import Decoded, decode
from contractbook.source.faults import findings
from contractbook.source.lines import Lines, Place
from contractbook.source.pointers import parts_of, step
from contractbook.source.top_keys import top_keys

if TYPE_CHECKING:
    from contractbook.source import avdl_text, xml_text
    from contractbook.source.json_text import Parsed
    from contractbook.source.yaml_text import Composed

# A key, and the number or word beside it, in YAML or JSON.
_beside = re.compile(rb"""(?:"[^"]*"|'[^']*'|[^\s:#]+)\s*:\s*(?P<value>[-+.\w]+)""").match


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
        return self.utf8.decode()

    @property
    def utf8(self) -> bytes:
        """The text as UTF-8, without byte order mark; empty where the file holds no text."""
        return self._decoded.utf8

    @cached_property
    def data(self) -> Any:
        """The value of a JSON or YAML text, by YAML 1.2's core schema; keys are always text.

        Of XML it is the root, a `source.xml_text.Element`.
        """
        return self._value.data

    @property
    def text_faults(self) -> tuple[Finding, ...]:
        """What of the file is no text, with line and column; its value is not read for it."""
        return self._decoded.faults

    @cached_property
    def faults(self) -> tuple[Finding, ...]:
        """What cannot be read of the text and its value, with line and column."""
        value = self._value
        return self.text_faults + findings(self.path, self._lines, value.faults)

    def locate(self, pointer: str) -> Place:
        """Line and column of a JSON Pointer (RFC 6901): of the key of a member, of the value of an item.

        In XML a pointer is the names of the elements that lead to one: `Order/lines`.
        A pointer that leads nowhere gives the nearest part that exists.
        """
        return self.locate_all([pointer])[0]

    def locate_all(self, pointers: Sequence[str]) -> list[Place]:
        """Line and column of many JSON Pointers, for little more than the cost of one."""
        return [self._lines.place(offset) for offset in self.offsets(pointers)]

    def offsets(self, pointers: Sequence[str]) -> list[int]:
        """Where in `utf8` JSON Pointers lead to, as `locate` has it."""
        return self._value.offsets(pointers)

    def written(self, pointer: str) -> str:
        """The text of a scalar as its author wrote it: a version `1.10` is a number, but not 1.1."""
        offset, value = self.offsets([pointer])[0], self.data
        for part in parts_of(pointer):
            value = step(value, part)
        beside = _beside(self.utf8, offset)
        if beside and not isinstance(value, str) and core(beside["value"].decode()) == value:
            return beside["value"].decode()
        return value if isinstance(value, str) else orjson.dumps(value).decode()

    @property
    def acceptances(self) -> list[Accepted]:
        """The comments `# contractbook: accept RULE -- reason` of the text."""
        return acceptances(self.utf8)

    def top_keys(self, names: frozenset[str]) -> dict[str, str]:
        """Those of the keys that stand at the top level of the text, with the text of a scalar value.

        For finding out what a document is: the text is not read for it, and may be broken.
        """
        return top_keys(self.utf8, names)

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.utf8)

    @cached_property
    def _decoded(self) -> Decoded:
        return decode(self.path, self.raw)

    @cached_property
    def _value(self) -> Composed | Parsed | avdl_text.Parsed | xml_text.Parsed:
        with paused():
            return _read(self.path, self.utf8)


def _read(path: str, utf8: bytes) -> Composed | Parsed | avdl_text.Parsed | xml_text.Parsed:
    """The value of a text that is JSON by its suffix or its first character, XML by its first one, else YAML.

    What begins like JSON but is none may still be YAML in flow style, unless its name says JSON.
    """
    if utf8.lstrip()[:1] == b"<":
        from contractbook.source import xml_text

        if xml_text.is_xml(utf8):
            return xml_text.parse(utf8)
    if PurePosixPath(path).suffix.lower() == ".avdl":
        from contractbook.source import avdl_text

        return avdl_text.parse(utf8)
    from contractbook.source.json_text import parse

    named_json = PurePosixPath(path).suffix.lower() in (".json", ".avsc", ".avpr")
    if named_json or utf8.lstrip()[:1] in (b"{", b"["):
        parsed = parse(utf8)
        if named_json or parsed.data is not None:
            return parsed
    from contractbook.source.yaml_text import compose

    return compose(utf8)
