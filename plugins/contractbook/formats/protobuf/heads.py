"""What a proto file says at its beginning: syntax, package and imports, found without a compiler."""

from __future__ import annotations

import re
from typing import NamedTuple

_statements = re.compile(
    rb"(?:^|;)[ \t]*(?:"
    rb"package[ \t\r\n]+(?P<package>[\w.]+)(?=[ \t\r\n]*;)"
    rb"|(?P<syntax>syntax|edition)[ \t]*=[ \t]*[\"'](?P<level>[^\"'\r\n]*)[\"']"
    rb"|import[ \t\r\n]+(?:(?:public|weak|option)[ \t\r\n]+)?[\"'](?P<import>[^\"'\r\n]*)[\"'](?=[ \t]*;))",
    re.MULTILINE,
).finditer
_comments = re.compile(rb"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|//[^\n]*|/\*.*?\*/", re.DOTALL).sub
_declarations = re.compile(rb"\n(?:message|enum|service|extend)[ \t]").search
_blocks = re.compile(rb"/\*.*?\*/", re.DOTALL).findall
_statement = re.compile(rb"^[ \t]*(?:package|syntax|edition|import)[ \t\r\n]", re.MULTILINE).search
_VERSION = re.compile(
    r"v\d+(?:_\d+)*(?:p\d+)?(?:(?:alpha|beta|rc|test|main|eap|dev|development|experimental)\d*)?(?:_\d+)*",
    re.ASCII,
).fullmatch


class Head(NamedTuple):
    """The first lines of a proto file; `imports` are names with the offsets they stand at."""

    package: str = ""
    syntax: str = ""  # proto2, proto3, or an edition such as 2023; empty where the file does not say
    imports: tuple[tuple[str, int], ...] = ()


def head(utf8: bytes) -> Head:
    """What a text says of itself; what stands in comments does not count."""
    first = _declarations(utf8)
    if first and not _late(utf8, first.start()):
        utf8 = utf8[: first.start()]
    if any(map(_statement, _blocks(utf8))):
        utf8 = _comments(_blank, utf8)
    return _head(utf8)


def _late(utf8: bytes, begin: int) -> bool:
    """Whether statements may stand behind the first declaration, where nobody looks for them."""
    return any(utf8.find(word, begin) >= 0 for word in (b"\nimport ", b"\npackage ", b"; import "))


def _head(utf8: bytes) -> Head:
    package = syntax = ""
    imports: dict[str, int] = {}
    for each in _statements(utf8):
        if each["import"] is not None:
            imports.setdefault(each["import"].decode("utf-8", "replace"), each.start("import") - 1)
        elif each["package"]:
            package = package or each["package"].decode()
        else:
            syntax = syntax or each["level"].decode("utf-8", "replace")
    return Head(package, syntax, tuple(imports.items()))


def _blank(found: re.Match[bytes]) -> bytes:
    """A comment as blanks, so that offsets stay; a string as it is."""
    text = found[0]
    return re.sub(rb"[^\r\n]", b" ", text) if text[:1] == b"/" else text


def split_package(package: str) -> tuple[str, str]:
    """A package without its version, and the version: `shop.orders.v1` is version v1 of `shop.orders`."""
    parts = package.split(".")
    versions = [part for part in parts if _VERSION(part)]
    return ".".join(part for part in parts if not _VERSION(part)), " ".join(versions)
