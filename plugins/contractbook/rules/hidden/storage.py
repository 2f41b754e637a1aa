"""Names and texts that show how data is stored."""

from __future__ import annotations

from collections.abc import Iterator

from contractbook.declare import Enumeration, Fact, rule
from contractbook.finding import Direction, Guideline, Level
from contractbook.lexicon import Words
from contractbook.lexicon.spelling import words
from contractbook.model import Field, Group, Message, Operation, Role, Shape, Type
from contractbook.place import Place
from contractbook.rules.hidden.text import shortened
from contractbook.texts import expression

TRANSFER = frozenset({"dto", "dtos", "vo", "view model"})
OF_CLASSES = frozenset({"entity", "repository", "controller", "row"})
COLUMN = expression(
    r"(?i)(?:^|_)(?:tbl|vw|col|fld|clob)(?:_|$)|^tbl[A-Z]|(?:_|[a-z])(?:cd|flg|nbr|clob)$|^T_[A-Z]"
    r"|(?i:_(?:nm|hdr|dtl|dtm)$)|(?-i:(?:^|_)(?:CUST|ORD|ACCT|USR|EMP|UPD|CRT|HDR|DTL)_[A-Z])"
)
KEY = expression(r"(?i:(?:^|_)[pf]k(?:_|$))|[a-z][PF]k$|^[pf]k[A-Z]|^[LG]SI\d?_?[PS]K$|^[SP]K$")
LOOKUPS = frozenset(
    {"icontains", "iexact", "istartswith", "iendswith", "isnull"}
    | {"gte", "lte", "gt", "lt", "in", "contains", "exact", "range"}
)


@rule(Guideline.HIDDEN, Level.ERROR)
def persistence_suffix(
    element: Type | Field | Group | Operation | Message, *, words: Words
) -> Iterator[str | Fact]:
    """A name ends in a word of the provider's code or store, such as Entity, Dao, Impl, Bean or Controller.

    The provider can no longer rename, split or replace a class without a visible change for consumers.

    Name what it is for the consumer: `Order` instead of `OrderEntity` or `OrderDto`.

    ```openapi bad
    components:
      schemas:
        OrderEntity: {type: object, properties: {total: {type: string}}}
    ```
    ```openapi good
    paths:
      /legal-entities: {}
    components:
      schemas:
        Order: {type: object, properties: {total: {type: string}}}
        LegalEntity: {type: object, properties: {taxNumber: {type: string}}}
    ```
    """
    for hit in words:
        if _names_code(element, hit.word, hit.text):
            level = Level.WARNING if hit.word in TRANSFER else None
            yield Fact(f"{hit.text} ends in a word of the provider's code", level=level)


def _names_code(element: Type | Field | Group | Operation | Message, word: str, text: str) -> bool:
    """Whether a word can only be one of code here; an entity may well be what a consumer comes for."""
    if isinstance(element, Group):
        return word == "controller" and text.islower()
    if word == "vo":
        return text.endswith("VO")
    if word in OF_CLASSES:
        return not isinstance(element, Field) and word.capitalize() in text
    return True


@rule(Guideline.HIDDEN, Level.WARNING)
def column_style_name(element: Type | Field | Operation, *, words: Words) -> Iterator[str]:
    """A name is written like a table or a column, such as TBL_ORDER, T_CUST or ord_stat_cd.

    Consumers learn the layout of a table, so the table can no longer change.

    Spell the meaning out in the words of the interface: `status` instead of `ord_stat_cd`.

    ```openapi bad
    components:
      schemas:
        Order:
          type: object
          properties:
            ord_stat_cd: {type: string}
    ```
    ```openapi good
    components:
      schemas:
        Order:
          type: object
          properties:
            status: {type: string}
    ```
    """
    for hit in words:
        if COLUMN.search(hit.text):
            yield f"{hit.text} is written like a table or a column"
            return


