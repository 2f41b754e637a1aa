"""The same work on several things at once, in processes of its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

Thing = TypeVar("Thing")
Outcome = TypeVar("Outcome")


def side_by_side(work: Callable[[Thing], Outcome], things: Sequence[Thing], jobs: int) -> Iterator[Outcome]:
    """What becomes of each thing, in their order.

    A process is a copy of this one, so that nothing has to be handed over but the outcome; where a system
    has no such copies (Windows), the work is done here, one after the other.
    """
    if jobs < 2 or len(things) < 2 or not hasattr(os, "fork"):
        yield from map(work, things)
        return
    from multiprocessing import get_context

    with get_context("fork").Pool(min(jobs, len(things)), _adopt, (work,)) as pool:
        yield from pool.imap(_do, things)


_work: Callable[[Any], Any]


def _adopt(work: Callable[[Any], Any]) -> None:
    global _work
    _work = work


def _do(thing: Any) -> Any:
    return _work(thing)
