"""Fields, parameters and headers: added, removed, changed."""

from __future__ import annotations

from collections.abc import Iterator

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Kind, Level
from contractbook.model import Field
from contractbook.place import Place


@rule(
    Guideline.BACKWARD_COMPATIBLE,
    kind=Kind.STRUCTURAL,
    input=Level.WARNING,
    output=Level.ERROR,
)
def field_removed(old: Field, new: None, *, at: Place) -> Iterator[Fact]:
    """A promised field, parameter or header is gone.

    A consumer that reads it breaks; what a consumer sends in it is dropped or refused.

    Keep the old field beside the new one, deprecated and with a sunset, until its consumers have moved.

    ```openapi old
    paths:
      /customers:
        get:
          responses:
            "200":
              description: All customers
              content:
                application/json:
                  schema:
                    type: object
                    required: [email, phone]
                    properties: {email: {type: string}, phone: {type: string}}
    ```
    ```openapi new
    paths:
      /customers:
        get:
          responses:
            "200":
              description: All customers
              content:
                application/json:
                  schema:
                    type: object
                    required: [email]
                    properties: {email: {type: string}}
    ```
    """
    yield Fact(
        f"{old.name} was removed from {at.where}", old=at.before.type(old.type).label if at.before else None
    )
