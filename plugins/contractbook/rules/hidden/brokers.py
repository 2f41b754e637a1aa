"""What shows through of brokers, of the libraries that talk to them, and of the databases behind events."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Level
from contractbook.lexicon.spelling import words
from contractbook.model import Contract, Field, Message, Operation, Shape
from contractbook.place import Place
from contractbook.rules.messaging import exchanges, in_exchange, on_channel
from contractbook.rules.naming import some

INTERNALS = frozenset(
    {
        *("kafka offset", "partition", "partition id", "partition key", "partition number", "offset id"),
        *("consumer group", "consumer group id", "group offset", "log position", "log sequence number"),
        *("delivery tag", "exchange name", "queue name", "topic name", "broker id", "lsn", "binlog position"),
    }
)
LIBRARIES = re.compile(
    r"__(TypeId|ContentTypeId|KeyTypeId|Key_TypeId)__|spring_json_\w+|spring\.cloud\.\w+|JMSX\w+|_HQ_\w+"
    r"|MT-[A-Z][\w-]+|NServiceBus\.\w+|rbs2-\w+|x-death|kafka_\w+|AxonIQ\w*|axon-message-\w+|dapr-\w+"
).fullmatch
ENVIRONMENTS = frozenset(
    {
        *("dev", "develop", "development", "test", "tst", "testing", "uat", "qa", "staging", "stage", "stg"),
        *("preprod", "prod", "production", "sandbox", "localhost"),
    }
)
CAPTURED = frozenset({"before", "after", "op"})


@rule(Guideline.HIDDEN, Level.WARNING)
def broker_internals_in_payload(contract: Contract, *, at: Place) -> Iterator[Fact]:
    """A message holds what only its broker needs: an offset, a partition, a consumer group.

    Consumers that build on it break when the broker is replaced, or only set up in another way.

    Leave it out; what readers need of it, such as an order, deserves a field with a meaning of its own.

    ```asyncapi bad
    channels:
      orders:
        address: order.created
        messages: {created: {payload: {type: object, properties: {partitionId: {type: integer}}}}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    ```asyncapi good
    channels:
      orders:
        address: order.created
        messages: {created: {payload: {type: object, properties: {version: {type: integer}}}}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    """
    if any(exchanges(contract)):
        for element, around in at.rows.called(_is_internal):
            if isinstance(element, Field):
                yield Fact(f"{element.name} is a matter of the broker", about=element, within=around)


def _is_internal(name: str) -> bool:
    return " ".join(words(name)).lower() in INTERNALS


@rule(Guideline.HIDDEN, Level.WARNING)
def client_library_header(message: Message) -> Iterator[Fact]:
    """A header of a message belongs to a library, such as `__TypeId__` or `spring_json_header_types`.

    Only consumers that use the same library in the same language understand it.

    Name what a message is in a header or attribute of your own, in words of the business.

    ```asyncapi bad
    channels:
      orders:
        address: order.created
        messages: {created: {headers: {type: object, properties: {__TypeId__: {type: string}}}}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    ```asyncapi good
    channels:
      orders:
        address: order.created
        messages: {created: {headers: {type: object, properties: {messageType: {type: string}}}}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    """
    for header in message.headers:
        if LIBRARIES(header.name):
            yield Fact(f"the header {header.name} belongs to a client library", about=header)


@rule(Guideline.HIDDEN, Level.WARNING)
def environment_in_channel(operation: Operation) -> Iterator[str]:
    """The address of a channel names an environment.

    A consumer cannot run elsewhere without a change, and each environment has a contract of its own.

    Leave the environment to the server that the channel is on.

    ```asyncapi bad
    channels: {orders: {address: prod.order.created}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    ```asyncapi good
    channels: {orders: {address: order.created}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    """
    types = {message.name for message in operation.messages}  # an event may be known by its type alone
    if on_channel(operation) and "://" not in operation.address and operation.address not in types:
        parts = [part for part in re.split(r"[./_:-]", operation.address) if part]
        for part in parts if len(parts) > 1 else ():
            if part.lower() in ENVIRONMENTS:
                yield f"{operation.address} names the environment {part}"
                return


@rule(Guideline.HIDDEN, Level.ERROR)
def captured_change_as_event(message: Message, *, at: Place) -> Iterator[str]:
    """An event carries `before`, `after` and `op`, as tools write them that copy the changes of a database.

    Consumers read the tables of the provider under another name, and break when a column moves.

    Send an event of the business, made by the code that knows why something changed.

    ```asyncapi bad
    channels:
      orders:
        address: orders
        messages:
          row:
            payload:
              type: object
              properties: {before: {type: object}, after: {type: object}, op: {type: string}}
    operations: {row: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    ```asyncapi good
    channels:
      orders:
        address: orders
        messages: {paid: {payload: {type: object, properties: {order: {type: string}}}}}
    operations: {paid: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    """
    if in_exchange(at) and message.payload:
        payload = at.type(message.payload)
        names = {field.name for field in payload.fields}
        if payload.shape is Shape.RECORD and names >= CAPTURED:
            yield f"{message.name} carries {some(sorted(CAPTURED))}, as a copied change of a database does"


@rule(Guideline.HIDDEN, Level.WARNING)
def event_source_internal(message: Message) -> Iterator[str]:
    """The source of an event names a host, a pod or a class.

    Consumers filter by a place that moves, or that is one of many.

    Name the context that the event comes from: `/shop/orders`, or an address that stays.

    ```asyncapi bad
    channels:
      orders:
        address: orders
        messages:
          created:
            payload:
              type: object
              required: [specversion, id, source, type]
              properties:
                specversion: {const: "1.0"}
                id: {type: string}
                source: {const: "http://orders-7d9f.internal:8080"}
                type: {type: string}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    ```asyncapi good
    channels:
      orders:
        address: orders
        messages:
          created:
            payload:
              type: object
              required: [specversion, id, source, type]
              properties:
                specversion: {const: "1.0"}
                id: {type: string}
                source: {const: /shop/orders}
                type: {type: string}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    """
    source = str(message.envelope.constants.get("source", "")) if message.envelope else ""
    if _internal(source):
        yield f"the source of {message.name} names a place inside: {source}"


_internal = re.compile(
    r"(?i)^https?://(localhost|\d+\.\d+\.\d+\.\d+|[^/]*\.(internal|local|svc|cluster\.local|lan)(?=[:/]|$))"
    r"|://[^/]*:\d{4,5}(/|$)|-[0-9a-f]{8,10}-[a-z0-9]{5}\b|^[a-z]+(\.[a-z]+){2,}\.[A-Z]\w+$"
).search
