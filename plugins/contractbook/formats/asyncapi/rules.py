"""What the common model cannot say of AsyncAPI: settings of single protocols, and languages of schemas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Kind, Level
from contractbook.formats.asyncapi.tables.bindings import PROTOCOLS
from contractbook.formats.nodes import mapping
from contractbook.model import Channel, Contract, Message, Operation, Server, Type

# What rules about all brokers tell, and what says nothing of the wire.
TOLD: Mapping[str, frozenset[str]] = {
    "amqp": frozenset({"is", "ack", "deliveryMode", "queue.durable", "exchange.durable"}),
    "anypointmq": frozenset({"destinationType"}),
    "googlepubsub": frozenset({"messageRetentionDuration", "orderingKey", "labels"}),
    "http": frozenset({"type"}),  # of the binding before 0.3
    "ibmmq": frozenset({"destinationType"}),
    "jms": frozenset({"destinationType"}),
    "kafka": frozenset(
        {
            *("partitions", "replicas", "key", "groupId"),
            *("topicConfiguration.retention.ms", "topicConfiguration.cleanup.policy"),
        }
    ),
    "mqtt": frozenset({"qos"}),
    "nats": frozenset({"queue"}),
    "pulsar": frozenset({"persistence", "retention.time", "compaction"}),
    "sns": frozenset({"tags"}),
    "sqs": frozenset(
        {
            *("queue.fifoQueue", "queue.messageRetentionPeriod", "queue.tags", "deadLetterQueue.name"),
            "queue.redrivePolicy.deadLetterQueue",
        }
    ),
}
SILENT = frozenset({"bindingVersion"})


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.SEMANTIC)
def protocol_setting_changed(
    old: Operation | Channel | Server | Message, new: Operation | Channel | Server | Message
) -> Iterator[Fact]:
    """A setting of the protocol changed: an exchange, a client id, the strategy of a schema registry.

    What depends on it is known to those who run the broker, and not to those who read the contract.

    Ask those who are connected before you change it, and say in the changelog what they have to do.

    ```asyncapi old
    channels:
      orders:
        address: order.created
        bindings: {amqp: {is: routingKey, exchange: {name: shop, type: topic}}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    ```asyncapi new
    channels:
      orders:
        address: order.created
        bindings: {amqp: {is: routingKey, exchange: {name: shop, type: fanout}}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    """
    for protocol, title in PROTOCOLS.items():
        was, now = (_settings(mapping(side.binding.get(protocol)), protocol) for side in (old, new))
        changed = [key for key in sorted(was.keys() | now.keys()) if was.get(key) != now.get(key)]
        if len(changed) == 1:
            [key] = changed
            before, after = was.get(key), now.get(key)
            yield Fact(f"{title}: {key} is {_said(after)}, and was {_said(before)}", old=before, new=after)
        elif changed:
            before, after = ({key: each.get(key) for key in changed} for each in (was, now))
            more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
            yield Fact(f"{title}: {', '.join(changed[:3])}{more} changed", old=before, new=after)


def _settings(binding: Mapping[str, Any], protocol: str) -> dict[str, Any]:
    """The settings of one protocol by the way to each, without those that other rules tell."""
    found: dict[str, Any] = {}
    todo: list[tuple[str, Any]] = [*binding.items()]
    for way, value in todo:
        if isinstance(value, Mapping) and way.count(".") < 2 and value:
            todo += [(f"{way}.{key}", inner) for key, inner in value.items()]
        elif way not in SILENT:
            found[way] = value
    told = TOLD.get(protocol, frozenset())
    return {
        way: value
        for way, value in found.items()
        if not any(way == each or way.startswith(each + ".") for each in told)
    }


def _said(value: Any) -> str:
    return "not stated" if value is None else f"`{str(value).lower() if isinstance(value, bool) else value}`"


@rule(Guideline.EXPLICIT, Level.WARNING)
def schema_language_unread(type: Type) -> Iterator[str]:
    """A payload is described in a language that is not read here.

    Nothing in it is checked or compared, and many tools of consumers cannot read it either.

    Use JSON Schema, Avro or Protobuf, in a file beside the contract.

    ```asyncapi bad
    channels:
      orders:
        address: orders
        messages:
          created: {payload: {schemaFormat: application/raml+yaml;version=1.0, schema: {type: object}}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    ```asyncapi good
    channels: {orders: {address: orders, messages: {created: {payload: {type: object}}}}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    """
    if language := type.binding.get("schemaFormat"):
        yield f"{type.name} is described in {language}, which is not read"


@rule(Guideline.HIDDEN, Level.NOTE)
def schema_registry_named(contract: Contract) -> Iterator[Fact]:
    """A server names the address of a schema registry.

    Consumers elsewhere cannot reach it, and the contract has to change when it moves.

    Publish the schemas with the contract, and leave the registry to the configuration of those who run it.

    ```asyncapi bad
    servers:
      broker:
        host: broker.example.org
        protocol: kafka
        bindings: {kafka: {schemaRegistryUrl: "https://registry.example.org"}}
    ```
    ```asyncapi good
    servers: {broker: {host: broker.example.org, protocol: kafka}}
    ```
    """
    for server in contract.servers:
        if address := mapping(server.binding.get("kafka")).get("schemaRegistryUrl"):
            yield Fact(f"{server.name} names the schema registry {address}", about=server)
