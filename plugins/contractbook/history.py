"""history: what each version of a contract changed, from the first one to the newest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from contractbook.consumers.audience import NOBODY, Audience
from contractbook.entries import Scope
from contractbook.examine import compared
from contractbook.finding import Finding
from contractbook.judge import Policy
from contractbook.library import Library, library
from contractbook.migration.observe import Release, Way, observe
from contractbook.model import Contract
from contractbook.source.git import Repository
from contractbook.source.positions import placed
from contractbook.source.sources import Sources
from contractbook.source.versions import order


class State(NamedTuple):
    """One version of a contract, and the documents that it was read from."""

    contract: Contract
    sources: Sources


class Step(NamedTuple):
    """What a version changed; the first one has no version before it, and changed nothing."""

    new: Contract
    old: Contract | None = None
    findings: tuple[Finding, ...] = ()
    way: Way = Way(None)


def states(found: Library) -> Iterator[list[State]]:
    """The versions of each contract, the oldest first, as folders and file names tell them."""
    for versions in found.versions.values():
        yield [State(contract, found.sources) for contract in versions]


Earlier = Mapping[tuple[str, str], Sequence[State]]
"""States of contracts in the past, the oldest first, by service and name."""


def tagged(repository: Repository, tags: Iterable[str], scope: Scope, named: Sequence[str] = ()) -> Earlier:
    """The contracts as they were at tags, whose names are their versions."""
    found: dict[tuple[str, str], list[State]] = defaultdict(list)
    for tag in sorted(tags, key=order):
        at = library(repository.tree(tag), scope, named)
        for identity, versions in at.versions.items():
            found[identity] += (State(replace(each, version=tag), at.sources) for each in versions)
    return found


def with_tags(found: Library, earlier: Earlier) -> Iterator[list[State]]:
    """The versions of each contract, with earlier states for those whose path tells no version.

    A tag in which the contract is the same as in the tag before is no version.
    """
    for versions in states(found):
        newest = versions[-1].contract
        before = earlier.get((newest.service, newest.name), ())
        yield versions if newest.version else [*_differing([*before, *versions])]


def _differing(versions: Sequence[State]) -> Iterator[State]:
    """The states that are not the same as the one before."""
    yield from versions[:1]
    for old, new in pairwise(versions):
        if replace(old.contract, version=new.contract.version) != new.contract:
            yield new


def steps(
    versions: Sequence[State], policy: Policy, today: date, audience: Audience = NOBODY
) -> Iterable[Step]:
    """What each version changed and for whom, the oldest first, with line and column."""
    yield Step(versions[0].contract)
    for old, new in pairwise(versions):
        found = compared(old.contract, new.contract, new.sources, policy, today, audience)
        located = tuple(placed(found, new.sources.places, old.sources.places))
        remains = old.sources.tree is new.sources.tree and old.contract.path != new.contract.path
        way = observe(Release(old.contract, new.contract, located, remains))
        yield Step(new.contract, old.contract, located, way)
