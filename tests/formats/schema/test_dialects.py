"""Every keyword of every draft of JSON Schema is read or kept, and means what its draft says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import orjson
import pytest
from tests.formats.samples import BESIDE, SCHEMA_SAMPLES, SENTINEL, content, of_draft

from contractbook.formats.faults import Faults
from contractbook.formats.schema.dialect import DIALECTS, Dialect
from contractbook.formats.schema.draft import Spot
from contractbook.formats.schema.read import Schemas
from contractbook.model import Shape, Type
from contractbook.source.disk import DiskTree
from contractbook.source.document import Document
from contractbook.source.sources import Sources


def read(schema: Any, dialect: Dialect) -> Mapping[str, Type]:
    document = Document("schema.json", orjson.dumps(schema))
    schemas = Schemas(document, Sources(DiskTree(".")), dialect, Faults())
    schemas.named(document.data, Spot(document, "#", "X"), "X")
    schemas.run()
    return schemas.types


def cases() -> Iterator[tuple[str, str]]:
    for uri in DIALECTS:
        yield from ((uri, keyword) for keyword in of_draft(uri))


@pytest.mark.parametrize(("uri", "keyword"), list(cases()))
def test_a_keyword_is_read_or_kept(uri: str, keyword: str) -> None:
    sample = {"$ref": "#/definitions/a"}.get(keyword, SCHEMA_SAMPLES.get(keyword, SENTINEL))
    sample = True if keyword.startswith("exclusive") and uri.endswith("04/schema") else sample
    beside = {"minimum": 7, "maximum": 7} if sample is True else BESIDE.get(keyword, {})
    found = content(read({**beside, keyword: sample}, DIALECTS[uri]))
    assert found != content(read(beside, DIALECTS[uri]))
    assert SENTINEL in found or SENTINEL not in repr(sample)


NEW, OLD = (
    DIALECTS["https://json-schema.org/draft/2020-12/schema"],
    DIALECTS["http://json-schema.org/draft-07/schema"],
)
A = {"a": {"type": "string"}}
SAME: list[tuple[Any, Any]] = [
    ({"type": ["string", "null"]}, {"anyOf": [{"type": "string"}, {"type": "null"}]}),
    ({"enum": ["a", None]}, {"oneOf": [{"enum": ["a"]}, {"const": None}]}),
    ({"oneOf": [{"type": "string", "maxLength": 3}]}, {"type": "string", "maxLength": 3}),
    ({"allOf": [{"maxLength": 3}, {"maxLength": 5}], "type": "string"}, {"type": "string", "maxLength": 3}),
    (
        {"allOf": [{"properties": {"a": {}}}, {"required": ["a"]}]},
        {"properties": {"a": {}}, "required": ["a"]},
    ),
    ({"const": "a"}, {"enum": ["a"]}),
    ({"oneOf": [{"const": "a"}, {"const": "b"}]}, {"enum": ["a", "b"]}),
    ({"x-extensible-enum": ["a"], "type": "string"}, {"anyOf": [{"type": "string"}, {"enum": ["a"]}]}),
    ({"type": "object", "additionalProperties": True}, {"type": "object"}),
    ({"type": "array", "items": {}, "minItems": 0}, {"type": "array"}),
    ({}, True),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_spellings_of_one_fact_are_one(one: Any, other: Any) -> None:
    assert content({"X": read(one, NEW)["X"]}) == content({"X": read(other, NEW)["X"]})


def test_keywords_beside_a_reference_count_since_2019() -> None:
    schema = {
        "definitions": {"a": {"type": "string", "maxLength": 9}},
        "$ref": "#/definitions/a",
        "minLength": 2,
    }
    assert read(schema, NEW)["X"].limits == {"maxLength": 9, "minLength": 2}
    assert (read(schema, OLD)["X"].shape, read(schema, OLD)["X"].binding["minLength"]) == (Shape.ALIAS, 2)


def test_what_cannot_hold_together_is_kept_as_a_condition() -> None:
    types = read({"type": "string", "pattern": "^a", "allOf": [{"pattern": "z$"}, {"type": "integer"}]}, NEW)
    found = types["X"]
    parts = [types[condition.types[0]] for condition in found.conditions]
    assert (found.scalar, found.limits) == ("string", {"pattern": "z$"})
    assert [(part.scalar, part.limits) for part in parts] == [("integer", {}), ("string", {"pattern": "^a"})]


def test_references_by_identifier_lead_to_their_schema() -> None:
    schema = {
        "$id": "https://example.com/root",
        "$defs": {"a": {"$anchor": "here", "type": "string", "maxLength": 1}},
        "properties": {
            "one": {"$ref": "#here"},
            "two": {"$ref": "https://example.com/root#/$defs/a"},
            "three": {"$dynamicRef": "#here"},
            "four": {"$ref": "https://example.com/root"},
        },
    }
    assert [field.type for field in read(schema, NEW)["X"].fields] == ["a", "a", "a", "X"]
