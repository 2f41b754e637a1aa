"""Puts the elements of two lists side by side by what they have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

from contractbook.model import Element

E = TypeVar("E", bound=Element)
Key = Callable[[E], Hashable]
Pairs = Iterator[tuple[E | None, E | None]]


def match(old: Sequence[E], new: Sequence[E], *keys: Key[E]) -> Pairs[E]:
    """Pair elements by the first key that is theirs alone on each side, then by the next.

    Without keys the identity counts. A key that is None pairs nothing. Pairs come in the order of the old
    side, what has no partner last.
    """
    if old == new:
        return zip(old, new, strict=True)
    return by_partner(old, new, partners(old, new, *(keys or (identity,))))


def partners(old: Sequence[E], new: Sequence[E], *keys: Key[E]) -> dict[int, E]:
    """The partner of each old element that has one, by the `id` of the old element."""
    found: dict[int, E] = {}
    taken: set[int] = set()
    for key in keys:
        left = unique((each for each in old if id(each) not in found), key)
        right = unique((each for each in new if id(each) not in taken), key)
        for name in left.keys() & right.keys():
            found[id(left[name])] = right[name]
            taken.add(id(right[name]))
        if len(found) == len(old) or len(taken) == len(new):
            break
    return found


def by_partner(old: Iterable[E], new: Iterable[E], partner: dict[int, E]) -> Pairs[E]:
    """The pairs that a table of partners means."""
    taken = {id(each) for each in partner.values()}
    yield from ((each, partner.get(id(each))) for each in old)
    yield from ((None, each) for each in new if id(each) not in taken)


def unique(elements: Iterable[E], key: Key[E]) -> dict[Hashable, E]:
    """The elements by those keys that only one of them has."""
    keyed = [(name, each) for each in elements if (name := key(each)) is not None]
    counts = Counter(name for name, _ in keyed)
    return {name: each for name, each in keyed if counts[name] == 1}


def identity(element: Element) -> Hashable:
    """The key that the format gave it."""
    return element.identity
