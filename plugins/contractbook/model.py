"""What every contract says, whatever format it is written in.

Readers make these values, everything else only looks at them: they are immutable, refer to types by name
(graphs of types may be cyclic) and keep protocol facts that the common words cannot say in `binding`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

import msgspec

from contractbook.finding import Direction, Finding, Location


class Shape(StrEnum):
    """The form of the values of a type."""

    SCALAR = "scalar"
    ENUM = "enum"
    RECORD = "record"
    LIST = "list"
    MAP = "map"
    UNION = "union"
    ALIAS = "alias"  # another type under this name, perhaps with null or with a text of its own
    ANY = "any"


class Role(StrEnum):
    """What a field is in the interface; a name is unique only among fields of one role."""

    FIELD = "field"
    PATH = "path"
    QUERY = "query"
    HEADER = "header"
    COOKIE = "cookie"
    ARGUMENT = "argument"
    ATTRIBUTE = "attribute"  # of an envelope around the data

    @property
    def noun(self) -> str:
        """The word for such a field in a message to people."""
        spoken = ("field", "header", "argument", "attribute")
        return self.value if self.value in spoken else "parameter"


class Action(StrEnum):
    """Who begins an operation, and whether an answer comes back."""

    CALL = "call"  # the consumer asks, the provider answers
    SEND = "send"  # the provider sends: an event, a webhook, a callback
    RECEIVE = "receive"  # the consumer sends a message: a command


class Lifecycle(msgspec.Struct, frozen=True):
    """The neutral record of an element's end: deprecated (since), works until `sunset`, go to `replacement`.

    A date that cannot be read stays in `unreadable` as it was written.
    """

    deprecated: bool = False
    since: date | None = None
    sunset: date | None = None
    replacement: str = ""
    reason: str = ""
    unreadable: str = ""
    introduced: str = ""  # the version that the document itself says the element came with


ALIVE = Lifecycle()
NOTHING: Mapping[str, Any] = {}


class Example(msgspec.Struct, frozen=True, gc=False):
    """A value that somebody wrote to show what an element looks like."""

    value: Any = None
    name: str = ""
    doc: str = ""
    url: str = ""  # where the value stands, if it does not stand here
    at: str = ""
    binding: Mapping[str, Any] = NOTHING


class Element(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What all parts of a contract share.

    `name` is what people call it, `key` its identity across versions among its siblings, and `aliases` are
    names under which it is still found. `at` says where
    it is declared: `#pointer` in the contract's main document, else `path#pointer`; empty where the reader
    made the element. `doc` is CommonMark. Elements form no circles, so the cyclic collector passes them over.
    """

    name: str
    key: str = ""
    aliases: tuple[str, ...] = ()
    at: str = ""
    doc: str = ""
    title: str = ""
    lifecycle: Lifecycle = ALIVE
    examples: tuple[Example, ...] = ()
    binding: Mapping[str, Any] = NOTHING

    @property
    def identity(self) -> str:
        """What pairs this element with its other versions."""
        return self.key or self.name

    @property
    def label(self) -> str:
        """The name as it is shown: by itself an element is called as it is named."""
        return self.name


class Value(Element, frozen=True, kw_only=True):
    """One value of an enumeration; `name` is the text, or the JSON of what is no text."""


class Field(Element, frozen=True, kw_only=True):
    """A member of a record, a parameter, a header or an argument.

    `type` names a type of the contract. `default` is msgspec.UNSET where none is declared (null is a
    value). `origin` names the type that the field came from by `allOf` or inheritance. A field with
    `arguments` is asked for with values that the consumer writes, whichever way the field itself travels.
    Of an `implicit` one nobody can tell whether it is absent or has its type's own default. Where it is
    `filled`, readers put in the default for what a writer of another version does not know.
    """

    type: str
    role: Role = Role.FIELD
    required: bool = False
    nullable: bool = False
    default: Any = msgspec.UNSET
    read_only: bool = False
    write_only: bool = False
    origin: str = ""
    arguments: tuple[Field, ...] = ()
    implicit: bool = False
    filled: bool = False

    def travels(self, direction: Direction | None) -> bool:
        """Whether it is part of what is sent in a direction: nobody writes what is read-only."""
        if direction is Direction.INPUT:
            return not self.read_only
        return not (direction is Direction.OUTPUT and self.write_only)

    @property
    def identity(self) -> str:
        own = self.key or self.name
        return own if self.role is Role.FIELD else f"{self.role}.{own}"


