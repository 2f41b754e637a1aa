"""Operations: added, removed, renamed."""

from __future__ import annotations

from collections.abc import Iterator

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Kind, Level
from contractbook.model import Action, Operation

STABILITY = ("x-stability-level", "x-stability")
LEVELS = ("experimental", "draft", "alpha", "beta", "preview", "stable", "ga")
OFFSETS = frozenset({"offset", "skip", "start", "startindex", "from"})
NUMBERS = frozenset({"page", "pagenumber", "pageindex", "pageno"})
CURSORS = frozenset(
    {"cursor", "pagetoken", "nexttoken", "continuationtoken", "after", "before", "startingafter", "marker"}
)
STYLES = {"by offset": OFFSETS, "by page number": NUMBERS, "by cursor": CURSORS}


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def operation_removed(old: Operation, new: None) -> Iterator[Fact]:
    """An operation, webhook or callback is gone.

    Every consumer that calls it, or waits for it, fails from that day on.

    Deprecate it first with a sunset and a replacement, and remove it when the sunset has passed.

    ```openapi old
    paths:
      /orders: {get: {responses: {"200": {description: All orders}}}}
      /orders/{id}: {get: {responses: {"200": {description: The order}}}}
    ```
    ```openapi new
    paths:
      /orders: {get: {responses: {"200": {description: All orders}}}}
    ```
    """
    gone = "is no longer sent" if old.action is Action.SEND else "was removed"
    yield Fact(f"{old.label} {gone}", old=old.label)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.NOTE, kind=Kind.EXPANSION)
def operation_added(old: None, new: Operation) -> Iterator[Fact]:
    """There is an operation, webhook or callback that was not there before.

    Consumers can do more than before, and nothing that they do already changes.

    Tell your consumers; they have nothing to do.

    ```openapi old
    paths:
      /orders: {get: {responses: {"200": {description: All orders}}}}
    ```
    ```openapi new
    paths:
      /orders:
        get: {responses: {"200": {description: All orders}}}
        post: {responses: {"201": {description: The new order}}}
    ```
    """
    come = "may be sent" if new.action is Action.SEND else "was added"
    yield Fact(f"{new.label} {come}", new=new.label)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.STRUCTURAL, surface="source")
def operation_id_changed(old: Operation, new: Operation) -> Iterator[Fact]:
    """An operation has another id.

    Generated clients call their method by the id: on the wire nothing changes, but code no longer compiles.

    Keep the id as it is; a better name can wait for the next major version.

    ```openapi old
    paths:
      /orders: {get: {operationId: listOrders, responses: {"200": {description: All orders}}}}
    ```
    ```openapi new
    paths:
      /orders: {get: {operationId: findOrders, responses: {"200": {description: All orders}}}}
    ```
    """
    if old.name != new.name and old.name != old.key and new.name != new.key:
        yield Fact(f"{new.label} has the id {new.name} instead of {old.name}", old=old.name, new=new.name)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.NOTE, kind=Kind.STRUCTURAL, surface="source")
def operation_regrouped(old: Operation, new: Operation) -> Iterator[Fact]:
    """An operation stands under other tags.

    Documentation, and clients that make one class for each tag, show it in another place.

    Tell it in the changelog; nothing on the wire changes.

    ```openapi old
    paths:
      /orders: {get: {tags: [Orders], responses: {"200": {description: All orders}}}}
    ```
    ```openapi new
    paths:
      /orders: {get: {tags: [Sales], responses: {"200": {description: All orders}}}}
    ```
    """
    if set(old.groups) != set(new.groups):
        was, now = ", ".join(old.groups), ", ".join(new.groups)
        said = f"stands under {now or 'no tag'} instead of {was or 'no tag'}"
        yield Fact(f"{new.label} {said}", old=was, new=now, common=True)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.SEMANTIC)
def pagination_changed(old: Operation, new: Operation) -> Iterator[Fact]:
    """A list is paged in another way, such as by cursor instead of by offset.

    Consumers that walk through all pages read the first one for ever, or lose entries.

    Accept the old parameters beside the new ones until all consumers have moved.

    ```openapi old
    paths:
      /orders:
        get:
          parameters: [{name: offset, in: query, schema: {type: integer}}]
          responses: {"200": {description: All orders}}
    ```
    ```openapi new
    paths:
      /orders:
        get:
          parameters: [{name: cursor, in: query, schema: {type: string}}]
          responses: {"200": {description: All orders}}
    ```
    """
    was, now = _paging(old), _paging(new)
    if was and now and not set(was) & set(now):
        yield Fact(f"{new.label} is paged {now[0]} instead of {was[0]}", old=was[0], new=now[0], common=True)


def _paging(operation: Operation) -> list[str]:
    names = {field.name.replace("_", "").replace("-", "").lower() for field in operation.parameters}
    return [style for style, known in STYLES.items() if names & known]


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.LIFECYCLE)
def stability_lowered(old: Operation, new: Operation) -> Iterator[Fact]:
    """An operation that was declared stable is declared less stable.

    Consumers built on a promise that is taken back.

    Keep the level, and offer what is not yet stable as an operation of its own.

    ```openapi old
    paths:
      /orders: {get: {x-stability-level: stable, responses: {"200": {description: All orders}}}}
    ```
    ```openapi new
    paths:
      /orders: {get: {x-stability-level: beta, responses: {"200": {description: All orders}}}}
    ```
    """
    was, now = _stability(old), _stability(new)
    if was and now and LEVELS.index(now) < LEVELS.index(was):
        yield Fact(f"{new.label} is {now} and was {was}", old=was, new=now, common=True)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.NOTE, kind=Kind.LIFECYCLE)
def stability_raised(old: Operation, new: Operation) -> Iterator[Fact]:
    """An operation is declared more stable than it was.

    Consumers may rely on it from this version on.

    Tell your consumers; they have nothing to do.

    ```openapi old
    paths:
      /orders: {get: {x-stability-level: beta, responses: {"200": {description: All orders}}}}
    ```
    ```openapi new
    paths:
      /orders: {get: {x-stability-level: stable, responses: {"200": {description: All orders}}}}
    ```
    """
    was, now = _stability(old), _stability(new)
    if was and now and LEVELS.index(now) > LEVELS.index(was):
        yield Fact(f"{new.label} is {now} and was {was}", old=was, new=now, common=True)


def _stability(operation: Operation) -> str:
    """The level that a binding declares, if it is one of those that have an order."""
    said = next((operation.binding[key] for key in STABILITY if key in operation.binding), "")
    return said if said in LEVELS else ""
