"""Same shape, other meaning: what texts and examples say has changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Kind, Level
from contractbook.forms import kind, same
from contractbook.model import Element, Field, Message, Operation, Type, Value
from contractbook.place import Place
from contractbook.rules.promises import measures, numbers, obligations

SCALARS = frozenset({"string", "integer", "number"})
SPELLINGS = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("a date", r"\d{4}-\d\d-\d\d"),
        ("a date with a time", r"\d{4}-\d\d-\d\d[T ].+"),
        ("a UUID", r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
        ("a number", r"-?\d+([.,]\d+)?"),
        ("an address", r"https?://.+"),
        ("a code in capitals", r"[A-Z][A-Z0-9_]*"),
    )
)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.SEMANTIC)
def measure_changed(old: Field | Type, new: Field | Type, *, at: Place) -> Iterator[Fact]:
    """The text of a value names another unit, scale, currency, time zone or spelling.

    Nothing fails: consumers go on and are wrong by a factor.

    Give the value in the new measure a field of its own, with the measure in its name.

    ```openapi old
    components:
      schemas:
        Call:
          type: object
          properties: {timeout: {type: integer, description: How long to wait in seconds}}
    ```
    ```openapi new
    components:
      schemas:
        Call:
          type: object
          properties: {timeout: {type: integer, description: How long to wait in milliseconds}}
    ```
    """
    if not old.doc or not new.doc or old.doc == new.doc:
        return
    form = _scalar(new, at)
    if form and form == _scalar(old, at.before or at):
        for measure, was, now in measures(old.doc, new.doc):
            yield Fact(f"{at.called(new)} is in {now} by its text, and was in {was} ({measure})", was, now)


def _scalar(element: Field | Type, at: Place) -> str | None:
    """The kind of a text or number; None for anything else, which holds no measure."""
    found = kind(at.type(element.type) if isinstance(element, Field) else element)
    return found if found in SCALARS else None


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.SEMANTIC)
def obligation_changed(
    old: Operation | Message | Field | Type, new: Operation | Message | Field | Type, *, at: Place
) -> Iterator[Fact]:
    """A text demands, allows or forbids something else than before.

    Consumers that did what the text said are no longer right, and no tool tells them.

    Say in the schema what the text demands, and change it there.

    ```openapi old
    components:
      schemas:
        Call:
          type: object
          properties: {topic: {type: string, description: The topic should name the shop that calls}}
    ```
    ```openapi new
    components:
      schemas:
        Call:
          type: object
          properties: {topic: {type: string, description: The topic must name the shop that calls}}
    ```
    """
    if old.doc and new.doc and old.doc != new.doc and (found := obligations(old.doc, new.doc)):
        was, now = found
        said = f"says {now or 'nothing'} where it said {was or 'nothing'}"
        yield Fact(f"the text of {at.called(new)} {said}", was or None, now or None)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.SEMANTIC)
def number_in_text_changed(
    old: Operation | Message | Field | Type, new: Operation | Message | Field | Type, *, at: Place
) -> Iterator[Fact]:
    """A text is the same but for a number, such as a limit on calls or the time until an answer comes.

    Consumers built on the number, and nothing in the contract tells them but a text.

    Say the limit in the schema or in a header, and announce a stricter one.

    ```openapi old
    paths:
      /orders:
        get: {description: At most 100 calls a minute, responses: {"200": {description: All orders}}}
    ```
    ```openapi new
    paths:
      /orders:
        get: {description: At most 60 calls a minute, responses: {"200": {description: All orders}}}
    ```
    """
    if old.doc and new.doc and old.doc != new.doc and (found := numbers(old.doc, new.doc)):
        if _told_elsewhere(old, new, at):
            return
        was, now = found
        yield Fact(f"the text of {at.called(new)} says {now} where it said {was}", was, now)


def _told_elsewhere(old: Element, new: Element, at: Place) -> bool:
    """Whether the numbers stand in the schema too, or belong to a measure that changed."""
    if any(measures(old.doc, new.doc)):
        return True
    if not isinstance(old, Field) or not isinstance(new, Field):
        return False
    before = (at.before or at).type(old.type)
    return (before.limits, old.default) != (at.type(new.type).limits, new.default)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.NOTE, kind=Kind.SEMANTIC)
def text_changed(
    old: Operation | Message | Field | Type | Value,
    new: Operation | Message | Field | Type | Value,
    *,
    at: Place,
) -> Iterator[Fact]:
    """A title or description changed, and no other rule sees that something else is meant.

    Most such changes explain better what was always so.

    Have somebody read them who knows what consumers built on the old text.

    ```openapi old
    components:
      schemas: {Order: {type: object, description: An order}}
    ```
    ```openapi new
    components:
      schemas: {Order: {type: object, description: An order as the customer placed it}}
    ```
    """
    before, after = (old.title.split(), old.doc.split()), (new.title.split(), new.doc.split())
    if before != after and not _means_else(old, new):
        yield Fact(f"{at.called(new)} is described in other words", common=True)


def _means_else(old: Element, new: Element) -> bool:
    """Whether another rule tells what a changed text means, or that the element is another one."""
    if isinstance(old, Message) and isinstance(new, Message) and old.status != new.status:
        return True
    return any(told(old.doc, new.doc) for told in (measures, obligations, numbers))


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.SEMANTIC)
def example_refused(old: Message | Field | Type, new: Message | Field | Type, *, at: Place) -> Iterator[Fact]:
    """A new example does not satisfy the type, although the type is what it was.

    The example shows what really travels now, and consumers that were made from the type do not expect it.

    Correct the example; or change the type, so that the change is seen.

    ```openapi old
    components:
      schemas: {Order: {type: object, properties: {total: {type: integer, example: 12}}}}
    ```
    ```openapi new
    components:
      schemas: {Order: {type: object, properties: {total: {type: integer, example: "12.50"}}}}
    ```
    """
    before = at.before
    if before is None or old.examples == new.examples:
        return
    was, now = _typed(old), _typed(new)
    shown = [example.value for example in old.examples]
    for example in new.examples:
        if example.value is None or example.value in shown or not was or not now:
            continue
        misfits = before.misfits(was, example.value, nullable=True)
        if misfits and same(before.contract, at.contract, was, now):
            yield Fact(
                f"an example of {at.called(new)} is refused by its type: {misfits[0]}",
                new=example.value,
                at=example.at,
            )


def _typed(element: Message | Field | Type) -> str:
    """The name of the type that the examples of an element show."""
    match element:
        case Field():
            return element.type
        case Message():
            return element.payload
    return element.name


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.SEMANTIC)
def example_style_changed(old: Field | Type, new: Field | Type, *, at: Place) -> Iterator[Fact]:
    """The examples of a text show another kind of value, such as a code where a number stood.

    Consumers that parse or store the text by its looks fail, though its type is what it was.

    Say in the type what the text looks like, and change it there.

    ```openapi old
    components:
      schemas: {Order: {type: object, properties: {id: {type: string, example: "4711"}}}}
    ```
    ```openapi new
    components:
      schemas:
        Order:
          type: object
          properties: {id: {type: string, example: 0d6b1a52-4f4e-4b0a-9a3e-0f4b4f0f9a11}}
    ```
    """
    if old.examples != new.examples:
        was, now = (_style([each.value for each in side.examples]) for side in (old, new))
        if was and now and was != now:
            yield Fact(f"the examples of {at.called(new)} show {now}, and showed {was}", was, now)


def _style(values: list[Any]) -> str:
    """What all texts look like, if they look alike."""
    styles = {_spelling(value) for value in values if isinstance(value, str)}
    return styles.pop() if len(styles) == 1 else ""


def _spelling(text: str) -> str:
    return next((name for name, pattern in SPELLINGS if pattern.fullmatch(text)), "")
