"""Every key of every object is read or kept: a document that uses it gives another model.

The keys come from the tables that documents are checked against, so one that is added there is missed here
at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import orjson
import pytest
from tests.formats.samples import SENTINEL, content

from contractbook.formats import FORMATS
from contractbook.formats.asyncapi.tables import OBJECTS_2, OBJECTS_3
from contractbook.formats.asyncapi.tables.bindings import LEVELS, PARTS, PROTOCOLS
from contractbook.formats.structure.tables import LOOSE, OPEN, kind_of
from contractbook.source.disk import DiskTree
from contractbook.source.document import Document
from contractbook.source.sources import Sources

Said = Mapping[str, Any]
Host = Callable[[Said], dict[str, Any]]
TABLES = {2: OBJECTS_2, 3: OBJECTS_3}
HERE = {"$ref": "#/channels/a"}


def operation(major: int, said: Said) -> dict[str, Any]:
    if major == 2:
        return {"channels": {"a": {"publish": said}}}
    return {
        "channels": {"a": {"address": "a"}, "b": {"address": "b"}},
        "operations": {"o": {"action": "receive", "channel": HERE, **said}},
    }


def message(major: int, said: Said) -> dict[str, Any]:
    if major == 2:
        return operation(2, {"message": said})
    return {
        "channels": {"a": {"address": "a", "messages": {"m": said}}},
        "operations": {"o": {"action": "receive", "channel": HERE}},
    }


def channel(major: int, said: Said) -> dict[str, Any]:
    return {"channels": {"a": said if major == 2 else {"address": "a", **said}}}


def server(major: int, said: Said) -> dict[str, Any]:
    place = {"url": "x"} if major == 2 else {"host": "x"}
    return {**operation(major, {}), "servers": {"s": {**place, "protocol": "kafka", **said}}}


def scheme(major: int, said: Said) -> dict[str, Any]:
    return {"components": {"securitySchemes": {"s": {"type": "oauth2", **said}}}}


HOSTS: Mapping[str, Callable[[int, Said], dict[str, Any]]] = {
    "document": lambda major, said: dict(said),
    "info": lambda major, said: {"info": {"title": "T", "version": "1", **said}},
    "contact": lambda major, said: {"info": {"title": "T", "version": "1", "contact": said}},
    "license": lambda major, said: {"info": {"title": "T", "version": "1", "license": said}},
    "tag": lambda major, said: operation(major, {"tags": [{"name": "t", **said}]}),
    "docs": lambda major, said: operation(major, {"externalDocs": said}),
    "server": server,
    "variable": lambda major, said: server(major, {"variables": {"v": said}}),
    "channel": channel,
    "operation": operation,
    "operation-trait": lambda major, said: operation(major, {"traits": [said]}),
    "parameter": lambda major, said: channel(major, {"parameters": {"p": said}}),
    "message": message,
    "message-trait": lambda major, said: message(major, {"traits": [said]}),
    "choice": message,
    "example": lambda major, said: message(major, {"examples": [said]}),
    "correlation": lambda major, said: message(major, {"correlationId": said}),
    "components": lambda major, said: {"components": said},
    "scheme": scheme,
    "flows": lambda major, said: scheme(major, {"flows": said}),
    "flow": lambda major, said: scheme(major, {"flows": {"implicit": said}}),
    "reply": lambda major, said: operation(major, {"reply": {"channel": {"$ref": "#/channels/b"}, **said}}),
    "reply-address": lambda major, said: operation(
        major, {"reply": {"channel": {"$ref": "#/channels/b"}, "address": said}}
    ),
    "multi-format": lambda major, said: message(
        major, {"payload": {"schemaFormat": "text/x", "schema": {}, **said}}
    ),
}
LEVEL: Mapping[str, Callable[[int, Said], dict[str, Any]]] = {
    "server": server,
    "channel": channel,
    "operation": operation,
    "message": message,
}
SCHEMA = {"type": "string", "maxLength": 77}
SECURED = {"securitySchemes": {SENTINEL: {"type": "plain"}}}
# What must be other than its kind alone would make it.
SPECIAL: Mapping[tuple[str, str], Any] = {
    ("document", "asyncapi"): None,  # that is the version of the whole case
    ("document", "operations"): {SENTINEL: {"action": "send", "channel": HERE}},
    ("document", "info"): {"title": SENTINEL, "version": "1"},
    ("channel", "$ref"): None,  # a reference, which another document would have to be there for
    ("channel", "address"): SENTINEL,
    ("channel", "servers"): None,  # names what the document declares: read with the servers of operations
    ("operation", "action"): "send",
    ("operation", "channel"): {"$ref": "#/channels/b"},
    ("operation", "messages"): [{"$ref": "#/components/messages/" + SENTINEL}],
    ("operation", "message"): {"name": SENTINEL},
    ("operation", "traits"): [{"description": SENTINEL}],
    ("operation", "reply"): {"channel": {"$ref": "#/channels/b"}},
    ("reply", "channel"): HERE,
    ("reply", "messages"): [{"$ref": "#/components/messages/" + SENTINEL}],
    ("message", "traits"): [{"description": SENTINEL}],
    ("message", "headers"): {"properties": {SENTINEL: SCHEMA}},
    ("message-trait", "headers"): {"properties": {SENTINEL: SCHEMA}},
    ("choice", "oneOf"): [{"name": SENTINEL}],
    ("message", "schemaFormat"): None,  # counts beside a payload: `multi-format` and the golden documents
    ("message-trait", "schemaFormat"): None,
    ("message", "payload"): SCHEMA,
    ("parameter", "schema"): SCHEMA,
    ("scheme", "scopes"): None,  # of the requirement that refers to the scheme
    ("scheme", "flows"): {"implicit": {"scopes": {SENTINEL: "all"}}},
    ("multi-format", "schemaFormat"): "text/" + SENTINEL,
}
MISSING = {"messages": {SENTINEL: {"payload": {"type": "integer"}}}}


def cases() -> Iterator[tuple[int, str, str]]:
    for major, tables in TABLES.items():
        for kind, keys in tables.items():
            is_binding = any(kind.endswith(f"-{level}") for level in LEVELS) and kind not in HOSTS
            if kind in PARTS or kind in ("schema", "requirement") or kind.endswith("-bindings"):
                continue  # kept as they are with the binding they stand in; schemas have tests of their own
            for key in keys:
                if key not in (OPEN, LOOSE) and (is_binding or kind in HOSTS):
                    yield major, kind, key


def sample(kind: str, key: str, declared: str) -> Any:
    if (kind, key) in SPECIAL:
        return SPECIAL[kind, key]
    form = kind_of(declared).forms[0]
    if form.endswith("-bindings"):
        return {"kafka": {"x-said": SENTINEL}}
    plain = {"text": SENTINEL, "flag": True, "number": 77, "whole": 77, "any": SENTINEL}
    if form in plain:
        return plain[form]
    if form.startswith("="):
        return form.split("/")[-1]
    if form.startswith("["):
        return [sample(kind, "", form[1:-1])]
    if form.startswith("{"):
        return {SENTINEL: sample(kind, "", form[1:-1])}
    named = {"tag": {"name": SENTINEL}, "docs": {"url": SENTINEL}, "scheme": {"type": "plain"}}
    named["correlation"] = named["reply-address"] = {"location": SENTINEL}
    return named.get(
        form, {"x-said": SENTINEL, "description": SENTINEL, **(SCHEMA if "schema" in form else {})}
    )


@pytest.mark.parametrize(("major", "kind", "key"), list(cases()))
def test_a_key_is_read_or_kept(major: int, kind: str, key: str) -> None:
    said = sample(kind, key, TABLES[major][kind][key])
    if said is None:
        return
    if kind in HOSTS:
        without, found = (read(major, HOSTS[kind](major, one)) for one in ({}, {key: said}))
    else:
        protocol, _, level = kind.rpartition("-")
        assert protocol in PROTOCOLS
        bound: list[Said] = [{"bindings": {protocol: one}} for one in ({}, {key: said})]
        without, found = (read(major, LEVEL[level](major, one)) for one in bound)
    assert found != without
    assert SENTINEL in found or SENTINEL not in repr(said)


def read(major: int, said: Said) -> str:
    version = {2: "2.6.0", 3: "3.0.0"}[major]
    data = {"asyncapi": version, "info": {"title": "T", "version": "1"}, "channels": {}, **said}
    if "components" not in data:
        data["components"] = {**MISSING, **SECURED}
    [contract] = FORMATS["asyncapi"].read([Document("a.json", orjson.dumps(data))], Sources(DiskTree(".")))
    return content(contract)
