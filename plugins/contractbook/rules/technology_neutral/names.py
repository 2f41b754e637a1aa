"""Names that only fit one language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from contractbook.declare import Fact, Record, rule
from contractbook.finding import Guideline, Level
from contractbook.lexicon import Words
from contractbook.model import Contract, Element, Field, Message, Operation, Shape, Type, Value
from contractbook.place import Place
from contractbook.texts import expression

PREFIXES = {
    "str": ("string",),
    "s": ("string",),
    "sz": ("string",),
    "int": ("integer",),
    "i": ("integer",),
    "n": ("integer", "number"),
    "lng": ("integer",),
    "dbl": ("number",),
    "flt": ("number",),
    "bln": ("boolean",),
    "b": ("boolean",),
    "bool": ("boolean",),
    "arr": (Shape.LIST,),
    "lst": (Shape.LIST,),
    "obj": (Shape.RECORD, Shape.MAP),
}
INTERFACE = expression(r"I[A-Z][a-z]{2}")
BRANDS = (
    "ban",
    "phone",
    "tunes",
    "cloud",
    "pad",
    "pod",
    "mac",
    "message",
    "deal",
    "frame",
    "beacon",
    "stock",
)


@rule(Guideline.TECHNOLOGY_NEUTRAL, Level.ERROR)
def language_type_name(
    element: Type | Field | Operation | Message | Value, *, words: Words
) -> Iterator[str | Fact]:
    """A type of one language or platform appears, such as java.util.HashMap, System.String or std::vector.

    Consumers in other languages cannot know what to send, and the contract follows the library.

    Say what the values are: a map of texts, a date, a decimal number written as text.

    ```openapi bad
    components:
      schemas:
        Order:
          type: object
          properties:
            attributes: {type: object, description: A java.util.HashMap of attributes}
    ```
    ```openapi good
    components:
      schemas:
        Order:
          type: object
          properties:
            attributes: {type: object, additionalProperties: {type: string}, description: Attributes by name}
    ```
    """
    for hit in words:
        if hit.part == "name":
            yield Fact(f"{element.name} is named after a type of a language", level=Level.WARNING)
        else:
            yield f"the {hit.noun} names {hit.word}, a type of one language"


@rule(Guideline.TECHNOLOGY_NEUTRAL, Level.WARNING)
def type_in_name(element: Field | Type, *, at: Place, words: Words) -> Iterator[str]:
    """A name carries its type, such as strName, iCount, bFlag or ICustomer.

    When the type changes, the name lies or breaks; and it is the habit of one language only.

    Leave the prefix out: the contract states the type already.

    ```openapi bad
    components:
      schemas:
        Order:
          type: object
          properties:
            strNote: {type: string}
    ```
    ```openapi good
    components:
      schemas:
        Order:
          type: object
          properties:
            note: {type: string}
    ```
    """
    name = element.name
    if isinstance(element, Type):
        if INTERFACE.match(name) and not name[1:].lower().startswith(BRANDS):
            yield f"{name} is written as an interface of one language"
        return
    prefix = words[0].word
    rest = name[len(prefix) :]
    if rest[:1].isupper() and name.startswith(prefix) and rest not in ("Value", "Data"):
        type = at.type(element.type)
        if {type.scalar, type.shape} & set(PREFIXES[prefix]):
            yield f"{name} begins with its type"


@rule(Guideline.TECHNOLOGY_NEUTRAL, Level.NOTE)
def reserved_word_name(element: Field | Type, *, words: Words) -> Iterator[str]:
    """A name is a reserved word in many languages, such as class, default, private or import.

    Generators rename it in each client, each in its own way, so code and contract no longer agree.

    Choose a word that says more: `shippingClass`, `isPrivate`.

    ```openapi bad
    components:
      schemas:
        Shipment:
          type: object
          properties:
            class: {type: string}
    ```
    ```openapi good
    components:
      schemas:
        Shipment:
          type: object
          properties:
            shippingClass: {type: string}
    ```
    """
    yield f"{element.name} is a reserved word in many languages"


@rule(Guideline.TECHNOLOGY_NEUTRAL, Level.WARNING)
def name_collision_in_code(element: Record | Operation | Contract) -> Iterator[Fact]:
    """Two names differ only by case or separators, and meet in generated code.

    Generated clients do not compile, or mix the two up.

    Rename one of them, so that the two differ in their words.

    ```openapi bad
    components:
      schemas:
        Order:
          type: object
          properties:
            order_id: {type: string}
            orderId: {type: string}
    ```
    ```openapi good
    components:
      schemas:
        Order:
          type: object
          properties:
            orderId: {type: string}
            supplierOrderId: {type: string}
    ```
    """
    match element:
        case Type(fields=fields) if len(fields) > 1:
            yield from _collisions(fields)
        case Operation(parameters=parameters) if len(parameters) > 1:
            yield from _collisions(parameters)
        case Contract(types=types):
            named = (type for type in types.values() if type.at and not type.inline)
            yield from _collisions([type for type in named if not _same_thing(type)])
            yield from _collisions([one for one in element.operations() if one.name != one.key])


def _same_thing(type: Type) -> bool:
    """Whether a type is just another that differs in case alone: an element `order` of a type `Order`."""
    return type.shape is Shape.ALIAS and any(_bare(part) == _bare(type.name) for part in type.parts)


def _collisions(elements: Sequence[Element]) -> Iterator[Fact]:
    names = {element.name for element in elements}
    if len(set(map(_bare, names))) == len(names):
        return
    known: dict[str, str] = {}
    for element in elements:
        first = known.setdefault(_bare(element.name), element.name)
        if first != (name := element.name):
            yield Fact(f"{name} and {first} are one name in generated code", about=element)


@lru_cache(maxsize=50_000)
def _bare(name: str) -> str:
    return name.replace("_", "").replace("-", "").lower()
