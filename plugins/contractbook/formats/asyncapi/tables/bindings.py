"""The bindings of AsyncAPI to protocols: for each level and protocol the keys of all published versions."""

from __future__ import annotations

from contractbook.formats.structure.tables import LOOSE, Keys, Tables

SERVER, CHANNEL, OPERATION, MESSAGE = "server", "channel", "operation", "message"
LEVELS = (SERVER, CHANNEL, OPERATION, MESSAGE)
PROTOCOLS = {
    "amqp": "AMQP 0-9-1",
    "amqp1": "AMQP 1.0",
    "anypointmq": "Anypoint MQ",
    "googlepubsub": "Google Pub/Sub",
    "http": "HTTP",
    "ibmmq": "IBM MQ",
    "jms": "JMS",
    "kafka": "Kafka",
    "mercure": "Mercure",
    "mqtt": "MQTT",
    "mqtt5": "MQTT 5",
    "nats": "NATS",
    "pulsar": "Pulsar",
    "redis": "Redis",
    "ros2": "ROS 2",
    "sns": "Amazon SNS",
    "solace": "Solace",
    "sqs": "Amazon SQS",
    "sse": "Server-sent events",
    "stomp": "STOMP",
    "ws": "WebSocket",
}
"""The protocols with a binding, as people call them."""

SCHEMA = "schema or flag"
NUMBER_OR_SCHEMA = "whole or schema"
TEXT_OR_SCHEMA = "schema or flag or text"

