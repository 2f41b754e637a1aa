"""Whatever schemas say, they make a sound model: names lead to types, and nothing hangs in the air."""

from __future__ import annotations

from typing import Any

import orjson
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from contractbook.formats.faults import Faults
from contractbook.formats.schema.aliases import break_circles
from contractbook.formats.schema.dialect import DIALECTS, Dialect
from contractbook.formats.schema.draft import Spot
from contractbook.formats.schema.read import Schemas
from contractbook.model import Shape, Type
from contractbook.source.disk import DiskTree
from contractbook.source.document import Document
from contractbook.source.sources import Sources

NAMES = ("A", "B", "C", "D")
TARGETS = [*(f"#/definitions/{name}" for name in NAMES), "#/definitions/A/properties/a", "#/nowhere", "#"]
KINDS: tuple[Any, ...] = (
    "string",
    "integer",
    "number",
    "boolean",
    "object",
    "array",
    "null",
    "strange",
    5,
    {},
)


def schemas(inner: some.SearchStrategy[Any]) -> some.SearchStrategy[Any]:
    several = some.lists(inner, min_size=1, max_size=3)
    members = some.dictionaries(some.sampled_from("ab"), inner, max_size=2)
    scalar = some.sampled_from(["x", 1, None, True])
    return some.fixed_dictionaries(
        {},
        optional={
            "type": some.sampled_from(KINDS) | some.lists(some.sampled_from(KINDS), max_size=3),
            "description": some.just("Text"),
            "$ref": some.sampled_from(TARGETS),
            "enum": some.lists(scalar, max_size=3),
            "const": scalar,
            "maxLength": some.integers(0, 9),
            "pattern": some.sampled_from(["a", "b"]),
            "properties": members,
            "required": some.lists(some.sampled_from("abc"), max_size=2) | some.just(True),
            "additionalProperties": inner | some.booleans(),
            "items": inner | several,
            "allOf": several,
            "oneOf": several,
            "anyOf": several,
            "not": inner,
            "if": inner,
            "then": inner,
        },
    )


ANY = some.recursive(
    some.just({}) | some.booleans() | some.builds(lambda to: {"$ref": to}, some.sampled_from(TARGETS)),
    schemas,
    max_leaves=12,
)


def is_placed(found: Type) -> bool:
    return found.inline and bool(found.at)


@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(some.fixed_dictionaries(dict.fromkeys(NAMES, ANY)), some.sampled_from(list(DIALECTS.values())))
def test_any_schemas_make_a_sound_model(definitions: dict[str, Any], dialect: Dialect) -> None:
    document = Document("schema.json", orjson.dumps({"definitions": definitions}))
    faults = Faults()
    read = Schemas(document, Sources(DiskTree(".")), dialect, faults)
    for name, schema in definitions.items():
        read.named(schema, Spot(document, f"#/definitions/{name}", name), name)
    read.run()
    break_circles(read)
    types = read.types
    used = {name for found in types.values() for name in found.uses()}
    assert used <= set(types)
    assert all(found.name == name for name, found in types.items())
    assert {name for name, found in types.items() if is_placed(found)} <= used
    assert all(found.parts for found in types.values() if found.shape in (Shape.ALIAS, Shape.UNION))
    assert all(found.values for found in types.values() if found.shape is Shape.ENUM)
    assert all(fault.location.line for fault in faults.findings([document]))
