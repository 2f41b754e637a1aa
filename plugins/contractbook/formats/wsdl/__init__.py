"""WSDL 1.1 and 2.0, and XML Schema 1.0: the documents of one service are read together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from contractbook.formats.format import Format
from contractbook.formats.lifecycle import ENDINGS, Endings
from contractbook.model import Contract
from contractbook.source.document import Document
from contractbook.source.sources import Sources

_root = re.compile(
    rb"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>\s*)*"
    rb"<(?:[\w.-]+:)?(?P<name>definitions|description|schema)(?![\w.:-])(?P<rest>[^>]*)",
    re.DOTALL,
).match
_SPACES = {
    b"definitions": (b"http://schemas.xmlsoap.org/wsdl/",),
    b"description": (b"http://www.w3.org/ns/wsdl",),
    b"schema": (b"http://www.w3.org/2001/XMLSchema",),
}


def _is_rooted(document: Document, suffix: str, *names: bytes) -> bool:
    """Whether the outermost element is one of these; of a broken one the suffix tells what it was to be."""
    if b"<" not in document.raw[:8]:
        return False
    found = _root(document.utf8)
    if found is None or found["name"] not in names:
        return False
    return any(space in found["rest"] for space in _SPACES[found["name"]]) or document.path.endswith(suffix)


def is_wsdl(document: Document) -> bool:
    """Whether a document describes a web service."""
    return _is_rooted(document, ".wsdl", b"definitions", b"description")


def is_xsd(document: Document) -> bool:
    """Whether a document is a schema."""
    return _is_rooted(document, ".xsd", b"schema")


def read(documents: Sequence[Document], sources: Sources, endings: Endings = ENDINGS) -> Iterable[Contract]:
    """The contracts that the documents make together."""
    from contractbook.formats.wsdl.read import read as read_all

    return read_all(documents, sources, endings)


WORDS = {
    "targetNamespace": "namespace",
    "elementFormDefault": "local elements are",
    "attributeFormDefault": "local attributes are",
    "content": "order of the elements",
    "appinfo": "for programs",
    "any": "further elements",
    "anyAttribute": "further attributes",
}
_NAMESPACES = (
    'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="https://shop.example/orders" '
    'targetNamespace="https://shop.example/orders"'
)
_ENDS = "in its documentation `Deprecated since 2026-05-01. Sunset 2027-03-01. Use Foo instead.`"
# A port type with one operation, which examples bind.
_DEFINITIONS = """\
<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:t="https://shop.example/orders"
    xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="https://shop.example/orders">
<types><xs:schema targetNamespace="https://shop.example/orders">
  <xs:element name="order" type="xs:string"/><xs:element name="purchase" type="xs:string"/>
</xs:schema></types>
<message name="Find"><part name="body" element="t:order"/><part name="trace" type="xs:string"/></message>
<message name="Cancel"><part name="body" element="t:order"/></message>
<portType name="Orders"><operation name="find"><input message="t:Find"/></operation></portType>
"""


def encode(contract: Contract, name: str, value: Any) -> bytes:
    """A value as an XML document."""
    from contractbook.formats.wsdl.encode import encode as write

    return write(contract, name, value)


XSD = Format(
    name="xsd",
    title="XML Schema",
    suffixes=(".xsd",),
    detect=is_xsd,
    read=read,
    preamble=f'<xs:schema {_NAMESPACES} elementFormDefault="qualified">\n',
    closing="</xs:schema>\n",
    together=True,
    parts=True,
    words=WORDS,
    ends=_ENDS,
    exact=True,
    encoding="XML",
    encode=encode,
)
WSDL = Format(
    name="wsdl",
    title="WSDL",
    suffixes=(".wsdl", ".xml"),
    detect=is_wsdl,
    read=read,
    preamble=_DEFINITIONS,
    closing="</definitions>\n",
    together=True,
    parts=True,
    words=WORDS,
    ends=_ENDS,
    exact=True,
    encoding="XML",
    encode=encode,
)
