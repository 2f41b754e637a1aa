"""The fields that operations begin with: what a consumer may ask for, do, and subscribe to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contractbook.finding import Direction
from contractbook.formats.graphql.elements import Reading, doc
from contractbook.formats.graphql.schema import ROOTS, Declaration, File
from contractbook.formats.graphql.types import Types
from contractbook.formats.graphql.values import kept
from contractbook.model import NOTHING, Action, Message, Operation, Service


def services(reading: Reading, types: Types) -> Iterator[Service]:
    """One for each root type, by the usual name: its operations stand under it."""
    for kind, root in reading.schema.roots.items():
        declared = reading.schema.types[root]
        texts = dict.fromkeys(filter(None, (doc(part.node) for part in declared.parts)))
        yield Service(
            name=ROOTS[kind],
            at=reading.at(declared.parts[0].file, declared.node, root),
            doc="\n\n".join(texts),
            lifecycle=reading.lifecycle(declared.node),
            binding=kept(node for _, node in declared.members("directives")) or NOTHING,
            operations=tuple(_operations(reading, types, kind, declared)),
        )


def _operations(reading: Reading, types: Types, kind: str, declared: Declaration) -> Iterator[Operation]:
    """One for each field of a root type; the key has the usual name of the root, whatever it is called."""
    seen: set[str] = set()
    for file, node in declared.members("fields"):
        name = node.name.value
        if name not in seen:
            seen.add(name)
            yield _operation(reading, types, kind, declared.name, file, node)
        else:
            _doubled(reading, file, node, f"{declared.name}.{name}")


def _operation(reading: Reading, types: Types, kind: str, root: str, file: File, node: Any) -> Operation:
    name, pointer = node.name.value, f"{root}.{node.name.value}"
    payload, nullable = types.named(node.type)
    subscribes = kind == "subscription"
    answer = Message(
        name="event" if subscribes else "result",
        direction=Direction.OUTPUT,
        payload=types.or_null(payload) if nullable else payload,
        stream=subscribes,
    )
    return Operation(
        name=name,
        key=f"{ROOTS[kind]}.{name}",
        at=reading.at(file, node, pointer),
        doc=doc(node),
        lifecycle=reading.lifecycle(node),
        binding=reading.binding(node),
        action=Action.SEND if subscribes else Action.CALL,
        method=kind,
        parameters=types.arguments(file, node, pointer),
        messages=(answer,),
        safe=None if subscribes else kind == "query",
        idempotent=True if kind == "query" else None,
    )


def _doubled(reading: Reading, file: File, node: Any, pointer: str) -> None:
    line, _ = reading.places.get(f"{file.begins}{pointer}", (0, 0))
    there = f"line {line}" if line else "another file"
    reading.faults.tell(
        "duplicate-key",
        f"`{pointer}` is defined twice: here and in {there}",
        file.path,
        node.name,
        pointer,
        "Remove one of the two: only the first is read.",
    )
