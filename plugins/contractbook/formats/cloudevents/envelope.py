"""The envelope of CloudEvents around the data of a message, in all the ways in which contracts write it.

CloudEvents 1.0 knows three modes: the attributes stand beside the data in one value (structured), in
several of them (batch), or in the headers of the message, whose body is the data (binary).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec.structs import replace

from contractbook.model import (
    Contract,
    Envelope,
    Example,
    Field,
    Message,
    Operation,
    Role,
    Shape,
    Type,
)

REQUIRED = ("specversion", "id", "source", "type")  # CloudEvents 1.0.2, "REQUIRED Attributes"
OPTIONAL = ("datacontenttype", "dataschema", "subject", "time")
DATA = ("data", "data_base64")
STRUCTURED = re.compile(r"(?i)application/cloudevents(\+\w+)?$").match
BATCH = re.compile(r"(?i)application/cloudevents-batch(\+\w+)?$").match
PREFIXES = ("ce_", "ce-", "cloudEvents:", "cloudEvents_")  # of Kafka, HTTP and AMQP bindings
_published = re.compile(r"(?i)cloudevents.*/(cloudevents|spec)\.json$|/cloudevents\.json$").search
SIGN = b"specversion"


def mentioned(texts: Iterable[bytes]) -> bool:
    """Whether any text of a contract may hold an envelope: what is cheap to ask of a big one."""
    return any(SIGN in text or b"cloudevents" in text for text in texts)


def enveloped(contract: Contract) -> Contract:
    """The contract with each envelope told of its message, whose payload is then the data alone."""
    opening = _Opening(contract)
    services = tuple(
        replace(service, operations=tuple(opening.operation(each) for each in service.operations))
        for service in contract.services
    )
    channels = tuple(
        replace(channel, messages=tuple(opening.messages(channel.messages))) for channel in contract.channels
    )
    if services == contract.services and channels == contract.channels:
        return contract
    return replace(contract, services=services, channels=channels, types=opening.types)


class Event(NamedTuple):
    """One kind of event that a payload may be."""

    envelope: Envelope
    data: str  # the type of the data; empty where there is none


class _Opening:
    """Opens the envelopes of one contract."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self.types = dict(contract.types)

    def operation(self, operation: Operation) -> Operation:
        """An operation whose messages are opened; in HTTP the headers of a request are its parameters."""
        sent = operation.messages
        if _attributes(operation.parameters):
            moved = tuple(each for each in operation.parameters if _prefixed(each))
            rest = tuple(each for each in operation.parameters if not _prefixed(each))
            operation = replace(operation, parameters=rest)
            sent = tuple(
                replace(each, headers=(*each.headers, *moved)) if each.name == "request" else each
                for each in sent
            )
        messages = tuple(self.messages(sent))
        callbacks = tuple(self.operation(each) for each in operation.callbacks)
        if messages == operation.messages and callbacks == operation.callbacks:
            return operation
        return replace(operation, messages=messages, callbacks=callbacks)

    def messages(self, messages: Iterable[Message]) -> Iterator[Message]:
        """Messages with their envelopes opened: one for each kind of event."""
        for message in messages:
            events = [*self._events(message)]
            for event in events:
                yield _opened(message, event, several=len(events) > 1)
            if not events:
                yield message

    def _events(self, message: Message) -> Iterator[Event]:
        media = message.content_type.partition(";")[0].strip()
        attributes = _attributes(message.headers)
        if attributes:
            yield Event(self._envelope([*attributes.values()], "binary", ""), message.payload)
        elif message.payload:
            payload = self.contract.resolve(message.payload)
            if payload.shape is Shape.LIST and payload.item:
                yield from self._kinds(payload.item, "batch", bool(BATCH(media)))
            else:
                yield from self._kinds(message.payload, "structured", bool(STRUCTURED(media)))
        elif STRUCTURED(media) or BATCH(media):
            yield Event(Envelope(mode="batch" if BATCH(media) else "structured"), "")

    def _kinds(self, name: str, mode: str, surely: bool) -> Iterator[Event]:
        """The events that a type may be: itself, or its variants."""
        type = self.contract.resolve(name)
        variants = self._variants(type)
        events = [event for each, tag in variants if (event := self._event(each, mode, surely, tag))]
        if events and len(events) == len(variants):
            yield from events
        elif event := self._event(type, mode, surely):
            yield event

    def _variants(self, type: Type) -> list[tuple[Type, str]]:
        """The variants of a type, each with the type of event that marks it."""
        discriminator = type.discriminator
        if discriminator and discriminator.field == "type" and discriminator.mapping:
            return [(self.contract.resolve(name), tag) for tag, name in discriminator.mapping.items()]
        return [(self.contract.resolve(part), "") for part in type.parts] if type.shape is Shape.UNION else []

    def _event(self, type: Type, mode: str, surely: bool, tag: str = "") -> Event | None:
        fields = {field.name: field for field in type.fields}
        known = [name for name in REQUIRED if name in fields]
        published = any(self._is_published(base) for base in type.bases)
        if not (published or len(known) == 4 or (len(known) == 3 and (surely or "specversion" in known))):
            return None
        data = next((fields[name].type for name in DATA if name in fields), "")
        envelope = self._envelope([each for each in type.fields if each.name not in DATA], mode, type.name)
        if published:
            standard = (name for name in (*REQUIRED, *OPTIONAL) if name not in fields)
            more = tuple(
                Field(name=name, type=self._text(), role=Role.ATTRIBUTE, required=name in REQUIRED)
                for name in standard
            )
            envelope = replace(envelope, attributes=(*envelope.attributes, *more))
        if tag and "type" not in envelope.constants:
            envelope = replace(envelope, constants={**envelope.constants, "type": tag})
        return Event(envelope, data)

    def _is_published(self, name: str) -> bool:
        """Whether a base is the schema that the CloudEvents project publishes, which is never fetched."""
        known = self.contract.types.get(name)
        return known is not None and bool(_published(str(known.binding.get("unresolved", ""))))

    def _envelope(self, fields: list[Field], mode: str, declared: str) -> Envelope:
        constants = {field.name: value for field in fields if (value := self._constant(field))}
        attributes = tuple(
            replace(
                field,
                role=Role.ATTRIBUTE,
                origin="",
                type=self._text() if field.name in constants else field.type,
            )
            for field in fields
        )
        return Envelope(constants.get("specversion", ""), mode, attributes, constants, declared)

    def _constant(self, field: Field) -> str:
        """The one value that an attribute may have, if the contract fixes it."""
        type = self.contract.resolve(field.type)
        return type.values[0].name if type.shape is Shape.ENUM and len(type.values) == 1 else ""

    def _text(self) -> str:
        """The plain type of texts."""
        self.types.setdefault("string", Type(name="string", shape=Shape.SCALAR, scalar="string"))
        return "string"