@rule(Guideline.HIDDEN, Level.ERROR)
def database_key_name(field: Field, *, at: Place, words: Words) -> Iterator[str]:
    """A field is a key or row marker of a database, such as order_pk, fk_customer, rowid or $oid.

    Consumers begin to rely on keys that vanish when the store changes.

    Give consumers an identifier that belongs to the interface, such as `orderId`, and keep keys inside.

    ```openapi bad
    components:
      schemas:
        Order:
          type: object
          properties:
            order_pk: {type: integer}
            $oid: {type: string}
    ```
    ```openapi good
    components:
      schemas:
        Order:
          type: object
          properties:
            orderId: {type: string}
    ```
    """
    for hit in words:
        is_number = at.type(field.type).scalar == "integer"
        if hit.word not in ("pk", "fk", "sk") or (
            KEY.search(field.name) and (is_number or len(field.name) > 2)
        ):
            yield f"{field.name} is a key of the database"
            return


@rule(Guideline.HIDDEN, Level.WARNING)
def storage_bookkeeping(field: Field, *, words: Words) -> Iterator[str]:
    """A field holds the bookkeeping of storage, such as deleted_flag, etl_ts, lock_version or created_by_job.

    Consumers filter by it, and the provider can no longer change how it deletes, loads or locks.

    Leave it out. Where consumers need the fact, say it in their terms: a status `cancelled`, an ETag.

    ```openapi bad
    components:
      schemas:
        Order:
          type: object
          properties:
            deleted_flag: {type: string}
            etl_load_ts: {type: string, format: date-time}
    ```
    ```openapi good
    components:
      schemas:
        Order:
          type: object
          properties:
            status: {type: string, enum: [open, cancelled]}
    ```
    """
    yield f"{field.name} is bookkeeping of the store"


@rule(Guideline.HIDDEN, output=Level.WARNING)
def storage_location(element: Type | Field | Message, *, at: Place, words: Words) -> Iterator[str]:
    """An example, default or name tells a file path, a bucket, a cloud resource or a database address.

    The place of storage becomes known and therefore fixed, and attackers learn where to look.

    Give an address of the interface that leads to the content, and invent neutral examples.

    ```openapi bad
    components:
      schemas:
        Invoice:
          type: object
          properties:
            document: {type: string, example: "s3://acme-prod-invoices/2026/4711.pdf"}
    ```
    ```openapi good
    components:
      schemas:
        Invoice:
          type: object
          properties:
            document: {type: string, format: uri, example: "https://api.example.com/invoices/4711/document"}
    ```
    """
    for hit in words:
        if hit.part != "name":
            yield f"{shortened(hit.word)} in the {hit.noun} tells where the content is stored"
        elif Direction.INPUT not in at.directions:  # a consumer may well name a store of its own
            yield f"{element.name} tells where the content is stored"


@rule(Guideline.HIDDEN, Level.ERROR)
def query_language_in_contract(element: Type | Field | Operation, *, words: Words) -> Iterator[str]:
    """A name, an example or a text carries SQL or the query language of another store.

    Consumers write queries against the store, so neither its schema nor the product can be exchanged.

    Offer named parameters for what consumers look for, and translate them inside.

    ```openapi bad
    paths:
      /orders:
        get:
          parameters:
            - {name: where_clause, in: query, schema: {type: string}, example: "stat_cd = 3"}
    ```
    ```openapi good
    paths:
      /orders:
        get:
          parameters:
            - {name: status, in: query, schema: {type: string, enum: [open, paid]}}
    ```
    """
    for hit in words:
        if hit.word in LOOKUPS:
            if "__" in element.name:  # how an object mapper writes a lookup
                yield f"{element.name} takes a query in the language of the store"
        elif hit.part == "name":
            yield f"{element.name} takes a query in the language of the store"
        else:
            yield f'"{shortened(hit.word)}" in the {hit.noun} is a query in the language of the store'


