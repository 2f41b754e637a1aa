"""Addresses: of operations, and of the servers that they are offered at."""

from __future__ import annotations

from collections.abc import Iterator

from contractbook.addresses import base, neutral, prefixes, whole
from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Kind, Level
from contractbook.model import Operation, Server, Variable
from contractbook.place import Place


def change(old: Operation, new: Operation, at: Place) -> str:
    """How the address of an operation changed: elsewhere, prefix, case, slash; empty if it did not."""
    if old.method != new.method:
        return "elsewhere"
    was, now = neutral(old.address), neutral(new.address)
    before = at.before or at
    if was == now or neutral(whole(before.contract, old)) == neutral(whole(at.contract, new)):
        return ""
    if was.rstrip("/") == now.rstrip("/"):
        return "slash"
    if was.rstrip("/").lower() == now.rstrip("/").lower():
        return "case"
    return "prefix" if prefixes(old.address, new.address) else "elsewhere"


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def operation_moved(old: Operation, new: Operation, *, at: Place) -> Iterator[Fact]:
    """An operation has another path or method, or a callback another address.

    Consumers call the old address and are told that there is nothing.

    Keep the old path beside the new one, deprecated, or answer it with a permanent redirect (308).

    ```openapi old
    paths:
      /order: {get: {operationId: listOrders, responses: {"200": {description: All orders}}}}
    ```
    ```openapi new
    paths:
      /orders: {get: {operationId: listOrders, responses: {"200": {description: All orders}}}}
    ```
    """
    if change(old, new, at) == "elsewhere":
        was, now = (old.label, new.label) if old.label != new.label else (old.address, new.address)
        yield Fact(f"{was} moved to {now}", old=was, new=now)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def path_prefix_changed(old: Operation, new: Operation, *, at: Place) -> Iterator[Fact]:
    """Paths begin in another way, and are the same from there on.

    Consumers that put addresses together call the old ones and are told that there is nothing.

    Serve both prefixes until all consumers have moved; a new version may have its own from the start.

    ```openapi old
    paths:
      /v1/orders: {get: {responses: {"200": {description: All orders}}}}
    ```
    ```openapi new
    paths:
      /v2/orders: {get: {responses: {"200": {description: All orders}}}}
    ```
    """
    found = prefixes(old.address, new.address)
    if found and change(old, new, at) == "prefix":
        yield Fact(f"{old.label} moved to {new.address}", old=found[0], new=found[1], common=True)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def path_case_changed(old: Operation, new: Operation, *, at: Place) -> Iterator[Fact]:
    """A path is spelled with other upper and lower case.

    Paths are told apart by case (RFC 3986, 6.2.2.1), so the old address is gone.

    Keep the spelling, or serve both.

    ```openapi old
    paths:
      /Orders: {get: {responses: {"200": {description: All orders}}}}
    ```
    ```openapi new
    paths:
      /orders: {get: {responses: {"200": {description: All orders}}}}
    ```
    """
    if change(old, new, at) == "case":
        yield Fact(f"{old.label} is spelled {new.address}", old=old.address, new=new.address)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.STRUCTURAL)
def trailing_slash_changed(old: Operation, new: Operation, *, at: Place) -> Iterator[Fact]:
    """A path gained or lost the slash at its end.

    Some servers answer both addresses, others redirect, and a redirect turns a POST into a GET.

    Serve both addresses.

    ```openapi old
    paths:
      /orders/: {get: {responses: {"200": {description: All orders}}}}
    ```
    ```openapi new
    paths:
      /orders: {get: {responses: {"200": {description: All orders}}}}
    ```
    """
    if change(old, new, at) == "slash":
        lost = "lost" if old.address.endswith("/") else "gained"
        yield Fact(f"{new.label} {lost} the slash at its end", old=old.address, new=new.address)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def server_removed(old: Server, new: None) -> Iterator[Fact]:
    """A server is no longer named.

    Consumers that are set up for its address lose their service.

    Announce the day, and keep the address alive until then.

    ```openapi old
    servers: [{url: "https://api.acme.example"}, {url: "https://eu.acme.example"}]
    paths: {}
    ```
    ```openapi new
    servers: [{url: "https://api.acme.example"}]
    paths: {}
    ```
    """
    yield Fact(f"the server {old.url} is no longer offered", old=old.url)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.NOTE, kind=Kind.EXPANSION)
