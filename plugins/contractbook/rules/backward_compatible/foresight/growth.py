"""Room to grow: what a provider may add later without breaking consumers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contractbook.declare import Fact, rule
from contractbook.finding import Direction, Guideline, Level
from contractbook.lexicon.spelling import words
from contractbook.model import Contract, Message, Operation, Shape, Type
from contractbook.place import Place
from contractbook.rules.http import calls, is_json, successes
from contractbook.rules.naming import count, some, vocabulary
from contractbook.rules.together import each_or_all
from contractbook.texts import expression

CATCH_ALL = vocabulary("unknown other others unspecified undefined none default unrecognized unsupported")
SAYS_ALL = expression("|".join(sorted(CATCH_ALL)), re.IGNORECASE)
MAY_GROW = expression(
    r"\b(?:may|might|can|could|will) (?:be )?(?:add|grow|exten|change)|unknown|in (?:the )?future|new values",
    re.IGNORECASE,
)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.NOTE)
def closed_enum_in_output(contract: Contract, *, at: Place) -> Iterator[str]:
    """Enumerations that consumers read have no value for the unknown, and no note that they may grow.

    The first new value breaks consumers that list all cases.

    Say that values may be added and what a consumer does with one that it does not know.

    ```openapi bad
    paths:
      /orders:
        get:
          responses:
            "200":
              description: The state of the order
              content: {application/json: {schema: {type: string, enum: [open, paid]}}}
    ```
    ```openapi good
    paths:
      /orders:
        get:
          responses:
            "200":
              description: The state of the order
              content:
                application/json:
                  schema:
                    type: string
                    enum: [open, paid]
                    description: More values may be added; treat those that you do not know as `open`.
    ```
    """
    if MAY_GROW.search(contract.doc):
        return
    closed = {type.name for type in _read(contract, at) if _is_closed(type)}
    for type in contract.types.values() if closed else ():
        mine = [field for field in type.fields if field.type in closed]
        closed.difference_update(field.type for field in mine if MAY_GROW.search(field.doc))
    if closed:
        names = [name for name in contract.types if name in closed]
        yield f"{count(len(names), 'enumeration')} that {_readers(contract)} cannot grow: {some(names)}"


def _readers(contract: Contract) -> str:
    """Who reads the types, as surely as it is said: a schema alone may be read or written."""
    return "consumers read" if any(contract.operations()) else "consumers may read"


def _read(contract: Contract, at: Place) -> Iterator[Type]:
    """The types that consumers read."""
    types = contract.types.values()
    return (type for type in types if at.reach.travels(type.name, Direction.OUTPUT))


def _is_closed(type: Type) -> bool:
    if type.shape is not Shape.ENUM or type.open or len(type.values) < 2 or MAY_GROW.search(type.doc):
        return False
    names = " ".join([value.name for value in type.values])
    return not SAYS_ALL.search(names) or all(CATCH_ALL.isdisjoint(words(value.name)) for value in type.values)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING)
def strict_output_type(contract: Contract, *, at: Place) -> Iterator[Fact]:
    """A type that consumers read forbids unknown fields.

    Any added field breaks those who validate, so the provider cannot grow.

    Leave what consumers read open, and tell them to ignore what they do not know.

    ```openapi bad
    paths:
      /orders:
        get:
          responses:
            "200":
              description: The order
              content:
                application/json:
                  schema: {type: object, properties: {id: {type: string}}, additionalProperties: false}
    ```
    ```openapi good
    paths:
      /orders:
        get:
          responses:
            "200":
              description: The order
              content:
                application/json:
                  schema: {type: object, properties: {id: {type: string}}}
    ```
    ```xsd bad
    <xs:element name="customer"><xs:complexType><xs:sequence>
      <xs:element name="email" type="xs:string"/>
    </xs:sequence></xs:complexType></xs:element>
    ```
    ```xsd good
    <xs:element name="customer"><xs:complexType><xs:sequence>
      <xs:element name="email" type="xs:string"/>
      <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
    </xs:sequence></xs:complexType></xs:element>
    ```
    """
    read = [type for type in _read(contract, at) if type.shape is Shape.RECORD and type.fields]
    strict = [type for type in read if not type.open and not (type.tacit and type.inline)]
    forbids = "forbids fields that are not declared"
    yield from each_or_all(strict, len(read), forbids, noun=f"types that {_readers(contract)}", share=0.3)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.NOTE)
def array_as_body(contract: Contract) -> Iterator[Fact]:
    """An answer is a bare list.

    Paging, totals or warnings cannot be added without a break.

    Answer an object with the list in a field.

    ```openapi bad
    paths:
      /orders:
        get:
          responses:
            "200":
              description: All orders
              content: {application/json: {schema: {type: array, items: {type: string}}}}
    ```
    ```openapi good
    paths:
      /orders:
        get:
          responses:
            "200":
              description: All orders
              content:
                application/json:
                  schema: {type: object, properties: {orders: {type: array, items: {type: string}}}}
    ```
    """
    called = list(calls(contract))
    bare = [call for call in called if any(_is_list(answer, contract) for answer in successes(call))]
    yield from each_or_all(bare, len(called), "answers a bare list", share=0)


def _is_list(message: Message, contract: Contract) -> bool:
    if message.payload not in contract.types or not is_json(message) or message.stream:
        return False
    return contract.resolve(message.payload).shape is Shape.LIST


@rule(Guideline.BACKWARD_COMPATIBLE, Level.NOTE)
def update_without_etag(contract: Contract) -> Iterator[str]:
    """Updates have no way to detect that another changed the same thing meanwhile.

    Consumers overwrite each other's changes without a word.

    Answer an `ETag`, and take it back in `If-Match` (RFC 9110, 13.1.1).

    ```openapi bad
    paths:
      /customers/{id}:
        put: {responses: {"204": {description: Replaced}}}
    ```
    ```openapi good
    paths:
      /customers/{id}:
        put:
          parameters: [{name: If-Match, in: header, schema: {type: string}}]
          responses:
            "204": {description: Replaced}
            "412": {description: Another changed it meanwhile}
    ```
    """
    updates = [operation for operation in calls(contract) if operation.method in ("PUT", "PATCH")]
    blind = [operation.label for operation in updates if not _detects(operation)]
    if blind:
        these = f"{len(blind)} of {count(len(updates), 'update')}"
        yield f"{these} cannot detect that another changed the same: {some(blind)}"


def _detects(operation: Operation) -> bool:
    headers = {field.name.lower() for field in operation.parameters}
    statuses = {message.status for message in operation.messages}
    return "if-match" in headers or "if-unmodified-since" in headers or "412" in statuses
