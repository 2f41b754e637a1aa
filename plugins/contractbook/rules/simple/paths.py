"""Addresses that consumers can guess and type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Level
from contractbook.lexicon.spelling import words
from contractbook.model import Contract, Operation
from contractbook.rules.http import calls
from contractbook.rules.naming import some, style, vocabulary

VERBS = vocabulary("get fetch retrieve find create add insert update modify edit delete remove save")
ALONE = VERBS - {"find", "save"}
NOUNS = vocabulary("on ons in ins")  # add-ons and plug-ins are things


def _addresses(contract: Contract) -> dict[str, Operation]:
    """Each path with the first operation that it has."""
    found: dict[str, Operation] = {}
    for operation in calls(contract):
        found.setdefault(operation.address, operation)
    return found


@rule(Guideline.SIMPLE, Level.WARNING)
def path_casing(contract: Contract) -> Iterator[Fact]:
    """Segments of paths are not written in one style.

    Consumers mistype addresses, which differ by a letter.

    Write all segments in one style; kebab-case is the most readable.

    ```openapi bad
    paths:
      /order-items: {get: {responses: {"200": {description: All items}}}}
      /order-notes: {get: {responses: {"200": {description: All notes}}}}
      /orderEvents: {get: {responses: {"200": {description: All events}}}}
    ```
    ```openapi good
    paths:
      /order-items: {get: {responses: {"200": {description: All items}}}}
      /order-notes: {get: {responses: {"200": {description: All notes}}}}
      /order-events: {get: {responses: {"200": {description: All events}}}}
    ```
    """
    first: dict[str, Operation] = {}
    for address, operation in _addresses(contract).items():
        for segment in address.split("/"):
            first.setdefault(segment, operation)
    styles = {segment: written for segment in first if (written := style(segment))}
    tally = Counter(styles.values()).most_common()
    if len(tally) < 2:
        return
    usual, number = tally[0]
    if number * 5 < len(styles) * 4 and len(styles) > 5:
        listed = ", ".join(f"{written} ({number})" for written, number in tally)
        yield Fact(f"Paths are written in several styles: {listed}")
        return
    for segment, written in styles.items():
        if written != usual:
            yield Fact(f"{segment} is in {written}, other paths in {usual}", about=first[segment])


@rule(Guideline.SIMPLE, Level.WARNING)
def path_trailing_slash(contract: Contract) -> Iterator[Fact]:
    """A path ends in a slash.

    Some clients, gateways and caches treat it as another address than the one without.

    Leave the slash off.

    ```openapi bad
    paths:
      /orders/: {get: {responses: {"200": {description: All orders}}}}
      /customers: {get: {responses: {"200": {description: All customers}}}}
    ```
    ```openapi good
    paths:
      /orders: {get: {responses: {"200": {description: All orders}}}}
      /customers: {get: {responses: {"200": {description: All customers}}}}
    ```
    """
    addresses = _addresses(contract)
    slashed = [address for address in addresses if address.endswith("/") and address != "/"]
    if len(slashed) * 2 > len(addresses):
        yield Fact(f"{len(slashed)} of {len(addresses)} paths end in a slash: {some(slashed)}")
    else:
        for address in slashed:
            yield Fact(f"{address} ends in a slash, other paths do not", about=addresses[address])


@rule(Guideline.SIMPLE, Level.WARNING)
def verb_in_path(contract: Contract) -> Iterator[Fact]:
    """A path names an action that the HTTP method says already.

    Consumers face a list of procedures in place of a few resources that all work alike.

    Name the thing in the path, and let the method say what happens to it.

    ```openapi bad
    paths:
      /getOrders: {get: {responses: {"200": {description: All orders}}}}
    ```
    ```openapi good
    paths:
      /orders: {get: {responses: {"200": {description: All orders}}}}
    ```
    """
    addresses = _addresses(contract)
    found = [(address, verb) for address in addresses if (verb := _verb(address))]
    if len(found) > 10 and len(found) * 2 > len(addresses):
        told = some([address for address, _ in found])
        yield Fact(f"{len(found)} of {len(addresses)} paths name an action: {told}")
    else:
        for address, verb in found:
            yield Fact(f"{address} names an action: {verb}", about=addresses[address])


def _verb(address: str) -> str:
    for segment in address.replace(".", "/").replace(":", "/").split("/"):
        parts = words(segment) if segment[:1] != "{" else ()
        if parts and parts[0] in VERBS and (parts[0] in ALONE if len(parts) == 1 else parts[1] not in NOUNS):
            return parts[0]
    return ""


@rule(Guideline.SIMPLE, Level.NOTE)
def path_too_deep(operation: Operation, *, limit: int = 4) -> Iterator[str]:
    """A path asks for more than `limit` identifiers.

    Consumers must know all of them to reach one thing, and every level can change.

    Give the inner thing an address of its own, below one or two levels at most.

    ```openapi bad
    paths:
      /shops/{shop}/customers/{customer}/orders/{order}/items/{item}/notes/{note}:
        get: {responses: {"200": {description: The note}}}
    ```
    ```openapi good
    paths:
      /items/{item}/notes/{note}:
        get: {responses: {"200": {description: The note}}}
    ```
    """
    asked = operation.address.count("{")
    if asked > limit:
        yield f"{operation.label} asks for {asked} identifiers"
