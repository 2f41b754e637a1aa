"""Contracts of two states of a project side by side."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import NamedTuple

from contractbook.model import Contract
from contractbook.source.versions import order


class Two(NamedTuple):
    """A contract in two states, either of which may be missing."""

    old: Contract | None
    new: Contract | None


def contracts(old: Sequence[Contract], new: Sequence[Contract]) -> list[Two]:
    """Pair contracts by identity and version.

    An identity of which no version is on both sides pairs its newest ones. What is left over pairs by
    shared elements, half or more: it was moved, or is written in another format. In the order of the new
    side; what only the old side has stands last.
    """
    pairs = _by(_version, old, new)
    known = {_identity(now) for _, now in pairs}
    left = [each for each in _left(old, pairs) if _identity(each) not in known]
    right = [each for each in _left(new, pairs) if _identity(each) not in known]
    pairs += _by(_identity, left, right)
    pairs += _by_elements(_left(old, pairs), _left(new, pairs))
    before = {id(now): was for was, now in pairs}
    both = [Two(before.get(id(each)), each) for each in new]
    return both + [Two(each, None) for each in _left(old, pairs)]


Pairs = list[tuple[Contract, Contract]]


def _by(key: Callable[[Contract], Hashable], old: Sequence[Contract], new: Sequence[Contract]) -> Pairs:
    """The newest of each side that have the same key."""
    was, now = ({key(each): each for each in sorted(side, key=_age)} for side in (old, new))
    return [(was[one], now[one]) for one in was if one in now]


def _by_elements(old: Sequence[Contract], new: Sequence[Contract]) -> Pairs:
    """Those that share most, as long as it is half of the larger one."""
    were, are = ([_elements(each) for each in side] for side in (old, new))
    shares = sorted(
        (-len(before & after) / max(len(before), len(after), 1), i, j)
        for i, before in enumerate(were)
        for j, after in enumerate(are)
    )
    pairs: Pairs = []
    for share, i, j in shares:
        if -share >= 0.5 and not any(old[i] is was or new[j] is now for was, now in pairs):
            pairs.append((old[i], new[j]))
    return pairs


def _left(side: Sequence[Contract], pairs: Pairs) -> list[Contract]:
    taken = {id(each) for pair in pairs for each in pair}
    return [each for each in side if id(each) not in taken]


def _identity(contract: Contract) -> Hashable:
    return contract.service, contract.name


def _version(contract: Contract) -> Hashable:
    return contract.service, contract.name, contract.version


def _age(contract: Contract) -> tuple[object, ...]:
    return order(contract.version), contract.path


def _elements(contract: Contract) -> set[str]:
    """What makes a contract what it is: its operations and the types that have a name."""
    types = {type.name for type in contract.types.values() if type.at and not type.inline}
    return types | {operation.identity for operation in contract.operations()}
