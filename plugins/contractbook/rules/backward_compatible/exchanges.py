"""Messages on channels: which there are, how they are called, and where answers go."""

from __future__ import annotations

from collections.abc import Iterator

from contractbook.declare import Fact, rule
from contractbook.finding import Direction, Guideline, Kind, Level
from contractbook.model import Channel, Message, Operation
from contractbook.place import Place
from contractbook.rules.backward_compatible.messages import caller
from contractbook.rules.messaging import answers, in_exchange

GONE = {
    Direction.OUTPUT: "is no longer sent by",
    Direction.INPUT: "is no longer accepted by",
    Direction.BOTH: "no longer passes through",
}
COME = {
    Direction.OUTPUT: "may be sent by",
    Direction.INPUT: "is accepted by",
    Direction.BOTH: "may pass through",
}


def _moved(old: Message, new: Message) -> str:
    return f"{new.name}, and was {old.name}"


def _of_reply(message: Message, here: Place, there: Place) -> bool:
    """Whether a message answers, where the other side knows no answers: that is told of the operation."""
    operation, other = here.operation, there.operation
    if operation is None or other is None or not operation.reply or other.reply:
        return False
    return message in answers(operation)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def message_removed(old: Message, new: None, *, at: Place) -> Iterator[Fact]:
    """A message no longer passes through a channel.

    Who waits for it waits for ever; who sends it is ignored or refused.

    Deprecate it with a sunset, and go on with it until the sunset has passed.

    ```asyncapi old
    channels: {orders: {address: orders, messages: {created: {payload: {type: object}}, cancelled: {}}}}
    operations: {orders: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    ```asyncapi new
    channels: {orders: {address: orders, messages: {created: {payload: {type: object}}}}}
    operations: {orders: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    """
    if in_exchange(at) and not old.status and not _of_reply(old, at.before or at, at):
        yield Fact(f"{old.name} {GONE[old.direction]} {caller(at)}", old=old.name)


@rule(
    Guideline.BACKWARD_COMPATIBLE,
    input=Level.NOTE,
    output=Level.WARNING,
    kind=Kind.EXPANSION,
)
def message_added(old: None, new: Message, *, at: Place) -> Iterator[Fact]:
    """A message passes through a channel that did not before.

    Readers that do not pass over what they do not know fail at the first one.

    Say from the start that readers must pass over unknown messages, or open a channel of its own.

    ```asyncapi old
    channels: {orders: {address: orders, messages: {created: {payload: {type: object}}}}}
    operations: {orders: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    ```asyncapi new
    channels: {orders: {address: orders, messages: {created: {payload: {type: object}}, cancelled: {}}}}
    operations: {orders: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    """
    if in_exchange(at) and not new.status and not _of_reply(new, at, at.before or at):
        yield Fact(f"{new.name} {COME[new.direction]} {caller(at)}", new=new.name)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.STRUCTURAL)
