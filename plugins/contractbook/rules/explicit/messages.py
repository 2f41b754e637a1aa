"""What messages leave open: their form, how they are delivered, and how an answer is matched."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Level
from contractbook.model import Action, Contract, Delivery, Message, Operation
from contractbook.rules.messaging import answers, exchanges
from contractbook.rules.naming import count, some

NONE = Delivery()
_promised = re.compile(
    r"(?i)\b(at[- ]least[- ]once|at[- ]most[- ]once|exactly[- ]once|duplicate|more than once|twice|idempoten"
    r"|redeliver|re-deliver|in (any|no) (particular )?order|out of order|ordered by|best[- ]effort"
    r"|order of (the )?(events|messages)|may be lost)"
).search
BROKERS = (
    "kafka",
    "amqp",
    "mqtt",
    "jms",
    "nats",
    "pulsar",
    "sns",
    "sqs",
    "stomp",
    "solace",
    "ibmmq",
    "pubsub",
)


@rule(Guideline.EXPLICIT, Level.WARNING)
def delivery_unstated(contract: Contract) -> Iterator[Fact]:
    """A broker hands messages on, and nothing says whether they may be lost or come twice, or in which order.

    Consumers assume *once and in order*, and fail on the first repeat.

    State it: in the bindings where they have a word for it, under `x-delivery`, or in the description.

    ```asyncapi bad
    servers: {broker: {host: broker.example.org, protocol: amqp}}
    channels: {orders: {address: order.created}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    ```asyncapi good
    servers: {broker: {host: broker.example.org, protocol: amqp}}
    channels: {orders: {address: order.created}}
    operations:
      created:
        action: send
        channel: {$ref: "#/channels/orders"}
        x-delivery: {guarantee: at-least-once, ordering: in order for each order}
    ```
    """
    texts = [contract.doc, *(channel.doc for channel in contract.channels)]
    if any(map(_promised, texts)) or not _on_broker(contract):
        return
    silent = [each for each in exchanges(contract) if not _says(each)]
    if silent:
        names = some([each.label for each in silent])
        yield Fact(f"How messages are delivered is not stated for {count(len(silent), 'operation')}: {names}")


def _on_broker(contract: Contract) -> bool:
    """Whether a broker stands between those who send and those who receive."""
    protocols = {server.protocol.lower() for server in contract.servers}
    return any(protocol.startswith(BROKERS) for protocol in protocols) or any(
        channel.delivery is not None and channel.delivery.kind for channel in contract.channels
    )


def _says(operation: Operation) -> bool:
    delivery = operation.delivery or NONE
    texts = [operation.doc, operation.title, *(message.doc for message in operation.messages)]
    return bool(delivery.guarantee or delivery.ordering) or any(map(_promised, texts))


@rule(Guideline.EXPLICIT, Level.NOTE)
def dead_letters_unstated(contract: Contract) -> Iterator[str]:
    """Commands are taken from a queue, and nothing says what becomes of those that cannot be dealt with.

    Whoever sent such a command waits for an effect that never comes, and nobody is told.

    Name the place where they go, and who looks there.

    ```asyncapi bad
    channels: {orders: {address: order.place, bindings: {amqp: {is: queue}}}}
    operations: {place: {action: receive, channel: {$ref: "#/channels/orders"}}}
    ```
    ```asyncapi good
    channels:
      orders: {address: order.place, bindings: {amqp: {is: queue}}, x-delivery: {deadLetters: order.dead}}
    operations: {place: {action: receive, channel: {$ref: "#/channels/orders"}}}
    ```
    """
    silent = [
        each.address
        for each in exchanges(contract)
        if each.action is Action.RECEIVE
        and each.delivery is not None
        and each.delivery.kind == "queue"
        and not each.delivery.dead_letters
        and "dead" not in each.doc.lower()
    ]
    if silent:
        yield f"What cannot be dealt with goes nowhere that is named: {some(silent)}"


@rule(Guideline.EXPLICIT, Level.WARNING)
def message_without_schema(contract: Contract) -> Iterator[Fact]:
    """Nothing says what is in a message.

    Consumers have to guess it from messages that they happen to see.

    Describe the payload by a schema; for a message without one, say that it is empty.

    ```asyncapi bad
    channels: {orders: {address: order.created, messages: {created: {summary: An order was created}}}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    ```asyncapi good
    channels:
      orders:
        address: order.created
        messages: {created: {payload: {type: object, properties: {id: {type: string}}}}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    """
    told = set()
    for operation in exchanges(contract):
        for message in operation.messages:
            if not message.payload and message.envelope is None and message.at not in told:
                told.add(message.at)
                yield Fact(f"Nothing says what is in {message.name}", about=message, within=(operation,))


@rule(Guideline.EXPLICIT, Level.NOTE)
def message_without_content_type(contract: Contract) -> Iterator[str]:
    """Neither messages nor the document say how payloads are written.

    Consumers guess the encoding, and the next one cannot be told apart from it.

    Name a `contentType` for each message, or one for all of the document.

    ```asyncapi bad
    channels: {orders: {address: order.created, messages: {created: {payload: {type: object}}}}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    ```asyncapi good
    defaultContentType: application/json
    channels: {orders: {address: order.created, messages: {created: {payload: {type: object}}}}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    """
    sent = {each.at: each.name for each in _messages(contract) if each.payload and not each.content_type}
    if sent:
        yield f"The content type of {count(len(sent), 'message')} is not stated: {some([*sent.values()])}"


def _messages(contract: Contract) -> Iterator[Message]:
    return (message for operation in exchanges(contract) for message in operation.messages)


@rule(Guideline.EXPLICIT, Level.WARNING)
def message_without_correlation(operation: Operation) -> Iterator[str]:
    """An operation is answered, and nothing says which answer belongs to which message.

    With two questions under way at once, answers cannot be matched.

    Give the messages a correlation id, and say where it stands.

    ```asyncapi bad
    channels:
      sums: {address: sums, messages: {sum: {payload: {type: object}}}}
      results: {address: results, messages: {result: {payload: {type: object}}}}
    operations:
      sum:
        action: receive
        channel: {$ref: "#/channels/sums"}
        reply: {channel: {$ref: "#/channels/results"}}
    ```
    ```asyncapi good
    channels:
      sums:
        address: sums
        messages: {sum: {payload: {type: object}, correlationId: {location: "$message.header#/id"}}}
      results: {address: results, messages: {result: {payload: {type: object}}}}
    operations:
      sum:
        action: receive
        channel: {$ref: "#/channels/sums"}
        reply: {channel: {$ref: "#/channels/results"}}
    ```
    """
    matched = any(message.correlation or _says_id(message) for message in operation.messages)
    if operation.reply and any(answers(operation)) and not matched:
        yield f"Nothing matches an answer to {operation.label} with what it answers"


def _says_id(message: Message) -> bool:
    return any("correlation" in header.name.lower() for header in message.headers)
