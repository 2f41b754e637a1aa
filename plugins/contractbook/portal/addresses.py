"""Addresses of pages and names of places in them: readable, stable, safe in a path, unique."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])(?![A-Z](?:s\b|v\d))")
_OTHER = re.compile(r"[^\w.]+|_+")
_DOTS = re.compile(r"-*\.[-.]*")
_SPACE = re.compile(r"[\s\x00-\x1f]+")
LONGEST = 60
# Names that Windows keeps for devices, with and without a suffix.
DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{i}" for port in ("com", "lpt") for i in range(1, 10))}
)


def slug(text: str) -> str:
    """A text as one step of an address: `getCustomer` becomes `get-customer`.

    Accents go, letters of other scripts stay; a text that has no letter or digit, or is too long, is told
    apart by its hash.
    """
    words = _OTHER.sub("-", _HUMP.sub("-", _plain(text[:300]))).casefold()
    short = unicodedata.normalize("NFC", _DOTS.sub(".", words)).strip("-.")
    if len(short) > LONGEST or len(text) > 300:
        short = f"{short[:LONGEST].rstrip('-.')}-{digest(text)}"
    if not short:
        return f"x-{digest(text)}"
    return f"{short}-" if short.partition(".")[0] in DEVICES else short


def _plain(text: str) -> str:
    if text.isascii():
        return text
    parted = unicodedata.normalize("NFKD", text)
    return "".join(char for char in parted if not unicodedata.combining(char))


def digest(text: str) -> str:
    """Six letters and digits that stand for a text."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=3).hexdigest()


def anchor(text: str) -> str:
    """A name as a part of an id: as it is written, but for white space, which ids cannot hold."""
    return _SPACE.sub("_", text)


class Names:
    """Gives each name once; who comes later gets a number."""

    def __init__(self, *taken: str) -> None:
        self._taken = {name.casefold() for name in taken}

    def claim(self, wanted: str) -> str:
        """The name itself if it is free, else the name with the first free number."""
        name, number = wanted, 1
        while name.casefold() in self._taken:
            number += 1
            name = f"{wanted}-{number}"
        self._taken.add(name.casefold())
        return name


def address_of(link: str, site: str = "", index: str = "") -> str:
    """A link within the portal as an address outside of it; `index` is the file that a slash stands for."""
    path, mark, part = link.removeprefix("~/").partition("#")
    return f"{site}{path}{index if path.endswith('/') or not path else ''}{mark}{part}"
