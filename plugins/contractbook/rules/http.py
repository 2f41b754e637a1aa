"""What rules about HTTP share: which operations are HTTP calls, and what a status means."""

from __future__ import annotations

from collections.abc import Iterator

from contractbook.model import Action, Contract, Message, Operation

METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE", "QUERY", "POST", "PUT", "PATCH", "DELETE"})


def is_call(operation: Operation) -> bool:
    """Whether consumers make the operation as an HTTP request."""
    return operation.action is Action.CALL and operation.method in METHODS


def calls(contract: Contract) -> Iterator[Operation]:
    """The operations that consumers make as HTTP requests."""
    return filter(is_call, contract.operations())


def successes(operation: Operation) -> Iterator[Message]:
    """The answers whose status says that the call succeeded (RFC 9110, 15.3)."""
    return (message for message in operation.outputs() if message.status[:1] == "2")


def is_json(message: Message) -> bool:
    """Whether the body is JSON, or its media type is not stated."""
    kind = message.content_type.partition(";")[0].strip().lower()
    return not kind or kind.endswith(("/json", "+json", "/*"))
