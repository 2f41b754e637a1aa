"""What a call does, what it is called, and who answers for it."""

from __future__ import annotations

from collections.abc import Iterator

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Level
from contractbook.lexicon.spelling import words
from contractbook.model import Contract, Operation, Role, Shape
from contractbook.place import Place
from contractbook.rules.http import calls
from contractbook.rules.naming import count, some, vocabulary
from contractbook.texts import expression

REPEATS = expression(r"(?i)idempoten|\brepeat|\bretr(?:y|ies|ied)|\bonce\b|\bdeduplicat|\bduplicate")
MODES = vocabulary("mode view verbose verbosity detailed compact raw representation full")


@rule(Guideline.EXPLICIT, Level.NOTE)
def side_effects_unstated(contract: Contract) -> Iterator[str]:
    """Operations that change something do not say whether a call may be repeated.

    After a time-out a consumer either loses the work or does it twice.

    Take an `Idempotency-Key` header, or say what a second call does; once for all is enough.

    ```openapi bad
    paths:
      /orders:
        post:
          summary: Place an order
          responses: {"201": {description: The order is placed}}
    ```
    ```openapi good
    paths:
      /orders:
        post:
          summary: Place an order
          parameters: [{name: Idempotency-Key, in: header, schema: {type: string}}]
          responses: {"201": {description: The order is placed}}
    ```
    """
    if REPEATS.search(contract.doc):
        return
    changing = [operation for operation in calls(contract) if not operation.idempotent]
    silent = [operation.label for operation in changing if not _says_if_repeatable(operation)]
    if silent:
        told = f"{len(silent)} of {count(len(changing), 'operation')} that change something"
        yield f"{told} do not say whether a call may be repeated: {some(silent)}"


def _says_if_repeatable(operation: Operation) -> bool:
    headers = (field.name for field in operation.parameters if field.role is Role.HEADER)
    return any("idempot" in name.lower() for name in headers) or bool(REPEATS.search(operation.doc))


@rule(Guideline.EXPLICIT, Level.WARNING)
def mode_parameter(operation: Operation, *, at: Place) -> Iterator[Fact]:
    """A flag or mode parameter changes the shape of the answer.

    The answer cannot be typed, and every consumer must know every mode.

    Offer an operation or a media type for each shape, or one shape for all.

    ```openapi bad
    paths:
      /orders:
        get:
          parameters: [{name: verbose, in: query, schema: {type: boolean}}]
          responses: {"200": {description: All orders}}
    ```
    ```openapi good
    paths:
      /orders:
        get: {responses: {"200": {description: All orders}}}
      /order-reports:
        get: {responses: {"200": {description: All orders with their whole history}}}
    ```
    """
    for field in operation.parameters:
        if field.role is Role.QUERY and not MODES.isdisjoint(words(field.name)[-1:]):
            type = at.type(field.type)
            if type.scalar == "boolean" or type.shape is Shape.ENUM:
                yield Fact(f"{field.name} chooses between shapes of the answer", about=field)


@rule(Guideline.EXPLICIT, Level.ERROR)
def duplicate_operation_id(contract: Contract) -> Iterator[Fact]:
    """Two operations share an id.

    Generated clients lose one of them, and a link to the id may lead to the other.

    Give each operation an id of its own.

    ```openapi bad
    paths:
      /orders:
        get: {operationId: list, responses: {"200": {description: All orders}}}
      /customers:
        get: {operationId: list, responses: {"200": {description: All customers}}}
    ```
    ```openapi good
    paths:
      /orders:
        get: {operationId: listOrders, responses: {"200": {description: All orders}}}
      /customers:
        get: {operationId: listCustomers, responses: {"200": {description: All customers}}}
    ```
    """
    for service in contract.services:  # each is a client of its own
        first: dict[str, Operation] = {}
        for operation in service.operations:
            other = first.setdefault(operation.name, operation)
            if other is not operation and operation.name != operation.key:
                yield Fact(f"{operation.label} has the id {operation.name} of {other.label}", about=operation)


@rule(Guideline.EXPLICIT, Level.NOTE)
def owner_missing(contract: Contract) -> Iterator[str]:
    """No owner or contact is declared.

    Consumers do not know whom to ask, to tell of a fault, or to expect a warning from.

    Name a team with an address that outlives its members.

    ```openapi bad
    openapi: 3.1.1
    info: {title: Orders, version: 1.0.0}
    paths: {}
    ```
    ```openapi good
    openapi: 3.1.1
    info:
      title: Orders
      version: 1.0.0
      contact: {name: Order team, email: orders@shop-of-anna.se}
    paths: {}
    ```
    """
    # A schema without a heading has no word for it.
    if contract.title and not contract.roots and not contract.binding.get("contact"):
        yield "No contact is named, so consumers do not know whom to ask"
