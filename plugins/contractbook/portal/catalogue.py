"""What the portal offers, for programs: services, contracts, versions and operations with their addresses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from contractbook.model import Operation
from contractbook.portal.addresses import address_of
from contractbook.portal.edition import About, Series


class Listed(NamedTuple):
    """A contract with the addresses of its versions, the newest last, and of its operations by label."""

    series: Series
    roots: Sequence[str]
    operations: Mapping[str, str]


def catalogue(services: Iterable[Mapping[str, Any]]) -> bytes:
    """The catalogue as JSON; addresses count from the root of the portal."""
    return msgspec.json.format(msgspec.json.encode({"services": [*services]}), indent=1) + b"\n"


def shown(service: str, about: About, contracts: Iterable[Listed], index: str) -> Mapping[str, Any]:
    """A service as the catalogue shows it; `index` is the file of an address that ends in a slash."""
    return {
        "service": service,
        "title": about.title or service,
        "owner": about.owner,
        "strategy": about.strategy,
        "contracts": [_contract(*each, index) for each in contracts],
    }


def _contract(
    series: Series, roots: Sequence[str], operations: Mapping[str, str], index: str
) -> dict[str, Any]:
    newest = series.newest
    return {
        "name": series.name,
        "title": series.title,
        "format": newest.format,
        "specVersion": newest.spec_version,
        "address": address_of(roots[-1], index=index),
        "versions": [
            {"version": contract.version, "address": address_of(address, index=index), "path": contract.path}
            for contract, address in zip(series.versions, roots, strict=True)
        ],
        "operations": [
            _operation(each, address_of(operations[each.label], index=index)) for each in newest.operations()
        ],
    }


def _operation(operation: Operation, address: str) -> dict[str, Any]:
    return {
        "operation": operation.label,
        "id": operation.name,
        "title": operation.title,
        "action": operation.action,
        "address": address,
        "deprecated": operation.lifecycle.deprecated,
        "sunset": operation.lifecycle.sunset,
    }
