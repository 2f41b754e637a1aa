"""The events of PyYAML's C parser made into values.

Composing them here keeps positions, finds doubled keys and bounds what an untrusted text can cost. Offsets
count characters.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import repeat
from typing import Any, NamedTuple

from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from contractbook.source.anchors import MOST_COPIES, Anchors
from contractbook.source.core_schema import FIRST, core, is_endless
from contractbook.source.faults import (
    DEEPEST,
    MOST_EVENTS,
    MOST_FAULTS,
    DoubledKey,
    Fault,
    shortened,
    too_deep,
    too_much,
)
from contractbook.source.pointers import joined

_STANDARD = "tag:yaml.org,2002:"
_KEPT_TAGS = frozenset(["str", "binary", "timestamp", "map", "seq", "omap", "pairs", "set"])
_TYPED_TAGS = {"int": int, "float": float, "bool": bool, "null": type(None)}

_ITEM = object()  # a list waits for an item
_NONE = object()  # the mapping waits for a key
_LOST = object()  # the key could not be read: its value is passed over
_MERGE = object()  # the key is `<<`

Marks = dict[int, list[int]]


class Refused(Exception):
    """A text that would cost too much to read on."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault


class _Open(NamedTuple):
    """A container whose parts are not all read yet."""

    container: Any
    marks: list[int]
    key: Any
    offset: int


