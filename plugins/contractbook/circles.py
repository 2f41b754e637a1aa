"""Circles in a graph: what leads back to itself."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def circles(starts: Iterable[Node], uses: Callable[[Node], Sequence[Node]]) -> list[list[Node]]:
    """All that the starts lead to, in groups whose members lead to one another.

    A group stands after all groups that it leads to. (Tarjan 1972, without recursion.)
    """
    index: dict[Node, int] = {}
    low: dict[Node, int] = {}
    waiting: list[Node] = []
    held: set[Node] = set()
    groups: list[list[Node]] = []
    for start in starts:
        way = [(start, iter([start]))] if start not in index else []
        while way:
            name, left = way[-1]
            for used in left:
                if used not in index:
                    index[used] = low[used] = len(index)
                    further = uses(used)
                    if not further:
                        groups.append([used])
                        continue
                    waiting.append(used)
                    held.add(used)
                    way.append((used, iter(further)))
                    break
                if used in held and index[used] < low[name]:
                    low[name] = index[used]
            else:
                way.pop()
                if way:
                    before = way[-1][0]
                    low[before] = min(low[before], low[name])
                    if low[name] == index[name]:
                        groups.append(_taken(name, waiting, held))
    return groups


def _taken(first: Node, waiting: list[Node], held: set[Node]) -> list[Node]:
    """The group that began with `first`, taken from those that wait for theirs."""
    at = len(waiting) - 1
    while waiting[at] != first:
        at -= 1
    group = waiting[at:]
    del waiting[at:]
    held.difference_update(group)
    return group
