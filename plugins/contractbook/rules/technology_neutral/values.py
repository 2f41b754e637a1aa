"""Values that only one language, place or clock reads rightly."""

from __future__ import annotations

from collections.abc import Iterator

from contractbook.declare import Fact, Record, rule
from contractbook.finding import Guideline, Level
from contractbook.formats import FORMATS
from contractbook.lexicon import Words
from contractbook.model import Element, Field, Message, Operation, Role, Shape, Type
from contractbook.place import Place
from contractbook.texts import expression

SAFE = 2**53 - 1  # RFC 8259, section 6
COUNTED = expression(
    r"(?i)count|size|total|offset|limit|page|length|number_?of|num_|amount|duration|seconds|millis|time|date"
    r"|_at$|created|updated|version|bytes|expires|width|height|age$|day|year|minutes|hour|index|position|quantity"
)
WIDE = frozenset({"int64", "uint64"})


@rule(Guideline.TECHNOLOGY_NEUTRAL, Level.WARNING)
def wide_integer_as_number(type: Record, *, at: Place) -> Iterator[Fact]:
    """A 64-bit integer travels as a JSON number.

    JavaScript consumers, and others that read numbers as doubles, lose digits beyond 2^53 silently.

    Send it as text, or state a `maximum` of at most 9007199254740991.

    ```openapi bad
    components:
      schemas:
        Order:
          type: object
          properties:
            trackingNumber: {type: integer, format: int64, example: 9007199254740993}
    ```
    ```openapi good
    components:
      schemas:
        Order:
          type: object
          properties:
            trackingNumber: {type: string, pattern: "^[0-9]{1,19}$"}
    ```
    """
    if FORMATS[at.contract.format].exact:
        return
    for field in type.fields:
        held = at.contract.types[field.type]
        if (
            held.format not in WIDE or held.scalar != "integer" or held.takes
        ):  # who reads by a schema loses none
            continue
        most = held.limits.get("maximum", SAFE + 1)
        if _beyond(field) or _beyond(held):
            yield Fact(f"{field.name} grows beyond what a JSON number keeps exactly", about=field)
        elif most > SAFE and not COUNTED.search(field.name):
            told = f"{field.name} may hold more digits than a JSON number keeps exactly"
            yield Fact(told, about=field, level=Level.NOTE)


def _beyond(element: Element) -> bool:
    return any(isinstance(each.value, int) and abs(each.value) > SAFE for each in element.examples)


STATED = expression(
    r"(?i)iso|rfc|8601|3339|y{2,4}.?m|format|utc|gmt|zone|unix|epoch|seconds|millis|timestamp|since 1970"
)
INSTANT = expression(r"\d{4}-?\d\d-?\d\d(?:[T ]\d\d:?\d\d.*(?:Z|[+-]\d\d:?\d\d))?$")
DONE = expression(r"(?:ed|sent|paid|begun|run|built|seen|read|start|end|modified|made|born)$")


@rule(Guideline.TECHNOLOGY_NEUTRAL, Level.WARNING)
def time_without_zone(field: Field, *, at: Place, words: Words) -> Iterator[str]:
    """A date or time is a text without a stated format and zone, or a number without a stated unit.

    A consumer in another zone or language reads another moment, and nobody notices for months.

    Use `format: date-time` (RFC 3339, always with a zone) or `format: date`.

    ```openapi bad
    components:
      schemas:
        Order:
          type: object
          properties:
            createdAt: {type: string, example: "2026-05-01 14:30"}
    ```
    ```openapi good
    components:
      schemas:
        Order:
          type: object
          properties:
            createdAt: {type: string, format: date-time}
            paidAt: {type: integer, description: Seconds since 1970-01-01T00:00:00Z}
    ```
    """
    type = at.type(field.type)
    if (
        field.role is Role.HEADER
        or type.shape is not Shape.SCALAR
        or type.format not in PLAIN_FORMATS
        or "pattern" in type.limits
    ):
        return
    if not _names_a_moment(field.name, words) or _is_stated(field) or _is_stated(type):
        return
    if type.scalar == "string":
        yield f"{field.name} is a text without a stated format and zone"
    elif type.scalar == "integer" and type.format != "int32":
        yield f"{field.name} is a number without a stated unit"


