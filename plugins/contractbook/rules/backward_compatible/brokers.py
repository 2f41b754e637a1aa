"""How a broker hands messages on: to whom, how often, in which order, and for how long."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Kind, Level
from contractbook.model import Delivery, Operation

NONE = Delivery()
STRENGTH = {"at-most-once": 0, "at-least-once": 1, "exactly-once": 2}
ENDS = {"topic": "every group of readers gets each message", "queue": "one reader gets each message"}
_duration = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?").fullmatch


def _both(old: Operation, new: Operation, fact: str) -> tuple[Any, Any]:
    """A fact of the delivery before and after."""
    return getattr(old.delivery or NONE, fact), getattr(new.delivery or NONE, fact)


def _stated(what: str, new: Operation, now: str) -> Fact:
    """A promise that was not made before: nobody relied on it."""
    return Fact(f"{what} of {new.label} is stated: {now}", old="", new=now, level=Level.NOTE)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.SEMANTIC)
def channel_kind_changed(old: Operation, new: Operation) -> Iterator[Fact]:
    """A topic became a queue, or a queue a topic.

    On a queue readers take messages away from one another; on a topic each of them acts on every message.

    Open a second channel of the other kind beside the old one, and close that when nobody reads it.

    ```asyncapi old
    channels: {orders: {address: order.created, bindings: {amqp: {is: routingKey}}}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    ```asyncapi new
    channels: {orders: {address: order.created, bindings: {amqp: {is: queue}}}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    """
    was, now = _both(old, new, "kind")
    if was and now and was != now:
        yield Fact(f"{new.label} is on a {now}, no longer on a {was}: {ENDS.get(now, now)}", old=was, new=now)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.SEMANTIC)
def delivery_guarantee_changed(old: Operation, new: Operation) -> Iterator[Fact]:
    """Messages may be lost or come twice, where that was otherwise before.

    Readers that never expected a repeat act twice; those that relied on each message miss some.

    Keep the guarantee, or let readers move to a new channel that has the other one.

    ```asyncapi old
    channels: {lights: {address: lights}}
    operations: {on: {action: send, channel: {$ref: "#/channels/lights"}, bindings: {mqtt: {qos: 1}}}}
    ```
    ```asyncapi new
    channels: {lights: {address: lights}}
    operations: {on: {action: send, channel: {$ref: "#/channels/lights"}, bindings: {mqtt: {qos: 0}}}}
    ```
    """
    was, now = _both(old, new, "guarantee")
    if now and not was:
        yield _stated("the guarantee of delivery", new, now)
    elif was != now:
        said = f"delivered {now}, no longer {was}" if now else f"no longer said to be delivered {was}"
        soft = STRENGTH.get(now, -1) > STRENGTH.get(was, 9) and now != "at-least-once"
        yield Fact(
            f"what {new.label} carries is {said}", old=was, new=now, level=Level.NOTE if soft else None
        )


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.SEMANTIC)
def message_key_changed(old: Operation, new: Operation) -> Iterator[Fact]:
    """Messages have another key, or one of another type.

    What belonged together is split over partitions, and readers that look messages up by their key miss them.

    Keep the key, and carry the new one as a field or header.

    ```asyncapi old
    channels:
      orders:
        address: order.created
        messages: {created: {bindings: {kafka: {key: {type: string, description: The order}}}}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    ```asyncapi new
    channels:
      orders:
        address: order.created
        messages: {created: {bindings: {kafka: {key: {type: string, description: The customer}}}}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    """
    was, now = _both(old, new, "key")
    if now and not was:
        yield _stated("the key", new, now)
    elif was != now:
        said = f"is `{now}`, no longer `{was}`" if now else f"is no longer `{was}`"
        yield Fact(f"the key of what {new.label} carries {said}", old=was, new=now)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.SEMANTIC)
def ordering_changed(old: Operation, new: Operation) -> Iterator[Fact]:
    """An order of messages is promised no longer, or is another one.

    Readers that apply each change as it comes end up with an old state.

    Keep the order, or give messages a number or time by which readers can tell which is newer.

    ```asyncapi old
    channels: {orders: {address: orders, bindings: {sqs: {queue: {name: orders, fifoQueue: true}}}}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    ```asyncapi new
    channels: {orders: {address: orders, bindings: {sqs: {queue: {name: orders, fifoQueue: false}}}}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    """
    was, now = _both(old, new, "ordering")
    if now and not was:
        yield _stated("the order", new, now)
    elif was != now:
        said = f"come {now}, no longer {was}" if now else f"no longer come {was}"
        yield Fact(f"the messages of {new.label} {said}", old=was, new=now)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.SEMANTIC)
def partitions_changed(old: Operation, new: Operation) -> Iterator[Fact]:
    """A topic has another number of partitions.

    Keys move to other partitions: around the change the order for each key is lost.

    Choose enough partitions from the start, or move to a new topic.

    ```asyncapi old
    channels: {orders: {address: order.created, bindings: {kafka: {partitions: 6}}}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    ```asyncapi new
    channels: {orders: {address: order.created, bindings: {kafka: {partitions: 12}}}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    """
    was, now = _both(old, new, "partitions")
    if was is not None and now is not None and was != now:
        yield Fact(f"{new.label} has {now} partitions, no longer {was}", old=was, new=now)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.SEMANTIC)
def retention_changed(old: Operation, new: Operation) -> Iterator[Fact]:
    """Messages are kept for another time, or the time is no longer stated.

    Where it is shorter, readers that come late, or begin anew, find that what they need is gone.

    Keep the time until all readers have said how far behind they may fall.

    ```asyncapi old
    channels:
      orders: {address: orders, bindings: {kafka: {topicConfiguration: {retention.ms: 604800000}}}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    ```asyncapi new
    channels:
      orders: {address: orders, bindings: {kafka: {topicConfiguration: {retention.ms: 86400000}}}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    """
    was, now = _both(old, new, "retention")
    before, after = _seconds(was), _seconds(now)
    if now and not was:
        yield _stated("the time that messages are kept", new, now)
    elif was != now:
        longer = before is not None and after is not None and after > before
        said = f"for {now}, no longer for {was}" if now else f"for a time that is no longer said to be {was}"
        level = Level.NOTE if longer else None
        yield Fact(f"the messages of {new.label} are kept {said}", old=was, new=now, level=level)


def _seconds(retention: str) -> float | None:
    """The length of an ISO 8601 duration; what never ends is longer than all."""
    if retention == "never":
        return float("inf")
    parts = _duration(retention)
    if not parts or not any(parts.groups()):
        return None
    units = zip(parts.groups(), (86_400, 3_600, 60, 1), strict=True)
    return sum(int(part or 0) * unit for part, unit in units)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.SEMANTIC)
def compaction_changed(old: Operation, new: Operation) -> Iterator[Fact]:
    """Old messages with the same key are thrown away now, or are kept now.

    Who reads the topic from its start gets only the last state of each thing, or all steps that led there.

    Open a second topic for the other view of the same events.

    ```asyncapi old
    channels:
      orders: {address: orders, bindings: {kafka: {topicConfiguration: {cleanup.policy: [delete]}}}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    ```asyncapi new
    channels:
      orders: {address: orders, bindings: {kafka: {topicConfiguration: {cleanup.policy: [compact]}}}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    """
    was, now = _both(old, new, "compacted")
    if was is not None and now is not None and was != now:
        said = "only the last message for each key" if now else "all messages for each key"
        yield Fact(f"{new.label} keeps {said}", old=was, new=now)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.SEMANTIC)
def durability_changed(old: Operation, new: Operation) -> Iterator[Fact]:
    """Messages outlive a restart of the broker now, or no longer do.

    Who relied on them loses some; who relied on a fresh start finds old ones.

    Open a channel of the other kind beside the old one.

    ```asyncapi old
    channels:
      orders: {address: orders, bindings: {amqp: {is: queue, queue: {name: orders, durable: true}}}}
    operations: {place: {action: receive, channel: {$ref: "#/channels/orders"}}}
    ```
    ```asyncapi new
    channels:
      orders: {address: orders, bindings: {amqp: {is: queue, queue: {name: orders, durable: false}}}}
    operations: {place: {action: receive, channel: {$ref: "#/channels/orders"}}}
    ```
    """
    was, now = _both(old, new, "durable")
    if was is not None and now is not None and was != now:
        said = "outlive" if now else "no longer outlive"
        yield Fact(f"the messages of {new.label} {said} a restart of the broker", old=was, new=now)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.SEMANTIC)
def consumer_group_changed(old: Operation, new: Operation) -> Iterator[Fact]:
    """Readers are in another group.

    A new group begins at the end or at the start of what is kept: messages are missed, or come all again.

    Keep the name of the group; it is no place to carry a version.

    ```asyncapi old
    channels: {orders: {address: order.placed}}
    operations:
      place:
        action: receive
        channel: {$ref: "#/channels/orders"}
        bindings: {kafka: {groupId: {type: string, enum: [orders]}}}
    ```
    ```asyncapi new
    channels: {orders: {address: order.placed}}
    operations:
      place:
        action: receive
        channel: {$ref: "#/channels/orders"}
        bindings: {kafka: {groupId: {type: string, enum: [orders-2]}}}
    ```
    """
    was, now = _both(old, new, "group")
    if now and not was:
        yield _stated("the group of readers", new, now)
    elif was != now:
        said = f"the group `{now}`, no longer `{was}`" if now else f"no group, and were in `{was}`"
        yield Fact(f"the readers of {new.label} are in {said}", old=was, new=now)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.SEMANTIC)
def dead_letters_moved(old: Operation, new: Operation) -> Iterator[Fact]:
    """Messages that nobody could deal with go to another place, or are no longer kept.

    Who watches the old place sees nothing and believes that all is well.

    Keep the place; add a second one beside it until all who watch have moved.

    ```asyncapi old
    channels:
      orders:
        address: orders
        bindings: {sqs: {queue: {name: orders, redrivePolicy: {deadLetterQueue: {name: orders-dead}}}}}
    operations: {place: {action: receive, channel: {$ref: "#/channels/orders"}}}
    ```
    ```asyncapi new
    channels: {orders: {address: orders, bindings: {sqs: {queue: {name: orders}}}}}
    operations: {place: {action: receive, channel: {$ref: "#/channels/orders"}}}
    ```
    """
    was, now = _both(old, new, "dead_letters")
    if now and not was:
        yield _stated("the place for dead letters", new, now)
    elif was != now:
        said = f"to {now}, no longer to {was}" if now else f"no longer to {was}"
        yield Fact(f"what nobody could deal with goes {said} ({new.label})", old=was, new=now)
