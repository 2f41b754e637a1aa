"""What a reference between documents names: a path below the root, and a part of the document there."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote

from contractbook.source.paths import beside

_scheme = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):").match


class Unresolved(Exception):
    """A reference leads nowhere, or where it may not; the text says why and how to mend it."""


class Reference(NamedTuple):
    """A path from the root, and the fragment: a JSON Pointer or the name of an anchor."""

    path: str
    fragment: str


def referred(base: str, reference: object) -> Reference:
    """What a reference in the document at `base` names (RFC 3986, 5.2); raises Unresolved."""
    if not isinstance(reference, str):
        raise Unresolved("a reference is a text such as `#/components/schemas/Pet`: put a text here")
    before, _, fragment = reference.partition("#")
    path = unquote(before)
    if not path:
        return Reference(base, unquote(fragment))
    _refuse_foreign(reference, path)
    found = beside(base, path)
    if found is None:
        raise Unresolved(f"`{reference}` leads out of the folder of the contracts: nothing there is read")
    return Reference(found, unquote(fragment))


def _refuse_foreign(reference: str, path: str) -> None:
    """Raises Unresolved for what is no relative path."""
    scheme = _scheme(path)
    if path.startswith("//") or (scheme and scheme[1].lower() in ("http", "https", "ftp")):
        raise Unresolved(
            f"`{reference}` is on the network, from which nothing is read: keep a copy beside the contract"
        )
    if path.startswith("/") or (scheme and (scheme[1].lower() == "file" or len(scheme[1]) == 1)):
        raise Unresolved(f"`{reference}` is an absolute path: write it relative to this file")
    if scheme:
        raise Unresolved(f"`{reference}` is no path: references to `{scheme[1]}:` are not read")
    if "\\" in path:
        raise Unresolved(f"`{reference}` holds a backslash: write `{reference.replace(chr(92), '/')}`")
    if "\0" in path:
        raise Unresolved(f"`{reference!r}` is no path")
