"""What is wrong with a document is told in plain words where it is, once, and the rest is still read."""

from __future__ import annotations

import pytest

from contractbook.formats import FORMATS, detect
from contractbook.model import Contract
from contractbook.source.disk import DiskTree
from contractbook.source.document import Document
from contractbook.source.sources import Sources

INFO = 'info: {title: T, version: "1"}\n'
TWO, THREE = "asyncapi: 2.6.0\n" + INFO, "asyncapi: 3.0.0\n" + INFO
CHANNEL = "channels: {a: {address: a}}\n"


def read(text: str | bytes) -> Contract:
    raw = text.encode() if isinstance(text, str) else text
    [contract] = FORMATS["asyncapi"].read([Document("a.yaml", raw)], Sources(DiskTree("/nowhere")))
    return contract


def told(contract: Contract) -> list[str]:
    return [f"{fault.location.line}:{fault.location.column} {fault.message}" for fault in contract.faults]


STRUCTURE = {
    "asyncapi: 3.0.0\n": ["1:1 `info` is missing"],
    TWO: ["1:1 `channels` is missing"],
    THREE + "channel: {}\n": ["3:1 `channel` has no meaning here"],
    THREE + "channels: []\n": ["3:1 `channels` is a list, and must be an object"],
    THREE + CHANNEL + "operations: {o: {action: publish, channel: {$ref: '#/channels/a'}}}\n": [
        "4:18 `operations.o.action` is `publish`, which is none of send, receive"
    ],
    THREE + CHANNEL + "operations: {o: {action: send, channel: {address: b}}}\n": [
        "4:32 `operations.o.channel` is an object, and must be a reference"
    ],
    THREE + "channels: {a: {address: a, bindings: {kafka: {partition: 3}}}}\n": [
        "3:47 `partition` has no meaning in `channels.a.bindings.kafka`"
    ],
    THREE + "channels: {a: {address: a, bindings: {kafka: {partitions: three}}}}\n": [
        "3:47 `channels.a.bindings.kafka.partitions` is `three`, and must be a whole number"
    ],
    THREE + "channels: {a: {address: a, messages: {m: {payload: {schemaFormat: x}}}}}\n": [
        "3:43 `channels.a.messages.m.payload.schema` is missing"
    ],
    "asyncapi: 2.1.0\n" + INFO + "channels: {a: {servers: [x]}}\n": [
        "3:16 `servers` came with AsyncAPI 2.2, and this document is 2.1"
    ],
    "asyncapi: 4.0.0\n" + INFO: ["1:1 there is no AsyncAPI 4.0.0; the document is read as AsyncAPI 3.1"],
    "asyncapi: 1.2.0\n" + INFO: ["1:1 AsyncAPI 1.2.0 is not read"],
    THREE + "operations: {o: {action: send, channel: {$ref: '#/channels/b'}}}\n": [
        "3:42 `#/channels/b` leads nowhere: there is no `channels` in a.yaml"
    ],
}


@pytest.mark.parametrize("text", STRUCTURE)
def test_a_structure_against_the_specification_is_told_where_it_is(text: str) -> None:
    assert told(read(text)) == STRUCTURE[text]


def test_a_typing_error_is_told_with_the_right_word() -> None:
    [fault] = read(THREE + "channels: {a: {adress: a}}\n").faults
    assert fault.advice == "Did you mean `address`?"


def test_the_rest_is_read() -> None:
    contract = read(
        THREE
        + "channels: {a: {address: a, messages: {m: {payload: {type: object, properties: {x: 7}}}}}}\n"
        + "operations: {o: {action: send, channel: {$ref: '#/channels/a'}}, p: 7, q: {channel: {}}}\n"
    )
    assert [each.key for each in contract.operations()] == ["send a"]
    assert contract.faults


CIRCLES = (
    "channels: {a: {$ref: '#/channels/b'}, b: {$ref: '#/channels/a'}}\n",
    "channels: {a: {address: a, messages: {m: {$ref: '#/channels/a/messages/m'}}}}\n",
    "components: {messageTraits: {t: {$ref: '#/components/messageTraits/t'}}}\n"
    "channels: {a: {address: a, messages: {m: {traits: [{$ref: '#/components/messageTraits/t'}]}}}}\n",
    "components: {schemas: {S: {$ref: '#/components/schemas/S'}}}\n"
    "channels: {a: {address: a, messages: {m: {payload: {$ref: '#/components/schemas/S'}}}}}\n",
    "channels: {a: {address: a, messages: {m: {headers: {$ref: '#/channels/a/messages/m/headers'}}}}}\n",
)


@pytest.mark.parametrize("text", CIRCLES)
def test_circles_end(text: str) -> None:
    read(THREE + text + "operations: {o: {action: send, channel: {$ref: '#/channels/a'}}}\n")


ODD: tuple[object, ...] = (
    None,
    True,
    7,
    "text",
    [],
    [7],
    {},
    {"a": 7},
    {"$ref": 7},
    {"$ref": "#"},
    {"a": {"b": []}},
)
KEYS = (
    *("info", "servers", "channels", "operations", "components", "tags", "defaultContentType"),
    *("address", "messages", "parameters", "bindings", "traits", "message", "payload", "headers", "reply"),
    *("security", "variables", "examples", "correlationId", "action", "channel", "x-delivery"),
)


@pytest.mark.parametrize("odd", ODD, ids=repr)
@pytest.mark.parametrize("key", KEYS)
def test_no_value_of_any_key_keeps_the_rest_from_being_read(key: str, odd: object) -> None:
    import orjson

    for major in ("2.6.0", "3.0.0"):
        inside = {"address": "a", "messages": {"m": {key: odd}}, "publish": {key: odd, "message": {key: odd}}}
        operation = {"action": "send", "channel": {"$ref": "#/channels/a"}, key: odd}
        said = {
            "asyncapi": major,
            "servers": {"s": {"host": "h", "url": "u", "protocol": "kafka", key: odd}},
            "channels": {"a": {**inside, key: odd}},
            "operations": {"o": operation},
            key: odd,
        }
        read(orjson.dumps(said))


def test_what_is_no_asyncapi_is_not_taken_for_it() -> None:
    assert detect(Document("a.yaml", b"info: {asyncapi: 3.0.0}\n")) is not FORMATS["asyncapi"]
