"""AsyncAPI 2.0 to 2.6, 3.0 and 3.1."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from contractbook.formats.format import Format
from contractbook.formats.lifecycle import ENDINGS, Endings
from contractbook.model import Contract, Element, Field, Role, Type
from contractbook.source.document import Document
from contractbook.source.sources import Sources

MARKERS = frozenset({"asyncapi"})


def detect(document: Document) -> bool:
    """Whether a document is an AsyncAPI description: its marker may stand anywhere at the top level."""
    return bool(document.top_keys(MARKERS))


def read(documents: Sequence[Document], sources: Sources, endings: Endings = ENDINGS) -> Iterable[Contract]:
    """The contracts of the documents, one for each."""
    from contractbook.formats.asyncapi.read import read as read_all

    return read_all(documents, sources, endings)


def key(contract: Contract, element: Element, fact: str) -> str:
    """Where a fact is written: schemas have flags and formats, and from 3.0 on an id is a key."""
    if fact == "id":
        return "operationId" if contract.spec_version.startswith("2") else ""
    is_schema = isinstance(element, Type) or (isinstance(element, Field) and element.role is Role.FIELD)
    return WRITTEN[fact] if is_schema or fact == "lifecycle" else ""


WRITTEN = {"deprecated": "deprecated", "format": "format", "lifecycle": "x-lifecycle"}
PREAMBLE = "asyncapi: 3.0.0\ninfo: {title: Example, version: 1.0.0}\n"

WORDS: Mapping[str, str] = {
    "amqp": "AMQP 0-9-1",
    "amqp1": "AMQP 1.0",
    "anypointmq": "Anypoint MQ",
    "contact": "Contact",
    "defaultContentType": "Content type unless a message says another",
    "externalDocs": "More",
    "googlepubsub": "Google Pub/Sub",
    "http": "HTTP",
    "ibmmq": "IBM MQ",
    "id": "Identifier of the application",
    "jms": "JMS",
    "kafka": "Kafka",
    "license": "Licence",
    "location": "Also found at",
    "mercure": "Mercure",
    "mqtt": "MQTT",
    "mqtt5": "MQTT 5",
    "nats": "NATS",
    "protocolVersion": "Version of the protocol",
    "pulsar": "Pulsar",
    "redis": "Redis",
    "replyAddress": "Answers go to",
    "ros2": "ROS 2",
    "schemaFormat": "Schema language",
    "sns": "Amazon SNS",
    "solace": "Solace",
    "sqs": "Amazon SQS",
    "sse": "Server-sent events",
    "stomp": "STOMP",
    "tags": "Tags",
    "termsOfService": "Terms of service",
    "ws": "WebSocket",
}

ASYNCAPI = Format(
    "asyncapi", "AsyncAPI", (".yaml", ".yml", ".json"), detect, read, PREAMBLE, words=WORDS, key=key
)
