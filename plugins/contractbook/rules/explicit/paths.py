"""The addresses of operations, and what their templates say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain, combinations

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Level
from contractbook.fitting import Fitting
from contractbook.model import Contract, Operation, Role
from contractbook.rules.http import calls, is_call
from contractbook.rules.messaging import on_channel
from contractbook.texts import expression

Split = tuple[list[str], Operation]
"""An operation with the segments of its path."""

TEMPLATE = expression(r"\{[+#./;?&]?([^{}*]+)\*?\}")  # with the operators of RFC 6570


@rule(Guideline.EXPLICIT, Level.ERROR)
def path_with_query(operation: Operation) -> Iterator[str]:
    """A path holds a query or a fragment.

    Tools and clients do not see the parameters in it, and many cannot call such an address.

    Declare each part of the query as a parameter of the operation.

    ```openapi bad
    paths:
      /orders?state=open:
        get:
          responses: {"200": {description: Open orders}}
    ```
    ```openapi good
    paths:
      /orders:
        get:
          parameters: [{name: state, in: query, schema: {type: string}}]
          responses: {"200": {description: Orders in that state}}
    ```
    """
    if is_call(operation) and ("?" in operation.address or "#" in operation.address):
        part = "query" if "?" in operation.address else "fragment"
        yield f"{operation.label} has a {part} in its path"


@rule(Guideline.EXPLICIT, Level.ERROR)
def duplicate_path(contract: Contract) -> Iterator[Fact]:
    """Two paths are the same but for the names of their parameters.

    Only one of the two can be called, and which one depends on the server.

    Merge the two, or tell them apart by a fixed segment.

    ```openapi bad
    paths:
      /orders/{id}:
        get: {responses: {"200": {description: The order with that id}}}
      /orders/{number}:
        get: {responses: {"200": {description: The order with that number}}}
    ```
    ```openapi good
    paths:
      /orders/{id}:
        get: {responses: {"200": {description: The order with that id}}}
      /orders/by-number/{number}:
        get: {responses: {"200": {description: The order with that number}}}
    ```
    """
    first: dict[tuple[str, str], Operation] = {}
    for operation in calls(contract):
        key = (operation.method, TEMPLATE.sub("{}", operation.address))
        other = first.setdefault(key, operation)
        if other is not operation:
            yield Fact(f"{operation.label} has the same address as {other.label}", about=operation)


@rule(Guideline.EXPLICIT, Level.NOTE)
def ambiguous_paths(contract: Contract) -> Iterator[Fact]:
    """Two paths match the same address, and none of them is the more exact one.

    Servers, gateways and consumers pick different ones.

    Put the fixed segment that tells the two apart at the same position in both.

    ```openapi bad
    paths:
      /orders/{id}/items:
        get: {responses: {"200": {description: What was ordered}}}
      /orders/archive/{year}:
        get: {responses: {"200": {description: Orders of that year}}}
    ```
    ```openapi good
    paths:
      /orders/{id}/items:
        get: {responses: {"200": {description: What was ordered}}}
      /archive/orders/{year}:
        get: {responses: {"200": {description: Orders of that year}}}
    ```
    """
    fits = Fitting(contract)
    for alike in chain.from_iterable(map(_together, _of_one_length(contract).values())):
        for (ours, one), (theirs, other) in combinations(alike, 2):
            if _ambiguous(ours, theirs) and _takes(fits, one, other) and _takes(fits, other, one):
                yield Fact(f"{other.label} and {one.label} match the same address", about=other)


def _of_one_length(contract: Contract) -> dict[tuple[str, int], list[Split]]:
    """The operations whose paths have parameters, by method and number of segments, with the segments."""
    alike: dict[tuple[str, int], list[Split]] = defaultdict(list)
    for operation in calls(contract):
        if "{" in operation.address:
            segments = operation.address.split("/")
            alike[operation.method, len(segments)].append((segments, operation))
    return alike


def _together(paths: list[Split]) -> Iterator[list[Split]]:
    """The paths in parts that no segment keeps apart where all of them have a fixed one."""
    columns = enumerate(zip(*(segments for segments, _ in paths), strict=True))
    telling = [turn for turn, column in columns if len({*column}) > 1 and not any(map(_is_open, column))]
    if not telling:
        yield paths
        return
    parts: dict[tuple[str, ...], list[Split]] = defaultdict(list)
    for segments, operation in paths:
        parts[tuple(segments[turn] for turn in telling)].append((segments, operation))
    for part in parts.values():
        yield from _together(part)


def _is_open(segment: str) -> bool:
    """Whether a segment takes more than one text."""
    return segment[:1] == "{"


def _ambiguous(one: list[str], other: list[str]) -> bool:
    """Whether each of two paths is the more exact one somewhere, and nothing keeps them apart."""
    exact = set()
    for ours, theirs in zip(one, other, strict=True):
        if ours == theirs:
            continue
        open_to = (_is_open(ours), _is_open(theirs))
        if open_to == (False, False):
            return False
        exact.add(open_to)
    return {(True, False), (False, True)} <= exact


def _takes(fits: Fitting, operation: Operation, other: Operation) -> bool:
    """Whether the parameters of a path may really take the fixed segments of the other."""
    types = {field.name: field.type for field in operation.parameters if field.role is Role.PATH}
    for ours, theirs in zip(operation.address.split("/"), other.address.split("/"), strict=True):
        name = TEMPLATE.fullmatch(ours)
        if name and theirs[:1] != "{" and not fits.takes_text(types.get(name[1], ""), theirs):
            return False
    return True


@rule(Guideline.EXPLICIT, Level.ERROR)
def path_parameter_undefined(operation: Operation) -> Iterator[str]:
    """A path, or the address of a channel, and its declared parameters do not name the same things.

    Clients cannot build the address, or ask for a value that goes nowhere.

    Declare every name in braces as a parameter, and nothing else.

    ```openapi bad
    paths:
      /orders/{id}:
        get:
          parameters: [{name: orderId, in: path, required: true, schema: {type: string}}]
          responses: {"200": {description: The order}}
    ```
    ```openapi good
    paths:
      /orders/{orderId}:
        get:
          parameters: [{name: orderId, in: path, required: true, schema: {type: string}}]
          responses: {"200": {description: The order}}
    ```
    ```asyncapi bad
    channels: {orders: {address: "orders.{region}.created", parameters: {country: {}}}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    ```asyncapi good
    channels: {orders: {address: "orders.{region}.created", parameters: {region: {}}}}
    operations: {created: {action: send, channel: {$ref: "#/channels/orders"}}}
    ```
    """
    if not is_call(operation) and not on_channel(operation):
        return
    noun, place = ("parameter", "address") if on_channel(operation) else ("path parameter", "path")
    named = dict.fromkeys(TEMPLATE.findall(operation.address))
    declared = {field.name for field in operation.parameters if field.role is Role.PATH}
    for name in named:
        if name not in declared:
            yield f"{operation.label} does not declare the {noun} {name}"
    for name in sorted(declared.difference(named)):
        yield f"{operation.label} declares the {noun} {name}, which is not in its {place}"
