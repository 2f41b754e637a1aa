"""By which means an operation is used, told from the facts of the model: HTTP, a channel, or a name."""

from __future__ import annotations

from contractbook.model import Action, Contract, Operation, Server

SELECTED = frozenset({"query", "mutation", "subscription"})
"""Methods of operations whose consumers select what they are answered (GraphQL 2.3)."""

BY_NAME = SELECTED | {"rpc", "soap"}
"""Methods of operations that are called by their names; an address is only where all of them are offered."""

PROTOCOLS = {
    "amqp": "AMQP",
    "amqps": "AMQP over TLS",
    "grpc": "gRPC",
    "http": "HTTP",
    "https": "HTTPS",
    "ibmmq": "IBM MQ",
    "jms": "JMS",
    "kafka": "Kafka",
    "kafka-secure": "Kafka over TLS",
    "mqtt": "MQTT",
    "mqtts": "MQTT over TLS",
    "secure-mqtt": "MQTT over TLS",
    "nats": "NATS",
    "sns": "Amazon SNS",
    "sqs": "Amazon SQS",
    "stomp": "STOMP",
    "ws": "WebSocket",
    "wss": "WebSocket over TLS",
    "googlepubsub": "Google Pub/Sub",
}


def by_channel(operation: Operation) -> bool:
    """Whether messages of it pass through a channel."""
    return bool(operation.channel)


def by_name(operation: Operation) -> bool:
    """Whether a consumer calls it by its name, as an rpc or a field of GraphQL."""
    return not operation.channel and (operation.method.lower() in BY_NAME or not operation.address)


def is_webhook(operation: Operation) -> bool:
    """Whether the provider calls an address of the consumer."""
    return operation.action is Action.SEND and not by_channel(operation) and not by_name(operation)


def is_grpc(operation: Operation) -> bool:
    """Whether it is an rpc with a path of its own, as over HTTP/2."""
    return operation.method == "rpc" and operation.address.startswith("/")


def name_in_group(operation: Operation) -> tuple[str, str]:
    """The name of an operation that is called by it, after that of what it belongs to: `Query.`, `order`."""
    label = operation.address.strip("/") or operation.label
    cut = max(label.rfind("/"), label.rfind(".")) + 1
    return label[:cut], label[cut:]


def servers(contract: Contract, operation: Operation) -> tuple[Server, ...]:
    """Where an operation is offered."""
    if operation.servers:
        return operation.servers
    named = {
        name for channel in contract.channels if channel.name == operation.channel for name in channel.servers
    }
    return tuple(server for server in contract.servers if not named or server.name in named)


def protocols(contract: Contract, operation: Operation) -> list[str]:
    """The protocols of a channel, as people call them."""
    found = (server.protocol for server in servers(contract, operation) if server.protocol)
    return list(dict.fromkeys(PROTOCOLS.get(protocol, protocol) for protocol in found))