def server_added(old: None, new: Server) -> Iterator[Fact]:
    """A further server is named.

    Consumers may choose it, for example because it is nearer.

    Tell your consumers; they have nothing to do.

    ```openapi old
    servers: [{url: "https://api.acme.example"}]
    paths: {}
    ```
    ```openapi new
    servers: [{url: "https://api.acme.example"}, {url: "https://eu.acme.example"}]
    paths: {}
    ```
    """
    yield Fact(f"the server {new.url} is offered too", new=new.url)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def server_url_changed(old: Server, new: Server, *, at: Place) -> Iterator[Fact]:
    """The address of a server changed.

    Every consumer that is set up for the old address fails.

    Keep the old address, as an alias or a redirect, until all consumers have moved.

    ```openapi old
    servers: [{url: "https://api.acme.example"}]
    paths: {}
    ```
    ```openapi new
    servers: [{url: "https://shop.acme.example"}]
    paths: {}
    ```
    """
    if old.url.rstrip("/") != new.url.rstrip("/") and not _in_paths(old, new, at):
        yield Fact(f"the server {old.url} became {new.url}", old=old.url, new=new.url)


def _in_paths(old: Server, new: Server, at: Place) -> bool:
    """Whether the address only handed its path over to the paths of the operations, or took theirs."""
    was, now = base(old), base(new)
    if was == now or old.url.rstrip("/").removesuffix(was) != new.url.rstrip("/").removesuffix(now):
        return False
    side = at if was and not now else at.before if now and not was else None
    return side is not None and all(
        each.address.startswith(was or now) for each in side.contract.operations()
    )


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.SEMANTIC)
def server_default_changed(old: Variable, new: Variable, *, at: Place) -> Iterator[Fact]:
    """The default of a part of a server's address changed.

    Consumers that leave the part to its default are led to another place.

    Keep the default, and name the new value beside it.

    ```openapi old
    servers:
      - url: https://{region}.acme.example
        variables: {region: {default: eu}}
    paths: {}
    ```
    ```openapi new
    servers:
      - url: https://{region}.acme.example
        variables: {region: {default: us}}
    paths: {}
    ```
    """
    if old.default != new.default:
        yield Fact(
            f"{at.called(new)} is {new.default} by default, not {old.default}", old.default, new.default
        )


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def server_values_changed(old: Variable, new: Variable, *, at: Place) -> Iterator[Fact]:
    """The values that a part of a server's address may have are others.

    Consumers that are set up with a value that is gone have no address any more.

    Keep a value until its consumers have moved.

    ```openapi old
    servers:
      - url: https://{region}.acme.example
        variables: {region: {default: eu, enum: [eu, us]}}
    paths: {}
    ```
    ```openapi new
    servers:
      - url: https://{region}.acme.example
        variables: {region: {default: eu, enum: [eu]}}
    paths: {}
    ```
    """
    gone = [value for value in old.values if value not in new.values] if new.values else []
    come = [value for value in new.values if value not in old.values] if old.values else list(new.values)
    if gone or (come and not old.values):
        said = f"may no longer be {', '.join(gone)}" if gone else f"must be one of {', '.join(come)}"
        yield Fact(f"{at.called(new)} {said}", old=list(old.values), new=list(new.values))
    elif old.values != new.values:
        said = f"may be {', '.join(come)}" if come else "may have any value"
        yield Fact(f"{at.called(new)} {said}", list(old.values), list(new.values), level=Level.NOTE)
