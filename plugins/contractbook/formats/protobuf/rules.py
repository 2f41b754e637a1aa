"""What the common model cannot say of proto files: packages, enumerations, imports, options and styles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from contractbook.declare import Fact, Preset, rule
from contractbook.finding import Guideline, Level
from contractbook.formats.protobuf import field_changes, file_changes, rpc_changes, type_changes
from contractbook.formats.protobuf.heads import split_package
from contractbook.model import Contract, Field, Operation, Shape, Type, Value
from contractbook.place import Place

CHANGES = (field_changes, type_changes, rpc_changes, file_changes)
"""Where the rules about pairs of versions stand."""

NOTHING_CHOSEN = re.compile(
    r"(?:^|_)(?:UNSPECIFIED|UNKNOWN|UNDEFINED|UNRECOGNI[SZ]ED|NONE|UNSET|NOT_SET|INVALID|DEFAULT)$",
    re.IGNORECASE,
).search
_inner = re.compile(
    r"(?:^|[./_;])(?:internal|impl|dao|daos|entity|entities|persistence|repository)(?:[./_;]|$)",
    re.IGNORECASE,
).search
_PASCAL = re.compile(r"[A-Z][A-Za-z0-9]*").fullmatch
_SNAKE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*").fullmatch
_UPPER = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*").fullmatch
_GENERIC = re.compile(
    r"(?:Execute|Run|Query|Invoke|Call|Process|Handle|Do|Perform)(?:Command|Query|Action|Request)?"
).fullmatch
_ENDS = re.compile(
    r"(?i)\b(?:until|ends?\b|close|complet|resum|restart|reconnect|cursor|last|terminat|cancel|finish|stop)"
).search


def files(contract: Contract) -> Mapping[str, Mapping[str, Any]]:
    """What the files of a contract say, by path."""
    found: Mapping[str, Mapping[str, Any]] = contract.binding.get("files", {})
    return found


def _file(path: str) -> str:
    """What a file is called in a message."""
    return path.rpartition("/")[2]


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING)
def zero_value_has_a_meaning(type: Type) -> Iterator[Fact]:
    """The value 0 of an enumeration is a choice, and not the lack of one.

    A field that nobody wrote reads as 0: an absent value looks like a decision that somebody made, and a
    reader that meets a value it does not know may take it for that.

    Let 0 be `…_UNSPECIFIED`, and begin the choices with 1.

    ```protobuf bad
    enum State {
      STATE_OPEN = 0;
      STATE_PAID = 1;
    }
    ```
    ```protobuf good
    enum State {
      STATE_UNSPECIFIED = 0;
      STATE_OPEN = 1;
      STATE_PAID = 2;
    }
    ```
    """
    zero = next((value for value in type.values if value.key == "0"), None)
    if zero and type.open and len(type.values) > 1 and not NOTHING_CHOSEN(zero.name):
        yield Fact(f"{zero.name} is what an absent {type.name} reads as", about=zero)


@rule(Guideline.SIMPLE, Level.NOTE, preset=Preset.STRICT)
def enum_value_without_prefix(type: Type) -> Iterator[Fact]:
    """Values do not begin with the name of their enumeration.

    Their names share the scope around the enumeration, so that two enumerations collide over `UNKNOWN`.

    Begin each value with the name of the enumeration: `STATE_OPEN`.

    ```protobuf bad
    enum State {
      UNSPECIFIED = 0;
      OPEN = 1;
    }
    ```
    ```protobuf good
    enum State {
      STATE_UNSPECIFIED = 0;
      STATE_OPEN = 1;
    }
    ```
    """
    if type.shape is Shape.ENUM:
        prefix = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", type.name.rpartition(".")[2]).upper()
        apart = [value.name for value in type.values if not value.name.startswith(f"{prefix}_")]
        if apart:
            more = f" and {len(apart) - 1} more" if len(apart) > 1 else ""
            yield Fact(f"{apart[0]}{more} does not begin with {prefix}_")


@rule(Guideline.EXPLICIT, Level.WARNING)
def enum_alias(type: Type) -> Iterator[Fact]:
    """Two values of an enumeration have one number.

    What is written by one name is read by the other, so that consumers print and compare different names.

    Keep one of them; deprecate the other while consumers move.

    ```protobuf bad
    enum State {
      option allow_alias = true;
      STATE_UNSPECIFIED = 0;
      STATE_SENT = 1;
      STATE_SHIPPED = 1;
    }
    ```
    ```protobuf good
    enum State {
      STATE_UNSPECIFIED = 0;
      STATE_SENT = 1;
    }
    ```
    """
    first: dict[Any, Value] = {}
    for value in type.values:
        known = first.setdefault(value.binding.get("number"), value)
        if known is not value and not (value.lifecycle.deprecated or known.lifecycle.deprecated):
            yield Fact(f"{value.name} has the number of {known.name}", about=value)


@rule(Guideline.EXPLICIT, Level.ERROR)
def package_missing(contract: Contract) -> Iterator[str]:
    """A file has no package.

    Its names stand among those of everybody else, and collide with them in the programs of consumers.

    Name a package that is yours, with a version at its end.

    ```protobuf bad
    syntax = "proto3";
    message Order { string id = 1; }
    ```
    ```protobuf good
    syntax = "proto3";
    package shop.orders.v1;
    message Order { string id = 1; }
    ```
    """
    if "package" not in contract.binding and (contract.types or any(contract.operations())):
        yield "The file has no package"


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING)
def package_without_version(contract: Contract) -> Iterator[str]:
    """The package does not end in a version.

    A breaking change needs a second version beside the first, and two versions of one package cannot be in
    one program.

    Let the package end in `v1`, and the next one that breaks in `v2`.

    ```protobuf bad
    syntax = "proto3";
    package shop.orders;
    service Orders { rpc Get(Order) returns (Order); }
    message Order { string id = 1; }
    ```
    ```protobuf good
    syntax = "proto3";
    package shop.orders.v1;
    service Orders { rpc Get(Order) returns (Order); }
    message Order { string id = 1; }
    ```
    """
    package = contract.binding.get("package", "")
    if package and not split_package(package)[1] and any(contract.operations()):
        yield f"The package {package} has no version"


@rule(Guideline.SIMPLE, Level.NOTE, preset=Preset.STRICT)
def package_in_other_folder(contract: Contract) -> Iterator[str]:
    """A file does not lie in the folder that its package names.

    Consumers cannot tell from a package what to import, nor from an import what they get.

    Put `package shop.orders.v1` into the folder `shop/orders/v1`.

    ```protobuf bad
    syntax = "proto3";
    package shop.orders.v1;
    message Order { string id = 1; }
    ```
    ```protobuf good
    syntax = "proto3";
    message Order { string id = 1; }
    ```
    """
    package = contract.binding.get("package", "").replace(".", "/")
    apart = [path for path in files(contract) if not f"/{path.rpartition('/')[0]}".endswith(f"/{package}")]
    if package and apart:
        yield f"{apart[0].rpartition('/')[2]} is not in a folder {package}"


@rule(Guideline.SIMPLE, Level.WARNING)
def unusual_style(element: Type) -> Iterator[Fact]:
    """Names are not written as the style guide of protobuf has it.

    Generators make each language's names from that style; from another one they make foreign ones.

    Write messages and enumerations as `OrderLine`, fields as `order_line`, values as `ORDER_LINE`.

    ```protobuf bad
    message Order { string customerMail = 1; }
    ```
    ```protobuf good
    message Order { string customer_mail = 1; }
    ```
    """
    own = element.name.rpartition(".")[2]
    if not _PASCAL(own) and "extends" not in element.binding:
        yield Fact(f"{own} is not written as OrderLine")
    fields = [field for field in element.fields if not _SNAKE(field.name)]
    values = [value for value in element.values if not _UPPER(value.name)]
    for found, style in ((fields, "order_line"), (values, "ORDER_LINE")):
        if found:
            more = f" and {len(found) - 1} more of {element.name}" if len(found) > 1 else ""
            yield Fact(f"{found[0].name}{more} is not written as {style}", about=found[0])


@rule(Guideline.SIMPLE, Level.NOTE, preset=Preset.ALL)
def service_without_suffix(contract: Contract, *, suffix: str = "Service") -> Iterator[Fact]:
    """A service does not end in the suffix that was agreed on.

    `Orders` may be a message as well; `OrdersService` is a service.

    Add the suffix to the name, with the next version.

    ```protobuf bad
    service Orders { rpc Get(Order) returns (Order); }
    message Order { string id = 1; }
    ```
    ```protobuf good
    service OrdersService { rpc Get(Order) returns (Order); }
    message Order { string id = 1; }
    ```
    """
    for service in contract.services:
        if service.at and not service.name.endswith(suffix):
            yield Fact(f"{service.name} does not end in {suffix}", about=service)


@rule(Guideline.SIMPLE, Level.WARNING)
def import_unused(contract: Contract) -> Iterator[Fact]:
    """A file imports another one and uses nothing of it.

    Consumers have to obtain, compile and update files for nothing.

    Delete the import.

    ```protobuf bad
    import "google/protobuf/timestamp.proto";
    message Order { string id = 1; }
    ```
    ```protobuf good
    message Order { string id = 1; }
    ```
    """
    for path, said in files(contract).items():
        if unused := said.get("unused"):
            yield Fact(f"{_file(path)} uses nothing of {', '.join(unused)}", at=f"{path}#")


@rule(Guideline.HIDDEN, Level.WARNING)
def import_passed_on(contract: Contract) -> Iterator[Fact]:
    """An import is public or weak.

    Whoever imports the file depends on a file that it never named, and breaks when that one moves.

    Let each file import what it uses; keep a public import only while a file moves.

    ```protobuf bad
    import public "google/protobuf/timestamp.proto";
    message Order { google.protobuf.Timestamp placed = 1; }
    ```
    ```protobuf good
    import "google/protobuf/timestamp.proto";
    message Order { google.protobuf.Timestamp placed = 1; }
    ```
    """
    for path, said in files(contract).items():
        for kind in ("public", "weak"):
            if names := said.get(kind):
                yield Fact(f"The import of {', '.join(names)} in {_file(path)} is {kind}", at=f"{path}#")


@rule(Guideline.EXPLICIT, Level.WARNING)
def syntax_missing(contract: Contract) -> Iterator[Fact]:
    """A file does not say which syntax or edition it is written in.

    It is read as proto2, whatever its author had in mind: fields have presence, enumerations are closed.

    Begin the file with `syntax = "proto3";` or `edition = "2023";`.

    ```protobuf bad
    package shop.orders.v1;
    message Order { optional string id = 1; }
    ```
    ```protobuf good
    syntax = "proto2";
    package shop.orders.v1;
    message Order { optional string id = 1; }
    ```
    """
    for path, said in files(contract).items():
        if not said.get("syntax"):
            yield Fact(f"{_file(path)} states neither syntax nor edition", at=f"{path}#")


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING)
def required_for_ever(field: Field) -> Iterator[str]:
    """A field is `required` on the wire, or a group.

    A reader refuses the whole message without it, so that it can never be left out again; groups are read by
    few languages.

    Make it optional and check it in the program; use a message instead of a group.

    ```protobuf bad
    syntax = "proto2";
    package shop.orders.v1;
    message Order { required string id = 1; }
    ```
    ```protobuf good
    syntax = "proto2";
    package shop.orders.v1;
    message Order { optional string id = 1; }
    ```
    """
    if field.binding.get("label") == "required":
        yield f"No reader takes the message without {field.name}"
    elif field.binding.get("encoding") == "group":
        yield f"{field.name} is a group"


@rule(Guideline.HIDDEN, Level.WARNING)
def option_reveals_inside(contract: Contract) -> Iterator[str]:
    """An option for one language names a package of the provider's inside, such as dao, internal or impl.

    The name goes into the generated code of every consumer, so that the inside cannot be moved any more.

    Generate the contract into a package of its own, such as `example.shop.orders.v1`.

    ```protobuf bad
    option java_package = "example.shop.orders.internal.dao";
    message Order { string id = 1; }
    ```
    ```protobuf good
    option java_package = "example.shop.orders.v1";
    message Order { string id = 1; }
    ```
    """
    for name, values in contract.binding.get("options", {}).items():
        for value in values:
            if isinstance(value, str) and name.endswith(("package", "namespace")) and _inner(value):
                yield f"{name} names a package of the inside: {value}"


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, preset=Preset.STRICT)
def message_shared_by_rpcs(contract: Contract) -> Iterator[Fact]:
    """Two rpcs take or return one message, or an rpc takes or returns `google.protobuf.Empty`.

    One of them cannot gain a field without the other, and `Empty` can never gain any.

    Give each rpc a request and a response of its own, even where they are empty.

    ```protobuf bad
    service Orders {
      rpc Get(Id) returns (Order);
      rpc Cancel(Id) returns (CancelResponse);
    }
    message Id { string id = 1; }
    message Order { string id = 1; }
    message CancelResponse { string id = 1; }
    ```
    ```protobuf good
    service Orders {
      rpc Get(GetRequest) returns (GetResponse);
      rpc Cancel(CancelRequest) returns (CancelResponse);
    }
    message GetRequest { string id = 1; }
    message GetResponse { string id = 1; }
    message CancelRequest { string id = 1; }
    message CancelResponse { string id = 1; }
    ```
    """
    rpcs = [operation for operation in contract.operations() if operation.method == "rpc"]
    used = Counter(message.payload for operation in rpcs for message in operation.messages)
    for operation in rpcs:
        for message in operation.messages:
            if message.payload == "google.protobuf.Empty":
                yield Fact(f"The {message.name} of {operation.name} can never gain a field", about=operation)
            elif used[message.payload] > 1:
                told = f"The {message.name} of {operation.name} is used by other rpcs: {message.payload}"
                yield Fact(told, about=operation)


@rule(Guideline.SIMPLE, Level.NOTE, preset=Preset.STRICT)
def message_named_apart_from_rpc(operation: Operation) -> Iterator[str]:
    """The request and response of an rpc are not named after it.

    Consumers look for `GetOrderRequest` and find `OrderQuery`.

    Call them as the rpc with `Request` and `Response` behind it.

    ```protobuf bad
    service Orders { rpc GetOrder(OrderQuery) returns (GetOrderResponse); }
    message OrderQuery { string id = 1; }
    message GetOrderResponse { string id = 1; }
    ```
    ```protobuf good
    service Orders { rpc GetOrder(GetOrderRequest) returns (GetOrderResponse); }
    message GetOrderRequest { string id = 1; }
    message GetOrderResponse { string id = 1; }
    ```
    """
    for message in operation.messages:
        wanted = f"{operation.name}{message.name.title()}"
        own = message.payload.rpartition(".")[2]
        if operation.method == "rpc" and not own.endswith(wanted):
            yield f"The {message.name} of {operation.name} is called {own}"


@rule(Guideline.HIDDEN, Level.WARNING)
def generic_rpc(operation: Operation, *, at: Place) -> Iterator[str]:
    """An rpc does whatever a text tells it, such as Execute with a command.

    The real interface is hidden in the text, where no tool sees it and every consumer guesses.

    Offer an rpc for each thing that can be done, with fields for what it needs.

    ```protobuf bad
    service Shop { rpc Execute(ExecuteRequest) returns (ExecuteResponse); }
    message ExecuteRequest { string command = 1; }
    message ExecuteResponse { string id = 1; }
    ```
    ```protobuf good
    service Shop { rpc CancelOrder(CancelOrderRequest) returns (CancelOrderResponse); }
    message CancelOrderRequest { string order_id = 1; }
    message CancelOrderResponse { string id = 1; }
    ```
    """
    if operation.method != "rpc" or not _GENERIC(operation.name):
        return
    for message in operation.inputs():
        fields = at.type(message.payload).fields
        kinds = [at.type(field.type).scalar for field in fields]
        if "string" in kinds and len(fields) <= 3:
            yield f"What {operation.name} does is in the text of its request"


@rule(Guideline.EXPLICIT, Level.NOTE)
def stream_without_end(operation: Operation) -> Iterator[str]:
    """A stream does not say how it ends, or how to go on after it was cut.

    Connections break; consumers then lose messages or get them twice.

    Write above the rpc when the stream ends, and how a consumer takes it up again.

    ```protobuf bad
    service Orders {
      // The changes of an order.
      rpc Watch(WatchRequest) returns (stream WatchResponse);
    }
    message WatchRequest { string id = 1; }
    message WatchResponse { string state = 1; }
    ```
    ```protobuf good
    service Orders {
      // The changes of an order until it is delivered; `after` takes up a stream that was cut.
      rpc Watch(WatchRequest) returns (stream WatchResponse);
    }
    message WatchRequest { string id = 1; string after = 2; }
    message WatchResponse { string state = 1; }
    ```
    """
    if any(message.stream for message in operation.outputs()) and not _ENDS(operation.doc):
        yield f"Nothing says when the stream of {operation.name} ends, or how it goes on after a cut"
