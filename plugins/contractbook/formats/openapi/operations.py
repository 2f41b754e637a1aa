"""Paths, webhooks and callbacks: the operations of a contract."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from contractbook.finding import Direction
from contractbook.formats.openapi.messages import request, responses
from contractbook.formats.openapi.parameters import parameters
from contractbook.formats.openapi.reading import Node, Reading
from contractbook.formats.openapi.security import requirements, servers
from contractbook.formats.openapi.swagger import swagger_request, swagger_types
from contractbook.formats.openapi.versions import SWAGGER
from contractbook.model import NOTHING, Action, Field, Message, Operation, Requirement, Server

READ = frozenset(
    {
        *("tags", "summary", "description", "operationId", "parameters", "requestBody", "responses"),
        *("callbacks", "security", "servers", "consumes", "produces"),
    }
)
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE", "QUERY"})  # RFC 9110, 9.2.1, and HTTP QUERY
IDEMPOTENT = SAFE | {"PUT", "DELETE"}  # RFC 9110, 9.2.2


class Path(NamedTuple):
    """What all operations of one path item share."""

    node: Node
    address: str
    action: Action
    security: tuple[tuple[Requirement, ...], ...] | None
    key: str  # with {} where the method stands
    binding: dict[str, Any]


def paths(reading: Reading, root: Node) -> Iterator[Operation]:
    """The operations that consumers call."""
    security = requirements(root.value)
    for address, node in root.children("paths"):
        if not address.startswith("x-"):
            yield from _of_path(reading, Path(node, address, Action.CALL, security, f"{{}} {address}", {}))


def webhooks(reading: Reading, root: Node) -> Iterator[Operation]:
    """The operations that the provider calls, at an address that was agreed elsewhere."""
    for name, node in root.children(reading.version.webhooks):
        key = f"webhook {name} {{}}"
        yield from _of_path(reading, Path(node, name, Action.SEND, None, key, {"webhook": name}))


def callbacks(reading: Reading, node: Node) -> Iterator[Operation]:
    """The operations that the provider calls at an address that the consumer gave it."""
    for name, inner in node.children("callbacks"):
        found = reading.resolve(inner, "callback")
        expressions = [expression for expression in found.value if not expression.startswith("x-")]
        for expression in expressions:
            key = f"callback {name} {{}}" if len(expressions) == 1 else f"callback {name} {expression} {{}}"
            binding = {"callback": name, "expression": expression}
            yield from _of_path(
                reading, Path(found.child(expression), expression, Action.SEND, None, key, binding)
            )


def _of_path(reading: Reading, path: Path) -> Iterator[Operation]:
    node = reading.resolve(path.node, "pathitem")
    # What stands beside a reference counts where its target says nothing (OpenAPI 3.0, 4.7.9).
    items = [node, path.node] if "$ref" in path.node.value else [node]
    shared = tuple(
        field for item in items for field in parameters(reading, item.items("parameters"), path.address)
    )
    methods = reading.version.methods
    about = {key: said for item in reversed(items) for key, said in item.rest(OUTSIDE | methods).items()}
    binding = {**path.binding, **({"path": about} if about else {})}
    done: set[str] = set()
    for item in items:
        for method, inner in _methods(reading, item):
            if method not in done:
                done.add(method)
                yield _operation(reading, path, item, inner, method, shared, binding)


def _methods(reading: Reading, item: Node) -> Iterator[tuple[str, Node]]:
    for key in item.value:
        if key in reading.version.methods:
            # The specification knows no reference here, real files do.
            yield key.upper(), reading.resolve(item.child(key), "operation")
    yield from item.children("additionalOperations")


OUTSIDE = frozenset({"$ref", "parameters", "servers", "additionalOperations"})


def _operation(
    reading: Reading,
    path: Path,
    item: Node,
    node: Node,
    method: str,
    shared: tuple[Field, ...],
    binding: dict[str, Any],
) -> Operation:
    key = path.key.replace("{}", method, 1)
    own = tuple(parameters(reading, node.items("parameters"), key))
    said = requirements(node.value)
    return Operation(
        name=node.text("operationId") or key,
        key=key,
        at=reading.at(node),
        title=node.text("summary"),
        doc=node.text("description"),
        lifecycle=reading.endings.read(node.value),
        binding={**binding, **node.rest(READ | reading.endings.whole)} or NOTHING,
        action=path.action,
        address=path.address,
        method=method,
        parameters=_overridden(shared, own),
        messages=tuple(_messages(reading, item, node, key, path.action)),
        callbacks=tuple(callbacks(reading, node)),
        security=path.security if said is None else said,
        servers=_servers(reading, item, node),
        groups=node.texts("tags"),
        safe=method in SAFE if path.action is Action.CALL else None,
        idempotent=method in IDEMPOTENT if path.action is Action.CALL else None,
    )


def _overridden(shared: tuple[Field, ...], own: tuple[Field, ...]) -> tuple[Field, ...]:
    """The parameters of a path, each replaced by the operation's own of that name and place."""
    ours = {field.identity for field in own}
    return (*(field for field in shared if field.identity not in ours), *own)


def _servers(reading: Reading, item: Node, node: Node) -> tuple[Server, ...]:
    return servers(reading, node) or servers(reading, item)


def _messages(reading: Reading, item: Node, node: Node, key: str, action: Action) -> Iterator[Message]:
    asks = Direction.OUTPUT if action is Action.SEND else Direction.INPUT
    if reading.version is SWAGGER:
        yield from swagger_request(reading, item, node, key, asks)
        yield from responses(reading, node, key, asks.reversed, swagger_types(reading, node, "produces"))
    else:
        yield from request(reading, node.child("requestBody"), key, asks)
        yield from responses(reading, node, key, asks.reversed)
