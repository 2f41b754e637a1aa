"""Namespaces, qualified names, and what they are called in a contract."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from contractbook.source.versions import split_version
from contractbook.source.xml_text import Element

XS = "http://www.w3.org/2001/XMLSchema"
XML = "http://www.w3.org/XML/1998/namespace"
WSDL1 = "http://schemas.xmlsoap.org/wsdl/"
WSDL2 = "http://www.w3.org/ns/wsdl"
SOAP = {
    "http://schemas.xmlsoap.org/wsdl/soap/": "SOAP 1.1",
    "http://schemas.xmlsoap.org/wsdl/soap12/": "SOAP 1.2",
}
HTTP = "http://schemas.xmlsoap.org/wsdl/http/"
MIME = "http://schemas.xmlsoap.org/wsdl/mime/"
WSOAP = "http://www.w3.org/ns/wsdl/soap"
WHTTP = "http://www.w3.org/ns/wsdl/http"
WSDLX = "http://www.w3.org/ns/wsdl-extensions"
ENCODING = "http://schemas.xmlsoap.org/soap/encoding/"

_SCHEME = re.compile(r"^(?:[A-Za-z][\w+.-]*:/*|/+)")


class QName(NamedTuple):
    """A name in a namespace; "" is no namespace."""

    space: str
    name: str

    def __str__(self) -> str:
        return f"{self.name} of {self.space}" if self.space else self.name


def qname(element: Element, value: str) -> QName | None:
    """What a prefixed name in an attribute means where it stands; None for a prefix that is not declared."""
    prefix, colon, local = value.strip().rpartition(":")
    if colon and prefix not in element.scope:
        return None
    return QName(element.scope.get(prefix, ""), local)


def unversioned(space: str) -> tuple[str, str]:
    """A namespace as people read it, without its version, and the version.

    `http://shop.example/invoicing/v2` is version `v2` of `shop.example/invoicing`, and a date in parts
    (`…/2024/05`) is one version, too.
    """
    parts = re.split(r"([/:#])", _SCHEME.sub("", space).rstrip("/#:"))
    versions: list[str] = []
    kept: list[str] = []
    for i in range(0, len(parts), 2):
        name, version = split_version(parts[i]) if _may_be_version(parts[i]) else (parts[i], "")
        if i == 0:  # the host or the name of the team
            name, version = parts[i], ""
        if version:
            versions.append(version)
        if name:
            kept += [parts[i - 1] if kept else "", name]
    return "".join(kept), "-".join(versions) if _is_date(versions) else " ".join(versions)


def _may_be_version(part: str) -> bool:
    return bool(re.search(r"\d", part)) and (not part.isdigit() or len(part) <= 4)


def _is_date(versions: list[str]) -> bool:
    return len(versions) > 1 and len(versions[0]) == 4 and all(part.isdigit() for part in versions)


def nearest(name: str, known: Collection[str]) -> str:
    """The name that is most like another; none among very many, for seeking there is slow."""
    from difflib import get_close_matches

    if len(known) > 2000:
        return ""
    return next(iter(get_close_matches(name, known, n=1, cutoff=0.7)), "")
