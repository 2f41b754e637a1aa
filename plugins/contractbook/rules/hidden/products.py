"""Products and frameworks that show through."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Level
from contractbook.lexicon import Words
from contractbook.model import (
    Action,
    Contract,
    Field,
    Group,
    Message,
    Operation,
    Role,
    Security,
    Server,
    Type,
)
from contractbook.place import Place
from contractbook.texts import expression

SPRINGFOX = expression(r"Using(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)(?:_\d+)?$")
SYMBOL = expression(
    r"(?i:controller|serviceimpl|servlet|repository)[._]\w|(?:Handler|Resource|Endpoint)[._]\w"
)
NUMBERED = expression(r"(?<=[a-z])_[1-9]\d?$")


@rule(Guideline.HIDDEN, Level.WARNING)
def framework_name(
    element: Type | Field | Operation | Message | Group | Contract | Server, *, words: Words
) -> Iterator[str]:
    """An element names a framework, a database or a broker that the provider happens to use.

    Replacing the product makes the contract wrong, or forces a new one on every consumer.

    Say what it is for the consumer: `orderId` instead of `mongoId`, "kept for ten years" without "in Oracle".

    ```openapi bad
    components:
      schemas:
        Order:
          type: object
          properties:
            mongoId: {type: string}
    ```
    ```openapi good
    components:
      schemas:
        Order:
          type: object
          properties:
            orderId: {type: string}
    ```
    """
    for hit in words:
        if hit.part == "name":
            yield f"{element.name} names a product: {hit.word.replace(' ', '')}"
        else:
            yield f"the {hit.noun} names a product: {hit.word}"


@rule(Guideline.HIDDEN, Level.ERROR)
def serializer_discriminator(field: Field, *, words: Words) -> Iterator[str]:
    """A type marker of a serialiser is visible, such as _class, @class, $type or __TypeId__.

    Renaming a class breaks every message that was stored or sent, and other languages cannot use it.

    Tell the variants apart by a field of the interface whose values are words of the domain.

    ```openapi bad
    components:
      schemas:
        Payment:
          type: object
          properties:
            "@class": {type: string, example: com.acme.shop.CardPayment}
    ```
    ```openapi good
    components:
      schemas:
        Payment:
          type: object
          properties:
            method: {type: string, enum: [card, invoice]}
    ```
    """
    yield f"{field.name} is the type marker of a serialiser"


@rule(Guideline.HIDDEN, Level.WARNING)
def framework_cookie(element: Field | Security | Type, *, words: Words) -> Iterator[str]:
    """A cookie of a web framework is part of the contract, such as JSESSIONID or PHPSESSID.

    Changing the server product breaks the consumers that store the cookie.

    Prefer a token in the Authorization header; if it must be a cookie, give it a name of your own.

    ```openapi bad
    components:
      securitySchemes:
        session: {type: apiKey, in: cookie, name: JSESSIONID}
    ```
    ```openapi good
    components:
      securitySchemes:
        session: {type: apiKey, in: cookie, name: shop_session}
    ```
    """
    for hit in words:
        is_cookie = isinstance(element, Security) or (
            isinstance(element, Field) and element.role is Role.COOKIE
        )
        if hit.part != "name" or (is_cookie and isinstance(element, Field | Security)):
            yield f"{hit.word} is a cookie of a framework"
            return


@rule(Guideline.HIDDEN, Level.WARNING)
def technology_header(field: Field, *, at: Place, words: Words) -> Iterator[str]:
    """An answer declares a header of its technology, such as X-Powered-By, Server or X-Runtime.

    The product becomes part of the contract, and a hint to attackers.

    Leave the header out of the contract and, better, out of the answers.

    ```openapi bad
    paths:
      /orders:
        get:
          responses:
            "200":
              description: All orders
              headers:
                X-Powered-By: {schema: {type: string}}
    ```
    ```openapi good
    paths:
      /orders:
        get:
          responses:
            "200":
              description: All orders
              headers:
                Retry-After: {schema: {type: integer}}
    ```
    """
    if field.role is Role.HEADER and isinstance(at.owner, Message):
        yield f"{field.name} tells which technology answers"


@rule(Guideline.HIDDEN, Level.WARNING)
def call_chain_visible(field: Field, *, words: Words) -> Iterator[str]:
    """A parameter, header or field shows the chain of calls inside, such as upstreamService or X-B3-TraceId.

    The order of the internal services becomes part of the contract.

    Let the gateway add such headers. Consumers need at most a request id, or W3C's `traceparent`.

    ```openapi bad
    paths:
      /orders:
        get:
          parameters:
            - {name: X-B3-TraceId, in: header, schema: {type: string}}
    ```
    ```openapi good
    paths:
      /orders:
        get:
          parameters:
            - {name: X-Request-Id, in: header, schema: {type: string}}
    ```
    """
    yield f"{field.name} shows the calls behind the interface"


@rule(Guideline.HIDDEN, Level.WARNING)
def generated_operation_id(contract: Contract) -> Iterator[Fact]:
    """An operation id is the name of a symbol in the code, such as listUsingGET_1 or OrderController_list.

    Refactoring the code renames the methods of every generated client.

    Write the id by hand, as the name that a client's method shall have: `listOrders`.

    ```openapi bad
    paths:
      /orders:
        get:
          operationId: listOrdersUsingGET_1
          responses: {"200": {description: All orders}}
    ```
    ```openapi good
    paths:
      /orders:
        get:
          operationId: listOrders
          responses: {"200": {description: All orders}}
    ```
    """
    operations = [operation for operation in contract.operations() if operation.name != operation.key]
    names = {operation.name for operation in operations}
    for operation in operations:
        if _is_symbol(operation, names):
            yield Fact(f"{operation.name} is made from the code of the provider", about=operation)


def _is_symbol(operation: Operation, names: set[str]) -> bool:
    name = operation.name
    if SPRINGFOX.search(name) or SYMBOL.search(name):
        return True
    if (number := NUMBERED.search(name)) and name[: number.start()] in names:
        return True
    return operation.action is Action.CALL and _repeats_route(name, operation)


def _repeats_route(name: str, operation: Operation) -> bool:
    """Whether a name is a function's, followed by the route, as some frameworks make it."""
    route = re.sub(r"\W", "_", operation.address).strip("_").lower()
    ending = f"_{route}_{operation.method.lower()}"
    trimmed = re.sub(r"_+", "_", name.lower())
    return "_" in route and trimmed.endswith(re.sub(r"_+", "_", ending)) and len(trimmed) > len(ending)
