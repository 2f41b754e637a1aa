"""Who uses which operation of which version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from contractbook.consumers.audience import Audience, User
from contractbook.consumers.consumer import Use
from contractbook.consumers.naming import Operations
from contractbook.consumers.touched import Mark, touched
from contractbook.model import Contract, Field


class _Found(NamedTuple):
    version: str
    label: str
    missing: int
    named: frozenset[str]


def users(audience: Audience, versions: Sequence[Contract]) -> dict[str, dict[str, tuple[User, ...]]]:
    """The consumers of each operation, by version and label, and those who name an element, by its place."""
    known = [(each, Operations(each)) for each in versions]
    told: dict[str, dict[str, set[User]]] = {each.version: {} for each in versions}
    for consumer in {one.path: one for each in versions for one in audience.of(each)}.values():
        suited = [(each, found) for each, found in known if consumer.version in ("", each.version)]
        for use in consumer.uses:
            hits = [hit for each, found in suited if (hit := _found(each, found, use))]
            least = min((hit.missing for hit in hits), default=0)
            for hit in hits:
                if hit.missing == least:
                    user = User(consumer.name, use.style)
                    for name in (hit.label, *hit.named):
                        told[hit.version].setdefault(name, set()).add(user)
    return {
        version: {label: tuple(sorted(found)) for label, found in labels.items()}
        for version, labels in told.items()
    }


def _found(contract: Contract, known: Operations, use: Use) -> _Found | None:
    operation = known.find(use.operation)
    if operation is None:
        return None
    found = touched(contract, operation, use)
    named = frozenset(_named(contract, found.marks.values()))
    return _Found(contract.version, operation.label, len(found.missing), named)


def _named(contract: Contract, marks: Iterable[Mark]) -> Iterator[str]:
    """The places of elements that a consumer names, and of the values that it knows there."""
    for mark in marks:
        if not mark.said:
            continue
        yield mark.element.at
        if mark.known and isinstance(mark.element, Field):
            values = contract.resolve(mark.element.type).values
            yield from (value.at for value in values if value.at and value.name in mark.known)
