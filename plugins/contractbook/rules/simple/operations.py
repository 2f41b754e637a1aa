"""Operations that are easy to find and to call."""

from __future__ import annotations

from collections.abc import Iterator

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Level
from contractbook.lexicon.spelling import words
from contractbook.model import Contract, Operation
from contractbook.rules.http import calls, is_call
from contractbook.rules.naming import vocabulary
from contractbook.rules.together import each_or_all
from contractbook.texts import expression

SAFE_IN_LINKS = expression(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]+")  # RFC 3986, 2
CHANGES = vocabulary(
    "create creates add adds update updates delete deletes remove removes insert inserts modify cancel"
    " cancels reset revoke revokes activate deactivate enable disable archive submit send sends set sets"
)
_FIRST_WORD = expression(r"[A-Za-z]+(?![\w-])")


@rule(Guideline.SIMPLE, Level.WARNING)
def missing_operation_id(contract: Contract) -> Iterator[Fact]:
    """An operation has no id.

    Generated clients get random method names that change with the path, and links have no target.

    Give it a short id of a verb and a noun, such as `listOrders`.

    ```openapi bad
    paths:
      /orders:
        get: {responses: {"200": {description: All orders}}}
    ```
    ```openapi good
    paths:
      /orders:
        get: {operationId: listOrders, responses: {"200": {description: All orders}}}
    ```
    """
    called = list(calls(contract))
    unnamed = [operation for operation in called if operation.name == operation.key]
    yield from each_or_all(unnamed, len(called), "has no id")


@rule(Guideline.SIMPLE, Level.WARNING)
def operation_id_not_url_safe(operation: Operation) -> Iterator[str]:
    """An operation id holds characters that a link cannot carry.

    Links to the operation and the names that are generated from it break.

    Use letters, digits and hyphens or underscores.

    ```openapi bad
    paths:
      /orders:
        get: {operationId: list all orders, responses: {"200": {description: All orders}}}
    ```
    ```openapi good
    paths:
      /orders:
        get: {operationId: listAllOrders, responses: {"200": {description: All orders}}}
    ```
    """
    if operation.name != operation.key and not SAFE_IN_LINKS.fullmatch(operation.name):
        yield f"The operation id {operation.name} cannot stand in a link"


@rule(Guideline.SIMPLE, Level.NOTE)
def missing_summary(contract: Contract) -> Iterator[Fact]:
    """An operation has a description but no summary.

    Lists of operations show bare paths, or the beginning of a long text.

    Write a summary of a few words, beginning with a verb, beside the description.

    ```openapi bad
    paths:
      /orders:
        get:
          description: The orders of the caller, the latest first. Closed ones are kept for a year.
          responses: {"200": {description: All orders}}
    ```
    ```openapi good
    paths:
      /orders:
        get:
          summary: List orders
          description: The orders of the caller, the latest first. Closed ones are kept for a year.
          responses: {"200": {description: All orders}}
    ```
    """
    described = [operation for operation in calls(contract) if operation.doc]
    bare = [operation for operation in described if not operation.title]
    yield from each_or_all(bare, len(described), "has no summary")


@rule(Guideline.SIMPLE, Level.WARNING)
def get_with_body(contract: Contract) -> Iterator[Fact]:
    """A GET or HEAD operation takes a body.

    Many clients, proxies and caches drop it (RFC 9110, 9.3.1), so it works for some consumers only.

    Put the values into the query, or offer the search as a POST operation.

    ```openapi bad
    paths:
      /orders:
        get:
          requestBody: {content: {application/json: {schema: {type: object}}}}
          responses: {"200": {description: The orders that were asked for}}
    ```
    ```openapi good
    paths:
      /orders/search:
        post:
          requestBody: {content: {application/json: {schema: {type: object}}}}
          responses: {"200": {description: The orders that were asked for}}
    ```
    """
    reading = [operation for operation in calls(contract) if operation.method in ("GET", "HEAD")]
    odd = [operation for operation in reading if any(each.payload for each in operation.inputs())]
    yield from each_or_all(odd, len(reading), "takes a body", noun="reading operations", share=0.5)


@rule(Guideline.SIMPLE, Level.WARNING)
def get_changes_state(operation: Operation) -> Iterator[str]:
    """A GET operation has a name or a summary that says it changes something.

    Caches answer in its place, and crawlers and link previews trigger the change.

    Offer what changes something as POST, PUT, PATCH or DELETE.

    ```openapi bad
    paths:
      /orders/{id}/cancellation:
        get:
          operationId: cancelOrder
          parameters: [{name: id, in: path, required: true, schema: {type: string}}]
          responses: {"204": {description: The order is cancelled}}
    ```
    ```openapi good
    paths:
      /orders/{id}/cancellation:
        post:
          operationId: cancelOrder
          parameters: [{name: id, in: path, required: true, schema: {type: string}}]
          responses: {"204": {description: The order is cancelled}}
    ```
    """
    if operation.method != "GET" or not is_call(operation):
        return
    for text in (operation.name if operation.name != operation.key else "", operation.title):
        first = _first_word(text)
        if first in CHANGES:
            yield f"{operation.label} reads by its method, but its name says {first}"
            return


def _first_word(text: str) -> str:
    if " " in text:
        found = _FIRST_WORD.match(text)
        return found[0].lower() if found else ""
    parts = words(text)
    return parts[0] if len(parts) > 1 else ""
