"""What changed about rpcs beyond what the common model says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Kind, Level
from contractbook.model import Message, Operation

_VERSION = re.compile(r"(?<=/)v\d+(?:(?:alpha|beta|p)\d*)*(?=/|$)").sub


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL, surface="wire")
def streaming_changed(old: Message, new: Message) -> Iterator[Fact]:
    """An rpc takes or returns a stream where it was one message, or one message where it was a stream.

    Old consumers send or expect what the other side no longer understands.

    Add a second rpc with the stream.

    ```protobuf old
    service Orders { rpc Watch(Request) returns (Order); }
    message Request { string id = 1; }
    message Order { string id = 1; }
    ```
    ```protobuf new
    service Orders { rpc Watch(Request) returns (stream Order); }
    message Request { string id = 1; }
    message Order { string id = 1; }
    ```
    """
    if old.stream != new.stream:
        yield Fact(
            f"The {new.name} is {'a stream' if new.stream else 'no stream any more'}", old.stream, new.stream
        )


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.SEMANTIC)
def repeatability_changed(old: Operation, new: Operation) -> Iterator[Fact]:
    """An rpc says something else of what happens when it is called twice.

    Consumers and proxies that repeat calls by themselves do so where they must not.

    Keep the promise; a call with other effects is another rpc.

    ```protobuf old
    service Orders {
      rpc Get(Order) returns (Order) { option idempotency_level = NO_SIDE_EFFECTS; }
    }
    message Order { string id = 1; }
    ```
    ```protobuf new
    service Orders { rpc Get(Order) returns (Order); }
    message Order { string id = 1; }
    ```
    """
    was, now = (f"{_promise(each)}" for each in (old, new))
    if was != now:
        level = Level.NOTE if _rank(new) > _rank(old) else None
        yield Fact(f"{new.name} {now}, and {was}".replace("and is", "and was"), was, now, level=level)


def _promise(operation: Operation) -> str:
    return ("is not safe to repeat", "is safe to repeat", "is without effects")[_rank(operation)]


def _rank(operation: Operation) -> int:
    return 2 if operation.safe else 1 if operation.idempotent else 0


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL, surface="json")
def http_route_changed(old: Operation, new: Operation) -> Iterator[Fact]:
    """A way to call an rpc by HTTP is gone, or has another verb, path or body.

    Consumers that call it by HTTP and JSON send their calls where nobody answers; gRPC is what it was.

    Keep the old way under `additional_bindings` beside the new one.

    ```protobuf old
    import "google/api/annotations.proto";
    service Orders {
      rpc Get(Order) returns (Order) { option (google.api.http).get = "/v1/orders/{id}"; }
    }
    message Order { string id = 1; }
    ```
    ```protobuf new
    import "google/api/annotations.proto";
    service Orders {
      rpc Get(Order) returns (Order) { option (google.api.http).get = "/v1/baskets/{id}"; }
    }
    message Order { string id = 1; }
    ```
    """
    before, after = (
        {_neutral(each): _route(each) for each in side.binding.get("http", ())} for side in (old, new)
    )
    gone = [route for key, route in before.items() if key not in after]
    if gone:
        come = [route for key, route in after.items() if key not in before]
        told = f", but by {come[0]}" if come else ""
        yield Fact(f"{new.name} can no longer be called by {gone[0]}{told}", gone, come)


def _neutral(said: Mapping[str, str]) -> tuple[str, ...]:
    """What a call by HTTP is made of, without the version in its path."""
    return said["verb"], _VERSION("", said["path"]), said.get("body", ""), said.get("response_body", "")


def _route(said: Mapping[str, str]) -> str:
    """A way to call by HTTP in one line."""
    body = said.get("body", "")
    told = f" with {'the whole request' if body == '*' else body} as body" if body else ""
    return f"{said['verb']} {said['path']}{told}"
