"""Bodies, answers and links: added, removed, and written in another way."""

from __future__ import annotations

from collections.abc import Iterator

from contractbook.declare import Fact, rule
from contractbook.finding import Direction, Guideline, Kind, Level
from contractbook.model import Channel, Link, Message, Operation
from contractbook.place import Place
from contractbook.rules.messaging import in_exchange


def caller(at: Place) -> str:
    if at.operation:
        return at.operation.label
    return f"the channel {at.owner.label}" if isinstance(at.owner, Channel) else "the contract"


def has(operation: Operation | None, message: Message) -> bool:
    """Whether an operation has the same answer, or a body, in any media type."""
    return operation is not None and any(
        each.direction is message.direction and (each.status or each.name) == (message.status or message.name)
        for each in operation.messages
    )


def media(message: Message) -> str:
    """The media type without parameters, in lower case (RFC 9110, 8.3.1)."""
    return message.content_type.partition(";")[0].strip().lower()


@rule(
    Guideline.BACKWARD_COMPATIBLE,
    input=Level.WARNING,
    output=Level.ERROR,
    kind=Kind.STRUCTURAL,
)
def body_removed(old: Message, new: None, *, at: Place) -> Iterator[Fact]:
    """An operation no longer takes a body, or an event no longer has one.

    What consumers send in it is ignored or refused, and what they read from it is missing.

    Accept the old body until its consumers have moved.

    ```openapi old
    paths:
      /orders:
        post:
          requestBody: {content: {application/json: {schema: {type: object}}}}
          responses: {"201": {description: The new order}}
    ```
    ```openapi new
    paths:
      /orders:
        post:
          responses: {"201": {description: The new order}}
    ```
    """
    if not (old.status or old.fault) and not has(at.operation, old) and not in_exchange(at):
        yield Fact(f"{caller(at)} has no body any more", old=media(old))


@rule(Guideline.BACKWARD_COMPATIBLE, Level.NOTE, kind=Kind.EXPANSION)
def body_added(old: None, new: Message, *, at: Place) -> Iterator[Fact]:
    """An operation takes a body that nobody must send, or an event has one.

    Consumers may use it, and those that do not are served as before.

    Tell your consumers; they have nothing to do.

    ```openapi old
    paths:
      /orders:
        post:
          responses: {"201": {description: The new order}}
    ```
    ```openapi new
    paths:
      /orders:
        post:
          requestBody: {content: {application/json: {schema: {type: object}}}}
          responses: {"201": {description: The new order}}
    ```
    """
    before = at.before.operation if at.before else None
    demanded = new.required and new.direction is Direction.INPUT
    if not (new.status or new.fault or demanded) and not has(before, new) and not in_exchange(at):
        yield Fact(f"{caller(at)} has a body", new=media(new))


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.ERROR, kind=Kind.STRUCTURAL)
def required_body_added(old: None, new: Message, *, at: Place) -> Iterator[Fact]:
    """An operation demands a body that it did not take before.

    Every call that consumers make today lacks it and is refused.

    Make the body optional, with a default that means what calls meant before.

    ```openapi old
    paths:
      /orders:
        post:
          responses: {"201": {description: The new order}}
    ```
    ```openapi new
    paths:
      /orders:
        post:
          requestBody: {required: true, content: {application/json: {schema: {type: object}}}}
          responses: {"201": {description: The new order}}
    ```
    """
    before = at.before.operation if at.before else None
    if not new.status and new.required and not has(before, new):
        yield Fact(f"{caller(at)} demands a body", new=media(new))


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.ERROR, kind=Kind.STRUCTURAL)
def body_became_required(old: Message, new: Message, *, at: Place) -> Iterator[Fact]:
    """A body that could be left out must be sent.

    Calls without it, which were right until now, are refused.

    Keep it optional, with a default that means what its absence meant.

    ```openapi old
    paths:
      /orders:
        post:
          requestBody: {content: {application/json: {schema: {type: object}}}}
          responses: {"201": {description: The new order}}
    ```
    ```openapi new
    paths:
      /orders:
        post:
          requestBody: {required: true, content: {application/json: {schema: {type: object}}}}
          responses: {"201": {description: The new order}}
    ```
    """
    if new.required and not old.required:
        yield Fact(f"{caller(at)} demands its body", old=False, new=True)


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.NOTE, kind=Kind.EXPANSION)
def body_became_optional(old: Message, new: Message, *, at: Place) -> Iterator[Fact]:
    """A body that had to be sent may be left out.

    Consumers may send less, and what they send today is accepted.

    Tell your consumers what its absence means; they have nothing to do.

    ```openapi old
    paths:
      /orders:
        post:
          requestBody: {required: true, content: {application/json: {schema: {type: object}}}}
          responses: {"201": {description: The new order}}
    ```
    ```openapi new
    paths:
      /orders:
        post:
          requestBody: {content: {application/json: {schema: {type: object}}}}
          responses: {"201": {description: The new order}}
    ```
    """
    if old.required and not new.required:
        yield Fact(f"{caller(at)} no longer demands its body", old=True, new=False)


