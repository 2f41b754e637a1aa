"""Answers that consumers can read without guessing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from contractbook.declare import Choice, Fact, rule
from contractbook.finding import Guideline, Level
from contractbook.lexicon.spelling import words
from contractbook.model import Contract, Message, Operation, Role, Shape, Type
from contractbook.place import Place
from contractbook.rules.http import calls, is_json, successes
from contractbook.rules.naming import count, some, vocabulary
from contractbook.rules.together import each_or_all

OUTCOMES = vocabulary("success ok successful succeeded issuccess issuccessful haserror haserrors iserror")
PAGING = {
    "page": vocabulary("page pagenumber pageno pageindex pagenum"),
    "offset": vocabulary("offset skip start startindex startat"),
    "cursor": vocabulary(
        "cursor after before pagetoken nexttoken startingafter endingbefore marker continuation"
        " continuationtoken nextcursor scrollid"
    ),
}
SIZES = vocabulary("limit pagesize perpage maxresults maxpagesize maxitems pagelimit first top count size")
KINDS = {name: kind for kind, names in PAGING.items() for name in names}


@rule(Guideline.SIMPLE, Level.WARNING)
def success_hides_failure(contract: Contract) -> Iterator[Fact]:
    """A success answer carries a flag that says whether it failed.

    Consumers, proxies and monitors that trust the status take failures for successes.

    Answer a failure with a status of its own, and leave the flag off.

    ```openapi bad
    paths:
      /orders:
        post:
          responses:
            "200":
              description: The order was placed, or not
              content:
                application/json:
                  schema: {type: object, properties: {success: {type: boolean}, error: {type: string}}}
    ```
    ```openapi good
    paths:
      /orders:
        post:
          responses:
            "201":
              description: The order is placed
              content:
                application/json:
                  schema: {type: object, properties: {id: {type: string}}}
            "409":
              description: Something of it is sold out
    ```
    """
    called = list(calls(contract))
    hiding = [each for each in called if any(_hides_failure(answer, contract) for answer in successes(each))]
    yield from each_or_all(hiding, len(called), "hides failures behind a success status", share=0.5)


def _hides_failure(message: Message, contract: Contract) -> bool:
    fields = contract.resolve(message.payload).fields if message.payload in contract.types else ()
    return any(
        "".join(words(field.name)) in OUTCOMES and contract.resolve(field.type).scalar == "boolean"
        for field in fields
    )


@rule(Guideline.SIMPLE, Level.WARNING)
def problem_details_missing(contract: Contract) -> Iterator[str]:
    """Errors do not follow one common shape.

    Each operation needs its own error reader.

    Answer all errors in one shape; RFC 9457 (`application/problem+json`) is one that many tools know.

    ```openapi bad
    paths:
      /orders:
        get:
          responses:
            "400":
              description: A filter cannot be understood
              content:
                application/json:
                  schema: {type: object, properties: {message: {type: string}}}
            "404":
              description: There is no such customer
              content:
                application/json:
                  schema: {type: object, properties: {code: {type: integer}, reason: {type: string}}}
    ```
    ```openapi good
    paths:
      /orders:
        get:
          responses:
            "400": {$ref: "#/components/responses/Problem"}
            "404": {$ref: "#/components/responses/Problem"}
    components:
      responses:
        Problem:
          description: What went wrong
          content:
            application/problem+json:
              schema: {type: object, properties: {title: {type: string}, status: {type: integer}}}
    ```
    """
    shapes: Counter[frozenset[str]] = Counter()
    names: dict[frozenset[str], str] = {}
    for operation in calls(contract):
        for message in operation.outputs():
            if message.fault and message.payload in contract.types and is_json(message):
                type = contract.resolve(message.payload)
                shape = frozenset(field.name for field in type.fields) or frozenset((type.name,))
                shapes[shape] += 1
                names.setdefault(shape, type.name)
    if len(shapes) > 1:
        listed = some([f"{names[shape]} ({number:,})" for shape, number in shapes.most_common()], 4)
        yield f"Errors have {len(shapes)} different shapes: {listed}"


@rule(Guideline.SIMPLE, input=Level.NOTE, output=Level.WARNING)
def variant_without_discriminator(type: Choice, *, at: Place) -> Iterator[str]:
    """Alternatives at the boundary have no field that tells them apart.

    Consumers guess the variant from the fields, and the next variant makes the guess wrong.

    Give every variant a required field with a fixed value, and name it as the discriminator.

    ```openapi bad
    components:
      schemas:
        Payment:
          oneOf: [{$ref: "#/components/schemas/Card"}, {$ref: "#/components/schemas/Transfer"}]
        Card: {type: object, properties: {number: {type: string}}}
        Transfer: {type: object, properties: {iban: {type: string}}}
    ```
    ```openapi good
    components:
      schemas:
        Payment:
          oneOf: [{$ref: "#/components/schemas/Card"}, {$ref: "#/components/schemas/Transfer"}]
          discriminator: {propertyName: kind}
        Card: {type: object, required: [kind], properties: {kind: {const: Card}, number: {type: string}}}
        Transfer: {type: object, required: [kind], properties: {kind: {const: Transfer}, iban: {}}}
    ```
    """
    if len(type.parts) < 2 or type.discriminator is not None or type.shape is not Shape.UNION:
        return
    if at.contract.selective:  # whoever asks is told which variant it is
        return
    records = [part for name in type.parts if (part := at.type(name)).shape is Shape.RECORD and part.fields]
    if len(records) > 1 and type.choice != "tagged" and not _told_apart(records, at):
        yield f"{type.name} has {count(len(records), 'variant')} that no field tells apart"


def _told_apart(records: list[Type], at: Place) -> bool:
    """Whether a field that all records have takes other values in each of them."""
    fixed: dict[str, list[frozenset[str]]] = defaultdict(list)
    for record in records:
        for field in record.fields:
            held = at.type(field.type)
            if held.shape is Shape.ENUM and held.values:
                fixed[field.name].append(frozenset(value.name for value in held.values))
    return any(
        len(values) == len(records) and len(frozenset().union(*values)) == sum(map(len, values))
        for values in fixed.values()
    )


@rule(Guideline.SIMPLE, Level.NOTE)
def unbounded_list(operation: Operation, *, at: Place) -> Iterator[str]:
    """A list is answered whole, with no way to ask for a part of it.

    It works until the data grows, and then it breaks provider and consumers at once.

    Page the list from the beginning, with a cursor and a limit, or state `maxItems`.

    ```openapi bad
    paths:
      /orders:
        get:
          responses:
            "200":
              description: All orders
              content:
                application/json:
                  schema: {type: array, items: {type: object}}
    ```
    ```openapi good
    paths:
      /orders:
        get:
          parameters:
            - {name: after, in: query, schema: {type: string}}
            - {name: limit, in: query, schema: {type: integer, maximum: 100}}
          responses:
            "200":
              description: The next orders
              content:
                application/json:
                  schema: {type: array, items: {type: object}}
    ```
    """
    if not operation.safe or operation.method == "HEAD" or _pages(operation, at):
        return
    for message in (each for each in operation.outputs() if each.status[:1] in ("2", "")):
        if message.payload in at.contract.types and is_json(message) and not message.stream:
            type = at.type(message.payload)
            linked = any(header.name.lower() == "link" for header in message.headers)
            if type.shape is Shape.LIST and "maxItems" not in type.limits and not linked:
                yield f"{operation.label} answers a whole list"
                return


def _pages(operation: Operation, at: Place) -> bool:
    """Whether consumers ask for a page, or name one by one what they want."""
    names = {_last(field.name) for field in operation.parameters}
    named = any(each.required and at.type(each.type).shape is Shape.LIST for each in operation.parameters)
    return named or not names.isdisjoint(KINDS.keys() | SIZES)


def _last(name: str) -> str:
    """A parameter's name without separators and without what stands before brackets: `page[size]` is size."""
    return "".join(words(name.rpartition("[")[2] or name))