def _opened(message: Message, event: Event, several: bool) -> Message:
    """A message of one kind of event; where a message may be several, each is called by its type."""
    kind = event.envelope.constants.get("type") or event.envelope.declared
    named = {"name": kind, "key": f"{message.key} {kind}".strip()} if several and kind else {}
    binary = event.envelope.mode == "binary"
    headers = tuple(field for field in message.headers if not (binary and _prefixed(field)))
    examples = message.examples if binary else tuple(map(_data_of, message.examples))
    return replace(
        message,
        payload=event.data,
        envelope=event.envelope,
        headers=headers,
        examples=examples,
        **named,
    )


def _data_of(example: Example) -> Example:
    """What an example of an event shows of its data; the attributes stay beside it."""
    event = example.value[0] if isinstance(example.value, list) and example.value else example.value
    if not isinstance(event, dict) or "specversion" not in event:
        return example
    attributes = {name: said for name, said in event.items() if name not in DATA}
    key = next((key for key in DATA if key in event), "")
    binding = {**example.binding, "attributes": attributes}
    if event is not example.value:
        key = f"0/{key}"
    return replace(
        example, value=event.get(key.rpartition("/")[2]), at=f"{example.at}/{key}", binding=binding
    )


def _attributes(fields: Iterable[Field]) -> dict[str, Field]:
    """The attributes that headers carry, if they are those of an envelope."""
    found = {
        name: replace(field, name=name, key="")
        for field in fields
        if field.role is Role.HEADER and (name := _attribute(field))
    }
    return found if len([name for name in REQUIRED if name in found]) >= 3 else {}


def _prefixed(field: Field) -> bool:
    return field.role is Role.HEADER and bool(_attribute(field))


def _attribute(field: Field) -> str:
    """The attribute that a header is, by its prefix; the content type is that of the data."""
    if field.name.lower() == "content-type":
        return "datacontenttype"
    return next(
        (field.name[len(each) :] for each in PREFIXES if field.name.lower().startswith(each.lower())), ""
    )
