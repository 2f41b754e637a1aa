"""Which provider and operation a consumer means by what it calls them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from urllib.parse import unquote

from contractbook.addresses import base, neutral
from contractbook.labels import slug
from contractbook.model import Contract, Operation

_VERSION = re.compile(r"(?<![a-z0-9])v\d+(?:(?:alpha|beta|p)\d+)*(?![a-z0-9])[/.]?", re.IGNORECASE)
Names = Mapping[str, Sequence[str]]
"""What services are called elsewhere, by service."""


def is_provider(name: str, contract: Contract, names: Names) -> bool:
    """Whether a name means the service of a contract: its own name, a configured one, or the title."""
    known = (contract.service, *names.get(contract.service, ()), contract.title)
    return slug(name) in {slug(each) for each in known if each}


class Operations:
    """The operations of a contract, by all that consumers may call them."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self._all = list(_all(contract))
        self._known: dict[str, Operation] = {}
        for called in (_key, _name, _neutral, _versionless, _address, _last):
            for each in self._all:
                self._known.setdefault(called(each), each)
        self._known.pop("", None)
        self._bases = sorted({base(server) for server in contract.servers}, key=len, reverse=True)

    def find(self, said: str) -> Operation | None:
        """The operation that is meant: by key, id or address, or by a path that fits its template."""
        for word in (said, neutral(said), _VERSION.sub("", neutral(said))):
            if found := self._known.get(word):
                return found
        method, _, path = said.partition(" ")
        return self._by_path(method, path) if path.startswith("/") else self._by_message(said)

    def methods(self, path: str) -> list[str]:
        """The methods that a path takes."""
        return sorted({each.method for each in self._all if self._by_path(each.method, path)})

    def near(self, said: str) -> str:
        """The operation that may have been meant, empty where none is like it."""
        keys = [each.label for each in self._all]
        return next(iter(get_close_matches(said, keys, n=1, cutoff=0.5)), "")

    def _by_path(self, method: str, path: str) -> Operation | None:
        """The operation whose path a concrete one fits, the most literal one first."""
        path = unquote(path.partition("?")[0])
        paths = [path, *(path[len(each) :] for each in self._bases if each and path.startswith(f"{each}/"))]
        fits = [
            each
            for each in self._all
            if each.method.upper() == method.upper() and any(_fits(each.address, one) for one in paths)
        ]
        return min(fits, key=lambda each: (each.address.count("{"), each.address), default=None)

    def _by_message(self, said: str) -> Operation | None:
        wanted = slug(said)
        return next(
            (each for each in self._all if any(slug(message.name) == wanted for message in each.messages)),
            None,
        )


def _all(contract: Contract) -> Iterator[Operation]:
    todo: Iterable[Operation] = contract.operations()
    for each in todo:
        yield each
        yield from each.callbacks


def _fits(template: str, path: str) -> bool:
    """Whether a concrete path is one of a template's (RFC 6570, level 1)."""
    if "{" not in template:
        return template.rstrip("/") == path.rstrip("/")
    pattern = "[^/]+".join(map(re.escape, re.split(r"\{[^{}]*\}", template.rstrip("/"))))
    return re.fullmatch(pattern, path.rstrip("/")) is not None


def path_values(operation: Operation, said: str) -> dict[str, str]:
    """The values of a path's parameters where a consumer names a concrete path; none for a template."""
    path = said.partition(" ")[2].partition("?")[0]
    names = re.findall(r"\{([^{}]*)\}", operation.address)
    if "{" in path or not names:
        return {}
    pattern = "([^/]+)".join(map(re.escape, re.split(r"\{[^{}]*\}", operation.address.rstrip("/"))))
    found = re.search(f"{pattern}$", path.rstrip("/"))
    return dict(zip(names, map(unquote, found.groups()), strict=True)) if found else {}


def _key(operation: Operation) -> str:
    return operation.label


def _name(operation: Operation) -> str:
    return operation.name


def _neutral(operation: Operation) -> str:
    return neutral(operation.label)


def _versionless(operation: Operation) -> str:
    return _VERSION.sub("", neutral(operation.label))


def _address(operation: Operation) -> str:
    """The channel of a message, where only one operation has it."""
    return "" if operation.address.startswith("/") else operation.address


def _last(operation: Operation) -> str:
    """The name of a remote call without the service around it."""
    return operation.label.rpartition("/")[2] if " " not in operation.label else ""
