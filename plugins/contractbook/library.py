"""The contracts of a project in one state: found, told apart by service, name and version, and read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from contractbook.entries import Entry, Scope, find, roots
from contractbook.labels import Head, head, in_order, labelled, labels
from contractbook.model import Contract
from contractbook.source.collector import paused
from contractbook.source.sources import Sources, Tree
from contractbook.source.versions import Identity


class Library:
    """Contracts by service, name and version, the oldest version first; `sources` are their documents."""

    def __init__(self, contracts: Iterable[Contract], sources: Sources) -> None:
        self.contracts = tuple(sorted(contracts, key=_in_order))
        self.sources = sources

    @cached_property
    def versions(self) -> Mapping[tuple[str, str], tuple[Contract, ...]]:
        """All versions of each contract, by service and name."""
        found: dict[tuple[str, str], list[Contract]] = defaultdict(list)
        for contract in self.contracts:
            found[contract.service, contract.name].append(contract)
        return {identity: tuple(versions) for identity, versions in found.items()}

    @property
    def newest(self) -> list[Contract]:
        """The newest version of each contract."""
        return [versions[-1] for versions in self.versions.values()]


def library(tree: Tree, scope: Scope, named: Sequence[str] = ()) -> Library:
    """The contracts of a project, or those that the named files and folders hold or are part of.

    Raises FileNotFoundError for a named path where nothing is.
    """
    sources = Sources(tree, roots(tree, scope, named))
    entries = find(tree, scope, named)
    with paused():
        read = [entry.read(sources) if entry.wanted or entry.format.together else None for entry in entries]
    return Library(_meant(entries, read), sources)


def _meant(entries: Sequence[Entry], read: Sequence[Sequence[Contract] | None]) -> Iterator[Contract]:
    """Those of the contracts that were asked for, with their labels; of the others the path is enough."""
    heads = [
        [Head(entry.path, entry.format.name)] if found is None else [*map(head, found)]
        for entry, found in zip(entries, read, strict=True)
    ]
    for entry, found, named in zip(entries, read, labels(entries, heads), strict=True):
        for contract, label in zip(found or (), named, strict=found is not None):
            if label and entry.wanted and entry.means(contract):
                yield labelled(contract, label)


def _in_order(contract: Contract) -> tuple[object, ...]:
    return in_order(Identity(contract.service, contract.name, contract.version)), contract.path
