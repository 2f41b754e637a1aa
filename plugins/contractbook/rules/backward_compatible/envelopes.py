"""The envelope around the data of events: what receivers route, filter and decode by."""

from __future__ import annotations

from collections.abc import Iterator

from contractbook.declare import Fact, rule
from contractbook.finding import Finding, Guideline, Kind, Level
from contractbook.model import Contract, Envelope, Message, Operation
from contractbook.place import Place
from contractbook.rules.backward_compatible.messages import caller
from contractbook.rules.naming import count

NONE = Envelope()


def _constants(old: Message, new: Message, name: str) -> tuple[str, str]:
    """The value of an attribute that both sides fix, else nothing."""
    if old.envelope is None or new.envelope is None:
        return "", ""
    return str(old.envelope.constants.get(name, "")), str(new.envelope.constants.get(name, ""))


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def event_type_changed(old: Message, new: Message, *, at: Place) -> Iterator[Fact]:
    """An event has another type.

    Receivers choose by the type what they take: to them the old event is gone, and the new one unknown.

    Send both events until nobody subscribes to the old one; a new shape deserves a new type beside the old.

    ```asyncapi old
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
                type: {const: com.example.order.created.v1}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    ```asyncapi new
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
                type: {const: com.example.order.placed.v1}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    """
    was, now = _constants(old, new, "type")
    if now and not was:
        yield Fact(
            f"{new.name} of {caller(at)} is bound to the type {now}", old="", new=now, level=Level.NOTE
        )
    elif was != now:
        said = f"is of the type {now}, no longer {was}" if now else f"is no longer bound to the type {was}"
        yield Fact(f"{new.name} of {caller(at)} {said}", old=was, new=now)


@rule(Guideline.BACKWARD_COMPATIBLE, output=Level.WARNING, kind=Kind.SEMANTIC)
def event_origin_changed(old: Message, new: Message, *, at: Place) -> Iterator[Fact]:
    """The source, the subject or the address of the data's schema of an event changed.

    Receivers filter by them, and tell repeats apart by source and id.

    Keep them; a move inside the provider is none of the receivers' business.

    ```asyncapi old
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
    ```asyncapi new
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
                source: {const: /shop/checkout}
                type: {type: string}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    """
    for name in ("source", "subject", "dataschema"):
        was, now = _constants(old, new, name)
        if now and not was:
            yield Fact(f"{name} of {new.name} is bound to be {now}", old="", new=now, level=Level.NOTE)
        elif was != now:
            said = f"is {now}, no longer {was}" if now else f"is no longer bound to be {was}"
            yield Fact(f"{name} of {new.name} {said}", old=was, new=now)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def envelope_changed(old: Message, new: Message, *, at: Place) -> Iterator[Fact]:
    """The envelope of an event came or went, or it is of another version or mode.

    Receivers look for the attributes and the data where they were, and find something else there.

    Send the event in both forms, on two channels, until everybody reads the new one.

    ```asyncapi old
    channels:
      orders:
        address: orders
        messages: {created: {contentType: application/cloudevents+json}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    ```asyncapi new
    channels:
      orders:
        address: orders
        messages: {created: {contentType: application/cloudevents-batch+json}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    """
    before, after = old.envelope, new.envelope
    if (before is None) is not (after is None):
        said = "has an envelope around its data" if after else "no longer has an envelope around its data"
        yield Fact(f"{new.name} of {caller(at)} {said}", old=bool(before), new=bool(after))
        return
    for word in ("version", "mode"):
        was, now = getattr(before or NONE, word), getattr(after or NONE, word)
        if was and now and was != now:
            yield Fact(f"the envelope of {new.name} is {now}, no longer {was}", old=was, new=now)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def event_data_format_changed(old: Message, new: Message, *, at: Place) -> Iterator[Fact]:
    """The data of an event is written in another media type.

    Receivers decode it as it was before, and fail.

    Send the event in both forms, under two types, until nobody reads the old one.

    ```asyncapi old
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
                datacontenttype: {const: application/json}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    ```asyncapi new
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
                datacontenttype: {const: application/avro}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    """
    was, now = _constants(old, new, "datacontenttype")
    if was and now and was != now:
        yield Fact(f"the data of {new.name} is {now}, no longer {was}", old=was, new=now)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.LIFECYCLE)
def event_type_kept(old: Contract, new: Contract, *, findings: tuple[Finding, ...]) -> Iterator[Fact]:
    """The data of an event changed so that readers break, and its type is the same as before.

    Receivers choose by the type how they read the data: they cannot tell the old shape from the new one.

    Give the new shape a type of its own, and send both until nobody subscribes to the old one.

    ```asyncapi old
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
                type: {const: com.example.order.created.v1}
                data: {type: object, required: [total], properties: {total: {type: string}}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    ```asyncapi new
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
                type: {const: com.example.order.created.v1}
                data: {type: object, properties: {sum: {type: string}}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    """
    before = {kind for kind, _, _, _ in _typed(old)}
    for kind, label, operation, message in _typed(new):
        broken = [
            each.message
            for each in findings
            if each.level is Level.ERROR and each.kind is Kind.STRUCTURAL and label in each.places
        ]
        if kind in before and broken:
            said = count(len(broken), "change") + " that readers break by"
            about = f"the event type {kind} is the same after {said}: {broken[0]}"
            yield Fact(about, about=message, within=(operation,))


def _typed(contract: Contract) -> Iterator[tuple[str, str, Operation, Message]]:
    """The events with a type that the contract fixes, and how the places of findings call their messages."""
    for operation in contract.operations():
        for message in operation.messages:
            kind = str(message.envelope.constants.get("type", "")) if message.envelope else ""
            if kind:
                yield kind, f"{operation.label} > {message.name}", operation, message
