"""Announced ends: when, why, and where to go instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Level
from contractbook.model import Contract, Element, Type
from contractbook.place import Place
from contractbook.rows import Placed, Rows
from contractbook.rules.naming import count, some
from contractbook.texts import compiled, expression

WHERE_TO = (
    r"(?i)\b(?:use[sd]?|using|instead|replac\w+|supersed\w+|migrat\w+|prefer\w*|favou?r|see|switch|moved|renamed"
    r"|alternative\w*|refer)\b|\]\("
)
SAID = (
    r"(?i)\A[\s*_`>\[(~]*(?:this \w+ (?:is|has been) )?(?:deprecated|obsolete)\b"
    r"|(?:[.!?\]:]|\*\*|\n)\s+(?:this (?:\w+ ){1,3}(?:is|has been) )(?:now )?(?:deprecated|obsolete)\b"
    r"|\*\*(?:deprecat\w+|closing down|obsolete)[^*\n]{0,20}\*\*"
)
SIGNS = expression("eprecated|EPRECATED|bsolete")
SHOUTED = expression(r"\bDEPRECATED\b")
CALL = expression(r"[A-Z]+ /(?P<begin>[^/\s]*)\S*")


def _deprecated(at: Place) -> Iterator[Placed]:
    return (each for each in at.rows.announced if each[0].lifecycle.deprecated)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING)
def deprecated_without_replacement(contract: Contract, *, at: Place) -> Iterator[Fact]:
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
    for element, around in _deprecated(at):
        end = element.lifecycle
        if not end.replacement and not compiled(WHERE_TO).search(f"{element.doc} {end.reason}"):
            told = f"{element.label} is deprecated, and nothing says what to use instead"
            yield Fact(told, about=element, within=around)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING)
def deprecated_without_sunset(contract: Contract, *, at: Place) -> Iterator[Fact]:
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
    ending = list(_deprecated(at))
    endless = [(element, around) for element, around in ending if not _has_end(element)]
    if len(endless) > 3 and len(endless) == len(ending):
        names = [" > ".join(dict.fromkeys(each.label for each in (*way, last))) for last, way in ending]
        yield Fact(f"None of {count(len(ending), 'deprecated element')} has an end date: {some(names)}")
    else:
        for element, around in endless:
            yield Fact(f"{element.label} is deprecated without an end date", about=element, within=around)


def _has_end(element: Element) -> bool:
    return bool(element.lifecycle.sunset or element.lifecycle.unreadable)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR)
def sunset_passed(contract: Contract, *, at: Place, today: date) -> Iterator[Fact]:
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
    for element, around in at.rows.announced:
        sunset = element.lifecycle.sunset
        if sunset is not None and sunset < today:
            yield Fact(
                f"{element.label} was to end on {sunset}, and is still there", about=element, within=around
            )


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING)
def sunset_unreadable(contract: Contract, *, at: Place) -> Iterator[Fact]:
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
    for element, around in at.rows.announced:
        if element.lifecycle.unreadable:
            says = f"{element.label} ends on {element.lifecycle.unreadable}, which is no date"
            yield Fact(says, about=element, within=around)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING)
def deprecated_only_in_text(contract: Contract, *, at: Place) -> Iterator[Fact]:
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
    for element, around in only_in_text(at.rows):
        yield Fact(f"{element.label} is deprecated by its text only", about=element, within=around)


def only_in_text(rows: Rows) -> Iterator[Placed]:
    """The elements whose text says that they are deprecated, and nothing else does."""
    for element, around in rows.saying(SIGNS):
        flagged = any(each.lifecycle.deprecated for each in (element, *around))
        if not flagged and _says_deprecated(element):
            yield element, around


def _says_deprecated(element: Element) -> bool:
    explains = isinstance(element, Type) and any("DEPRECATED" in value.name for value in element.values)
    return bool(compiled(SAID).search(element.doc) or (SHOUTED.search(element.doc[:200]) and not explains))


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING)
def deprecated_still_used(contract: Contract, *, at: Place) -> Iterator[Fact]:
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
    for field, around in at.rows.fields(ended) if ended else ():
        if not any(each.lifecycle.deprecated for each in (field, *around)):
            yield Fact(f"{field.label} is not deprecated, but its type is", about=field, within=around)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING)
def replacement_unknown(contract: Contract, *, at: Place) -> Iterator[Fact]:
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
    ours = {_neutral(operation.label) for operation in contract.operations()}
    begins = {label.partition("/")[2].partition("/")[0] for label in ours}
    for element, around in _deprecated(at):
        call = CALL.fullmatch(element.lifecycle.replacement.strip("` "))
        # What begins as no path here does is of another version, which is another contract.
        if call and call["begin"] in begins and _neutral(call[0]) not in ours:
            says = f"{element.label} is replaced by {call[0]}, which does not exist"
            yield Fact(says, about=element, within=around)


def _neutral(call: str) -> str:
    """A method and path without the names of parameters."""
    return re.sub(r"\{[^{}]*\}", "{}", call)