class Condition(msgspec.Struct, frozen=True):
    """A rule on values that no shape can say; the types named in `types` are its parts.

    | kind | types | names |
    |---|---|---|
    | `not`, `contains`, `content`, `property-names` | the one | |
    | `unevaluated-properties`, `unevaluated-items` | the one | |
    | `if` | if, then, else ("" where absent) | |
    | `dependent-type` | the one | the field it depends on |
    | `dependent-required` | | the field, then those it demands |
    | `one-of`, `any-of` | the branches of a further choice | |
    """

    kind: str
    types: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    at: str = ""


class Discriminator(msgspec.Struct, frozen=True):
    """The field that tells the variants of a union apart, and the type that each of its values means."""

    field: str
    mapping: Mapping[str, str] = NOTHING
    default: str = ""


class Type(Element, frozen=True, kw_only=True):
    """The values that a field, message or item may take.

    `name` is unique in the contract; an `inline` type has no name of its own in the document and is named
    by the way to it: `Customer > address`, `Customer > tags[]`. A scalar type that several places spell
    alike is one type without a place. Limits have JSON Schema's names (`maxLength`, `pattern`, …).
    `direction` is the only one that a format lets it travel in.
    `takes` are further forms of value, such as `integer int32`, that its readers turn into their own.
    """

    shape: Shape
    inline: bool = False
    nullable: bool = False
    scalar: str = ""  # string, integer, number, boolean, bytes, null; of an enum: the type of its values
    format: str = ""
    takes: tuple[str, ...] = ()
    open: bool = True  # a record takes unknown fields; an enum may grow
    tacit: bool = False  # nobody said that it is closed: the format means it so, and many readers do not mind
    fields: tuple[Field, ...] = ()
    patterns: tuple[Field, ...] = ()  # fields named by a regular expression
    values: tuple[Value, ...] = ()
    parts: tuple[
        str, ...
    ] = ()  # branches of a union (or of a record that has variants); the target of an alias
    choice: str = (
        ""  # one-of or any-of: how many parts may hold; tagged: a value says of which it is, or which one
    )
    item: str = ""  # of a list, of a map, of the undeclared fields of a record
    prefix: tuple[str, ...] = ()  # types of the first items of a list
    discriminator: Discriminator | None = None
    bases: tuple[str, ...] = ()  # named types whose facts were merged into this one
    limits: Mapping[str, Any] = NOTHING
    conditions: tuple[Condition, ...] = ()
    default: Any = msgspec.UNSET
    read_only: bool = False
    write_only: bool = False
    direction: Direction = Direction.BOTH
    borrowed: bool = False  # declared by another contract, which is the one to be told of it

    def asks(self) -> Iterator[str]:
        """Names of the types of arguments: what consumers write to get its fields."""
        return (argument.type for field in self.fields for argument in field.arguments)

    def uses(self) -> list[str]:
        """Names of all types that its values bring along, in the order of the document."""
        found = [field.type for field in self.fields]
        if self.patterns:
            found += [field.type for field in self.patterns]
        found += self.parts
        found += self.prefix
        if self.item:
            found.append(self.item)
        for condition in self.conditions:
            found += filter(None, condition.types)
        if self.discriminator:
            found += self.discriminator.mapping.values()
        return found


