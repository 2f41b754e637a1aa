"""What the specification forbids and libraries let pass: bad names, doubled types, mixed-up unions."""

from __future__ import annotations

from typing import Any

from contractbook.formats.avro.names import NAMED, full_name, is_full_name
from contractbook.formats.avro.reading import Reading
from contractbook.formats.avro.survey import Definition, Spot
from contractbook.source.faults import shortened


def check_name(reading: Reading, name: str, spot: Spot) -> None:
    """Report a name that some languages refuse (Avro 1.12, Names)."""
    if name and not is_full_name(name):
        reading.invalid(
            f"`{shortened(name)}` is no name",
            spot,
            "Begin with a letter or `_`, and go on with letters, digits and `_`.",
        )


def check_union(reading: Reading, branches: list[Any], spot: Spot, namespace: str) -> None:
    """Report branches that cannot be told apart (Avro 1.12, Unions)."""
    if not branches:
        reading.invalid("a union has no branches", spot)
    seen = set[str]()
    for i, branch in enumerate(branches):
        there = spot.into(f"/{i}")
        if isinstance(branch, list):
            reading.invalid(
                "a union stands right inside a union", there, "Put its branches into the outer one."
            )
            continue
        called = _told_apart_by(branch, namespace)
        if called in seen:
            reading.invalid(f"a union has two branches of the type `{shortened(called)}`", there)
        seen.add(called)


def _told_apart_by(branch: Any, namespace: str) -> str:
    """What tells a branch from others: its kind, or its name where it has one."""
    if not isinstance(branch, dict):
        return full_name(branch, namespace) if isinstance(branch, str) else ""
    kind = branch.get("type")
    if isinstance(kind, str) and kind in NAMED:
        return full_name(branch.get("name"), namespace, branch.get("namespace"))
    return full_name(kind, namespace) if isinstance(kind, str) else ""


def check_doubled(reading: Reading, again: list[Definition]) -> None:
    """Report types that are declared more than once."""
    for definition in again:
        told = f"the type {shortened(definition.full)} is declared twice"
        reading.doubled(told, definition.spot, "Declare it once, and refer to it by its name.")