MEANING = expression(
    r"(?i)status|state|type|kind|category|reason|mode|code|role|method|gender|priority|class"
)
MEASURES = expression(
    r"(?i)month|day|hour|minute|week|year|version|rotation|channel|reg|size|width|rate|count|zoom"
)
NUMBERED = expression(r"\b\d{1,2}\W{0,4}(?:[-=:–—]|is|means)")
EXPLAINED = ("x-enum", "x-ms-enum", "x-code")


@rule(Guideline.HIDDEN, Level.WARNING)
def enum_code_value(type: Enumeration, *, at: Place) -> Iterator[str]:
    """The values of an enumeration are codes or ordinals, such as STATUS_3 or 07, instead of meanings.

    Consumers copy a private code table, which the provider can then no longer renumber.

    Use words that say what the value means: `open`, `paid`, `shipped`.

    ```openapi bad
    components:
      schemas:
        Order:
          type: object
          properties:
            status: {type: string, enum: ["01", "02", "07"]}
    ```
    ```openapi good
    components:
      schemas:
        Order:
          type: object
          properties:
            status: {type: string, enum: [open, paid, shipped]}
    ```
    """
    if type.shape is not Shape.ENUM or len(type.values) < 3:
        return
    name = type.name.rpartition(" > ")[2]
    values = [value.name for value in type.values]
    if _are_codes(values, name) and not _is_explained(type, values, at):
        yield f"the values of {name} are codes: {', '.join(values[:3])}"


def _is_explained(type: Type, values: list[str], at: Place) -> bool:
    return _explains(type, values) or any(_explains(field, values) for field in _users(type, at))


def _users(type: Type, at: Place) -> Iterator[Field]:
    """The fields and parameters of a type: where it has no name of its own, they speak for it."""
    for other in at.contract.types.values():
        yield from (field for field in other.fields if field.type == type.name)
    for operation in at.contract.operations():
        yield from (field for field in operation.parameters if field.type == type.name)


def _are_codes(values: list[str], name: str) -> bool:
    """Whether values are ordinals of something that has meanings, or padded numbers, or numbered words."""
    if MEASURES.search(name):
        return False
    if all(value.isdecimal() for value in values):
        is_padded = any(value.startswith("0") and len(value) > 1 for value in values)
        numbers = sorted(map(int, values))
        are_ordinals = numbers[0] < 2 and numbers[-1] < 2 * len(numbers)
        return is_padded or (are_ordinals and bool(MEANING.search(name)))
    stems = {value.rstrip("0123456789") for value in values}
    return len(stems) == 1 and bool(MEANING.search(stems.pop())) and values[0][-1:].isdecimal()


def _explains(element: Field | Type, values: list[str]) -> bool:
    """Whether somebody says what the codes mean."""
    if NUMBERED.search(element.doc) or any(len(value) > 1 and value in element.doc for value in values):
        return True
    if any(key.startswith(EXPLAINED) for key in element.binding):
        return True
    return isinstance(element, Type) and any(value.doc or value.title for value in element.values)


@rule(Guideline.HIDDEN, Level.NOTE)
def sequential_id(operation: Operation, *, at: Place) -> Iterator[Fact]:
    """An identifier is a number instead of an opaque text.

    Consumers count, guess or sort by it, and the provider cannot move to another kind of key.

    Give out opaque texts, such as UUIDs, and treat them as texts.

    ```openapi bad
    paths:
      /orders/{orderId}:
        get:
          parameters:
            - {name: orderId, in: path, required: true, schema: {type: integer}}
          responses: {"200": {description: The order}}
    ```
    ```openapi good
    paths:
      /orders/{orderId}:
        get:
          parameters:
            - {name: orderId, in: path, required: true, schema: {type: string, format: uuid}}
          responses: {"200": {description: The order}}
    ```
    """
    for field in operation.parameters:
        if (
            field.role is Role.PATH
            and at.type(field.type).scalar == "integer"
            and words(field.name)[-1] == "id"
        ):
            yield Fact(f"{field.name} is a number that consumers can guess", about=field)
