"""From bytes to UTF-8: byte order marks, UTF-16, what XML declares, and what is no text at all."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from contractbook.finding import Finding
from contractbook.source.faults import Fault, findings
from contractbook.source.lines import Lines
from contractbook.texts import expression

LARGEST = 64 * 1024 * 1024  # bytes of a file that is read
_STRAY_SHARE = 0.3  # with more characters than this that are no UTF-8, the file is no text
_PIECE = 1 << 16

_NO_TEXT = {
    b"\x1f\x8b": "a gzip archive",
    b"PK\x03\x04": "a zip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"\x28\xb5\x2f\xfd": "a zstandard archive",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"%PDF-": "a PDF document",
    b"\x7fELF": "a program",
    codecs.BOM_UTF32_LE: "text in UTF-32",
    codecs.BOM_UTF32_BE: "text in UTF-32",
}
_SAVE = "Save the file as text in UTF-8."


class Decoded(NamedTuple):
    """A text as UTF-8 without byte order mark; empty where the file holds no text."""

    utf8: bytes
    faults: tuple[Finding, ...] = ()


def decode(path: str, raw: bytes) -> Decoded:
    """The text of a file, and what in it is none."""
    if len(raw) > LARGEST:
        size = len(raw) / 1024 / 1024
        return _refused(path, f"the file is {size:.0f} MB large: up to {LARGEST >> 20} MB are read")
    for start, kind in _NO_TEXT.items():
        if raw.startswith(start):
            return _refused(path, f"the file is {kind}, not text in UTF-8")
    if encoding := _utf16(raw):
        return _from_utf16(path, raw, encoding)
    declared = _declared(raw)
    if declared and not raw.startswith(codecs.BOM_UTF8):
        return _from_declared(path, raw, declared[1].decode().lower())
    return _checked(path, raw.removeprefix(codecs.BOM_UTF8))


# XML says in ASCII what it is written in (XML 1.0, 4.3.3).
_declared = re.compile(rb"""<\?xml\s[^>]{,200}?\sencoding\s*=\s*["']([A-Za-z][\w.-]*)["']""").match
_KNOWN = expression(
    r"(?:iso[-_]?8859-\d+|latin-?\d|windows-\d+|cp\d+|ibm\d+|us-ascii|koi8-[ru]|macintosh|gb\w+|big5\w*"
    r"|(?:x-)?(?:euc|ks_c|ks|ksc)[-_\w]+|uhc|johab|shift[-_]jis|sjis|iso-2022-\w+|tis-620)"
)


def _from_declared(path: str, raw: bytes, encoding: str) -> Decoded:
    """A text in the encoding that it declares; read as UTF-8, with a fault, where that is not true."""
    if encoding in ("utf-8", "utf8"):
        return _checked(path, raw)
    try:
        if _KNOWN.fullmatch(encoding):
            return Decoded(raw.decode(encoding).encode())
        why = f"the file says that it is written in `{encoding}`, which is not known"
    except LookupError:
        why = f"the file says that it is written in `{encoding}`, which is not known"
    except UnicodeDecodeError as error:
        why = f"the file says that it is written in `{encoding}`, but byte {error.start + 1} is not"
    read = _checked(path, raw)
    return Decoded(read.utf8, (*findings(path, Lines(raw), [Fault(0, why, _SAVE)]), *read.faults))


def _utf16(raw: bytes) -> str | None:
    """The byte order, by the mark or by the zeros beside the first characters (YAML 1.2, 5.2)."""
    zeros = [byte == 0 for byte in raw[:4]]
    if raw.startswith(codecs.BOM_UTF16_LE) or zeros == [False, True, False, True]:
        return "utf-16-le"
    if raw.startswith(codecs.BOM_UTF16_BE) or zeros == [True, False, True, False]:
        return "utf-16-be"
    return None


def _from_utf16(path: str, raw: bytes, encoding: str) -> Decoded:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        return _refused(path, f"the file begins as UTF-16, but does not go on so from byte {error.start + 1}")
    return Decoded(text.removeprefix("\ufeff").encode())


def _checked(path: str, utf8: bytes) -> Decoded:
    if b"\0" in utf8:
        return _refused(path, "the file is no text: here stands a zero byte", utf8, utf8.index(b"\0"))
    try:
        _validate(utf8)
    except _Stray as error:
        return _mended(path, utf8, error.offset)
    return Decoded(utf8)


class _Stray(Exception):
    """A byte that is no UTF-8."""

    def __init__(self, offset: int) -> None:
        self.offset = offset


def _validate(utf8: bytes) -> None:
    """Decodes piece by piece: one wide character would make the text of a big file four times as large."""
    view, begin = memoryview(utf8), 0
    while begin < len(view):
        piece = view[begin : begin + _PIECE]
        try:
            begin += codecs.utf_8_decode(piece, "strict", len(piece) < _PIECE)[1]
        except UnicodeDecodeError as error:
            raise _Stray(begin + error.start) from None


def _mended(path: str, raw: bytes, offset: int) -> Decoded:
    """A text in which some bytes are no UTF-8: read with a mark in their place."""
    text = raw.decode("utf-8", "replace")
    if text.count("\ufffd") > _STRAY_SHARE * len(text):
        return _refused(path, f"the file is no text: the byte 0x{raw[offset]:02X} is no UTF-8", raw, offset)
    meant = raw[offset : offset + 1].decode("cp1252", "replace")
    guess = f"; in Windows-1252 it would be `{meant}`" if meant != "\ufffd" and meant.isprintable() else ""
    fault = Fault(offset, f"the byte 0x{raw[offset]:02X} is no UTF-8{guess}", _SAVE)
    return Decoded(text.encode(), findings(path, Lines(raw), [fault]))


def _refused(path: str, message: str, raw: bytes = b"", offset: int = 0) -> Decoded:
    return Decoded(b"", findings(path, Lines(raw), [Fault(offset, message, _SAVE)]))
