"""JSONPath as Spectral rulesets write it (the JSONPath Plus dialect), told to a library for RFC 9535."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from jsonpath import CompoundJSONPath, JSONPath, JSONPathMatch

_TOKEN = re.compile(
    r"""(?P<text>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")|(?P<regex>/(?:\\.|[^/\\\n])+/[gimsu]*)(?=\s*[.)])"""
    r"""|(?P<compare>===?|!==?|<=|>=|<|>)|(?P<join>&&|\|\||[()])|(?P<no>!)"""
    r"""|(?P<path>@(?:property)?(?:\.(?!(?:match|test)\()[\w$-]+|\[(?:'[^']*'|"[^"]*"|\d+|\*)\]|\.\*)*)"""
    r"""|(?P<call>\.test|\.match)|(?P<word>[\w.-]+)|(?P<space>\s+)""",
)
_NAMES = re.compile(r"\[\s*([A-Za-z_$][\w$-]*(?:\s*,\s*[A-Za-z_$][\w$-]*)*)\s*\]")
_DASHED = re.compile(r"\.([A-Za-z_$][\w$]*(?:-[\w$]+)+)")
_COMMA = re.compile(r"\s*,\s*")
_TAIL = re.compile(r"[~^]+\Z")
_FILTER = re.compile(r"\?\s*\(")
_LACKS = ("@parent", "@path", "@root", "@@", "constructor")


class Misspelled(Exception):
    """A path that cannot be understood; the text says why."""


class Query(NamedTuple):
    """A path that is ready to be asked; `~` in `tail` means the keys of what is found, `^` its parent."""

    path: JSONPath | CompoundJSONPath
    tail: str
    deep: bool

    def find(self, data: Any) -> Iterator[JSONPathMatch]:
        """What it leads to."""
        found: Iterator[JSONPathMatch] = iter(self.path.finditer(data))
        for sign in self.tail:
            if sign == "^":
                found = (each.parent for each in found if each.parent is not None)
        return found

    @property
    def keys(self) -> bool:
        """Whether the keys are meant, and not the values."""
        return self.tail.endswith("~")


@cache
def query(written: str) -> Query:
    """A path of a ruleset; raises Misspelled."""
    import jsonpath

    path = written.strip()
    tail = _TAIL.search(path)
    begin = path[: tail.start()] if tail else path
    try:
        translated = translate(begin)
        return Query(jsonpath.compile(translated), tail[0] if tail else "", ".." in begin)
    except (jsonpath.JSONPathError, RecursionError) as error:
        raise Misspelled(str(error).splitlines()[0]) from None


def translate(path: str) -> str:
    """A path with the filters of JavaScript as one with those of RFC 9535."""
    parts, at = [], 0
    while found := _FILTER.search(path, at):
        end = _closing(path, found.end() - 1)
        parts += [_plain(path[at : found.start()]), f"?({_filter(path[found.end() : end])})"]
        at = end + 1
    return "".join([*parts, _plain(path[at:])])


def _plain(path: str) -> str:
    """The part of a path around filters; names that RFC 9535 wants in quotes get them."""
    quoted = _NAMES.sub(lambda found: f"[{', '.join(map(_quoted, _COMMA.split(found[1])))}]", path)
    return _DASHED.sub(lambda found: f"[{_quoted(found[1])}]", quoted)


def _closing(path: str, opening: int) -> int:
    """Where the bracket that opens there is closed; what stands in quotes does not count."""
    deep = 0
    for found in re.finditer(
        r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|/(?:\\.|[^/\\\n])+/(?=[gimsu]*[.)])|[()]", path
    ):
        if found.start() >= opening and found[0] in "()":
            deep += 1 if found[0] == "(" else -1
            if not deep:
                return found.start()
    raise Misspelled("a filter is not closed: a `)` is missing")


def _filter(written: str) -> str:
    """A condition; what only names a value asks in JavaScript whether that is there and not empty."""
    tokens = list(_tokens(written))
    parts: list[str] = []
    index = 0
    while index < len(tokens):
        kind, text = tokens[index]
        following = tokens[index + 1][0] if index + 1 < len(tokens) else ""
        if following == "call":
            parts.append(_search(tokens[index], tokens[index + 2 : index + 5]))
            index += 5
            continue
        before = tokens[index - 1][0] if index else ""
        if kind == "path" and "compare" not in (before, following):
            parts.append(_truthy(_value(text)))
        elif kind == "path":
            parts.append(_value(text))
        else:
            parts.append({"===": "==", "!==": "!=", "undefined": "null"}.get(text, text))
        index += 1
    return " ".join(parts)


def _tokens(written: str) -> Iterator[tuple[str, str]]:
    at = 0
    if any(word in written for word in _LACKS):
        raise Misspelled(f"`{written.strip()}` asks for what only JavaScript can tell")
    while at < len(written):
        found = _TOKEN.match(written, at)
        if found is None:
            raise Misspelled(f"`{written[at:].strip()}` is not understood")
        at = found.end()
        if found.lastgroup != "space":
            yield str(found.lastgroup), found[0]


def _value(path: str) -> str:
    """A value in a condition: `@property` is the key, `.length` a function."""
    if path == "@property":
        return "#"
    return f"length({path.removesuffix('.length')})" if path.endswith(".length") else path


def _truthy(value: str) -> str:
    if value.startswith("length("):
        return f"{value} > 0"
    return f"({value} && {value} != false && {value} != null && {value} != '' && {value} != 0)"


def _search(subject: tuple[str, str], rest: list[tuple[str, str]]) -> str:
    """`@.name.match(/x/)` and `/x/.test(@.name)` as the function of RFC 9535 (2.4.7)."""
    if len(rest) < 3 or rest[0][1] != "(" or rest[2][1] != ")":
        raise Misspelled("`match` and `test` take one argument in brackets")
    path, regex = (subject, rest[1]) if subject[0] == "path" else (rest[1], subject)
    if regex[0] not in ("regex", "text") or path[0] != "path":
        raise Misspelled("`match` and `test` hold a value against a regular expression")
    body, _, flags = regex[1][1:].rpartition(regex[1][0])
    pattern = f"(?{flags.replace('g', '').replace('u', '')}){body}" if flags.strip("gu") else body
    return f"search({_value(path[1])}, {_quoted(pattern)})"


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
