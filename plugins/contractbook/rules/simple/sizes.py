"""How much a consumer must learn to use a little."""

from __future__ import annotations

from collections.abc import Iterator

from contractbook.declare import rule
from contractbook.finding import Guideline, Level
from contractbook.model import Operation, Role


@rule(Guideline.SIMPLE, Level.NOTE)
def too_many_parameters(operation: Operation, *, limit: int = 12) -> Iterator[str]:
    """An operation takes more than `limit` parameters in its path and query.

    Consumers must learn all of them to know which few they need.

    Split what serves different purposes into operations of their own, or group filters into one object.

    ```openapi bad
    paths:
      /orders:
        get:
          parameters:
            - {name: state, in: query, schema: {type: string}}
            - {name: shop, in: query, schema: {type: string}}
            - {name: customer, in: query, schema: {type: string}}
            - {name: item, in: query, schema: {type: string}}
            - {name: country, in: query, schema: {type: string}}
            - {name: carrier, in: query, schema: {type: string}}
            - {name: placedAfter, in: query, schema: {type: string}}
            - {name: placedBefore, in: query, schema: {type: string}}
            - {name: paidAfter, in: query, schema: {type: string}}
            - {name: paidBefore, in: query, schema: {type: string}}
            - {name: totalAbove, in: query, schema: {type: string}}
            - {name: totalBelow, in: query, schema: {type: string}}
            - {name: sort, in: query, schema: {type: string}}
          responses: {"200": {description: The orders that match}}
    ```
    ```openapi good
    paths:
      /orders:
        get:
          parameters:
            - {name: state, in: query, schema: {type: string}}
            - {name: customer, in: query, schema: {type: string}}
          responses: {"200": {description: The orders that match}}
    ```
    """
    taken = [field for field in operation.parameters if field.role in (Role.PATH, Role.QUERY, Role.ARGUMENT)]
    if len(taken) > limit:
        yield f"{operation.label} takes {len(taken)} parameters"