class Composer:
    """One pass over the events of a text, without recursion."""

    def __init__(self, next_event: Callable[[], Any]) -> None:
        self._next_event = next_event
        self.begin = 0
        self.marks: Marks = {}
        self.faults: list[Fault | DoubledKey] = []
        self._stack: list[_Open] = []  # what is open, the outermost first; the innermost is a local of `node`
        self._names: dict[str, str] = {}  # one text for all keys that are spelled alike
        self._anchors = Anchors()
        self._is_bloated = False
        self._merges: dict[int, list[dict[str, Any]]] = {}

    def document(self) -> Any:
        """The value of the first document; a second one is a fault."""
        self._next_event()
        if not isinstance(self._next_event(), DocumentStartEvent):
            return None
        data = self._node()
        self._next_event()
        rest = self._next_event()
        if not isinstance(rest, StreamEndEvent):
            message = "a second YAML document begins here: only the first one is read"
            self.note(rest.start_mark.index, message, "Move it to a file of its own.")
        return data

    def _node(self) -> Any:
        """The next value with all its parts: the loop that every key and value of a text goes through."""
        next_event, stack, names = self._next_event, self._stack, self._names
        container: Any = None
        marks: list[int] = []
        key: Any = _ITEM  # in a mapping: _NONE, else the key whose value comes next
        for _ in repeat(None, MOST_EVENTS):
            event = next_event()
            kind = type(event)
            if kind is ScalarEvent:
                value = event.value
                if key is _NONE:
                    if event.anchor or value in container or value == "<<":
                        key = self._rare_key(container, marks, event)
                    else:
                        key = names.setdefault(value, value)
                        marks.append(event.start_mark.index)
                    continue
                if event.implicit[0]:
                    if value[:1] in FIRST:
                        value = self._plain(event)
                elif event.tag:
                    value = self._tagged(event)
                if event.anchor:
                    self._anchors.add(event.anchor, value, event.value)
                offset = event.start_mark.index
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                stack.append(_Open(container, marks, key, event.start_mark.index))
                container, marks, key = ({}, [], _NONE) if kind is MappingStartEvent else ([], [], _ITEM)
                if event.anchor or event.tag or len(stack) > DEEPEST:
                    self._opened(container, event)
                continue
            elif kind is AliasEvent:
                offset = event.start_mark.index
                if key is _NONE and event.anchor in self._anchors.spelled:
                    key = self._key(container, marks, self._anchors.spelled[event.anchor], offset)
                    continue
                value = self._alias(container, event)
            else:
                value = container
                self.marks[id(value)] = marks
                if id(value) in self._merges:
                    self._merge(value, marks)
                container, marks, key, offset = stack.pop()
            if key is _ITEM:
                if container is None:
                    self.begin = offset
                    return value
                container.append(value)
                marks.append(offset)
            elif type(key) is str:
                container[key] = value
                key = _NONE
            else:
                key = self._odd(container, key, value, offset)
        raise Refused(too_much(next_event().start_mark.index))

    def _rare_key(self, container: dict[str, Any], marks: list[int], event: Any) -> Any:
        """A key that is anchored, merges, or stands in the mapping already."""
        text: str = event.value
        if event.anchor:
            self._anchors.add(event.anchor, text, text)
        if text == "<<" and event.implicit[0]:
            return _MERGE
        return self._key(container, marks, text, event.start_mark.index)

    def _key(self, container: dict[str, Any], marks: list[int], text: str, offset: int) -> str:
        if text not in container:
            marks.append(offset)
        elif len(self.faults) < MOST_FAULTS:
            at = list(container).index(text)
            self.faults.append(DoubledKey(offset, marks[at], text, self._pointer(text)))
            marks[at] = offset
        return text

    def _plain(self, event: Any) -> Any:
        value = core(event.value)
        if value is event.value and is_endless(event.value):
            message = f"the number {shortened(event.value, 20)} is too large to be read"
            self.note(event.start_mark.index, message, "Write it as text, in quotes.")
        return value

    def _tagged(self, event: Any) -> Any:
        """The value of a scalar whose type its author named."""
        tag = event.tag.removeprefix(_STANDARD)
        if tag in _TYPED_TAGS:
            value = core(event.value)
            if tag == "float" and type(value) is int:
                value = float(value)
            if type(value) is _TYPED_TAGS[tag]:
                return value
            message = f"`{shortened(event.value)}` is not what its tag `!!{tag}` says"
            self.note(event.start_mark.index, message, "Mend the value or remove the tag.")
        elif tag not in _KEPT_TAGS:
            self._unknown(event)
        return event.value

    def _opened(self, container: Any, event: Any) -> None:
        if len(self._stack) > DEEPEST:
            raise Refused(too_deep(event.start_mark.index))
        if event.anchor:
            self._anchors.add(event.anchor, container)
        if event.tag and event.tag.removeprefix(_STANDARD) not in (*_KEPT_TAGS, "!"):
            self._unknown(event)

    def _unknown(self, event: Any) -> None:
        tag = shortened(event.tag.replace(_STANDARD, "!!"))
        message = f"the tag `{tag}` means nothing in a contract: what it would do is not done"
        self.note(event.start_mark.index, message, "Write the value itself, or a `$ref` to it.")

    def _alias(self, container: Any, event: Any) -> Any:
        """What an alias stands for; None where it does not exist, holds itself or would grow too large."""
        name, offset = event.anchor, event.start_mark.index
        if name not in self._anchors.values:
            self.note(offset, f"the alias `*{name}` has no anchor `&{name}` before it", "Name the anchor.")
            return None
        value = self._anchors.values[name]
        if not isinstance(value, dict | list):
            return value
        if value is container or any(value is frame.container for frame in self._stack):
            self.note(offset, f"the alias `*{name}` stands inside what it refers to", "Use a `$ref` instead.")
            return None
        if len(self._stack) + self._anchors.height(value) > DEEPEST:
            raise Refused(too_deep(offset))
        if not self._anchors.take(value):
            self._bloated(offset)
            return None
        return value

    def _bloated(self, offset: int) -> None:
        """Told once: after it all aliases of containers are empty."""
        if not self._is_bloated:
            self._is_bloated = True
            message = f"the aliases up to here stand for more than {MOST_COPIES:,} values"
            self.note(offset, message, "Write less by alias: what follows is left empty.")

    def _odd(self, container: dict[str, Any], key: Any, value: Any, offset: int) -> Any:
        """Takes a value where no plain key waits for it; gives what the mapping waits for next."""
        if key is _NONE:
            self.note(
                offset, "a list or mapping cannot be a key here: it is left out", "Use a plain text as key."
            )
            return _LOST
        if key is _MERGE:
            sources = value if isinstance(value, list) else [value]
            if sources and all(isinstance(source, dict) for source in sources):
                self._merges.setdefault(id(container), []).extend(sources)
            else:
                self.note(offset, "the merge key `<<` needs a mapping", "Refer to an anchored mapping.")
        return _NONE

    def _merge(self, container: dict[str, Any], marks: list[int]) -> None:
        """Adds what `<<` brings; a mapping's own keys win, then the earlier source."""
        for source in self._merges.pop(id(container)):
            for (key, value), mark in zip(source.items(), self.marks[id(source)], strict=True):
                if key not in container:
                    container[key] = value
                    marks.append(mark)

    def note(self, offset: int, message: str, advice: str) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(offset, message, advice))

    def _pointer(self, key: str) -> str:
        """The JSON Pointer of a key of the innermost container."""
        outer = [frame for frame in self._stack if frame.container is not None]
        parts = [frame.key if frame.key is not _ITEM else len(frame.container) for frame in outer]
        return joined([*(part if isinstance(part, str | int) else "?" for part in parts), key])
