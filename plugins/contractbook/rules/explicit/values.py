"""Values that say what they are: their structure, their unit, and what it means when they are missing."""

from __future__ import annotations

from collections.abc import Iterator

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Level
from contractbook.lexicon.spelling import words
from contractbook.model import Contract, Field, Message, Operation, Role, Shape, Type
from contractbook.place import Place
from contractbook.rows import Around
from contractbook.rules.http import is_json
from contractbook.rules.naming import count, some
from contractbook.texts import compiled, expression

STRUCTURED = (
    r"(?i)\b(?:JSON|XML)[- ](?:encoded|formatted|seriali[sz]ed|stringified|string|blob|document|object|array)"
    r"|\b(?:encoded|stringified|seriali[sz]ed|escaped)(?: as)?(?: an?)? (?:JSON|XML)\b"
    r"|\b(?:comma|semicolon|pipe)[- ](?:separated|delimited)\b"
)
SIGNS = expression("JSON|XML|separated|delimited")  # one of them stands in every match
QUANTITIES = (
    *("timeout", "duration", "delay", "interval", "latency", "ttl", "elapsed", "lifetime", "uptime"),
    *("weight", "height", "width", "distance", "speed", "bandwidth"),
)
UNITS = (
    r"(?i)(?<![a-z])(?:ns|ms|sec|secs|seconds?|milliseconds?|microseconds?|nanoseconds?|minutes?|mins?|hours?|days?"
    r"|weeks?|months?|years?|bytes?|[kmgt]i?b|bits?|[kmg]bps|pixels?|px|points?|em|m|cm|mm|km|meters?|metres?|miles?"
    r"|inch(?:es)?|in|feet|ft|kg|g|grams?|kilograms?|lbs?|pounds?|ounces?|oz|percent|percentage|%|ratio|celsius"
    r"|fahrenheit|kelvin|degrees?|iso ?8601|ticks?|characters?|columns?|rows?|units?)(?![a-z])"
)


@rule(Guideline.EXPLICIT, Level.WARNING)
def untyped_value(element: Type | Operation | Message | Contract, *, at: Place) -> Iterator[str | Fact]:
    """A value at the boundary has no structure: it may be anything, or an object of anything.

    Consumers find its rules by trial, and every change breaks someone unseen.

    Declare the type; name the alternatives if there are several, and the type of the values if keys are free.

    ```openapi bad
    components:
      schemas:
        Order:
          type: object
          properties:
            customer: {}
    ```
    ```openapi good
    components:
      schemas:
        Order:
          type: object
          properties:
            customer: {$ref: "#/components/schemas/Customer"}
        Customer:
          type: object
          properties: {email: {type: string}}
    ```
    """
    match element:
        case Type():
            if element.shape is Shape.ANY and element.at and not element.binding and _is_used(element, at):
                yield f"{element.name} has no type"
            elif element.shape is Shape.LIST and not element.prefix and element.item in at.reach.anything:
                yield f"{element.name} lists values without a type"
            yield from _untyped(element.fields, at)
        case Operation():
            yield from _untyped(element.parameters, at)
        case Message(content_type=kind) if kind and is_json(element):
            if not element.payload:
                yield f"{element.name} has a body of {kind} without a type"
            elif element.payload in at.reach.anything:
                yield f"{element.name} has a body without a type"
        case Contract():
            yield from _free_objects(element, at)


def _untyped(fields: tuple[Field, ...], at: Place) -> Iterator[Fact]:
    anything = at.reach.anything
    for field in fields:
        if field.type in anything and not field.at.endswith("/required"):
            yield Fact(f"{field.name} has no type", about=field)


def _free_objects(contract: Contract, at: Place) -> Iterator[Fact]:
    free = [type.name for type in contract.types.values() if _is_free_object(type) and _is_used(type, at)]
    if free:
        told = f"{count(len(free), 'object')} may hold anything: {some(free)}"
        yield Fact(told, level=Level.NOTE)


def _is_used(type: Type, at: Place) -> bool:
    """Whether a type stands for itself: a part of an `allOf` may say less than the whole."""
    return not type.inline or at.reach.reached(type.name)


