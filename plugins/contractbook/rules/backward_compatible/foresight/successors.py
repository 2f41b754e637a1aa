"""Operations in several versions side by side in one contract."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Level
from contractbook.model import Contract, Operation
from contractbook.source.versions import order
from contractbook.texts import expression

VERSION = expression(r"(?<![A-Za-z0-9])v\d+(?:(?:alpha|beta|p)\d+)*(?![A-Za-z0-9])", re.IGNORECASE)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING)
def superseded_not_deprecated(contract: Contract) -> Iterator[Fact]:
    """A newer version of an operation stands beside it in the same contract, and it is not deprecated.

    New consumers begin with either, and those of the old one are never told to move.

    Deprecate the older one, with a sunset and the newer one as its replacement.

    ```openapi bad
    paths:
      /v1/orders: {get: {responses: {"200": {description: All orders}}}}
      /v2/orders: {get: {responses: {"200": {description: All orders}}}}
    ```
    ```openapi good
    paths:
      /v1/orders:
        get:
          deprecated: true
          x-lifecycle: {sunset: 2039-03-01, replacement: GET /v2/orders}
          responses: {"200": {description: All orders}}
      /v2/orders: {get: {responses: {"200": {description: All orders}}}}
    ```
    """
    families: dict[str, list[tuple[str, Operation]]] = defaultdict(list)
    for operation in contract.operations():
        found = VERSION.findall(operation.label)
        if len(found) == 1:
            families[VERSION.sub("", operation.label)].append((found[0].lower(), operation))
    for family in families.values():
        *older, newest = sorted(family, key=lambda pair: order(pair[0]))
        for version, operation in older:
            if version != newest[0] and not operation.lifecycle.deprecated:
                says = f"{operation.label} goes on beside {newest[1].label} and is not deprecated"
                yield Fact(says, about=operation)