class Envelope(msgspec.Struct, frozen=True):
    """What is said around the data of a message so that whoever passes it on need not read the data.

    `attributes` are fields of the role attribute; `constants` are the values of those that the contract
    fixes, such as `type` and `source` of CloudEvents (CloudEvents 1.0, 3.1). `mode` is structured, binary
    or batch, and empty where the contract leaves it open. `declared` names the type of the contract whose
    fields the attributes are, where there is one.
    """

    version: str = ""
    mode: str = ""
    attributes: tuple[Field, ...] = ()
    constants: Mapping[str, str] = NOTHING
    declared: str = ""


class Delivery(msgspec.Struct, frozen=True):
    """How a broker hands messages on; what the contract does not say is empty.

    From a `topic` each group of readers gets every message, from a `queue` one reader gets it. `key` tells
    which messages stay in their order; it names a field or a type, or holds the words of the contract.
    `retention` is an ISO 8601 duration, `never` or the broker's own words.
    """

    kind: str = ""  # topic or queue
    guarantee: str = ""  # at-most-once, at-least-once, exactly-once
    ordering: str = ""
    key: str = ""
    partitions: int | None = None
    replicas: int | None = None
    retention: str = ""
    group: str = ""  # the readers who share the messages
    dead_letters: str = ""  # where messages go that nobody could deal with
    compacted: bool | None = None  # whether only the last message for each key is kept
    durable: bool | None = None  # whether they outlive a restart of the broker


class Message(Element, frozen=True, kw_only=True):
    """What travels one way: a request body, an answer, a fault, an event.

    `key` is status and media type, or its name. A message without `payload` has no body.
    """

    direction: Direction
    payload: str = ""
    status: str = ""
    content_type: str = ""
    headers: tuple[Field, ...] = ()
    links: tuple[Link, ...] = ()
    fault: bool = False
    required: bool = False
    stream: bool = False
    envelope: Envelope | None = None
    correlation: str = ""  # where the id stands by which an answer is matched, as an expression


class Link(Element, frozen=True, kw_only=True):
    """What a consumer may do next, with values from this answer."""

    operation: str = ""
    parameters: Mapping[str, Any] = NOTHING


class Requirement(msgspec.Struct, frozen=True):
    """One credential that a call needs; a call needs all of one alternative."""

    scheme: str
    scopes: tuple[str, ...] = ()


class Variable(Element, frozen=True, kw_only=True):
    """A part of a server's address that the consumer fills in."""

    default: str = ""
    values: tuple[str, ...] = ()


class Server(Element, frozen=True, kw_only=True):
    """Where the contract is offered; `url` may hold `{variables}`."""

    url: str
    protocol: str = ""
    variables: tuple[Variable, ...] = ()


class Security(Element, frozen=True, kw_only=True):
    """A way to prove who calls: `kind` is apiKey, http, oauth2, openIdConnect, mutualTLS, …"""

    kind: str
    scopes: Mapping[str, str] = NOTHING


class Operation(Element, frozen=True, kw_only=True):
    """Something a service does: an HTTP method on a path, an rpc, a channel action, a root field.

    `key` is its identity, such as `GET /orders/{id}`; `name` is the id that clients generate a method from,
    else the key. `security` is None where the contract says nothing, and () where the operation is public.
    """

    action: Action = Action.CALL
    address: str = ""  # path, channel address
    method: str = ""  # GET, rpc, …: the word of the badge
    parameters: tuple[Field, ...] = ()
    messages: tuple[Message, ...] = ()
    callbacks: tuple[Operation, ...] = ()
    security: tuple[tuple[Requirement, ...], ...] | None = None
    servers: tuple[Server, ...] = ()
    groups: tuple[str, ...] = ()
    channel: str = ""
    delivery: Delivery | None = None
    reply: str = ""  # where answers go: an address, or an expression that finds it in the message
    safe: bool | None = None  # only reads (RFC 9110, 9.2.1); None where the contract does not say
    idempotent: bool | None = None  # may be repeated (RFC 9110, 9.2.2)

    @property
    def label(self) -> str:
        return self.key or self.name

    def inputs(self) -> Iterator[Message]:
        """The messages that the consumer writes."""
        return (message for message in self.messages if message.direction is not Direction.OUTPUT)

    def outputs(self) -> Iterator[Message]:
        """The messages that the consumer reads."""
        return (message for message in self.messages if message.direction is not Direction.INPUT)


