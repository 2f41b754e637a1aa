"""Events as files, and the envelope of events in contracts of other formats."""

from __future__ import annotations

import pytest

from contractbook.engine.lint import lint
from contractbook.formats import FORMATS, detect
from contractbook.model import Contract
from contractbook.source.disk import DiskTree
from contractbook.source.document import Document
from contractbook.source.sources import Sources

TYPE = '"type": "com.example.ripe.v1"'
EVENT = '{"specversion": "1.0", "id": "1", "source": "/tree", ' + TYPE + ', "data": {"red": true}}'
OPENAPI = """
openapi: 3.1.0
info: {title: T, version: "1"}
paths:
  /events:
    post:
      parameters:
        - {name: ce-id, in: header, required: true, schema: {type: string}}
        - {name: ce-source, in: header, required: true, schema: {type: string}}
        - {name: ce-type, in: header, required: true, schema: {const: com.example.ripe.v1}}
        - {name: ce-specversion, in: header, required: true, schema: {const: "1.0"}}
        - {name: trace, in: header, schema: {type: string}}
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Fruit"}}}}
      responses: {"204": {description: Taken}}
  /batches:
    post:
      requestBody:
        content:
          application/cloudevents-batch+json:
            schema: {type: array, items: {$ref: "#/components/schemas/Event"}}
      responses: {"204": {description: Taken}}
components:
  schemas:
    Fruit: {type: object, properties: {red: {type: boolean}}}
    Event:
      type: object
      required: [id, source, specversion, type]
      properties: {id: {}, source: {}, specversion: {}, type: {}, data: {}}
      discriminator:
        propertyName: type
        mapping: {a.v1: "#/components/schemas/A", b.v1: "#/components/schemas/B"}
    A: {allOf: [{$ref: "#/components/schemas/Event"}, {properties: {data: {type: string}}}]}
    B:
      allOf:
        - {$ref: "#/components/schemas/Event"}
        - {properties: {data: {$ref: "#/components/schemas/Fruit"}}}
"""


def read(text: str, path: str) -> Contract:
    document = Document(path, text.encode())
    format = detect(document)
    assert format is not None
    [contract] = format.read([document], Sources(DiskTree("/nowhere")))
    return contract


def test_a_file_shows_an_event_whose_data_is_the_payload() -> None:
    contract = read(EVENT, "ripe.json")
    assert contract.format == "cloudevents"
    [operation] = contract.operations()
    [message] = operation.messages
    assert (operation.key, message.name) == ("send com.example.ripe.v1", "com.example.ripe.v1")
    assert message.envelope is not None
    assert (message.envelope.version, message.envelope.mode) == ("1.0", "structured")
    assert [each.name for each in message.envelope.attributes] == ["specversion", "id", "source", "type"]
    assert [each.value for each in contract.types[message.payload].examples] == [{"red": True}]


def test_a_batch_has_one_operation_for_each_type_of_event() -> None:
    contract = read(f"[{EVENT}, {EVENT}, {EVENT.replace('ripe', 'rotten')}]", "day.cloudevents.json")
    assert [each.name for each in contract.operations()] == ["com.example.ripe.v1", "com.example.rotten.v1"]
    assert {each.envelope.mode for op in contract.operations() for each in op.messages if each.envelope} == {
        "batch"
    }


FAULTS = {
    '{"specversion": "1.0", "type": "a"}': {"event-attribute-missing", "event-type-unversioned"},
    EVENT.replace('"data"', '"my-data"'): {"event-attribute-name"},
    EVENT.replace('"data"', '"data_base64": "", "data"'): {"invalid-structure"},
    EVENT.replace('"1"', "1"): {"invalid-structure"},
    "7": {"invalid-structure"},
    "[7]": {"invalid-structure"},
    "{": {"unreadable"},
}


@pytest.mark.parametrize("text", FAULTS)
def test_what_is_wrong_with_an_event_is_told(text: str) -> None:
    contract = read(text, "a.cloudevent.json")
    found = {each.rule for each in (*contract.faults, *lint(contract))}
    assert found - {"missing-servers", "owner-missing", "missing-description"} >= FAULTS[text]


def test_an_envelope_in_http_is_told_apart_from_the_data() -> None:
    [binary, batch] = read(OPENAPI, "api.yaml").operations()
    [message, *_] = binary.messages
    assert message.envelope is not None
    assert (message.payload, message.envelope.mode) == ("Fruit", "binary")
    assert message.envelope.constants == {"type": "com.example.ripe.v1", "specversion": "1.0"}
    assert [each.name for each in binary.parameters] == ["trace"]
    events = [each for each in batch.messages if each.envelope]
    assert [(each.name, each.payload) for each in events] == [("a.v1", "string"), ("b.v1", "Fruit")]


def test_what_is_no_event_is_not_taken_for_one() -> None:
    texts = (
        '{"specversion": "1.0", "endpoints": {}}',
        '{"type": "object", "id": "x"}',
        "type: object\nsource: x\n",
    )
    assert all(detect(Document("a.yaml", text.encode())) is not FORMATS["cloudevents"] for text in texts)
