"""Which keys stand at the top of a text, told without reading the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

import msgspec
import orjson

_members = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_begin = re.compile(
    rb"(?:[ \t]*(?:#.*|%.*|---[ \t]*(?:#.*)?)?\n|---[ \t]+)*(?P<indent> *)(?P<first>\S)"
).match
_tokens = re.compile(rb"\"(?:[^\"\\]+|\\.)*+\"|'[^']*'|#.*|[][{},:]|[^][{},:\"'\s]+").finditer
_VALUE = rb"(?P<value>\"[^\"\n]*\"|'[^'\n]*'|[^\s#\[{&*!|>\"'](?:[^\n#]|(?<!\s)#)*)?"


def top_keys(utf8: bytes, names: frozenset[str]) -> dict[str, str]:
    """Those of the keys that stand at the top level of a YAML or JSON text, wherever in it.

    Each comes with the text of its value, which is empty unless that is a scalar beside the key. A text
    that holds none of the names is only searched for them, and a broken text still tells its keys.
    """
    if not any(name.encode() in utf8 for name in names):
        return {}
    utf8 = utf8.replace(b"\r", b"\n")
    start = _begin(utf8)
    if start is None or start["first"] != b"{":
        return _in_block(utf8, names, len(start["indent"]) if start else 0)
    try:
        members = _members(utf8)
    except (msgspec.DecodeError, RecursionError):
        return dict(_in_flow(utf8, names))
    return {name: _scalar(bytes(raw)) for name, raw in members.items() if name in names}


def _in_block(utf8: bytes, names: frozenset[str], indent: int) -> dict[str, str]:
    """The keys of a block mapping all stand where its first one does, and nothing else may."""
    found = _keys(names, indent)(utf8)
    return {match["name"].decode(): _scalar((match["value"] or b"").strip()) for match in found}


@lru_cache(maxsize=64)
def _keys(names: frozenset[str], indent: int) -> Callable[[bytes], Iterator[re.Match[bytes]]]:
    words = "|".join(re.escape(name) for name in sorted(names)).encode()
    key = rb"^ {%d}(?P<quote>[\"']?)(?P<name>%s)(?P=quote)[ \t]*:(?:[ \t]+%s|$)" % (indent, words, _VALUE)
    return re.compile(key, re.MULTILINE).finditer


def _in_flow(utf8: bytes, names: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The keys of a flow mapping, or of JSON that is cut off, by its brackets."""
    depth, name, after_colon = 0, "", False
    for token in _tokens(utf8):
        word = token[0]
        if depth == 1 and after_colon and name in names:
            yield name, _scalar(word)
        after_colon = word == b":"
        if word in b"[{":
            depth += 1
        elif word in b"]}":
            depth -= 1
        if not after_colon:
            name = word.strip(b"\"'").decode("utf-8", "replace")


def _scalar(value: bytes) -> str:
    """A scalar as text, without quotes; nothing for a container."""
    if value[:1] in b"[{":
        return ""
    if value[:1] == b'"':
        try:
            return str(orjson.loads(value))
        except orjson.JSONDecodeError:
            return value.strip(b'"').decode("utf-8", "replace")
    return value.strip(b"'").decode("utf-8", "replace")
