"""Pact files, specification 1 to 4: HTTP interactions and messages (docs.pact.io, Pact Specification).

A Pact consumer is a tolerant reader: what an answer has beyond what is expected is no failure. What it
expects is read from the examples of the file: each field of an example body is one that it reads. Matching
rules say which values may differ, and generators replace values: neither adds a field, but rules that take
any key (`eachKey`, `values`) or any item make the keys below them examples only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs

from contractbook.consumers.consumer import Consumer, Sent, Use
from contractbook.formats.faults import Faults
from contractbook.source.document import Document
from contractbook.source.pointers import joined

JSON = "application/json"
ANY_KEY = ("eachKey", "values", "eachValue")  # matchers under which the keys of an object mean nothing
DEEPEST = 60
MOST_FIELDS = 2_000  # of one message
ADDRESSES = ("destination", "topic", "kafka_topic", "queue", "channel", "exchange")


def is_pact(data: Any) -> bool:
    """Whether a JSON value is a Pact file."""
    if not isinstance(data, dict) or not isinstance(data.get("consumer"), dict):
        return False
    return isinstance(data.get("provider"), dict) and bool({"interactions", "messages"} & data.keys())


def read(document: Document, faults: Faults) -> Consumer | None:
    """The consumer of a Pact file; an interaction that cannot be read is a fault, the others count."""
    data = document.data
    names = [_text(data[side], "name") for side in ("consumer", "provider")]
    for side, name in zip(("consumer", "provider"), names, strict=True):
        if not name:
            faults.invalid(f"the {side} has no name", document, f"/{side}", f"Name the {side}.")
    uses: list[Use] = []
    for key in ("interactions", "messages"):
        given = data.get(key, [])
        if not isinstance(given, list):
            faults.invalid(f"`{key}` is no list", document, f"/{key}")
            continue
        for index, each in enumerate(given):
            at = f"/{key}/{index}"
            found = list(_uses(each, at)) if isinstance(each, dict) else []
            if not found:
                faults.invalid("this is no interaction: it has neither request nor contents", document, at)
            uses += found
    return Consumer(names[0], names[1], tuple(uses), document.path) if all(names) else None


def _uses(given: Mapping[str, Any], at: str) -> Iterator[Use]:
    """The uses of an interaction; those of version 4 say their type, others are known by their keys."""
    match given.get("type"):
        case "Synchronous/Messages":
            yield from _synchronous(given, at)
        case "Asynchronous/Messages":
            yield from _message(given, at)
        case _ if isinstance(given.get("request"), dict):
            yield _http(given, at)
        case _ if "contents" in given or "content" in given:
            yield from _message(given, at)


# -- HTTP


def _http(given: Mapping[str, Any], at: str) -> Use:
    request, response = given["request"], given.get("response")
    response = response if isinstance(response, dict) else {}
    body = _body(request.get("body"))
    answer = _body(response.get("body"))
    query = list(_query(request, f"{at}/request"))
    headers = list(_headers(request, f"{at}/request"))
    sent = [name for name, _ in _fields(body)]
    return Use(
        operation=f"{str(request.get('method') or 'GET').upper()} {request.get('path', '/')}",
        fields=tuple(name for name, _ in _fields(answer, response.get("matchingRules"))),
        sends=(*sent, *(each.name for each in (*query, *headers))),
        values={name: (value,) for name, value in _fields(body) if isinstance(value, str)},
        media=_media(response),
        status=str(response.get("status", 200)),
        requests=(*_example(body, f"{at}/request/body"), *query, *headers),
        answers=(*_example(answer, f"{at}/response/body"), *_headers(response, f"{at}/response")),
        at=at,
    )


def _query(request: Mapping[str, Any], at: str) -> Iterator[Sent]:
    """The query: one text up to version 2, lists by name from version 3 on."""
    given = request.get("query")
    if isinstance(given, str):
        given = parse_qs(given, keep_blank_values=True)
    if isinstance(given, dict):
        for name, value in given.items():
            for each in value if isinstance(value, list) else [value]:
                yield Sent("query", each, name, f"{at}/query")


def _headers(message: Mapping[str, Any], at: str) -> Iterator[Sent]:
    given = message.get("headers")
    if isinstance(given, dict):
        for name, value in given.items():
            for each in value if isinstance(value, list) else [value]:
                yield Sent("header", each, name, f"{at}/headers")


def _media(message: Mapping[str, Any]) -> str:
    for each in _headers(message, ""):
        if each.name.lower() == "content-type":
            return str(each.value).partition(";")[0].strip().lower()
    body = message.get("body")
    return _text(body, "contentType").partition(";")[0] if isinstance(body, dict) else ""


# -- messages


def _message(given: Mapping[str, Any], at: str) -> Iterator[Use]:
    body = _body(given.get("contents", given.get("content")))
    rules = given.get("matchingRules")
    yield Use(
        operation=_address(given),
        fields=tuple(name for name, _ in _fields(body, rules)),
        sends=(),
        answers=tuple(_example(body, f"{at}/contents")),
        is_message=True,
        at=at,
    )


def _synchronous(given: Mapping[str, Any], at: str) -> Iterator[Use]:
    request = given.get("request")
    asked = _body(request.get("contents")) if isinstance(request, dict) else None
    for index, response in enumerate(given.get("response") or [{}]):
        answer = _body(response.get("contents")) if isinstance(response, dict) else None
        yield Use(
            operation=_address(given),
            fields=tuple(name for name, _ in _fields(answer)),
            sends=tuple(name for name, _ in _fields(asked)),
            requests=tuple(_example(asked, f"{at}/request/contents")),
            answers=tuple(_example(answer, f"{at}/response/{index}/contents")),
            at=at,
        )


def _address(given: Mapping[str, Any]) -> str:
    """Where a message comes from: its metadata if they name a channel, else its description."""
    metadata = given.get("metadata") or given.get("metaData") or {}
    named = (metadata.get(key) for key in ADDRESSES) if isinstance(metadata, dict) else ()
    return next((str(each) for each in named if each), _text(given, "description"))


# -- bodies


def _body(given: Any) -> Any:
    """The value of a body; version 4 wraps it: what is encoded or no JSON says nothing about fields."""
    if isinstance(given, dict) and "content" in given and {"contentType", "encoded"} & given.keys():
        media = _text(given, "contentType")
        return given["content"] if "json" in media and not given.get("encoded") else None
    return given


def _example(body: Any, at: str) -> Iterator[Sent]:
    if isinstance(body, dict | list) and body:
        yield Sent("body", body, at=at)


def _fields(body: Any, rules: Any = None) -> list[tuple[str, Any]]:
    """The paths of the innermost fields of a body with their values; items of lists count as one."""
    loose = _loose(rules)
    found: dict[str, Any] = {}
    todo: list[tuple[tuple[str, ...], Any]] = [((), body)]
    while todo and len(found) < MOST_FIELDS:
        path, value = todo.pop()
        if isinstance(value, dict) and value and path not in loose and len(path) < DEEPEST:
            todo += [((*path, key), inner) for key, inner in value.items()]
        elif isinstance(value, list) and len(path) < DEEPEST and value:
            todo += [(path, inner) for inner in value]
        elif path:
            found.setdefault(joined(path), value)
    return sorted(found.items())


def _loose(rules: Any) -> set[tuple[str, ...]]:
    """The paths of objects whose keys are only examples."""
    if not isinstance(rules, dict):
        return set()
    given = rules.get("body", rules)
    return {
        _path(expression)
        for expression, rule in (given.items() if isinstance(given, dict) else ())
        if isinstance(rule, dict)
        and any(each.get("match") in ANY_KEY for each in _matchers(rule) if isinstance(each, dict))
    }


def _matchers(rule: Mapping[str, Any]) -> list[Any]:
    """From version 3 on a path has several matchers, before it has one."""
    found = rule.get("matchers", [rule])
    return found if isinstance(found, list) else [found]


def _path(expression: str) -> tuple[str, ...]:
    """The names in a path expression such as `$.body.items[*].price` or `$['a b']`."""
    flat = expression.replace("['", ".").replace("']", "").removeprefix("$.body").removeprefix("$")
    names = (name.partition("[")[0] for name in flat.split("."))
    return tuple(name for name in names if name and name != "*")


def _text(given: Any, key: str) -> str:
    value = given.get(key) if isinstance(given, Mapping) else None
    return value if isinstance(value, str) else ""
