"""Who uses which operation of which version."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from contractbook.consumers.audience import Audience, User
from contractbook.consumers.consumer import Use
from contractbook.consumers.naming import Operations
from contractbook.consumers.touched import touched
from contractbook.model import Contract


class _Found(NamedTuple):
    version: str
    label: str
    missing: int


def users(audience: Audience, versions: Sequence[Contract]) -> dict[str, dict[str, tuple[User, ...]]]:
    """The consumers of each operation, by version and label."""
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
                    told[hit.version].setdefault(hit.label, set()).add(user)
    return {
        version: {label: tuple(sorted(found)) for label, found in labels.items()}
        for version, labels in told.items()
    }


def _found(contract: Contract, known: Operations, use: Use) -> _Found | None:
    operation = known.find(use.operation)
    if operation is None:
        return None
    return _Found(contract.version, operation.label, len(touched(contract, operation, use).missing))
