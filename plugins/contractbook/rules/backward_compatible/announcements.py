"""Announced ends: when, why, and where to go instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Level
from contractbook.model import ALIVE, Contract, Element, Field, Message, Operation, Type
from contractbook.place import Place
from contractbook.rules.naming import count, some

WHERE_TO = re.compile(
    r"(?i)\b(?:use[sd]?|using|instead|replac\w+|supersed\w+|migrat\w+|prefer\w*|favou?r|see|switch|moved|renamed"
    r"|alternative\w*|refer)\b|\]\("
)
SAID = re.compile(
    r"\A[\s*_`>\[(~]*(?:this \w+ (?:is|has been) )?(?:deprecated|obsolete)\b"
    r"|(?:[.!?\]:]|\*\*|\n)\s+(?:this (?:\w+ ){1,3}(?:is|has been) )(?:now )?(?:deprecated|obsolete)\b"
    r"|\*\*(?:deprecat\w+|closing down|obsolete)[^*\n]{0,20}\*\*",
    re.IGNORECASE,
)
SIGNS = re.compile("eprecated|EPRECATED|bsolete")
SHOUTED = re.compile(r"\bDEPRECATED\b")
CALL = re.compile(r"(?P<method>[A-Z]+) (?P<path>/\S*)")

Holder = Operation | Message | Type


def _parts(holder: Holder) -> tuple[Element, ...]:
    """The element itself and the parts that can end on their own."""
    if isinstance(holder, Type):
        return (holder, *holder.fields, *holder.values)
    return (holder, *(holder.parameters if isinstance(holder, Operation) else holder.headers))


def _announced(holder: Holder) -> list[Element]:
    """The parts of which something is announced; what a base declares is told there."""
    parts = [part for part in _parts(holder) if part.lifecycle is not ALIVE]
    return [part for part in parts if not (isinstance(part, Field) and part.origin)]


def _deprecated(holder: Holder) -> list[Element]:
    return [part for part in _announced(holder) if part.lifecycle.deprecated]


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING)
def deprecated_without_replacement(holder: Operation | Message | Type) -> Iterator[Fact]:
    """An element is deprecated, and nothing says what to use instead.

    Consumers know that they must leave, but not where to go, so they stay.

    Name the replacement, or say that there is none and why.

    ```openapi bad
    paths:
      /orders:
        get:
          deprecated: true
          responses: {"200": {description: All orders}}
    ```
    ```openapi good
    paths:
      /orders:
        get:
          deprecated: true
          x-lifecycle: {replacement: GET /v2/orders}
          responses: {"200": {description: All orders}}
    ```
    """
    for element in _deprecated(holder):
        end = element.lifecycle
        if not end.replacement and not WHERE_TO.search(f"{element.doc} {end.reason}"):
            told = f"{element.label} is deprecated, and nothing says what to use instead"
            yield Fact(told, about=element)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING)
def deprecated_without_sunset(contract: Contract) -> Iterator[Fact]:
    """An element is deprecated without an end date.

    Nobody plans the move, so the provider can never remove it.

    State until when it works, in `x-lifecycle` or a `Sunset` header (RFC 8594).

    ```openapi bad
    paths:
      /orders:
        get:
          deprecated: true
          responses: {"200": {description: All orders}}
    ```
    ```openapi good
    paths:
      /orders:
        get:
          deprecated: true
          x-lifecycle: {sunset: 2028-03-01}
          responses: {"200": {description: All orders}}
    ```
    """
    ending = [(holder, part) for holder in _holders(contract) for part in _deprecated(holder)]
    open_ended = [(holder, part) for holder, part in ending if not _has_end(part)]
    if len(open_ended) > 3 and len(open_ended) == len(ending):
        names = [
            part.label if part is holder else f"{holder.label} > {part.label}" for holder, part in ending
        ]
        yield Fact(f"None of {count(len(ending), 'deprecated element')} has an end date: {some(names)}")
    else:
        for holder, part in open_ended:
            within = () if part is holder else (holder,)
            yield Fact(f"{part.label} is deprecated without an end date", about=part, within=within)


def _holders(contract: Contract) -> Iterator[Holder]:
    yield from contract.operations()
    yield from (type for type in contract.types.values() if type.at)


def _has_end(element: Element) -> bool:
    return bool(element.lifecycle.sunset or element.lifecycle.unreadable)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR)
def sunset_passed(holder: Operation | Message | Type, *, today: date) -> Iterator[Fact]:
    """The end date of an element has passed, and it is still there.

    Consumers learn that end dates are not meant, and stop to plan by them.

    Remove it now, or announce a new date and say why.

    ```openapi bad
    paths:
      /orders:
        get:
          deprecated: true
          x-lifecycle: {sunset: 2020-03-01}
          responses: {"200": {description: All orders}}
    ```
    ```openapi good
    paths:
      /orders:
        get:
          deprecated: true
          x-lifecycle: {sunset: 2039-03-01}
          responses: {"200": {description: All orders}}
    ```
    """
    for element in _announced(holder):
        sunset = element.lifecycle.sunset
        if sunset is not None and sunset < today:
            yield Fact(f"{element.label} was to end on {sunset}, and is still there", about=element)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING)
def sunset_unreadable(holder: Operation | Message | Type) -> Iterator[Fact]:
    """An end date cannot be read as a date.

    No calendar and no gate can warn the consumers.

    Write the day as `2028-03-01`.

    ```openapi bad
    paths:
      /orders:
        get:
          deprecated: true
          x-lifecycle: {sunset: next spring}
          responses: {"200": {description: All orders}}
    ```
    ```openapi good
    paths:
      /orders:
        get:
          deprecated: true
          x-lifecycle: {sunset: 2028-03-01}
          responses: {"200": {description: All orders}}
    ```
    """
    for element in _announced(holder):
        if element.lifecycle.unreadable:
            yield Fact(
                f"{element.label} ends on {element.lifecycle.unreadable}, which is no date", about=element
            )


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING)
def deprecated_only_in_text(holder: Operation | Message | Type, *, at: Place) -> Iterator[Fact]:
    """The text says deprecated, but the flag of the format is missing.

    Tools, generated clients and portals warn nobody.

    Set `deprecated: true` beside the text.

    ```openapi bad
    paths:
      /orders:
        get:
          description: "**Deprecated**: use `GET /v2/orders`."
          responses: {"200": {description: All orders}}
    ```
    ```openapi good
    paths:
      /orders:
        get:
          deprecated: true
          description: Use `GET /v2/orders`.
          responses: {"200": {description: All orders}}
    ```
    """
    around = at.operation
    if holder.lifecycle.deprecated or (around is not None and around.lifecycle.deprecated):
        return
    for element in [part for part in _parts(holder) if part.doc and SIGNS.search(part.doc)]:
        own = not (isinstance(element, Field) and element.origin)
        if own and not element.lifecycle.deprecated and _says_deprecated(element):
            yield Fact(f"{element.label} is deprecated by its text only", about=element)


def _says_deprecated(element: Element) -> bool:
    explains = isinstance(element, Type) and any("DEPRECATED" in value.name for value in element.values)
    return bool(SAID.search(element.doc) or (SHOUTED.search(element.doc[:200]) and not explains))


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING)
def deprecated_still_used(contract: Contract) -> Iterator[Fact]:
    """An element that is not deprecated relies on a deprecated type.

    Consumers cannot leave the old type while what stays brings it along.

    Let it use the replacement, or deprecate it too.

    ```openapi bad
    components:
      schemas:
        Order:
          type: object
          properties: {customer: {$ref: "#/components/schemas/OldCustomer"}}
        OldCustomer: {type: object, deprecated: true, properties: {name: {type: string}}}
    ```
    ```openapi good
    components:
      schemas:
        Order:
          type: object
          properties: {customer: {$ref: "#/components/schemas/OldCustomer", deprecated: true}}
        OldCustomer: {type: object, deprecated: true, properties: {name: {type: string}}}
    ```
    """
    ended = {type.name for type in contract.types.values() if type.lifecycle.deprecated and not type.inline}
    for holder in _holders(contract) if ended else ():
        for part in () if holder.lifecycle.deprecated else _parts(holder):
            name = part.type if isinstance(part, Field) and not part.origin else ""
            if name in ended and not part.lifecycle.deprecated:
                within = (holder,)
                yield Fact(
                    f"{part.label} is not deprecated, but its type {name} is", about=part, within=within
                )


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING)
def replacement_unknown(holder: Operation | Message | Type, *, at: Place) -> Iterator[Fact]:
    """The named replacement does not exist in the contract.

    Consumers follow a pointer into nothing.

    Name an operation as `GET /orders`, a field or a type by its name; of another contract, say whose.

    ```openapi bad
    paths:
      /orders:
        get:
          deprecated: true
          x-lifecycle: {replacement: GET /orders/all}
          responses: {"200": {description: All orders}}
    ```
    ```openapi good
    paths:
      /orders:
        get:
          deprecated: true
          x-lifecycle: {replacement: GET /orders/search}
          responses: {"200": {description: All orders}}
      /orders/search:
        get: {responses: {"200": {description: The orders that match}}}
    ```
    """
    for element in _deprecated(holder):
        call = CALL.fullmatch(element.lifecycle.replacement.strip("` "))
        if call and _is_ours(call["path"], at.contract) and not _exists(call, at.contract):
            yield Fact(f"{element.label} is replaced by {call[0]}, which does not exist", about=element)


def _is_ours(path: str, contract: Contract) -> bool:
    """Whether a path begins as paths of this contract do: another version is another contract."""
    begin = path.split("/")[1]
    return any(operation.address.split("/")[1:2] == [begin] for operation in contract.operations())


def _exists(call: re.Match[str], contract: Contract) -> bool:
    neutral = re.sub(r"\{[^{}]*\}", "{}", call[0])
    return any(re.sub(r"\{[^{}]*\}", "{}", operation.label) == neutral for operation in contract.operations())