def message_renamed(old: Message, new: Message, *, at: Place) -> Iterator[Fact]:
    """A message on a channel has another name.

    Readers that find out by the name what came no longer know it; code that was made from the contract too.

    Keep the name that is on the wire; a title may say it better.

    ```asyncapi old
    channels: {orders: {address: orders, messages: {created: {name: OrderCreated, payload: {type: object}}}}}
    operations: {orders: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    ```asyncapi new
    channels: {orders: {address: orders, messages: {created: {name: OrderPlaced, payload: {type: object}}}}}
    operations: {orders: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    """
    if in_exchange(at) and old.name != new.name and "message" not in (old.name, new.name):
        yield Fact(f"a message of {caller(at)} is called {_moved(old, new)}", old=old.name, new=new.name)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def correlation_changed(old: Message, new: Message, *, at: Place) -> Iterator[Fact]:
    """The id by which an answer is matched stands in another place, or is gone.

    Answers can no longer be matched: whoever asked waits until it gives up.

    Write the id in both places until everybody reads it from the new one.

    ```asyncapi old
    channels:
      sums: {address: sums, messages: {sum: {correlationId: {location: "$message.header#/correlationId"}}}}
    operations: {sum: {action: receive, channel: {$ref: "#/channels/sums"}}}
    ```
    ```asyncapi new
    channels: {sums: {address: sums, messages: {sum: {correlationId: {location: "$message.payload#/id"}}}}}
    operations: {sum: {action: receive, channel: {$ref: "#/channels/sums"}}}
    ```
    """
    if new.correlation and not old.correlation:
        said = f"the correlation id of {new.name} is said to stand at {new.correlation}"
        yield Fact(said, old="", new=new.correlation, level=Level.NOTE)
    elif old.correlation != new.correlation:
        said = (
            f"at {new.correlation}, no longer at {old.correlation}" if new.correlation else "nowhere any more"
        )
        yield Fact(
            f"the correlation id of {new.name} stands {said}", old=old.correlation, new=new.correlation
        )


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def reply_removed(old: Operation, new: Operation) -> Iterator[Fact]:
    """An operation that answered no longer does, or sends its answers elsewhere.

    Whoever asked waits at the old place, and nothing comes.

    Answer in both places until everybody listens at the new one.

    ```asyncapi old
    channels: {sums: {address: sums}, results: {address: results}}
    operations:
      sum:
        action: receive
        channel: {$ref: "#/channels/sums"}
        reply: {channel: {$ref: "#/channels/results"}}
    ```
    ```asyncapi new
    channels: {sums: {address: sums}, results: {address: results}}
    operations: {sum: {action: receive, channel: {$ref: "#/channels/sums"}}}
    ```
    """
    if old.reply and old.reply != new.reply:
        said = (
            f"goes to {new.reply}, no longer to {old.reply}"
            if new.reply
            else f"no longer comes ({old.reply})"
        )
        yield Fact(f"the answer to {new.label} {said}", old=old.reply, new=new.reply)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.EXPANSION)
def reply_added(old: Operation, new: Operation) -> Iterator[Fact]:
    """An operation answers now, or expects an answer.

    Where the provider sends, consumers have to do something that they did not have to do before.

    Make the answer optional, and say what happens when none comes.

    ```asyncapi old
    channels: {sums: {address: sums}, results: {address: results}}
    operations: {sum: {action: send, channel: {$ref: "#/channels/sums"}}}
    ```
    ```asyncapi new
    channels: {sums: {address: sums}, results: {address: results}}
    operations:
      sum:
        action: send
        channel: {$ref: "#/channels/sums"}
        reply: {channel: {$ref: "#/channels/results"}}
    ```
    """
    if new.reply and not old.reply:
        yield Fact(f"{new.label} has an answer, which goes to {new.reply}", new=new.reply)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def channel_removed(old: Channel, new: None, *, at: Place) -> Iterator[Fact]:
    """A channel that no operation spoke of is gone.

    Whoever is connected to it hears nothing any more.

    Deprecate it first, and remove it when its sunset has passed.

    ```asyncapi old
    channels: {orders: {address: orders}, stock: {address: stock, messages: {low: {}}}}
    ```
    ```asyncapi new
    channels: {orders: {address: orders}}
    ```
    """
    if not _spoken_of(old, (at.before or at)):
        yield Fact(f"the channel {old.address or old.name} was removed", old=old.name)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.NOTE, kind=Kind.EXPANSION)
def channel_added(old: None, new: Channel, *, at: Place) -> Iterator[Fact]:
    """There is a channel that was not there before, and no operation speaks of it.

    Consumers may listen to it, and nothing that they do already changes.

    Say which operations send and receive on it.

    ```asyncapi old
    channels: {orders: {address: orders}}
    ```
    ```asyncapi new
    channels: {orders: {address: orders}, stock: {address: stock, messages: {low: {}}}}
    ```
    """
    if not _spoken_of(new, at):
        yield Fact(f"the channel {new.address or new.name} was added", new=new.name)


def _spoken_of(channel: Channel, at: Place) -> bool:
    """Whether operations use a channel, and so tell what becomes of it."""
    names = {channel.name, channel.address} - {""}
    operations = at.contract.operations()
    return any(not names.isdisjoint((each.channel, each.address, each.reply)) for each in operations)
