"""Servers, ways to prove who calls, and callbacks side by side."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from contractbook.model import Element, Operation, Security, Server
from contractbook.pairing.match import Pairs, identity, match


def servers(old: Sequence[Server], new: Sequence[Server]) -> Pairs[Server]:
    """Servers by address, by the name that the format gives them, by text, or the one that is left."""
    return match(old, new, _address, _key, _text, _any)


def schemes(old: Sequence[Security], new: Sequence[Security]) -> Pairs[Security]:
    """Ways to prove who calls, by name or by what they are: the name means nothing to consumers."""
    return match(old, new, identity, _nature)


def callbacks(old: Operation, new: Operation) -> Pairs[Operation]:
    """The callbacks of an operation by name, or the one that is left."""
    return match(old.callbacks, new.callbacks, identity, _any)


def _address(server: Server) -> Hashable:
    return server.url.rstrip("/")


def _key(server: Server) -> Hashable:
    return server.key or None


def _text(server: Server) -> Hashable:
    return server.doc or None


def _nature(scheme: Security) -> Hashable:
    return (scheme.kind, repr(sorted(scheme.binding.items())))


def _any(element: Element) -> Hashable:
    return True
