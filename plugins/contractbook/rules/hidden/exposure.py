"""What should have stayed inside: secrets, fields that are not the consumer's, notes, inner parts."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from contractbook.declare import Fact, rule
from contractbook.finding import Direction, Guideline, Level
from contractbook.lexicon import Words
from contractbook.model import Contract, Field, Group, Message, Operation, Role, Type
from contractbook.place import Place
from contractbook.texts import expression

PERSON = expression(r"(?i)user|customer|member|person|profile|employee|login|registration|account|admin")


@rule(Guideline.HIDDEN, output=Level.ERROR)
def secret_in_response(field: Field, *, at: Place, words: Words) -> Iterator[Fact]:
    """A password, its hash or salt, or another secret is part of what a consumer reads.

    A secret that leaked cannot be called back, and no consumer needs it.

    Leave it out of answers; where one type serves requests and answers, mark the field `writeOnly`.

    ```openapi bad
    paths:
      /me:
        get:
          responses:
            "200":
              description: Who calls
              content:
                application/json:
                  schema:
                    type: object
                    properties: {name: {type: string}, passwordHash: {type: string}}
    ```
    ```openapi good
    paths:
      /me:
        get:
          responses:
            "200":
              description: Who calls
              content:
                application/json:
                  schema:
                    type: object
                    properties: {name: {type: string}, password: {type: string, writeOnly: true}}
    ```
    """
    type = at.type(field.type)
    if field.role is not Role.FIELD or field.write_only or type.write_only or type.scalar != "string":
        return
    if answers := told(at, Direction.OUTPUT):
        grave = _belongs_to_person(at) or any("hash" in hit.word or "salt" in hit.word for hit in words)
        known = any(at.contract.operations())  # of a schema alone nobody says that consumers read it
        yield Fact(f"{field.name} is part of {answers}", level=None if grave and known else Level.WARNING)


def _belongs_to_person(at: Place) -> bool:
    """Whether the type is that of a person or account; a store's or printer's password may be an offer."""
    return any(isinstance(parent, Type) and PERSON.search(parent.name) for parent in at.parents)


def told(at: Place, way: Direction) -> str:
    """The operations that bring the owner of this place along in one direction, in words; or nothing."""
    owner = at.owner.name if at.owner else ""
    return replace(at, direction=way).where if at.reach.entries(owner, way) else ""


@rule(Guideline.HIDDEN, Level.WARNING)
def internal_element_published(
    element: Operation | Field | Type | Group | Message, *, words: Words
) -> Iterator[str]:
    """An element is marked internal, or its text says that it is for internal use only.

    What is published gets used, and then it can no longer change.

    Publish it, or keep it in a contract of its own that only the inner circle gets.

    ```openapi bad
    paths:
      /orders/reindex:
        post:
          description: For internal use only.
          responses: {"204": {description: Done}}
    ```
    ```openapi good
    paths:
      /orders:
        get:
          description: All orders of the customer.
          responses: {"200": {description: All orders}}
    ```
    """
    for hit in words:
        if hit.part == "key":
            if str(element.binding[hit.word]).lower() in ("true", "internal", "private", "company-internal"):
                yield f"{element.label} is marked {hit.word}"
        elif hit.part == "doc":
            yield f"the text of {element.label} says that it is for internal use"
        elif isinstance(element, Operation) and hit.part == "address" and INSIDE.match(element.address):
            yield f"{element.label} says itself that it is internal"


INSIDE = expression(r"(?i)(?:/(?:api|rest|v\d+(?:\.\d+)*))*/internal(?:/|$)")


@rule(Guideline.HIDDEN, Level.WARNING)
def unfinished_text(
    element: Contract | Operation | Message | Field | Type | Group, *, words: Words
) -> Iterator[str]:
    """A text holds TODO, FIXME or another working note.

    Consumers cannot tell what is decided and what is still open.

    Finish the text, or leave the element out until it is decided.

    ```openapi bad
    components:
      schemas:
        Order:
          type: object
          description: "TODO: find out what the fields mean"
    ```
    ```openapi good
    components:
      schemas:
        Order:
          type: object
          description: What a customer has ordered at one time.
    ```
    """
    yield f'a note is left in the text: "{" ".join(words[0].word.split())[:60]}"'


@rule(Guideline.HIDDEN, Level.WARNING)
def organisation_name_in_contract(
    element: Contract | Operation | Message | Field | Type | Group, *, words: Words
) -> Iterator[str]:
    """A text names a team, a ticket, or a page that only the provider's own people can open.

    The next reorganisation makes it wrong, and consumers cannot follow it.

    Say what a consumer needs to know, and keep the reference in the repository.

    ```openapi bad
    paths:
      /orders:
        get:
          description: All orders, see JIRA SHOP-1234
          responses: {"200": {description: All orders}}
    ```
    ```openapi good
    paths:
      /orders:
        get:
          description: All orders, the newest first
          responses: {"200": {description: All orders}}
    ```
    """
    yield f'the text names what only the provider knows: "{words[0].word[:60]}"'


@rule(Guideline.HIDDEN, input=Level.WARNING)
def server_field_in_request(field: Field, *, at: Place, words: Words) -> Iterator[str]:
    """A field that only the provider sets is accepted in requests.

    Consumers send it, and the provider can no longer change where it comes from.

    Mark it `readOnly`, or give requests a type of their own.

    ```openapi bad
    paths:
      /orders:
        post:
          requestBody:
            content:
              application/json:
                schema: {$ref: "#/components/schemas/Order"}
          responses:
            "201":
              description: The new order
              content:
                application/json:
                  schema: {$ref: "#/components/schemas/Order"}
    components:
      schemas:
        Order: {type: object, properties: {item: {type: string}, createdAt: {type: string}}}
    ```
    ```openapi good
    paths:
      /orders:
        post:
          requestBody:
            content:
              application/json:
                schema: {$ref: "#/components/schemas/Order"}
          responses:
            "201":
              description: The new order
              content:
                application/json:
                  schema: {$ref: "#/components/schemas/Order"}
    components:
      schemas:
        Order:
          type: object
          properties: {item: {type: string}, createdAt: {type: string, readOnly: true}}
    ```
    """
    if field.role is not Role.FIELD or field.read_only or words[0].part != "name":
        return
    asked = told(at, Direction.INPUT)
    if asked and told(at, Direction.OUTPUT) and not at.type(field.type).read_only:
        yield f"{field.name} is set by the provider, yet it is part of {asked}"
