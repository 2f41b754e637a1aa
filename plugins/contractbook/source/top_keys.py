"""Which keys stand at the top of a text, told without reading the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec
import orjson

_members = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_begin = re.compile(rb"^(?:---[ \t]+)?(?P<indent> *)(?!---)(?P<first>[^\s#%])", re.MULTILINE).search
_VALUE = rb"(?P<value>\"[^\"\n]*\"|'[^'\n]*'|[^\s#\[{&*!|>\"'](?:[^\n#]+|(?<=\S)#)*+)?"
_flow_value = re.compile(
    rb"[\"']?[ \t\n]*:[ \t\n]*(?P<value>\"[^\"\n]{0,99}\"|'[^'\n]{0,99}'|[^][{},\s]{1,99})?"
).match


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
    words = rb"^ {%d}(?P<quote>[\"']?)(?P<name>%s)(?P=quote)[ \t]*:(?:[ \t]+%s|$)"
    found = _compiled(words % (indent, _any_of(names), _VALUE)).finditer(utf8)
    return {match["name"].decode(): _scalar((match["value"] or b"").strip()) for match in found}


def _in_flow(utf8: bytes, names: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The keys of a flow mapping, or of JSON that is cut off, by its brackets."""
    words = rb"[\[{]|[\]}]|\"(?P<text>(?:[^\"\\]+|\\.)*+)(?:\"|\Z)|'[^']*'|(?<![\w$-])(?P<name>%s)(?![\w-])"
    depth = 0
    for token in _compiled(words % _any_of(names)).finditer(utf8):
        if token[0] in b"[{":
            depth += 1
        elif token[0] in b"]}":
            depth -= 1
        elif depth == 1:
            name = (token["name"] or token["text"] or token[0].strip(b"'")).decode("utf-8", "replace")
            value = _flow_value(utf8, token.end()) if name in names else None
            if value:
                yield name, _scalar(value["value"] or b"")


@lru_cache(maxsize=64)
def _any_of(names: frozenset[str]) -> bytes:
    return "|".join(re.escape(name) for name in sorted(names)).encode()


@lru_cache(maxsize=64)
def _compiled(words: bytes) -> re.Pattern[bytes]:
    return re.compile(words, re.MULTILINE | re.DOTALL)


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
