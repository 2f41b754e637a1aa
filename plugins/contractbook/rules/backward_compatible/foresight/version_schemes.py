"""How versions are told apart, so that two can live side by side."""

from __future__ import annotations

from collections.abc import Iterator

from contractbook.declare import rule
from contractbook.finding import Guideline, Level
from contractbook.lexicon.spelling import words
from contractbook.model import Contract, Operation, Role
from contractbook.rules.naming import count, some
from contractbook.texts import expression

IN_PATH = expression(
    r"(?:^|/|\.)v\d+(?:[._]?\d+)*(?:alpha|beta|rc)?\d*(?=/|$)"  # /v1, /v1beta2, /v1.2
    r"|/\d{4}-\d{2}(?:-\d{2})?(?=/|$)|/\d+\.\d+(?=/|$)"  # /2024-01-01, /1.2
)
IN_MEDIA_TYPE = expression(r"[.+-]v\d+|;\s*version=")


@rule(Guideline.BACKWARD_COMPATIBLE, Level.NOTE)
def no_version_scheme(contract: Contract) -> Iterator[str]:
    """No version is visible in an address, a header or a media type.

    Two versions cannot live side by side, so every break hits all consumers at once.

    Put the major version into the address (`/v1`), before the first consumer comes.

    ```openapi bad
    servers: [{url: "https://api.shop-of-anna.se"}]
    paths:
      /orders: {get: {responses: {"200": {description: All orders}}}}
    ```
    ```openapi good
    servers: [{url: "https://api.shop-of-anna.se/v1"}]
    paths:
      /orders: {get: {responses: {"200": {description: All orders}}}}
    ```
    """
    if (
        any(each.address for each in contract.operations())
        and not _schemes(contract)
        and not contract.version
    ):
        yield "No address, header or media type shows a version"


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING)
def mixed_version_schemes(contract: Contract) -> Iterator[str]:
    """The contract uses several version schemes at once.

    Consumers cannot tell which number speaks of a break.

    Keep one: the address, a header, a parameter or the media type.

    ```openapi bad
    servers: [{url: "https://api.shop-of-anna.se/v1"}]
    paths:
      /orders:
        get:
          parameters: [{name: Api-Version, in: header, schema: {type: string}}]
          responses: {"200": {description: All orders}}
    ```
    ```openapi good
    servers: [{url: "https://api.shop-of-anna.se/v1"}]
    paths:
      /orders: {get: {responses: {"200": {description: All orders}}}}
    ```
    """
    schemes = _schemes(contract)
    if len(schemes) > 1:
        ways = some([f"{scheme} ({example})" for scheme, example in schemes.items()])
        yield f"Versions are told in {count(len(schemes), 'way')}: {ways}"


def _schemes(contract: Contract) -> dict[str, str]:
    """The ways in which the contract shows a version, each with an example."""
    found: dict[str, str] = {}
    for server in contract.servers:
        if match := IN_PATH.search(server.url):
            found.setdefault("address", match[0].strip("/."))
    for operation in contract.operations():
        if match := IN_PATH.search(operation.address):
            found.setdefault("address", match[0].strip("/."))
        for scheme, example in _of_call(operation):
            found.setdefault(scheme, example)
    return found


def _of_call(operation: Operation) -> Iterator[tuple[str, str]]:
    for field in operation.parameters:
        if field.role in (Role.HEADER, Role.QUERY) and words(field.name)[-2:] == ("api", "version"):
            yield field.role.value, field.name
    for message in operation.messages:
        if IN_MEDIA_TYPE.search(message.content_type):
            yield "media type", message.content_type
