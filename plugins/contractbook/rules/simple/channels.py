"""Channels and messages that are named and used for what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contractbook.declare import Fact, Preset, rule
from contractbook.finding import Guideline, Level
from contractbook.lexicon.spelling import words
from contractbook.model import Action, Channel, Contract, Message, Operation
from contractbook.place import Place
from contractbook.rules.messaging import answers, begun_with, exchanges, on_channel
from contractbook.rules.naming import count, some
from contractbook.texts import expression

ORDERS = frozenset(
    {
        *("create", "update", "delete", "insert", "process", "handle", "execute", "perform", "send", "set"),
        *("cancel", "place", "pay", "ship", "start", "stop", "add", "remove", "refresh", "sync", "notify"),
    }
)
HAPPENED = expression(
    r"(?i)^(\w+ed|sent|paid|begun|gone|sold|built|lost|left|made|won|done|found|shown|known)$"
)


@rule(Guideline.SIMPLE, Level.NOTE)
def channel_without_operation(channel: Channel, *, at: Place) -> Iterator[str]:
    """No operation says who sends and who receives on a channel.

    Consumers see messages, and cannot tell whether they are to write or to read them.

    Add the operation, or remove the channel.

    ```asyncapi bad
    channels: {orders: {address: order.created}, stock: {address: stock.low}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    ```asyncapi good
    channels: {orders: {address: order.created}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    """
    names = {channel.name, channel.address}
    operations = [*exchanges(at.contract)]
    if operations and all(names.isdisjoint((each.channel, each.address, each.reply)) for each in operations):
        yield f"Nothing says who sends and who receives on {channel.address or channel.name}"


@rule(Guideline.SIMPLE, Level.NOTE)
def channel_address_style(contract: Contract) -> Iterator[Fact]:
    """Addresses of channels end in a separator, or are parted by different ones.

    Consumers that put addresses together, or listen to many by a wildcard, miss some of them.

    Choose one separator, and end with a word.

    ```asyncapi bad
    channels: {orders: {address: order.created}, stock: {address: stock/low/}}
    operations:
      created: {action: send, channel: {$ref: "#/channels/orders"}}
      low: {action: send, channel: {$ref: "#/channels/stock"}}
    ```
    ```asyncapi good
    channels: {orders: {address: order.created}, stock: {address: stock.low}}
    operations:
      created: {action: send, channel: {$ref: "#/channels/orders"}}
      low: {action: send, channel: {$ref: "#/channels/stock"}}
    ```
    """
    used: dict[str, list[str]] = {}
    for channel in contract.channels:
        bare = re.sub(r"\{[^{}]*\}", "x", channel.address)
        if "://" in bare or bare == "/":
            continue
        if bare[-1:] in tuple("./"):
            yield Fact(f"The address {channel.address} ends in a separator", about=channel)
        if separator := next((each for each in "./" if each in bare.strip("./")), ""):
            used.setdefault(separator, []).append(channel.address)
    if len(used) > 1:
        parted = " and ".join(
            f"{count(len(names), 'address', 'addresses')} by `{key}`" for key, names in used.items()
        )
        yield Fact(f"Addresses are parted in two ways: {parted}")


@rule(Guideline.SIMPLE, Level.NOTE)
def message_without_name(contract: Contract) -> Iterator[Fact]:
    """A message has no name.

    Documentation, and the code that decides what came, have nothing to hold on to.

    Name the message after what happened, or after what is to be done.

    ```asyncapi bad
    channels: {orders: {address: order.created, messages: {message: {payload: {type: object}}}}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    ```asyncapi good
    channels: {orders: {address: order.created, messages: {orderCreated: {payload: {type: object}}}}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    """
    nameless = [
        each.label for each in exchanges(contract) if any(one.name == "message" for one in each.messages)
    ]
    if nameless:
        yield Fact(f"Messages of {count(len(nameless), 'operation')} have no name: {some(nameless)}")


@rule(Guideline.SIMPLE, Level.NOTE)
def event_named_as_command(message: Message, *, at: Place) -> Iterator[str]:
    """An event is called like an order to do something.

    Receivers are told what to do in place of what happened, and are bound to the process of the sender.

    Say what happened: `OrderCancelled`. If it is an order, let one receiver take it, and say so.

    ```asyncapi bad
    channels:
      orders: {address: orders, bindings: {kafka: {}}, messages: {CancelOrder: {payload: {type: object}}}}
    operations: {cancel: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    ```asyncapi good
    channels:
      orders: {address: orders, bindings: {kafka: {}}, messages: {OrderCancelled: {payload: {type: object}}}}
    operations: {cancel: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    """
    operation = at.operation
    if (
        operation is None
        or not on_channel(operation)
        or operation.reply
        or operation.action is not Action.SEND
    ):
        return
    broadcast = operation.delivery is not None and operation.delivery.kind == "topic"
    if broadcast and message in begun_with(operation) and _is_order(message.name):
        yield f"{message.name} tells what to do, and is sent to everybody who listens"


def _is_order(name: str) -> bool:
    parts = [part.lower() for part in words(name)]
    return len(parts) > 1 and parts[0] in ORDERS and not any(map(HAPPENED.match, parts))


@rule(Guideline.SIMPLE, Level.NOTE)
def event_on_queue(operation: Operation) -> Iterator[str]:
    """What happened is told on a queue, from which one reader takes each message away.

    A second consumer cannot listen without a change of the provider.

    Send events to a topic, and let each consumer have a queue of its own behind it.

    ```asyncapi bad
    channels:
      orders:
        address: orders
        bindings: {amqp: {is: queue}}
        messages: {OrderCreated: {payload: {type: object}}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    ```asyncapi good
    channels:
      orders:
        address: orders
        bindings: {amqp: {is: routingKey}}
        messages: {OrderCreated: {payload: {type: object}}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    """
    queued = operation.delivery is not None and operation.delivery.kind == "queue"
    if queued and operation.action is Action.SEND and not operation.reply:
        for message in begun_with(operation):
            if any(map(HAPPENED.match, words(message.name))):
                yield f"{message.name} tells what happened, and one reader of {operation.address} gets it"
                return


@rule(Guideline.SIMPLE, Level.NOTE)
def command_on_topic(operation: Operation) -> Iterator[str]:
    """A message that wants an answer is sent to everybody who listens to a topic.

    Several receivers act on it, or each believes that another one does.

    Send it to a queue that one receiver empties.

    ```asyncapi bad
    channels:
      sums: {address: sums, bindings: {kafka: {}}, messages: {sum: {payload: {type: object}}}}
      results: {address: results, messages: {result: {payload: {type: object}}}}
    operations:
      sum:
        action: send
        channel: {$ref: "#/channels/sums"}
        reply: {channel: {$ref: "#/channels/results"}}
    ```
    ```asyncapi good
    channels:
      sums: {address: sums, bindings: {amqp: {is: queue}}, messages: {sum: {payload: {type: object}}}}
      results: {address: results, messages: {result: {payload: {type: object}}}}
    operations:
      sum:
        action: send
        channel: {$ref: "#/channels/sums"}
        reply: {channel: {$ref: "#/channels/results"}}
    ```
    """
    delivery = operation.delivery
    broadcast = delivery is not None and delivery.kind == "topic" and not delivery.group
    if broadcast and operation.action is Action.SEND and operation.reply and any(answers(operation)):
        yield f"{operation.address} is a topic, and one answer is expected"


@rule(Guideline.SIMPLE, Level.NOTE, preset=Preset.STRICT)
def message_examples_missing(contract: Contract) -> Iterator[str]:
    """Messages on channels have no example.

    Consumers have to wait for a real message before they understand what comes.

    Show one message as it travels, best one that a test has sent.

    ```asyncapi bad
    channels: {orders: {address: orders, messages: {created: {payload: {type: object}}}}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    ```asyncapi good
    channels:
      orders:
        address: orders
        messages: {created: {payload: {type: object}, examples: [{payload: {id: "4711"}}]}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    """
    sent = {each.at: each for operation in exchanges(contract) for each in operation.messages if each.payload}
    bare = [
        each.name
        for each in sent.values()
        if not each.examples and not contract.resolve(each.payload).examples
    ]
    if bare:
        yield f"{count(len(bare), 'message has', 'messages have')} no example: {some(bare)}"
