"""Types that can be satisfied, and mean what they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from contractbook.circles import circles
from contractbook.declare import Extended, Fact, Limited, rule
from contractbook.finding import Direction, Guideline, Level
from contractbook.model import Contract, Field, Operation, Shape, Type
from contractbook.place import Place
from contractbook.rules.naming import some, vocabulary

KINDS: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
}
BOUNDS = (
    ("minimum", "maximum"),
    ("exclusiveMinimum", "maximum"),
    ("minimum", "exclusiveMaximum"),
    ("exclusiveMinimum", "exclusiveMaximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
    ("minContains", "maxContains"),
)
# What a schema says of values; beside a reference it counts only where the format says so.
KEYWORDS = vocabulary(
    "type format nullable enum const pattern minLength maxLength minimum maximum exclusiveMinimum"
    " exclusiveMaximum multipleOf items minItems maxItems uniqueItems properties required"
    " additionalProperties allOf oneOf anyOf not"
)


def _bound(element: Type | Operation) -> list[Field | Type]:
    """The type and its fields, or the parameters, of which more is kept than the model has words for."""
    fields = element.fields if isinstance(element, Type) else element.parameters
    bound: list[Field | Type] = [field for field in fields if field.binding and not field.origin]
    return [element, *bound] if isinstance(element, Type) and element.binding and element.at else bound


def _listed(element: Field | Type) -> list[Any]:
    """The values of an enumeration as they are written, where the model's values cannot say it."""
    listed = element.binding.get("enum")
    return listed if isinstance(listed, list) else []


@rule(Guideline.EXPLICIT, Level.WARNING)
def enum_duplicate_value(element: Extended | Operation) -> Iterator[Fact]:
    """An enumeration lists a value twice.

    Generated code does not compile, or one of the two is a typing error and a value is missing.

    Delete one, or correct it to the value that was meant.

    ```openapi bad
    components:
      schemas:
        State: {type: string, enum: [open, paid, open]}
    ```
    ```openapi good
    components:
      schemas:
        State: {type: string, enum: [open, paid, closed]}
    ```
    """
    for each in _bound(element):
        seen: list[tuple[object, Any]] = []
        for value in _listed(each):
            if (value.__class__, value) in seen:
                yield Fact(f"{each.name} lists {value} twice", about=each)
            seen.append((value.__class__, value))


@rule(Guideline.EXPLICIT, Level.ERROR)
def enum_type_mismatch(element: Extended | Operation, *, at: Place) -> Iterator[Fact]:
    """A value of an enumeration does not fit the declared type.

    No value can satisfy both, so this one can never be sent.

    Write the value in the declared type (in YAML, quote a text that looks like a number), or change the type.

    ```openapi bad
    components:
      schemas:
        Rating: {type: string, enum: [1, 2, 3]}
    ```
    ```openapi good
    components:
      schemas:
        Rating: {type: string, enum: ["1", "2", "3"]}
    ```
    """
    for each in _bound(element):
        scalar = at.type(each.type).scalar if isinstance(each, Field) else each.scalar
        for value in _listed(each) if scalar in KINDS else ():
            if value is not None and value.__class__ not in KINDS[scalar]:
                yield Fact(f"{each.name} lists {value!r}, which is no {scalar}", about=each)


@rule(Guideline.EXPLICIT, Level.WARNING)
def required_property_undeclared(contract: Contract) -> Iterator[Fact]:
    """A required field is not declared.

    Consumers must send, or may expect, a value of which they know only the name.

    Declare the field, or correct the name in the list of required ones.

    ```openapi bad
    components:
      schemas:
        Order:
          type: object
          required: [id, totl]
          properties: {id: {type: string}, total: {type: string}}
    ```
    ```openapi good
    components:
      schemas:
        Order:
          type: object
          required: [id, total]
          properties: {id: {type: string}, total: {type: string}}
    ```
    """
    around = _around(contract)
    for type in contract.types.values():
        names = [field.name for field in type.fields if field.at.endswith("/required") and not field.origin]
        missing = [name for name in names if name not in around.get(type.name, ())]
        if missing and len(names) < len(type.fields) and not (type.parts or type.patterns or type.item):
            yield Fact(f"{type.name} requires {some(missing)}, which it does not declare", about=type)


def _around(contract: Contract) -> dict[str, set[str]]:
    """For each branch of a choice or condition, the fields that are declared beside the choice."""
    around: dict[str, set[str]] = {}
    for type in contract.types.values():
        if type.fields and (type.parts or type.conditions):
            inner = (name for condition in type.conditions for name in condition.types)
            for branch in (*type.parts, *inner):
                around.setdefault(branch, set()).update(field.name for field in type.fields)
    return around


@rule(Guideline.EXPLICIT, Level.ERROR)
def contradictory_schema(type: Limited) -> Iterator[str]:
    """Limits leave no value that satisfies them all.

    No consumer can send, and no provider can answer, what nothing satisfies.

    Correct the limit that is wrong; often the two are exchanged.

    ```openapi bad
    components:
      schemas:
        Code: {type: string, minLength: 10, maxLength: 8}
    ```
    ```openapi good
    components:
      schemas:
        Code: {type: string, minLength: 8, maxLength: 10}
    ```
    """
    limits = type.limits
    if len(limits) < 2:
        return
    for least, most in BOUNDS:
        if least in limits and most in limits:
            open_ended = "exclusive" in least or "exclusive" in most
            if limits[least] > limits[most] or (open_ended and limits[least] == limits[most]):
                yield f"{type.name} allows nothing: {least} is {limits[least]}, {most} is {limits[most]}"


