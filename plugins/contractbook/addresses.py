"""Paths of operations: what is the same address, and how one became another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from contractbook.model import Contract, Operation, Server

_PARAMETER = re.compile(r"\{[^{}]*\}")
_VARIABLE = re.compile(r"\{([^{}]*)\}")


def neutral(address: str) -> str:
    """An address without the names of its parameters: they mean nothing to consumers."""
    return _PARAMETER.sub("{}", address)


def parts(address: str) -> list[str]:
    """The parts of a path, with {} for each parameter."""
    return neutral(address).rstrip("/").split("/")


def ends(address: str) -> Iterator[str]:
    """A path and what is left of it without its first parts, the longest first, down to the last name."""
    found = parts(address)
    for i, part in enumerate(found):
        if part and any(rest != "{}" for rest in found[i:]):
            yield "/".join(found[i:])


def prefixes(old: str, new: str) -> tuple[str, str] | None:
    """What two paths begin with before what they have in common to the end; None if that has no name."""
    left, right = parts(old), parts(new)
    shared = 0
    while shared < min(len(left), len(right)) and left[-1 - shared] == right[-1 - shared]:
        shared += 1
    if not any(part not in ("", "{}") for part in left[len(left) - shared :]):
        return None
    return "/".join(left[: len(left) - shared]), "/".join(right[: len(right) - shared])


def base(server: Server) -> str:
    """The path of a server's address, its variables filled in by their defaults."""
    defaults = {variable.name: variable.default for variable in server.variables}
    url = _VARIABLE.sub(lambda found: defaults.get(found[1]) or found[0], server.url)
    path = urlsplit(url).path if "://" in url or url.startswith("/") else url.partition("/")[2]
    return "/" + path.strip("/") if path.strip("/") else ""


def whole(contract: Contract, operation: Operation) -> str:
    """The path of an operation with that of the first server before it."""
    servers = operation.servers or contract.servers
    return (base(servers[0]) if servers else "") + operation.address