def _is_free_object(type: Type) -> bool:
    parts = type.fields or type.patterns or type.item or type.parts or type.conditions or type.bases
    return type.shape is Shape.RECORD and type.open and not parts and "empty" not in type.binding


@rule(Guideline.EXPLICIT, Level.WARNING)
def structure_in_string(contract: Contract, *, at: Place) -> Iterator[Fact]:
    """A text holds JSON, XML or a list of values.

    The real contract is unwritten, no tool can check it, and every consumer writes a parser for it.

    Declare the object or the list itself; a parameter can be a list with `explode: false`.

    ```openapi bad
    components:
      schemas:
        Order:
          type: object
          properties:
            options: {type: string, description: The options of the order as a JSON string}
    ```
    ```openapi good
    components:
      schemas:
        Order:
          type: object
          properties:
            options: {type: object, properties: {gift: {type: boolean}}}
    ```
    """
    for field, around in at.rows.saying(SIGNS):
        found = compiled(STRUCTURED).search(field.doc)
        if found and isinstance(field, Field) and _is_text(field, contract):
            says = f"{field.name} is a text that holds more: {found[0].strip()}"
            level = None if field.role is Role.FIELD else Level.NOTE
            yield Fact(says, about=field, within=around, level=level)


def _is_text(field: Field, contract: Contract) -> bool:
    type = contract.resolve(field.type)
    return type.shape is Shape.SCALAR and type.scalar == "string"


@rule(Guideline.EXPLICIT, Level.WARNING)
def unit_missing(contract: Contract, *, at: Place) -> Iterator[Fact]:
    """A number such as a time-out, a size or a weight has no unit.

    Seconds meet milliseconds, and nobody notices before it hurts.

    Put the unit into the name (`timeoutSeconds`), or at least into the description.

    ```openapi bad
    components:
      schemas:
        Parcel:
          type: object
          properties: {weight: {type: number}}
    ```
    ```openapi good
    components:
      schemas:
        Parcel:
          type: object
          properties: {weightInGrams: {type: integer}}
    ```
    """
    for field, around in at.rows.called(_is_bare_quantity):
        if isinstance(field, Field) and not _has_unit(field, around, contract):
            yield Fact(f"{field.name} has no unit", about=field, within=around)


def _is_bare_quantity(name: str) -> bool:
    return name.lower().endswith(QUANTITIES) and words(name)[-1] in QUANTITIES


def _has_unit(field: Field, around: Around, contract: Contract) -> bool:
    """Whether a unit stands in the name, a text or a field beside it, or the value is no bare number."""
    owner = around[-1]
    type = contract.resolve(field.type)
    if type.scalar not in ("integer", "number") or type.shape is not Shape.SCALAR:
        return True
    beside = owner.fields if isinstance(owner, Type) else ()
    if any({"unit", "units", "uom"}.intersection(words(each.name)) for each in beside):
        return True
    says = " ".join((*words(field.name), field.doc, field.title, type.doc, owner.doc))
    return compiled(UNITS).search(says) is not None


@rule(Guideline.EXPLICIT, Level.NOTE)
def absent_and_null(contract: Contract, *, at: Place) -> Iterator[str]:
    """Fields may be absent and may be null, and no text says what each of the two means.

    Consumers treat the two alike, and then the difference can never be used, as in a partial update.

    Let a field be one of the two; else say once, in the description of the contract, what null means.

    ```openapi bad
    components:
      schemas:
        Customer:
          type: object
          properties: {phone: {type: [string, "null"]}}
    ```
    ```openapi good
    components:
      schemas:
        Customer:
          type: object
          required: [phone]
          properties: {phone: {type: [string, "null"]}}
    ```
    """
    if contract.selective or "null" in contract.doc.lower():  # there, nobody can tell the two apart
        return
    both = [
        f"{type.name} > {field.name}"
        for type in contract.types.values()
        for field in type.fields
        if not (field.required or field.origin or "null" in field.doc) and _takes_null(field, contract)
    ]
    if both:
        verb = "may be absent and may be null, and nothing says what each means"
        yield f"{count(len(both), 'field')} {verb}: {some(both)}"


def _takes_null(field: Field, contract: Contract) -> bool:
    type = contract.types.get(field.type)
    return field.nullable or (type is not None and type.nullable)
