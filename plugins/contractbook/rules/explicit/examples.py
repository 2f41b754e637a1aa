"""Examples and defaults are held against the types that they stand for."""

from __future__ import annotations

import json
from collections.abc import Iterator

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Level
from contractbook.fitting import Misfit
from contractbook.model import Contract, Element, Example, Field, Message, Role, Shape, Type
from contractbook.place import Place
from contractbook.rules.http import is_json
from contractbook.texts import fits_format


@rule(Guideline.EXPLICIT, Level.WARNING)
def example_invalid(contract: Contract, *, at: Place) -> Iterator[Fact]:
    """An example does not satisfy the type that it shows.

    Consumers copy it and fail, or believe it and not the type.

    Correct the example, or the type if the example shows what really travels.

    ```openapi bad
    components:
      schemas:
        Order:
          type: object
          properties: {total: {type: integer}}
          example: {total: "12"}
    ```
    ```openapi good
    components:
      schemas:
        Order:
          type: object
          properties: {total: {type: integer}}
          example: {total: 12}
    ```
    """
    for element, around in at.rows.shown():
        if isinstance(element, Field | Message | Type):
            for says, where in _wrong_examples(element, at):
                yield Fact(says, about=element, within=around, at=where)


SHOWN = ("date-time", "date", "uuid")


@rule(Guideline.EXPLICIT, Level.NOTE)
def format_only_in_examples(contract: Contract, *, at: Place) -> Iterator[Fact]:
    """All examples of a text have a format that its type does not state.

    Consumers see a date and parse one, but nobody has promised that each value is one.

    State the format: `format: date-time`, `date` or `uuid`.

    ```openapi bad
    components:
      schemas:
        Order:
          type: object
          properties:
            createdAt: {type: string, example: "2026-05-01T14:30:00Z"}
    ```
    ```openapi good
    components:
      schemas:
        Order:
          type: object
          properties:
            createdAt: {type: string, format: date-time, example: "2026-05-01T14:30:00Z"}
    ```
    """
    for element, around in at.rows.shown():
        if spelled := shown_format(contract, element):
            says = f"the examples of {element.name} are of the format {spelled}, and its type does not say so"
            yield Fact(says, about=element, within=around)


def shown_format(contract: Contract, element: Element) -> str:
    """The format that all examples of a text have and its type does not state; "" if there is none."""
    if isinstance(element, Field):
        type = contract.resolve(element.type)
    elif isinstance(element, Type):
        type = element
    else:
        return ""
    shown = [example.value for example in element.examples]
    if type.scalar != "string" or type.shape is not Shape.SCALAR or type.format or "pattern" in type.limits:
        return ""
    texts = [value for value in shown if isinstance(value, str)]
    if not texts or len(texts) < len(shown):
        return ""
    return next((each for each in SHOWN if all(fits_format(each, text) for text in texts)), "")


def _wrong_examples(element: Field | Message | Type, at: Place) -> Iterator[tuple[str, str]]:
    """What is wrong with the examples of an element, and where they stand."""
    name, nullable = _typed(element)
    for example in element.examples if name else ():
        if _shows_nothing(example) or _is_other_text(element, example):
            continue
        misfits = at.misfits(name, example.value, nullable=nullable)
        if misfits and not _travels_as_text(element, example, at):
            which = f"the example {example.name}" if example.name else "the example"
            yield f"{which} of {element.name} does not fit: {_told(misfits)}", example.at


def _typed(element: Field | Message | Type) -> tuple[str, bool]:
    """The type that the examples of an element show, and whether null is one of its values."""
    if isinstance(element, Field):
        return element.type, element.nullable
    return (element.payload, False) if isinstance(element, Message) else (element.name, element.nullable)


def _shows_nothing(example: Example) -> bool:
    return example.value is None and bool(example.name or example.url)


def _is_other_text(element: Field | Message | Type, example: Example) -> bool:
    """Whether an example is the text of a body in a language other than JSON, such as XML."""
    return isinstance(element, Message) and isinstance(example.value, str) and not is_json(element)


def _travels_as_text(element: Field | Message | Type, example: Example, at: Place) -> bool:
    """Whether a number or boolean is shown for a parameter that is a text: in an address it is one."""
    if (
        not isinstance(element, Field)
        or element.role is Role.FIELD
        or not isinstance(example.value, int | float)
    ):
        return False
    return not at.misfits(element.type, json.dumps(example.value))


def _told(misfits: list[Misfit]) -> str:
    return f"{misfits[0]}" + (f" (and {len(misfits) - 1} more)" if len(misfits) > 1 else "")


@rule(Guideline.EXPLICIT, Level.WARNING)
def default_invalid(contract: Contract, *, at: Place) -> Iterator[Fact]:
    """A default lies outside the values that its type allows.

    Nobody knows what happens when the value is left out.

    Choose a default that the type allows, or allow it.

    ```openapi bad
    components:
      schemas:
        Order:
          type: object
          properties:
            state: {type: string, enum: [open, paid], default: new}
    ```
    ```openapi good
    components:
      schemas:
        Order:
          type: object
          properties:
            state: {type: string, enum: [open, paid], default: open}
    ```
    """
    for element, around in at.rows.preset():
        if isinstance(element, Field | Type):
            name = element.type if isinstance(element, Field) else element.name
            if misfits := at.misfits(name, element.default, nullable=element.nullable):
                says = f"the default of {element.name} does not fit: {_told(misfits)}"
                yield Fact(says, about=element, within=around)