# What is not here has no keys of its own.
OWN: dict[tuple[str, str], Keys] = {
    ("kafka", SERVER): {"schemaRegistryUrl": "text", "schemaRegistryVendor": "text"},
    ("kafka", CHANNEL): {
        "topic": "text",
        "partitions": "whole",
        "replicas": "whole",
        "topicConfiguration": "kafka-topic",
    },
    ("kafka", OPERATION): {"groupId": TEXT_OR_SCHEMA, "clientId": TEXT_OR_SCHEMA},
    ("kafka", MESSAGE): {
        "key": "schema or flag or text or [any]",
        "schemaIdLocation": "text",
        "schemaIdPayloadEncoding": "text",
        "schemaLookupStrategy": "text",
    },
    ("amqp", CHANNEL): {"is": "=routingKey/queue", "exchange": "amqp-exchange", "queue": "amqp-queue"},
    ("amqp", OPERATION): {
        "expiration": "whole",
        "userId": "text",
        "cc": "[text]",
        "priority": "whole",
        "deliveryMode": "whole",
        "mandatory": "flag",
        "bcc": "[text]",
        "replyTo": "text",
        "timestamp": "flag",
        "ack": "flag",
    },
    ("amqp", MESSAGE): {"contentEncoding": "text", "messageType": "text"},
    ("anypointmq", CHANNEL): {"destination": "text", "destinationType": "=exchange/queue/fifo-queue"},
    ("anypointmq", MESSAGE): {"headers": SCHEMA},
    ("googlepubsub", CHANNEL): {
        "topic": "text",
        "labels": "free",
        "messageRetentionDuration": "text",
        "messageStoragePolicy": "googlepubsub-storage",
        "schemaSettings": "googlepubsub-schemas",
    },
    ("googlepubsub", MESSAGE): {
        "attributes": "free",
        "orderingKey": "text",
        "schema": "googlepubsub-schema",
    },
    ("http", OPERATION): {
        "type": "=request/response",
        "method": "=GET/POST/PUT/PATCH/DELETE/HEAD/OPTIONS/CONNECT/TRACE",
        "query": SCHEMA,
    },
    ("http", MESSAGE): {"headers": SCHEMA, "statusCode": "number"},
    ("ibmmq", SERVER): {
        "groupId": "text",
        "ccdtQueueManagerName": "text",
        "cipherSpec": "text",
        "multiEndpointServer": "flag",
        "heartBeatInterval": "whole",
    },
    ("ibmmq", CHANNEL): {
        "destinationType": "=topic/queue",
        "queue": "ibmmq-queue",
        "topic": "ibmmq-topic",
        "maxMsgLength": "whole",
    },
    ("ibmmq", MESSAGE): {
        "type": "=string/jms/binary",
        "headers": "text",
        "description": "text",
        "expiry": "whole",
    },
    ("jms", SERVER): {"jmsConnectionFactory": "text!", "properties": "schema or [any]", "clientID": "text"},
    ("jms", CHANNEL): {"destination": "text", "destinationType": "=queue/fifo-queue"},
    ("jms", MESSAGE): {"headers": SCHEMA},
    ("mqtt", SERVER): {
        "clientId": "text",
        "cleanSession": "flag",
        "lastWill": "mqtt-will",
        "keepAlive": "whole",
        "sessionExpiryInterval": NUMBER_OR_SCHEMA,
        "maximumPacketSize": NUMBER_OR_SCHEMA,
    },
    ("mqtt", OPERATION): {
        "qos": "whole",
        "retain": "flag",
        "messageExpiryInterval": NUMBER_OR_SCHEMA,
    },
    ("mqtt", MESSAGE): {
        "payloadFormatIndicator": "whole",
        "correlationData": SCHEMA,
        "contentType": "text",
        "responseTopic": "text or schema",
    },
    ("mqtt5", SERVER): {"sessionExpiryInterval": NUMBER_OR_SCHEMA},
    ("nats", OPERATION): {"queue": "text"},
    ("pulsar", SERVER): {"tenant": "text"},
    ("pulsar", CHANNEL): {
        "namespace": "text!",
        "persistence": "=persistent/non-persistent!",
        "compaction": "whole",
        "geo-replication": "[text]",
        "retention": "pulsar-retention",
        "ttl": "whole",
        "deduplication": "flag",
    },
    ("ros2", SERVER): {"rmwImplementation": "text", "domainId": "whole"},
    ("ros2", OPERATION): {"role": "text", "node": "text", "qosPolicies": "ros2-qos"},
    ("sns", CHANNEL): {"name": "text", "ordering": "sns-ordering", "policy": "free", "tags": "free"},
    ("sns", OPERATION): {"topic": "identifier", "consumers": "[sns-consumer]", "deliveryPolicy": "free"},
    ("solace", SERVER): {"msgVpn": "text", "msvVpn": "text", "clientName": "text"},
    ("solace", OPERATION): {
        "destinations": "[solace-destination]",
        "timeToLive": NUMBER_OR_SCHEMA,
        "priority": NUMBER_OR_SCHEMA,
        "dmqEligible": "flag",
    },
    ("sqs", CHANNEL): {"queue": "sqs-queue", "deadLetterQueue": "sqs-queue"},
    ("sqs", OPERATION): {"queues": "[sqs-queue]"},
    ("ws", CHANNEL): {"method": "=GET/POST", "query": SCHEMA, "headers": SCHEMA},
}
VERSIONED = {"bindingVersion": "text", LOOSE: "any"}
PARTS: Tables = {
    "kafka-topic": {
        "cleanup.policy": "[text]",
        "retention.ms": "whole",
        "retention.bytes": "whole",
        "delete.retention.ms": "whole",
        "max.message.bytes": "whole",
        "confluent.key.schema.validation": "flag",
        "confluent.key.subject.name.strategy": "text",
        "confluent.value.schema.validation": "flag",
        "confluent.value.subject.name.strategy": "text",
    },
    "amqp-exchange": {
        "name": "text",
        "type": "=topic/direct/fanout/default/headers",
        "durable": "flag",
        "autoDelete": "flag",
        "vhost": "text",
    },
    "amqp-queue": {
        "name": "text",
        "durable": "flag",
        "exclusive": "flag",
        "autoDelete": "flag",
        "vhost": "text",
    },
    "googlepubsub-storage": {"allowedPersistenceRegions": "[text]"},
    "googlepubsub-schemas": dict.fromkeys(("encoding", "firstRevisionId", "lastRevisionId", "name"), "text"),
    "googlepubsub-schema": {"name": "text", "type": "text"},
    "ibmmq-queue": {"objectName": "text!", "isPartitioned": "flag", "exclusive": "flag"},
    "ibmmq-topic": {
        "string": "text",
        "objectName": "text",
        "durablePermitted": "flag",
        "lastMsgRetained": "flag",
    },
    "mqtt-will": {"topic": "text", "qos": "whole", "message": "text", "retain": "flag"},
    "pulsar-retention": {"time": "whole", "size": "whole"},
    "ros2-qos": {
        "reliability": "text",
        "history": "text",
        "durability": "text",
        "lifespan": "whole",
        "deadline": "whole",
        "liveliness": "text",
        "leaseDuration": "whole",
    },
    "sns-ordering": {"type": "=standard/FIFO!", "contentBasedDeduplication": "flag"},
    "sns-consumer": {
        "protocol": "text!",
        "endpoint": "identifier!",
        "filterPolicy": "free",
        "filterPolicyScope": "text",
        "rawMessageDelivery": "flag",
        "redrivePolicy": "redrive",
        "deliveryPolicy": "free",
        "displayName": "text",
    },
    "identifier": dict.fromkeys(("url", "email", "phone", "arn", "name"), "text"),
    "redrive": {"deadLetterQueue": "identifier", "maxReceiveCount": "whole"},
    "solace-destination": {
        "destinationType": "=queue/topic",
        "deliveryMode": "=direct/persistent",
        "queue": "solace-queue",
        "topic": "solace-topic",
        "topicSubscriptions": "[text]",
    },
    "solace-queue": {
        "name": "text",
        "topicSubscriptions": "[text]",
        "accessType": "=exclusive/nonexclusive",
        "maxMsgSpoolSize": "text or whole",
        "maxTtl": "text or whole",
    },
    "solace-topic": {"topicSubscriptions": "[text]"},
    "sqs-queue": {
        "name": "text",
        "fifoQueue": "flag",
        "deduplicationScope": "=queue/messageGroup",
        "fifoThroughputLimit": "=perQueue/perMessageGroupId",
        "deliveryDelay": "whole",
        "visibilityTimeout": "whole",
        "receiveMessageWaitTime": "whole",
        "messageRetentionPeriod": "whole",
        "redrivePolicy": "redrive",
        "policy": "free",
        "tags": "free",
    },
}
BINDINGS: Tables = {
    **{name: {**keys, LOOSE: "any"} for name, keys in PARTS.items()},
    **{
        f"{level}-bindings": {LOOSE: "any", **{each: f"{each}-{level}" for each in PROTOCOLS}}
        for level in LEVELS
    },
    **{
        f"{each}-{level}": {**OWN.get((each, level), {}), **VERSIONED}
        for each in PROTOCOLS
        for level in LEVELS
    },
}
