"""What registered consumers use, held against what their providers offer."""

from __future__ import annotations

from collections.abc import Iterator

from contractbook.declare import rule
from contractbook.finding import Guideline, Level
from contractbook.model import Contract


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR)
def consumer_unmet(contract: Contract) -> Iterator[str]:
    """A registered consumer uses what its provider does not offer.

    It fails as soon as it calls, or it is registered wrongly and nobody knows whom a change breaks.

    Change the consumer or its file, or let the provider offer it first.

    ```reader bad
    consumer: billing
    provider: customers
    reads:
      - operation: GET /customers/{id}
        fields: [faxNumber]
    ```
    ```reader good
    consumer: billing
    provider: customers
    reads:
      - operation: GET /customers/{id}
        fields: [email]
    ```
    """
    return iter(())


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING)
def provider_unknown(contract: Contract) -> Iterator[str]:
    """A registered consumer names a provider that has no contract here.

    No change is ever held against it.

    Name the provider as its service is called; further names of a service stand under `services: names`.

    ```reader bad
    consumer: billing
    provider: custmers
    reads: [{operation: "GET /customers/{id}"}]
    ```
    ```reader good
    consumer: billing
    provider: customers
    reads: [{operation: "GET /customers/{id}"}]
    ```
    """
    return iter(())