PLAIN_FORMATS = frozenset({"", "int32", "int64", "string"})


def _names_a_moment(name: str, words: Words) -> bool:
    """Whether a name means a moment: a time may last as well, and not everything is done at one."""
    for hit in words:
        if hit.word in ("at", "time"):
            before = name[: -len(hit.word)].rstrip("_-").lower()
            return bool(DONE.search(before)) or (hit.word == "time" and bool(BEGINNING.search(before)))
    return True


BEGINNING = expression(
    r"(?:begin|creation|update|expiration|expiry|arrival|departure|modification|event|transaction)$"
)


def _is_stated(element: Element) -> bool:
    """Whether text or examples say how the moment is written."""
    if STATED.search(element.doc) or STATED.search(element.title):
        return True
    return any(isinstance(each.value, str) and INSTANT.match(each.value) for each in element.examples)


@rule(Guideline.TECHNOLOGY_NEUTRAL, Level.WARNING)
def money_as_float(field: Field, *, at: Place, words: Words) -> Iterator[str]:
    """An amount of money is a binary floating-point number.

    Consumers round differently, and their totals disagree by cents.

    Send the smallest unit as an integer, or a decimal number as text, with its currency beside it.

    ```openapi bad
    components:
      schemas:
        Order:
          type: object
          properties:
            totalPrice: {type: number, format: double}
    ```
    ```openapi good
    components:
      schemas:
        Order:
          type: object
          properties:
            totalPrice: {type: string, pattern: "^[0-9]+[.][0-9]{2}$"}
            currency: {type: string}
    ```
    """
    type = at.type(field.type)
    if type.scalar == "number" and type.format in ("float", "double") and words[0].part == "name":
        yield f"{field.name} is a {type.format}"


@rule(Guideline.TECHNOLOGY_NEUTRAL, Level.NOTE)
def local_text_format(element: Field | Type | Message | Operation, *, words: Words) -> Iterator[str]:
    """A text or example uses a local format, such as dd/MM/yyyy or 31.12.2026.

    Consumers elsewhere misread day and month.

    Write dates as RFC 3339 does, 2026-12-31, and numbers with a decimal point.

    ```openapi bad
    components:
      schemas:
        Order:
          type: object
          properties:
            deliveryDate: {type: string, description: The day of delivery as dd/MM/yyyy}
    ```
    ```openapi good
    components:
      schemas:
        Order:
          type: object
          properties:
            deliveryDate: {type: string, format: date}
    ```
    """
    yield f"the {words[0].noun} writes a date in a local format: {words[0].word}"


@rule(Guideline.TECHNOLOGY_NEUTRAL, Level.NOTE)
def encoding_unstated(type: Record, *, at: Place) -> Iterator[Fact]:
    """Bytes are a field of JSON without a stated encoding.

    JSON has no bytes: each consumer guesses how they are written as text, and some guess wrong.

    Use `format: byte` (3.0) or `contentEncoding: base64` (3.1), or send the bytes as a body of their own.

    ```openapi bad
    paths:
      /photos:
        post:
          requestBody:
            content:
              application/json:
                schema:
                  type: object
                  properties: {image: {type: string, format: binary}}
          responses: {"204": {description: Stored}}
    ```
    ```openapi good
    paths:
      /photos:
        post:
          requestBody:
            content:
              application/json:
                schema:
                  type: object
                  properties: {image: {type: string, format: byte}}
          responses: {"204": {description: Stored}}
    ```
    """
    types = at.contract.types
    for field in type.fields:
        unstated = types[field.type].format == "binary" and "contentEncoding" not in field.binding
        if unstated and any(_is_json(message) and message.payload == type.name for message in _messages(at)):
            yield Fact(f"{field.name} holds bytes, and JSON has none", about=field)


def _messages(at: Place) -> Iterator[Message]:
    return (message for operation in at.contract.operations() for message in operation.messages)


def _is_json(message: Message) -> bool:
    return "json" in message.content_type