class Group(Element, frozen=True, kw_only=True):
    """A heading that operations stand under: a tag, a proto service, a channel group."""

    parent: str = ""


class Channel(Element, frozen=True, kw_only=True):
    """A topic or queue that messages pass through; it has `messages` where no operation tells them."""

    address: str = ""
    parameters: tuple[Field, ...] = ()
    messages: tuple[Message, ...] = ()
    servers: tuple[str, ...] = ()
    delivery: Delivery | None = None


class Service(Element, frozen=True, kw_only=True):
    """Operations that are offered together: a proto service, a port type, a whole OpenAPI document."""

    operations: tuple[Operation, ...] = ()


class Contract(Element, frozen=True, kw_only=True):
    """One version of a document, or of a set of documents that refer to each other, that a service offers.

    `path` is the main document. `service`, `name` and `version` come from where it lies; a reader fills in
    those that the format itself tells, such as the package of a proto file and the version in it. `roots`
    are types that stand for themselves, such as an event in a schema without operations: nobody says who
    writes them.
    A `selective` one answers with what consumers ask for and nothing else.
    `stated_version` is what the document says of itself. `places` holds line and column by `at`, for a
    format that knows them when it is read.
    """

    format: str
    path: str
    spec_version: str = ""
    service: str = ""
    version: str = ""
    stated_version: str = ""
    documents: tuple[str, ...] = ()  # every file that was read for it, the main one first
    services: tuple[Service, ...] = ()
    channels: tuple[Channel, ...] = ()
    groups: tuple[Group, ...] = ()
    servers: tuple[Server, ...] = ()
    security: tuple[Security, ...] = ()
    types: Mapping[str, Type] = NOTHING
    roots: tuple[str, ...] = ()
    selective: bool = False
    places: Mapping[str, tuple[int, int]] = NOTHING
    faults: tuple[Finding, ...] = ()

    def operations(self) -> Iterator[Operation]:
        """Every operation in the order of the document; callbacks stand inside theirs."""
        for service in self.services:
            yield from service.operations

    def resolve(self, name: str) -> Type:
        """The type behind a name and all its aliases; a cycle of aliases ends where it began."""
        found = self.types[name]
        seen = {name}
        while found.shape is Shape.ALIAS and found.parts and found.parts[0] not in seen:
            seen.add(found.parts[0])
            found = self.types[found.parts[0]]
        return found

    def place(self, at: str) -> tuple[str, str]:
        """Path and pointer of an element's `at`."""
        path, _, pointer = at.partition("#")
        return path or self.path, pointer

    def location(self, at: str) -> Location:
        """Where an element stands, or the nearest one around it whose place was told when it was read.

        Of a contract without `places` only the path is known yet.
        """
        path, pointer = self.place(at)
        if not self.places:
            return Location(path)
        for around in self.around(path, pointer):
            if around in self.places:
                return Location(path, *self.places[around])
        return Location(path, 1, 1)

    def around(self, path: str, pointer: str) -> Iterator[str]:
        """The `at` of an element of a document and of all that is around it, the innermost first."""
        begin = "" if path == self.path else path
        while pointer:
            yield f"{begin}#{pointer}"
            pointer = pointer[: max(0, *(pointer.rfind(sign) for sign in "./("))]


class Variant(Element, frozen=True, kw_only=True):
    """A branch of a choice, as a comparison sees it; `tag` is the value that a discriminator gives it."""

    type: str
    tag: str = ""


class Form(Type, frozen=True, kw_only=True):
    """The kind of value that a type stands for, and whether it may be null, without its further facts.

    A comparison shows it where one kind took the place of another.
    """
