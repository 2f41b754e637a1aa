"""JSON to values, and the place of a part of it where somebody asks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

import msgspec
import orjson

from contractbook.source.faults import DEEPEST, MOST_FAULTS, DoubledKey, Fault, shortened, too_deep
from contractbook.source.json_words import explained
from contractbook.source.pointers import escaped, parts_of

_object = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_array = msgspec.json.Decoder(list[msgspec.Raw]).decode
_key = re.compile(rb'"(?:[^"\\]+|\\.)*+"\s*:\s*', re.DOTALL).match
_separators = re.compile(rb"[\s,]*").match
_tokens = re.compile(rb'"(?:[^"\\]+|\\.)*+(?:"|\Z)|[][{},]|[^][{},:"\s]+', re.DOTALL).finditer

_numbered_quotes = re.compile(rb"(?<!\\)(?:\\\\)*+\\u0022").findall
_escapes = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\."
).sub
_word = re.compile(r"[-+.\w]+").match


class Span(NamedTuple):
    """Where a member or item stands: its key (of an item: itself), its value, and the size of that."""

    at: int
    begin: int
    size: int


class Parsed:
    """The value of a JSON text and where its parts stand; the value is None where it cannot be parsed.

    Where it is `plain`, no key is doubled and every text is Unicode: its parts can be skipped over.
    """

    def __init__(
        self, utf8: bytes, data: Any, faults: Sequence[Fault | DoubledKey], *, plain: bool = False
    ) -> None:
        self.utf8 = utf8
        self.data = data
        self.faults = faults
        self._plain = plain
        self._spans: dict[int, dict[str, Span]] = {}

    def offsets(self, pointers: Iterable[str]) -> list[int]:
        """At which bytes the parts stand that the pointers name, or what comes nearest to them."""
        if self.data is None:
            return [0 for _ in pointers]
        if self._plain:
            return [self._offset(pointer) for pointer in pointers]
        entries = {entry.pointer: entry.offset for entry in _entries(self.utf8)}
        return [_nearest(entries, pointer) for pointer in pointers]

    def _offset(self, pointer: str) -> int:
        begin = _skipped(self.utf8, 0)
        here = Span(begin, begin, len(self.utf8) - begin)
        for part in parts_of(pointer):
            spans = self._spans.get(here.begin)
            if spans is None:
                spans = self._spans[here.begin] = _spans(self.utf8, here)
            if part not in spans:
                break
            here = spans[part]
        return here.at


def parse(utf8: bytes) -> Parsed:
    """Reads a JSON text (RFC 8259); a blank one has no value.

    Half of a surrogate pair, which the grammar allows (8.2), is read as U+FFFD.
    """
    if not utf8.strip():
        return Parsed(utf8, None, [])
    try:
        data = orjson.loads(utf8)
    except orjson.JSONDecodeError as error:
        whole = _whole_pairs(utf8)
        return Parsed(utf8, None, [_fault(utf8, error.pos)]) if whole == utf8 else parse(whole)
    try:
        written = orjson.dumps(data)
    except orjson.JSONEncodeError:
        return Parsed(utf8, None, [too_deep(_depth(utf8))])
    doubled = [] if _all_kept(utf8, written) else list(islice(_doubled(utf8), MOST_FAULTS))
    return Parsed(utf8, data, doubled, plain=not doubled)


def _all_kept(utf8: bytes, written: bytes) -> bool:
    """Whether no key was dropped: then text and value hold the same texts, and so the same quotes.

    A quote inside a text is `\\"` in both, unless the author wrote its number.
    """
    numbered = len(_numbered_quotes(utf8)) if b"\\u0022" in utf8 else 0
    return utf8.count(b'"') + numbered == written.count(b'"')


def _whole_pairs(utf8: bytes) -> bytes:
    """The text, as long as before, with U+FFFD for each escape that is half a surrogate pair."""
    if b"\\ud" not in utf8.lower():
        return utf8
    return _escapes(lambda found: b"\\ufffd" if found["half"] else found[0], utf8)


def _fault(utf8: bytes, offset: int) -> Fault:
    """Why orjson refuses a text at an offset in characters; the standard library tells faults better."""
    text = utf8.decode()
    try:
        json.loads(text, parse_constant=_refused)
    except json.JSONDecodeError as error:
        fault = explained(error)
    except RecursionError:
        return too_deep(_depth(utf8))
    except ValueError:
        fault = _no_number(text, offset)
    else:
        depth = _depth(utf8)
        if depth:
            return too_deep(depth)
        fault = _no_number(text, offset)
    return fault._replace(offset=len(text[: fault.offset].encode()))


def _no_number(text: str, offset: int) -> Fault:
    """NaN, an infinity, or a number beyond the range of a float."""
    found = _word(text, offset)
    number = shortened(found[0] if found else "", 20)
    return Fault(offset, f"the number {number} cannot be read", "Write it as text, in quotes.")


def _refused(name: str) -> None:
    raise ValueError(name)


def _depth(utf8: bytes) -> int:
    """The offset at which the text is nested too deeply; 0 where it nowhere is."""
    depth = 0
    for token in _tokens(utf8):
        if token[0] in b"[{":
            depth += 1
        elif token[0] in b"]}":
            depth -= 1
        if depth > DEEPEST:
            return token.start()
    return 0


class _Entry(NamedTuple):
    """A key or item; `holder` tells mappings with the same pointer apart."""

    pointer: str
    offset: int
    holder: int
    key: str


class _Holder(msgspec.Struct):
    """A container whose parts are being scanned; `inner` is the pointer of the latest one."""

    pointer: str
    offset: int
    index: int | None  # None in an object
    inner: str = ""
    waiting: bool = True  # for a key or an item


def _entries(utf8: bytes) -> Iterator[_Entry]:
    """Every key and item of a sound text in its order: a full scan, for texts with doubled keys."""
    stack = [_Holder("", 0, None, waiting=False)]
    for token in _tokens(utf8):
        first, offset, holder = token[0][:1], token.start(), stack[-1]
        if first in b"]}":
            stack.pop()
        elif first == b",":
            holder.waiting = True
            holder.index = None if holder.index is None else holder.index + 1
        else:
            if holder.waiting:
                holder.waiting = False
                key = str(orjson.loads(token[0])) if holder.index is None else str(holder.index)
                holder.inner = f"{holder.pointer}/{escaped(key)}"
                yield _Entry(holder.inner, offset, holder.offset, key)
                if holder.index is None:
                    continue
            if first in b"[{":
                stack.append(_Holder(holder.inner, offset, 0 if first == b"[" else None))


def _doubled(utf8: bytes) -> Iterator[DoubledKey]:
    """Keys that stand twice in one object."""
    seen: dict[tuple[int, str], int] = {}
    for entry in _entries(utf8):
        first = seen.setdefault((entry.holder, entry.key), entry.offset)
        if first != entry.offset:
            yield DoubledKey(entry.offset, first, entry.key, entry.pointer)


def _nearest(entries: dict[str, int], pointer: str) -> int:
    while pointer and pointer not in entries:
        pointer = pointer.rpartition("/")[0]
    return entries.get(pointer, 0)


def _skipped(utf8: bytes, offset: int) -> int:
    return _end(_separators(utf8, offset), offset)


def _end(found: re.Match[bytes] | None, offset: int) -> int:
    return found.end() if found else offset


def _spans(utf8: bytes, here: Span) -> dict[str, Span]:
    """The parts of a container of a sound text, found without reading what is in them."""
    view, spans, at = memoryview(utf8)[here.begin : here.begin + here.size], {}, here.begin + 1
    if utf8[here.begin] == ord("{"):
        for name, raw in _object(view).items():
            at = _skipped(utf8, at)
            begin = _end(_key(utf8, at), at)
            spans[name] = Span(at, begin, memoryview(raw).nbytes)
            at = begin + spans[name].size
    elif utf8[here.begin] == ord("["):
        for index, raw in enumerate(_array(view)):
            at = _skipped(utf8, at)
            spans[str(index)] = Span(at, at, memoryview(raw).nbytes)
            at += spans[str(index)].size
    return spans
