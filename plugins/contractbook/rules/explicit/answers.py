"""What an operation may answer."""

from __future__ import annotations

from collections.abc import Iterator

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Level
from contractbook.model import Contract, Message, Operation
from contractbook.place import Place
from contractbook.rules.http import calls, is_call
from contractbook.rules.together import each_or_all


@rule(Guideline.EXPLICIT, Level.WARNING)
def errors_undocumented(contract: Contract) -> Iterator[Fact]:
    """An operation states no failure.

    Consumers handle only the failures that they have met by accident.

    Declare at least one error answer, or a `default` one, with the shape that errors have.

    ```openapi bad
    paths:
      /orders:
        get:
          responses:
            "200": {description: All orders}
    ```
    ```openapi good
    paths:
      /orders:
        get:
          responses:
            "200": {description: All orders}
            default: {description: The request failed}
    ```
    """
    called = list(calls(contract))
    silent = [each for each in called if not any(message.fault for message in each.messages)]
    yield from each_or_all(silent, len(called), "states no failure")


@rule(Guideline.EXPLICIT, Level.WARNING)
def missing_4xx_response(operation: Operation) -> Iterator[str]:
    """An operation declares failures of the provider, but none of the consumer.

    Consumers cannot tell their own mistakes, which a repeat will not heal, from outages.

    Declare the `4xx` answers that a wrong request gets, or `4XX` for all of them.

    ```openapi bad
    paths:
      /orders:
        get:
          responses:
            "200": {description: All orders}
            "500": {description: Something went wrong}
    ```
    ```openapi good
    paths:
      /orders:
        get:
          responses:
            "200": {description: All orders}
            "400": {description: A filter cannot be understood}
            "500": {description: Something went wrong}
    ```
    """
    faults = {message.status for message in operation.messages if message.fault}
    if faults and all(status[:1] == "5" for status in faults) and is_call(operation):
        yield f"{operation.label} states no failure that the consumer causes"


@rule(Guideline.EXPLICIT, Level.WARNING)
def missing_success_response(operation: Operation) -> Iterator[str]:
    """An operation declares no success answer.

    Consumers do not know what they get when all goes well.

    Declare the answer of a successful call with its status and its content.

    ```openapi bad
    paths:
      /orders/{id}:
        delete:
          parameters: [{name: id, in: path, required: true, schema: {type: string}}]
          responses:
            "404": {description: There is no such order}
    ```
    ```openapi good
    paths:
      /orders/{id}:
        delete:
          parameters: [{name: id, in: path, required: true, schema: {type: string}}]
          responses:
            "204": {description: The order is gone}
            "404": {description: There is no such order}
    ```
    """
    statuses = [message.status for message in operation.outputs()]
    if is_call(operation) and not any(status[:1] in ("1", "2", "3", "d") for status in statuses):
        yield f"{operation.label} states no answer for a call that succeeds"


@rule(Guideline.EXPLICIT, Level.WARNING)
def missing_media_type(message: Message, *, at: Place) -> Iterator[str]:
    """A body declares no content type.

    Consumers do not know what to send, or how to read what they get.

    Name the media type of each body, such as `application/json`.

    ```openapi bad
    swagger: "2.0"
    info: {title: Orders, version: 1.0.0}
    paths:
      /orders:
        get:
          responses:
            "200": {description: All orders, schema: {type: array, items: {type: string}}}
    ```
    ```openapi good
    swagger: "2.0"
    info: {title: Orders, version: 1.0.0}
    paths:
      /orders:
        get:
          produces: [application/json]
          responses:
            "200": {description: All orders, schema: {type: array, items: {type: string}}}
    ```
    """
    operation = at.operation
    if message.payload and not message.content_type and operation is not None and is_call(operation):
        yield f"{message.name} has a body without a media type"