@rule(Guideline.EXPLICIT, Level.ERROR)
def recursive_without_end(contract: Contract) -> Iterator[Fact]:
    """A type requires itself, with no way to end.

    No finite message exists, so nobody can send or receive one.

    Make the field on the way back optional, or a list that may be empty.

    ```openapi bad
    components:
      schemas:
        Category:
          type: object
          required: [parent]
          properties: {parent: {$ref: "#/components/schemas/Category"}}
    ```
    ```openapi good
    components:
      schemas:
        Category:
          type: object
          properties: {parent: {$ref: "#/components/schemas/Category"}}
    ```
    """
    asked = (type for type in contract.types.values() if not _is_chosen(type, contract))
    needs = {type.name: need for type in asked if (need := _needs(type)).types}
    endless = _endless(needs)
    for group in circles(
        sorted(endless), lambda name: [used for used in needs[name].types if used in endless]
    ):
        for name in group:
            type = contract.types[name]
            if type.at and (len(group) > 1 or name in needs[name].types):
                yield Fact(f"{name} needs another {name} inside it, without end", about=type)


def _is_chosen(type: Type, contract: Contract) -> bool:
    """Whether consumers choose which of its fields they get, and so where it ends."""
    return contract.selective and type.direction is Direction.OUTPUT


class Need(NamedTuple):
    """The types without which there is no value of a type; of a choice, one of them is enough."""

    types: tuple[str, ...] = ()
    one_will_do: bool = False


def _needs(type: Type) -> Need:
    if type.nullable:
        return Need()
    match type.shape:
        case Shape.RECORD:
            return Need(tuple(field.type for field in type.fields if field.required and not field.nullable))
        case Shape.LIST if type.limits.get("minItems"):
            return Need((type.item,))
        case Shape.ALIAS:
            return Need(type.parts)
        case Shape.UNION:
            return Need(type.parts, one_will_do=True)
    return Need()


def _endless(needs: Mapping[str, Need]) -> set[str]:
    """The types that have no finite value: all but those that come to an end, found from the end on."""
    open_needs = {name: sum(1 for used in need.types if used in needs) for name, need in needs.items()}
    users: dict[str, list[str]] = {name: [] for name in needs}
    for name, need in needs.items():
        for used in need.types:
            if used in users:
                users[used].append(name)
    endless = set(needs)
    ended = [name for name, need in needs.items() if _ends(need, open_needs[name])]
    while ended:
        name = ended.pop()
        if name in endless:
            endless.discard(name)
            for user in users[name]:
                open_needs[user] -= 1
            ended += [user for user in users[name] if _ends(needs[user], open_needs[user])]
    return endless


def _ends(need: Need, open_needs: int) -> bool:
    return open_needs < len(need.types) if need.one_will_do else not open_needs


@rule(Guideline.EXPLICIT, Level.WARNING)
def reference_siblings(element: Extended | Operation, *, at: Place) -> Iterator[Fact]:
    """Keywords stand beside a reference, where this version of the format does not read them.

    Some tools apply them and some drop them, so two consumers see two types.

    Put the reference into an `allOf` beside the keywords; keywords that say the same as the type can go.

    ```openapi bad
    openapi: 3.0.3
    info: {title: Orders, version: 1.0.0}
    paths: {}
    components:
      schemas:
        Order:
          type: object
          properties:
            customer: {$ref: "#/components/schemas/Customer", nullable: true}
        Customer: {type: object, properties: {email: {type: string}}}
    ```
    ```openapi good
    openapi: 3.0.3
    info: {title: Orders, version: 1.0.0}
    paths: {}
    components:
      schemas:
        Order:
          type: object
          properties:
            customer: {nullable: true, allOf: [{$ref: "#/components/schemas/Customer"}]}
        Customer: {type: object, properties: {email: {type: string}}}
    ```
    """
    for each in _bound(element):
        dropped = sorted(KEYWORDS.intersection(each.binding))
        if dropped and _refers(each, at):
            told = f"{each.name} has {some(dropped)} beside a reference, where it is not read"
            yield Fact(told, about=each, level=Level.NOTE if dropped == ["type"] else None)


def _refers(element: Field | Type, at: Place) -> bool:
    if isinstance(element, Type):
        return element.shape is Shape.ALIAS
    type = at.contract.types.get(element.type)
    return type is not None and bool(type.at) and not type.inline


@rule(Guideline.EXPLICIT, Level.WARNING)
def keyword_not_read(element: Extended | Operation, *, at: Place) -> Iterator[Fact]:
    """A keyword belongs to another version of the format, so it is not read here.

    The author means what consumers are not told: here, that the value may be null.

    Write what this version knows: from OpenAPI 3.1 on, `null` as one of the types.

    ```openapi bad
    components:
      schemas:
        Customer:
          type: object
          properties: {phone: {type: string, nullable: true}}
    ```
    ```openapi good
    components:
      schemas:
        Customer:
          type: object
          properties: {phone: {type: [string, "null"]}}
    ```
    """
    for each in _bound(element):
        if each.binding.get("nullable") is True and not _refers(each, at):
            told = f"{each.name} is nullable by a keyword that this version of the format does not have"
            yield Fact(told, about=each)
