"""What is said in words: every element that consumers meet is explained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from contractbook.declare import Fact, Record, rule
from contractbook.finding import Guideline, Level
from contractbook.lexicon.spelling import words
from contractbook.model import Contract, Field, Type
from contractbook.rules.http import calls
from contractbook.rules.naming import count, some, vocabulary
from contractbook.rules.together import each_or_all
from contractbook.texts import expression

WORDS = 8  # a longer text says more than the name
EMPTY = vocabulary(
    "a an and the of for to in this that these is are its it s value values field property attribute"
    " parameter object item list array set type string integer number boolean"
)
_WORD = expression(r"[^\W_]+")


@rule(Guideline.EXPLICIT, Level.WARNING)
def missing_description(contract: Contract) -> Iterator[Fact]:
    """An operation has no description, or parameters and fields have none.

    Consumers guess what it means, and the guess becomes the contract.

    Say in one sentence what it means to a consumer, with its unit, its limits and what an empty one means.

    ```openapi bad
    paths:
      /orders:
        get:
          responses: {"200": {description: All orders}}
    ```
    ```openapi good
    paths:
      /orders:
        get:
          summary: List the orders of the caller
          responses: {"200": {description: All orders}}
    ```
    """
    called = list(calls(contract))
    silent = [operation for operation in called if not operation.doc and not operation.title]
    yield from each_or_all(silent, len(called), "has no description")
    parameters = {field.at: (each.label, field) for each in called for field in each.parameters}
    yield from _counted("parameter", parameters.values(), contract)
    fields = (
        (type.name, field) for type in contract.types.values() for field in type.fields if not field.origin
    )
    yield from _counted("field", fields, contract)


def _counted(noun: str, fields: Iterable[tuple[str, Field]], contract: Contract) -> Iterator[Fact]:
    """How many fields neither say what they mean nor have a type that does, and where most of them are."""
    types = contract.types
    total = 0
    silent: Counter[str] = Counter()
    for owner, field in fields:
        total += 1
        if not field.doc and not field.title:
            type = types.get(field.type)
            if type is None or not (type.doc or type.title):
                silent[owner] += 1
    if missing := silent.total():
        most = ", ".join(f"{owner} ({number})" for owner, number in silent.most_common(3))
        says = f"{missing:,} of {count(total, noun)} {'has' if missing == 1 else 'have'} no description"
        yield Fact(
            f"{says}, most of them in {most}" if len(silent) > 1 else f"{says}: {most}", level=Level.NOTE
        )


@rule(Guideline.EXPLICIT, Level.NOTE)
def description_repeats_name(type: Record) -> Iterator[str]:
    """A description only repeats the name.

    It takes space, looks like an explanation, and tells consumers nothing.

    Say what the name cannot: the meaning, the unit, where the value comes from, when it is missing.

    ```openapi bad
    components:
      schemas:
        Order:
          type: object
          properties: {total_amount: {type: string, description: The total amount of the order.}}
    ```
    ```openapi good
    components:
      schemas:
        Order:
          type: object
          properties: {total_amount: {type: string, description: "What the customer pays, VAT included."}}
    ```
    """
    names = [field.name for field in type.fields if field.doc and not field.origin and _repeats(field, type)]
    if names:
        several = f"{len(names)} descriptions only repeat names"
        yield f"{several if len(names) > 1 else '1 description only repeats its name'}: {some(names)}"


def _repeats(field: Field, owner: Type) -> bool:
    more = _beyond(field.name, field.doc)
    return more is not None and more.issubset(words(owner.name))


@lru_cache(maxsize=50_000)
def _beyond(name: str, doc: str) -> frozenset[str] | None:
    """The words of a short text that are not those of a name; None where it does not speak of the name."""
    doc, parts = doc.lower(), words(name)
    if not parts or parts[-1] not in doc or doc.count(" ") > WORDS:
        return None
    return frozenset(_WORD.findall(doc)) - EMPTY - {*parts, name.lower(), *_run_together(parts)}


def _run_together(parts: tuple[str, ...]) -> Iterator[str]:
    """Neighbouring words as one, and each as a plural."""
    yield from (f"{one}{other}" for one, other in pairwise(parts))
    yield from (f"{part}s" for part in parts)