@rule(Guideline.SIMPLE, Level.NOTE)
def inconsistent_style(contract: Contract) -> Iterator[str]:
    """Lists are paged in several ways.

    What a consumer learned at one list does not help at the next.

    Choose one way of paging, with the same parameter names everywhere.

    ```openapi bad
    paths:
      /orders:
        get:
          parameters: [{name: page, in: query, schema: {type: integer}}]
          responses: {"200": {description: A page of orders}}
      /customers:
        get:
          parameters: [{name: offset, in: query, schema: {type: integer}}]
          responses: {"200": {description: Some customers}}
    ```
    ```openapi good
    paths:
      /orders:
        get:
          parameters: [{name: page, in: query, schema: {type: integer}}]
          responses: {"200": {description: A page of orders}}
      /customers:
        get:
          parameters: [{name: page, in: query, schema: {type: integer}}]
          responses: {"200": {description: A page of customers}}
    ```
    """
    used: dict[str, list[str]] = defaultdict(list)
    for operation in calls(contract):
        query = [field.name for field in operation.parameters if field.role is Role.QUERY]
        kinds = {kind: name for name in query if (kind := KINDS.get(_last(name)))}
        if kinds:
            kind = "cursor" if "cursor" in kinds else min(kinds)
            used[kind].append(kinds[kind])
    if len(used) > 1:
        ways = sorted(used.items(), key=lambda way: -len(way[1]))
        listed = ", ".join(f"by {kind} ({len(names):,}: {names[0]})" for kind, names in ways)
        yield f"Lists are paged in {len(used)} ways: {listed}"