@rule(
    Guideline.BACKWARD_COMPATIBLE,
    input=Level.WARNING,
    output=Level.ERROR,
    kind=Kind.STRUCTURAL,
)
def response_removed(old: Message, new: None, *, at: Place) -> Iterator[Fact]:
    """An answer that was documented is not answered any more.

    Consumers wait for a success that no longer comes, or handle an error that has another form now.

    Keep the answer; a success may get a further status only for calls that ask for something new.

    ```openapi old
    paths:
      /orders:
        get:
          responses: {"200": {description: All orders}, "204": {description: There is none}}
    ```
    ```openapi new
    paths:
      /orders:
        get:
          responses: {"200": {description: All orders}}
    ```
    """
    if (old.status or old.fault) and not has(at.operation, old):
        soft = old.fault or old.status[:1] == "3"
        said = f"{caller(at)} no longer answers {old.status or old.name}"
        yield Fact(said, old=old.status or old.name, level=Level.WARNING if soft else None)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.NOTE, kind=Kind.EXPANSION)
def response_added(old: None, new: Message, *, at: Place) -> Iterator[Fact]:
    """A success may be answered in a way that was not documented.

    Consumers that look at the class of a status know what it means; those that compare numbers do not.

    Tell your consumers when it comes.

    ```openapi old
    paths:
      /orders:
        get:
          responses: {"200": {description: All orders}}
    ```
    ```openapi new
    paths:
      /orders:
        get:
          responses: {"200": {description: All orders}, "204": {description: There is none}}
    ```
    """
    if new.status and not new.fault and not has(at.before.operation if at.before else None, new):
        yield Fact(f"{caller(at)} may answer {new.status}", new=new.status)


@rule(Guideline.BACKWARD_COMPATIBLE, output=Level.WARNING, kind=Kind.EXPANSION)
def error_added(old: None, new: Message, *, at: Place) -> Iterator[Fact]:
    """An error may be answered that was not documented.

    Consumers have no code for it; whether it is new or only documented now, the contract does not say.

    Say in the description when it comes, and use one common shape for all errors.

    ```openapi old
    paths:
      /orders:
        get:
          responses: {"200": {description: All orders}}
    ```
    ```openapi new
    paths:
      /orders:
        get:
          responses: {"200": {description: All orders}, "429": {description: Too many calls}}
    ```
    """
    if new.fault and not has(at.before.operation if at.before else None, new):
        said = new.status or new.name
        yield Fact(f"{caller(at)} may answer {said}", new=said)


@rule(Guideline.BACKWARD_COMPATIBLE, output=Level.ERROR, kind=Kind.SEMANTIC)
def status_changed(old: Message, new: Message, *, at: Place) -> Iterator[Fact]:
    """The same outcome is answered with another status.

    Consumers decide by the status: a success becomes an error for them, or an order is taken as done that is
    only accepted.

    Keep the status; offer the new behaviour at an operation of its own.

    ```openapi old
    paths:
      /orders:
        post:
          responses: {"201": {description: The order was placed}}
    ```
    ```openapi new
    paths:
      /orders:
        post:
          responses: {"202": {description: The order was placed}}
    ```
    """
    if old.status != new.status:
        alike = old.fault and new.fault and old.status[:1] == new.status[:1]
        later = " and is done later" if new.status == "202" else ""
        said = f"{caller(at)} answers {new.status} instead of {old.status}{later}"
        yield Fact(said, old=old.status, new=new.status, level=Level.WARNING if alike else None)


@rule(Guideline.BACKWARD_COMPATIBLE, output=Level.WARNING, kind=Kind.STRUCTURAL)
def link_removed(old: Link, new: None, *, at: Place) -> Iterator[Fact]:
    """A link from an answer to the next operation is gone.

    Consumers that follow it do not find their way any more.

    Keep the link, and let it lead to what took its operation's place.

    ```openapi old
    paths:
      /orders:
        post:
          responses:
            "201": {description: The new order, links: {pay: {operationId: payOrder}}}
    ```
    ```openapi new
    paths:
      /orders:
        post:
          responses:
            "201": {description: The new order}
    ```
    """
    yield Fact(f"the link {old.name} of {caller(at)} was removed", old=old.operation)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.NOTE, kind=Kind.EXPANSION)
def link_added(old: None, new: Link, *, at: Place) -> Iterator[Fact]:
    """An answer says where a consumer may go on.

    Consumers may follow it, and those that do not are served as before.

    Tell your consumers; they have nothing to do.

    ```openapi old
    paths:
      /orders:
        post:
          responses:
            "201": {description: The new order}
    ```
    ```openapi new
    paths:
      /orders:
        post:
          responses:
            "201": {description: The new order, links: {pay: {operationId: payOrder}}}
    ```
    """
    yield Fact(f"the link {new.name} of {caller(at)} was added", new=new.operation)


@rule(Guideline.BACKWARD_COMPATIBLE, output=Level.WARNING, kind=Kind.SEMANTIC)
def link_changed(old: Link, new: Link, *, at: Place) -> Iterator[Fact]:
    """A link leads to another operation, or hands over other values.

    Consumers that follow it do something else than before.

    Give the new way a name of its own.

    ```openapi old
    paths:
      /orders:
        post:
          responses:
            "201": {description: The new order, links: {next: {operationId: payOrder}}}
    ```
    ```openapi new
    paths:
      /orders:
        post:
          responses:
            "201": {description: The new order, links: {next: {operationId: shipOrder}}}
    ```
    """
    if old.operation != new.operation:
        yield Fact(
            f"the link {new.name} of {caller(at)} leads to {new.operation}, not {old.operation}",
            old.operation,
            new.operation,
        )
    elif dict(old.parameters) != dict(new.parameters):
        yield Fact(
            f"the link {new.name} of {caller(at)} hands over other values",
            old=dict(old.parameters),
            new=dict(new.parameters),
        )
