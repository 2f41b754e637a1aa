"""Changes to the text of a document that leave everything else of it as its author wrote it."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from contractbook.source.core_schema import core
from contractbook.source.document import Document
from contractbook.source.pointers import joined, parts_of, step

_plain = re.compile(r"[A-Za-z0-9_][\w./-]*(?: [\w./{}-]+)*").fullmatch
_between = re.compile(rb"(?:\s|#[^\n]*\n)*\Z")

NEAR = 4_000  # bytes in which a brace is looked for, comments included


class Insertion(NamedTuple):
    """A text that is to stand in a document from an offset on, in bytes of its UTF-8."""

    offset: int
    text: str


def member(document: Document, pointer: str, key: str, value: Any, after: str = "") -> Insertion | None:
    """What writes a new member into an object of a YAML or JSON text, in the style of that object.

    It stands behind the member `after` where another one follows that, else it is the first.

    None where nothing can be written: there is no object with members, it is only a reference, or it has
    such a member already.
    """
    holder = _at(document.data, pointer)
    if not isinstance(holder, dict) or not holder or key in holder or "$ref" in holder:
        return None
    names = list(holder)
    before = names[names.index(after) + 1] if after in names[:-1] else names[0]
    first, begin = document.offsets([f"{pointer}{joined([name])}" for name in (names[0], before)])
    return Insertion(begin, _spelled(document.utf8, first, begin, key, value))


def _spelled(utf8: bytes, first: int, begin: int, key: str, value: Any) -> str:
    """The member as the object is written whose members begin at `first`, and what parts it from the next."""
    line = utf8[utf8.rfind(b"\n", 0, begin) + 1 : begin].decode()
    end = "\r\n" if b"\r\n" in utf8 else "\n"
    if not _in_braces(utf8, first):
        return f"{key}: {_yaml(value)}{end}{line if line.isspace() else ' ' * len(line)}"
    quoted = utf8[first : first + 1] == b'"'
    said = f"{json.dumps(key)}: {_json(value)}," if quoted else f"{key}: {_yaml(value)},"
    return f"{said}{end}{line}" if line.isspace() else f"{said} "


def applied(document: Document, insertions: Iterable[Insertion]) -> bytes:
    """The document with the insertions, encoded as it was."""
    utf8, parts, at = document.utf8, [], 0
    for offset, text in sorted(insertions):
        parts += [utf8[at:offset], text.encode()]
        at = offset
    return _encoded(document, b"".join([*parts, utf8[at:]]))


def _in_braces(utf8: bytes, first: int) -> bool:
    """Whether an object with its first member there is written in braces, as all of JSON is."""
    return _between.sub(b"", utf8[max(0, first - NEAR) : first]).endswith(b"{")


def _at(value: Any, pointer: str) -> Any:
    try:
        for part in parts_of(pointer):
            value = step(value, part)
    except KeyError:
        return None
    return value


def _yaml(value: Any) -> str:
    """A value as a short text of YAML; an object is written in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_yaml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, str) and _plain(value) and core(value) == value:
        return value
    return _json(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _encoded(document: Document, utf8: bytes) -> bytes:
    raw = document.raw
    for mark, name in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if raw.startswith(mark):
            return mark + utf8.decode().encode(name)
    return (codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b"") + utf8
