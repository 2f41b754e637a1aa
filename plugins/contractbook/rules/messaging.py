"""What rules about messages share: which operations hand messages on through a channel."""

from __future__ import annotations

from collections.abc import Iterator

from contractbook.model import Action, Channel, Contract, Message, Operation
from contractbook.place import Place


def on_channel(operation: Operation | None) -> bool:
    """Whether messages of an operation pass through a channel, as those of brokers and sockets do."""
    return operation is not None and bool(operation.channel)


def in_exchange(at: Place) -> bool:
    """Whether a message passes through a channel, whether an operation tells so or not."""
    return on_channel(at.operation) or isinstance(at.owner, Channel)


def exchanges(contract: Contract) -> Iterator[Operation]:
    """The operations that send or receive through channels."""
    return filter(on_channel, contract.operations())


def begun_with(operation: Operation) -> Iterator[Message]:
    """The messages that an operation begins with, without those that come back."""
    return operation.outputs() if operation.action is Action.SEND else operation.inputs()


def answers(operation: Operation) -> Iterator[Message]:
    """The messages that come back."""
    return operation.inputs() if operation.action is Action.SEND else operation.outputs()
