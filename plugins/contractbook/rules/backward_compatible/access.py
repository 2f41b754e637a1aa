"""Who may write and read a field, and what it is where nobody writes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Kind, Level
from contractbook.model import Field, Message, Operation, Type
from contractbook.place import Place

KNOWN = ("x-internal", "x-audience", "x-visibility", "x-permissions", "x-rate-limit", "x-timeout", "x-sla")

FLAGS = {"true", "false", "0", "1"}  # which are equal to Python


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.ERROR, kind=Kind.STRUCTURAL)
def field_became_read_only(old: Field, new: Field, *, at: Place) -> Iterator[Fact]:
    """A field that consumers could write can only be read.

    What they send in it is ignored without a word, or refused.

    Offer an operation of its own for what they want to change.

    ```openapi old
    components:
      schemas: {Customer: {type: object, properties: {status: {type: string}}}}
    ```
    ```openapi new
    components:
      schemas: {Customer: {type: object, properties: {status: {type: string, readOnly: true}}}}
    ```
    """
    if new.read_only and not old.read_only:
        yield Fact(f"{at.called(new)} can no longer be written", old=False, new=True)


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.NOTE, kind=Kind.EXPANSION)
def read_only_lifted(old: Field, new: Field, *, at: Place) -> Iterator[Fact]:
    """A field that could only be read can be written.

    Consumers may change it, and those that do not go on as before.

    Tell your consumers; they have nothing to do.

    ```openapi old
    components:
      schemas: {Customer: {type: object, properties: {status: {type: string, readOnly: true}}}}
    ```
    ```openapi new
    components:
      schemas: {Customer: {type: object, properties: {status: {type: string}}}}
    ```
    """
    if old.read_only and not new.read_only:
        yield Fact(f"{at.called(new)} can be written", old=True, new=False)


@rule(Guideline.BACKWARD_COMPATIBLE, output=Level.ERROR, kind=Kind.STRUCTURAL)
def field_became_write_only(old: Field, new: Field, *, at: Place) -> Iterator[Fact]:
    """A field that consumers could read is no longer sent to them.

    Consumers that read it find nothing.

    Say where to read it instead, and keep it until its consumers have moved.

    ```openapi old
    components:
      schemas: {Customer: {type: object, properties: {card: {type: string}}}}
    ```
    ```openapi new
    components:
      schemas: {Customer: {type: object, properties: {card: {type: string, writeOnly: true}}}}
    ```
    """
    if new.write_only and not old.write_only:
        yield Fact(f"{at.called(new)} can no longer be read", old=False, new=True)


@rule(Guideline.BACKWARD_COMPATIBLE, output=Level.NOTE, kind=Kind.EXPANSION)
def write_only_lifted(old: Field, new: Field, *, at: Place) -> Iterator[Fact]:
    """A field that could only be written can be read.

    Consumers may read it, and those that do not go on as before.

    Make sure that it holds no secret.

    ```openapi old
    components:
      schemas: {Customer: {type: object, properties: {card: {type: string, writeOnly: true}}}}
    ```
    ```openapi new
    components:
      schemas: {Customer: {type: object, properties: {card: {type: string}}}}
    ```
    """
    if old.write_only and not new.write_only:
        yield Fact(f"{at.called(new)} can be read", old=True, new=False)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.SEMANTIC)
def default_changed(old: Field | Type, new: Field | Type, *, at: Place) -> Iterator[Fact]:
    """What holds where nothing is written was set, changed or taken away.

    Consumers that leave it out get another behaviour from one day to the next, and nobody tells them.

    Keep the default; a new behaviour is for those who ask for it.

    ```openapi old
    paths:
      /orders:
        get:
          parameters: [{name: limit, in: query, schema: {type: integer, default: 100}}]
          responses: {"200": {description: All orders}}
    ```
    ```openapi new
    paths:
      /orders:
        get:
          parameters: [{name: limit, in: query, schema: {type: integer, default: 20}}]
          responses: {"200": {description: All orders}}
    ```
    """
    if old.default is msgspec.UNSET and (new.filled if isinstance(new, Field) else new.choice == "tagged"):
        return  # something was always written; now readers know what to take for what is not
    was, now = _shown(old.default), _shown(new.default)
    if was != now and (old.default != new.default or {was, now} <= FLAGS):
        said = f"is {now} by default" if now else "has no default"
        yield Fact(f"{at.called(new)} {said}{f' instead of {was}' if was else ''}", was or None, now or None)


def _shown(value: Any) -> str:
    """A value as JSON, empty where there is none."""
    return "" if value is msgspec.UNSET else msgspec.json.encode(value, enc_hook=str).decode()


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.SEMANTIC)
def extension_changed(
    old: Operation | Message | Field | Type,
    new: Operation | Message | Field | Type,
    *,
    at: Place,
    keys: tuple[str, ...] = KNOWN,
) -> Iterator[Fact]:
    """An extension changed that means something to consumers, such as an audience or a rate limit.

    Whether it breaks them, only the team that gave the key its meaning can tell.

    Say what it means for consumers in the changelog; the option `keys` names the extensions to watch.

    ```openapi old
    paths:
      /orders: {get: {x-audience: public, responses: {"200": {description: All orders}}}}
    ```
    ```openapi new
    paths:
      /orders: {get: {x-audience: internal, responses: {"200": {description: All orders}}}}
    ```
    """
    for key in keys:
        was, now = old.binding.get(key), new.binding.get(key)
        if was != now:
            yield Fact(f"{at.called(new)} has {key} {now} instead of {was}", old=was, new=now)
