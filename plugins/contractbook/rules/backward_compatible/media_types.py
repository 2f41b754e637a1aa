"""The media types of bodies, and how values are written in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Kind, Level
from contractbook.model import Field, Message, Type
from contractbook.place import Place
from contractbook.rules.backward_compatible.messages import caller, has, media
from contractbook.rules.messaging import in_exchange
from contractbook.rules.naming import some

STYLE = ("in", "style", "explode", "collectionFormat", "contentType")
GRANTED = ("allowReserved", "allowEmptyValue")
CONTENT = ("contentEncoding", "contentMediaType")


def _told(message: Message, at: Place) -> str:
    """An answer or body, as a sentence calls it: `answer 404 of GET /orders`."""
    body = message.name if in_exchange(at) else "body"
    return f"{f'answer {message.status}' if message.status else body} of {caller(at)}"


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def media_type_removed(old: Message, new: None, *, at: Place) -> Iterator[Fact]:
    """A media type is no longer accepted or answered.

    Consumers that write or ask for it are refused.

    Keep serving it until no consumer asks for it any more.

    ```openapi old
    paths:
      /orders:
        get:
          responses: {"200": {description: All orders, content: {application/json: {}, application/xml: {}}}}
    ```
    ```openapi new
    paths:
      /orders:
        get:
          responses: {"200": {description: All orders, content: {application/json: {}}}}
    ```
    """
    if old.content_type and has(at.operation, old):
        yield Fact(f"the {_told(old, at)} is no longer {media(old)}", old=media(old))


@rule(Guideline.BACKWARD_COMPATIBLE, Level.NOTE, kind=Kind.EXPANSION)
def media_type_added(old: None, new: Message, *, at: Place) -> Iterator[Fact]:
    """A further media type is accepted or answered.

    Consumers may use it, and what they use today still works.

    Tell your consumers; they have nothing to do.

    ```openapi old
    paths:
      /orders:
        get:
          responses: {"200": {description: All orders, content: {application/json: {}}}}
    ```
    ```openapi new
    paths:
      /orders:
        get:
          responses: {"200": {description: All orders, content: {application/json: {}, application/xml: {}}}}
    ```
    """
    if new.content_type and has(at.before.operation if at.before else None, new):
        yield Fact(f"the {_told(new, at)} may be {media(new)} too", new=media(new))


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def media_type_changed(old: Message, new: Message, *, at: Place) -> Iterator[Fact]:
    """A body has another media type.

    Consumers ask for a type that is not there, or read with the wrong reader.

    Offer both media types, and let consumers choose by `Accept` and `Content-Type`.

    ```openapi old
    paths:
      /orders:
        get:
          responses: {"200": {description: All orders, content: {application/json: {}}}}
    ```
    ```openapi new
    paths:
      /orders:
        get:
          responses: {"200": {description: All orders, content: {application/xml: {}}}}
    ```
    """
    was, now = media(old), media(new)
    if was and now and was != now:
        safe = at.read and not at.written and _specialised(was, now)
        said = f"the {_told(new, at)} is {now} instead of {was}"
        yield Fact(said, old=was, new=now, level=Level.NOTE if safe else None)


def _specialised(was: str, now: str) -> bool:
    """Whether a reader of the old media type also reads the new one: `application/hal+json` is JSON."""
    general, _, kind = was.partition("/")
    return was == "*/*" or (kind == "*" and now.startswith(general)) or now.endswith(f"+{kind}")


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.ERROR, output=Level.NOTE, kind=Kind.STRUCTURAL)
def body_described(old: Message, new: Message, *, at: Place) -> Iterator[Fact]:
    """A body that had no schema has one.

    What consumers write was taken as it was, and is held against the schema now.

    Let the schema admit all that was accepted before.

    ```openapi old
    paths:
      /orders:
        post:
          requestBody: {content: {application/json: {}}}
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
    if new.payload and not old.payload:
        yield Fact(f"the {_told(new, at)} has a schema", new=new.payload)


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.NOTE, output=Level.WARNING, kind=Kind.STRUCTURAL)
def body_undescribed(old: Message, new: Message, *, at: Place) -> Iterator[Fact]:
    """A body lost its schema, or is not there any more.

    Consumers read fields that nobody promises any more.

    Keep the schema, and change it in compatible steps.

    ```openapi old
    paths:
      /orders:
        get:
          responses: {"200": {description: All orders, content: {application/json: {schema: {type: array}}}}}
    ```
    ```openapi new
    paths:
      /orders:
        get:
          responses: {"200": {description: All orders}}
    ```
    """
    if old.payload and not new.payload:
        gone = "body" if old.content_type and not new.content_type else "schema"
        level = Level.ERROR if gone == "body" and at.read else None
        yield Fact(f"the {_told(new, at)} has no {gone} any more", old=old.payload, level=level)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def part_encoding_changed(old: Message, new: Message, *, at: Place) -> Iterator[Fact]:
    """The parts of a form or multipart body are written in another way.

    What consumers put together as before cannot be taken apart any more.

    Accept both ways, or take the new one under another media type.

    ```openapi old
    paths:
      /orders:
        post:
          requestBody:
            content:
              multipart/form-data:
                schema: {type: object, properties: {picture: {type: string}}}
                encoding: {picture: {contentType: image/png}}
          responses: {"201": {description: The new order}}
    ```
    ```openapi new
    paths:
      /orders:
        post:
          requestBody:
            content:
              multipart/form-data:
                schema: {type: object, properties: {picture: {type: string}}}
                encoding: {picture: {contentType: image/webp}}
          responses: {"201": {description: The new order}}
    ```
    """
    was, now = old.binding.get("encoding") or {}, new.binding.get("encoding") or {}
    if was == now or media(old) != media(new):
        return
    before = at.before or at
    kept = _names(old, before) & _names(new, at)  # the encoding of a new part is no change
    parts = sorted(name for name in {**was, **now} if was.get(name) != now.get(name) and name in kept)
    if parts:
        said = f"the {_told(new, at)} has another encoding for {some(parts)}"
        yield Fact(
            said, old={name: was.get(name) for name in parts}, new={name: now.get(name) for name in parts}
        )


def _names(message: Message, at: Place) -> set[str]:
    """The names of the parts of a body."""
    return {field.name for field in at.type(message.payload).fields} if message.payload else set()


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def parameter_style_changed(old: Field, new: Field, *, at: Place) -> Iterator[Fact]:
    """A parameter or header is written in another way: its style, explode flag or media type changed.

    A list that consumers write as before is read as one value, or only in part.

    Accept both ways, or take the new one under another name.

    ```openapi old
    paths:
      /orders:
        get:
          parameters: [{name: ids, in: query, explode: false, schema: {type: array}}]
          responses: {"200": {description: All orders}}
    ```
    ```openapi new
    paths:
      /orders:
        get:
          parameters: [{name: ids, in: query, schema: {type: array}}]
          responses: {"200": {description: All orders}}
    ```
    """
    if old.role is new.role:
        was, now = _kept(old, STYLE), _kept(new, STYLE)
        if was != now:
            changed = [key for key in STYLE if was.get(key) != now.get(key)]
            yield Fact(f"{at.called(new)} is written with another {' and '.join(changed)}", old=was, new=now)


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.ERROR, kind=Kind.STRUCTURAL)
def parameter_leave_changed(old: Field, new: Field, *, at: Place) -> Iterator[Fact]:
    """Whether a parameter may be empty, or hold reserved characters as they are, has changed.

    Where the leave is withdrawn, calls that were right until now are refused.

    Go on accepting what was accepted.

    ```openapi old
    paths:
      /orders:
        get:
          parameters: [{name: open, in: query, allowEmptyValue: true, schema: {type: string}}]
          responses: {"200": {description: All orders}}
    ```
    ```openapi new
    paths:
      /orders:
        get:
          parameters: [{name: open, in: query, schema: {type: string}}]
          responses: {"200": {description: All orders}}
    ```
    """
    was, now = ({key for key in GRANTED if side.binding.get(key) is True} for side in (old, new))
    if was != now:
        said = f"no longer has {' and '.join(sorted(was - now))}" if was - now else f"has {' and '.join(now)}"
        yield Fact(
            f"{at.called(new)} {said}", sorted(was), sorted(now), level=None if was - now else Level.NOTE
        )


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def content_encoding_changed(old: Field | Type, new: Field | Type, *, at: Place) -> Iterator[Fact]:
    """A text holds content in another encoding, or of another media type.

    Consumers decode it as before and read nonsense.

    Put the new content into a field of its own.

    ```openapi old
    components:
      schemas:
        Label:
          type: object
          properties: {picture: {type: string, contentEncoding: base64, contentMediaType: image/png}}
    ```
    ```openapi new
    components:
      schemas:
        Label:
          type: object
          properties: {picture: {type: string, contentEncoding: base64, contentMediaType: image/webp}}
    ```
    """
    was, now = _kept(old, CONTENT), _kept(new, CONTENT)
    if was != now:
        said = ", ".join(map(str, now.values())) or "not encoded"
        yield Fact(f"{at.called(new)} is {said}", old=was, new=now)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def xml_changed(old: Field | Type, new: Field | Type, *, at: Place) -> Iterator[Fact]:
    """A value is written in XML in another way: its name, namespace, wrapper or being an attribute changed.

    Consumers look for the old element and find nothing.

    Keep the XML as it is; new names are for a new version.

    ```openapi old
    components:
      schemas: {Order: {type: object, properties: {id: {type: string, xml: {attribute: true}}}}}
    ```
    ```openapi new
    components:
      schemas: {Order: {type: object, properties: {id: {type: string}}}}
    ```
    """
    was, now = old.binding.get("xml") or {}, new.binding.get("xml") or {}
    if was != now:
        changed = sorted(key for key in {**was, **now} if was.get(key) != now.get(key))
        yield Fact(f"{at.called(new)} has another {' and '.join(changed)} in XML", old=was, new=now)


def _kept(element: Field | Type, keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: element.binding[key] for key in keys if key in element.binding}
