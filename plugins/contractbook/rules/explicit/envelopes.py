"""What the envelope of an event has to say, and how (CloudEvents 1.0)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Level
from contractbook.model import Contract, Envelope, Message, Shape
from contractbook.place import Place
from contractbook.rules.naming import count, some

REQUIRED = ("specversion", "id", "source", "type")  # CloudEvents 1.0.2, "REQUIRED Attributes"
_attribute = re.compile(r"[a-z0-9]{1,40}").fullmatch
_versioned = re.compile(r"(?i)(^|[./:_-])v?\d+([._]\d+)*($|[./:_-])").search


def _declares(envelope: Envelope) -> bool:
    return bool(envelope.attributes)


@rule(Guideline.EXPLICIT, Level.ERROR)
def event_attribute_missing(message: Message) -> Iterator[Fact]:
    """The envelope of an event lacks `id`, `source`, `specversion` or `type`, or leaves it open.

    Routers and libraries refuse the event, and nobody can tell a repeat from a new one.

    Make all four required; they are texts.

    ```asyncapi bad
    channels:
      orders:
        address: orders
        messages:
          created:
            contentType: application/cloudevents+json
            payload:
              type: object
              required: [specversion, id, type]
              properties: {specversion: {const: "1.0"}, id: {type: string}, type: {type: string}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    ```asyncapi good
    channels:
      orders:
        address: orders
        messages:
          created:
            contentType: application/cloudevents+json
            payload:
              type: object
              required: [specversion, id, source, type]
              properties:
                specversion: {const: "1.0"}
                id: {type: string}
                source: {type: string}
                type: {type: string}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    """
    if message.envelope is None or not _declares(message.envelope):
        return
    fields = {field.name: field for field in message.envelope.attributes}
    gone = [name for name in REQUIRED if name not in fields]
    if gone:
        yield Fact(f"the envelope of {message.name} has no {' and no '.join(gone)}")
    for name in REQUIRED:
        if name in fields and not fields[name].required:
            yield Fact(f"{name} in the envelope of {message.name} may be absent")


@rule(Guideline.EXPLICIT, Level.WARNING)
def event_attribute_name(message: Message) -> Iterator[Fact]:
    """An attribute of an envelope is named with other characters than small letters and digits.

    It is lost or renamed where attributes travel as headers (CloudEvents 1.0.2, "Naming Conventions").

    Use small letters and digits only, and few of them.

    ```cloudevents bad
    id: "1"
    source: /shop/orders
    type: com.example.order.created.v1
    order-channel: web
    ```
    ```cloudevents good
    id: "1"
    source: /shop/orders
    type: com.example.order.created.v1
    orderchannel: web
    ```
    """
    if message.envelope:
        for field in message.envelope.attributes:
            if not _attribute(field.name):
                yield Fact(f"the attribute {field.name} has other characters than small letters and digits")


@rule(Guideline.EXPLICIT, Level.NOTE)
def event_content_type_plain(contract: Contract) -> Iterator[str]:
    """An event with its envelope travels under the content type of plain data.

    Receivers take the envelope for the data, and libraries do not see that it is an event.

    Use `application/cloudevents+json`.

    ```asyncapi bad
    channels:
      orders:
        address: orders
        messages:
          created:
            contentType: application/json
            payload:
              type: object
              required: [specversion, id, source, type]
              properties:
                specversion: {const: "1.0"}
                id: {type: string}
                source: {type: string}
                type: {type: string}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    ```asyncapi good
    channels:
      orders:
        address: orders
        messages:
          created:
            contentType: application/cloudevents+json
            payload:
              type: object
              required: [specversion, id, source, type]
              properties:
                specversion: {const: "1.0"}
                id: {type: string}
                source: {type: string}
                type: {type: string}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    """
    plain = {each.at: each for each in _events(contract) if _is_plain(each)}
    if plain:
        names = some([each.name for each in plain.values()])
        media = some(list(dict.fromkeys(each.content_type for each in plain.values())))
        sent = count(len(plain), "event is", "events are")
        yield f"{sent} sent as {media}, with an envelope around the data: {names}"


def _events(contract: Contract) -> Iterator[Message]:
    """The messages with an envelope."""
    for operation in contract.operations():
        yield from (each for each in operation.messages if each.envelope is not None)


def _is_plain(message: Message) -> bool:
    """Whether an envelope travels in a body whose media type says nothing of it."""
    whole = message.envelope is not None and message.envelope.mode in ("structured", "batch")
    return whole and bool(message.content_type) and "cloudevents" not in message.content_type.lower()


@rule(Guideline.EXPLICIT, Level.NOTE)
def event_type_unversioned(contract: Contract) -> Iterator[str]:
    """The type of an event has no version, or does not begin with the name of who defines it.

    Types of two providers collide, and a new shape has no name under which it could be sent beside the old.

    Begin with a domain name turned around, and end with a version: `com.example.order.created.v1`.

    ```cloudevents bad
    id: "1"
    source: /shop/orders
    type: orderCreated
    ```
    ```cloudevents good
    id: "1"
    source: /shop/orders
    type: com.example.order.created.v1
    ```
    """
    kinds = [str(each.envelope.constants.get("type", "")) for each in _events(contract) if each.envelope]
    told = list(dict.fromkeys(filter(None, kinds)))
    bare = [kind for kind in told if not _versioned(kind)]
    if bare:
        yield f"{count(len(bare), 'event type has', 'event types have')} no version: {some(bare)}"
    lone = [kind for kind in told if kind.count(".") < 2 and kind not in bare]
    if lone:
        begins = count(len(lone), "event type begins", "event types begin")
        yield f"{begins} with no domain name: {some(lone)}"


@rule(Guideline.EXPLICIT, Level.WARNING)
def event_time_format(message: Message, *, at: Place) -> Iterator[str]:
    """The time of an event is no text of the format `date-time`.

    Libraries refuse the event (CloudEvents 1.0.2, "time": RFC 3339).

    Declare it as a text with the format `date-time`.

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
                source: {type: string}
                type: {type: string}
                time: {type: integer}
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
                source: {type: string}
                type: {type: string}
                time: {type: string, format: date-time}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    """
    for field in message.envelope.attributes if message.envelope else ():
        if field.name == "time":
            type = at.type(field.type)
            if type.shape is Shape.SCALAR and type.scalar != "string":
                yield f"the time of {message.name} is a {type.scalar}"
