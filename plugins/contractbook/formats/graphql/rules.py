"""What only a GraphQL schema can be told."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from collections.abc import Iterable, Iterator

from contractbook.declare import Fact, Preset, rule
from contractbook.finding import Direction, Guideline, Level
from contractbook.formats.graphql import changes
from contractbook.formats.graphql.values import uses
from contractbook.model import Contract, Element, Field, Operation, Role, Shape, Type
from contractbook.place import Place

__all__ = ["changes"]

# What Hasura, PostGraphile and Prisma call what they generate from tables; hand-written schemas do not.
GENERATED = re.compile(
    r"_(?:bool_exp|comparison_exp|by_pk|pk_columns_input|on_conflict|set_input|inc_input|select_column"
    r"|update_column|mutation_response|stddev_pop_order_by)$"
    r"|^insert_\w+_one$|^update_\w+_many$|ByNodeId$|NodeIdInput$|BaseInput_$"
    r"|WhereUniqueInput$|(?:Create|Update|Upsert|ConnectOrCreate)\w*Without\w+Input$|ScalarWhere\w*Input$"
    r"|Unchecked(?:Create|Update)\w*Input$|OrderByWithRelation\w*Input$"
).search
# What they generate, too, but others may write by hand.
LIKE_GENERATED = re.compile(r"_(?:aggregate(?:_\w+)?|order_by|insert_input|constraint)$|WhereInput$").search
SHOWN = 5
PATHS = ("edges", "nodes")
CASES = {
    "types": ("PascalCase", re.compile(r"_{0,2}[A-Z][A-Za-z0-9]*").fullmatch),
    "arguments": ("camelCase", re.compile(r"_{0,2}[a-z][A-Za-z0-9]*").fullmatch),
    "enum values": ("SCREAMING_CASE", re.compile(r"_{0,2}[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*").fullmatch),
}
Around = tuple[Element, ...]
Placed = tuple[Element, Around]
MUTATIONS = 4  # from which on a pattern of arguments can be seen
BASE64 = re.compile(r"(?<![\w+/=])[A-Za-z0-9+/_-]{10,}={0,2}(?![\w+/=])")
GLOBAL_ID = re.compile(r"(?:gid://[\w-]+/)?[A-Za-z_]\w*[:|/]\d+").fullmatch
COST = re.compile(r"cost|complexity|depth|listsize|rate.?limit|query.?limit", re.IGNORECASE).search


def listed(names: Iterable[str]) -> str:
    """A few of the names, and how many more there are."""
    found = list(dict.fromkeys(names))
    more = len(found) - SHOWN
    return ", ".join(found[:SHOWN]) + (f" and {more:,} more" if more > 0 else "")


@rule(Guideline.HIDDEN, Level.ERROR)
def database_as_schema(contract: Contract) -> Iterator[Fact]:
    """Names show an interface that was generated from the tables of a database.

    Every change of a table becomes a change of the contract, and consumers write the queries of your store.

    Offer what consumers want to know and do, and keep the generated interface behind it.

    ```graphql bad
    type Query {
      customers_by_pk(id: ID!): Customer
      customers(where: customers_bool_exp): [Customer!]!
    }
    type Customer { id: ID! }
    input customers_bool_exp { id: ID }
    ```
    ```graphql good
    type Query {
      customer(id: ID!): Customer
      customers(city: String, first: Int): [Customer!]!
    }
    type Customer { id: ID! }
    ```
    """
    named: list[Element] = [*contract.operations(), *(type for type in contract.types.values() if type.at)]
    surely = [each for each in named if GENERATED(each.name)]
    if surely:
        names = [each.name for each in named if each in surely or LIKE_GENERATED(each.name)]
        yield Fact(f"A database shows through: {listed(names)}", about=surely[0])


@rule(Guideline.SIMPLE, Level.WARNING)
def connection_incomplete(type: Type) -> Iterator[str]:
    """A connection lacks its edges, or what tells whether there are more.

    Generic clients page through any connection that has `edges` and `pageInfo`, and cannot page this one.

    Add what is missing, as the specification of Relay has it, or call the type something else.

    ```graphql bad
    type Query { orders(first: Int, after: String): OrderConnection }
    type OrderConnection { edges: [OrderEdge!] }
    type OrderEdge { cursor: String! }
    ```
    ```graphql good
    type Query { orders(first: Int, after: String): OrderConnection }
    type OrderConnection { edges: [OrderEdge!] pageInfo: PageInfo! }
    type OrderEdge { cursor: String! }
    type PageInfo { hasNextPage: Boolean! endCursor: String }
    ```
    """
    if type.name.endswith("Connection") and type.direction is Direction.OUTPUT and type.fields:
        names = {field.name for field in type.fields}
        lacks = [] if names.intersection(PATHS) else ["edges"]
        lacks += [] if "pageInfo" in names else ["pageInfo"]
        if lacks:
            yield f"{type.name} lacks {' and '.join(lacks)}"


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING)
def mutation_bare_result(operation: Operation, *, at: Place) -> Iterator[str]:
    """A mutation answers with a bare value.

    Nothing can be added to it: neither what changed, nor why it was refused.

    Answer with an object of its own, which can grow.

    ```graphql bad
    type Query { order: ID }
    type Mutation { cancelOrder(id: ID!): Boolean! }
    ```
    ```graphql good
    type Query { order: ID }
    type Mutation { cancelOrder(id: ID!): CancelOrderResult! }
    type CancelOrderResult { cancelled: Boolean! }
    ```
    """
    if operation.method == "mutation":
        for message in operation.outputs():
            if at.type(message.payload).shape in (Shape.SCALAR, Shape.ENUM, Shape.ANY):
                yield f"{operation.label} answers with a bare {at.type(message.payload).name}"


@rule(Guideline.HIDDEN, Level.WARNING)
def numeric_id(contract: Contract) -> Iterator[Fact]:
    """Identifiers are numbers instead of `ID`.

    Consumers count, guess or sort by them, and the provider cannot move to another kind of key.

    Let them be of the type `ID`, whose values are texts that mean nothing.

    ```graphql bad
    type Query { order(id: Int!): Order }
    type Order { total: Float! }
    ```
    ```graphql good
    type Query { order(id: ID!): Order }
    type Order { total: Float! }
    ```
    """
    found = [(each, around) for each, around in _inputs_and_fields(contract) if _is_numeric_id(each)]
    if found:
        first, around = found[0]
        names = [f"{inside.label} > {each.name}" for each, (*_, inside) in found]
        told = f"{len(found):,} identifiers are numbers" if len(found) > 1 else "An identifier is a number"
        yield Fact(f"{told}: {listed(names)}", about=first, within=around)


def _is_numeric_id(field: Field) -> bool:
    return field.type == "Int" and (field.name == "id" or field.name.endswith(("Id", "ID", "_id")))


def _inputs_and_fields(contract: Contract) -> Iterator[tuple[Field, Around]]:
    """Every argument and field, with the elements around it."""
    for operation in contract.operations():
        yield from ((each, (operation,)) for each in operation.parameters)
    for type in contract.types.values():
        for field in type.fields:
            yield field, (type,)
            yield from ((each, (type, field)) for each in field.arguments)


@rule(Guideline.HIDDEN, Level.WARNING)
def decodable_id(contract: Contract, *, at: Place) -> Iterator[Fact]:
    """An identifier that is shown decodes to a type and a number.

    Consumers decode it, make such identifiers themselves, and bind to the keys of your store.

    Show one that means nothing, and make identifiers so that nothing can be read from them.

    ```graphql bad
    type Query {
      order("Such as `T3JkZXI6NDcxMQ==`." id: ID!): Int
    }
    ```
    ```graphql good
    type Query {
      order("Such as `ord_8w7kQm2x`." id: ID!): Int
    }
    ```
    """
    for element, around in at.rows.saying(BASE64):
        for text in BASE64.findall(element.doc):
            if (told := _decoded(text)) and GLOBAL_ID(told):
                yield Fact(f"{text} is {told} for whoever decodes it", about=element, within=around)


def _decoded(text: str) -> str:
    try:
        return b64decode(text + "=" * (-len(text) % 4), altchars=b"-_").decode("ascii")
    except (binascii.Error, ValueError):
        return ""


@rule(Guideline.EXPLICIT, Level.NOTE)
def scalar_undescribed(type: Type) -> Iterator[str]:
    """A scalar says neither what its values look like nor which specification they follow.

    Each consumer parses them in its own way, and some of them wrongly.

    Describe it, or name its specification by `@specifiedBy`.

    ```graphql bad
    type Query { opened: Moment }
    scalar Moment
    ```
    ```graphql good
    type Query { opened: Moment }
    "A moment as RFC 3339 has it, such as `2026-11-22T10:00:00Z`."
    scalar Moment @specifiedBy(url: "https://www.rfc-editor.org/rfc/rfc3339")
    ```
    """
    if type.at and changes.sort(type) == "scalar" and not type.doc and "specifiedBy" not in type.binding:
        yield f"Nothing says what the values of {type.name} look like"


@rule(Guideline.SIMPLE, Level.WARNING)
def unusual_casing(contract: Contract) -> Iterator[Fact]:
    """Types, arguments or values of enumerations are not written as is usual in GraphQL.

    Consumers misspell them, and generated code breaks the rules of its language.

    Write types in PascalCase, fields and arguments in camelCase, values in SCREAMING_CASE.

    ```graphql bad
    type Query { orders(order_status: order_status): Int }
    enum order_status { open }
    ```
    ```graphql good
    type Query { orders(status: OrderStatus): Int }
    enum OrderStatus { OPEN }
    ```
    """
    types = [type for type in contract.types.values() if type.at]
    named: dict[str, list[Placed]] = {
        "types": [(type, ()) for type in types],
        "arguments": [each for each in _inputs_and_fields(contract) if each[0].role is Role.ARGUMENT],
        "enum values": [(value, (type,)) for type in types for value in type.values],
    }
    for kind, elements in named.items():
        style, fits = CASES[kind]
        odd = [(each, around) for each, around in elements if not fits(each.name)]
        if odd:
            first, around = odd[0]
            names = listed(each.name for each, _ in odd)
            yield Fact(
                f"{len(odd):,} of {len(elements):,} {kind} are not in {style}: {names}",
                about=first,
                within=around,
            )


@rule(Guideline.SIMPLE, Level.NOTE)
def mutation_inputs_differ(contract: Contract) -> Iterator[Fact]:
    """Some mutations take one input object, others take arguments of their own.

    Consumers have to look each of them up, and cannot write one helper for all.

    Choose one of the two ways for all mutations.

    ```graphql bad
    type Query { order: ID }
    type Mutation {
      pay(input: PayInput!): ID
      ship(input: PayInput!): ID
      cancel(input: PayInput!): ID
      refund(order: ID!, sum: Float!): ID
    }
    input PayInput { order: ID! }
    ```
    ```graphql good
    type Query { order: ID }
    type Mutation {
      pay(input: PayInput!): ID
      ship(input: PayInput!): ID
      cancel(input: PayInput!): ID
      refund(input: PayInput!): ID
    }
    input PayInput { order: ID! }
    ```
    """
    mutations = [each for each in contract.operations() if each.method == "mutation" and each.parameters]
    one = [each for each in mutations if _takes_input(each)]
    several = [each for each in mutations if not _takes_input(each)]
    if len(mutations) >= MUTATIONS and one and several:
        few = min(several, one, key=len)
        way = "arguments of their own" if few is several else "one input object"
        names = listed(each.name for each in few)
        yield Fact(f"{len(few)} of {len(mutations)} mutations take {way}: {names}", about=few[0])


def _takes_input(operation: Operation) -> bool:
    """Whether all that consumers write is in one input object."""
    return [field.name for field in operation.parameters] == ["input"]


@rule(Guideline.SIMPLE, Level.NOTE)
def nested_list_unbounded(contract: Contract) -> Iterator[Fact]:
    """Fields hold whole lists of objects, with no way to ask for a part of them.

    A query multiplies them with one another: ten orders of ten lines with ten parts are a thousand objects.

    Let them take `first` and `after`, and answer with a connection, where a list can grow.

    ```graphql bad
    type Query { customer: Customer }
    type Customer { orders: [Order!]! }
    type Order { total: Float! }
    ```
    ```graphql good
    type Query { customer: Customer }
    type Customer { orders(first: Int! = 10, after: ID): [Order!]! }
    type Order { total: Float! }
    ```
    """
    found = [
        (type, field)
        for type in contract.types.values()
        if type.direction is Direction.OUTPUT and not type.name.endswith(("Connection", "Payload", "Edge"))
        for field in type.fields
        if not field.arguments and field.name not in PATHS and _holds_objects(contract, field)
    ]
    if found:
        around, first = found[0]
        names = listed(f"{type.name} > {field.name}" for type, field in found)
        noun = "fields hold whole lists" if len(found) > 1 else "field holds a whole list"
        yield Fact(f"{len(found):,} {noun}: {names}", about=first, within=(around,))


def _holds_objects(contract: Contract, field: Field) -> bool:
    type = contract.types[field.type]
    return type.shape is Shape.LIST and contract.resolve(type.item).shape in (Shape.RECORD, Shape.UNION)


@rule(Guideline.EXPLICIT, Level.NOTE, preset=Preset.STRICT)
def query_cost_unstated(contract: Contract) -> Iterator[Fact]:
    """Nothing says how much one query may ask for.

    Consumers learn by being refused how deep and how broad their queries may be.

    State the limits in the description of the schema, or put `@cost` and `@listSize` on what is dear.

    ```graphql bad
    schema { query: Query }
    type Query { customer: Customer }
    type Customer { friends: [Customer!]! }
    ```
    ```graphql good
    "A query is at most 8 levels deep and costs at most 1,000 points."
    schema { query: Query }
    type Query { customer: Customer }
    type Customer { friends: [Customer!]! }
    ```
    """
    said = [contract.doc, *contract.binding, *contract.binding.get("directives", ())]
    said += [service.doc for service in contract.services]
    if any(contract.operations()) and not any(map(COST, said)):
        yield Fact("Nothing says how deep and how broad a query may be")


@rule(Guideline.BACKWARD_COMPATIBLE, Level.NOTE)
def remote_field_non_null(contract: Contract) -> Iterator[Fact]:
    """A field that another service answers must be there.

    If that service fails, the whole object is lost with it, and so is all around it that must be there.

    Let the field be null, so that consumers get the rest.

    ```graphql bad
    type Query { order: Order }
    type Order { buyer: Customer! }
    type Customer @key(fields: "id", resolvable: false) { id: ID! }
    ```
    ```graphql good
    type Query { order: Order }
    type Order { buyer: Customer }
    type Customer @key(fields: "id", resolvable: false) { id: ID! }
    ```
    """
    remote = {
        type.name
        for type in contract.types.values()
        if any(each.get("resolvable") is False for each in uses(type.binding, "@key"))
    }
    for type in contract.types.values() if remote else ():
        for field in type.fields:
            if field.type in remote and not field.nullable:
                told = f"{field.name} of {type.name} fails with the service of {field.type}"
                yield Fact(told, about=field, within=(type,))
