"""What breaks readers of Avro is judged as Avro's own rules of resolution judge it, in both directions."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import fastavro
from avro import schema as avro_schema
from avro.compatibility import ReaderWriterCompatibilityChecker, SchemaCompatibilityType
from fastavro.utils import generate_many
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from contractbook.engine.compare import compare
from contractbook.finding import Direction, Finding, Level
from contractbook.formats import FORMATS
from contractbook.model import Action, Contract, Message, Operation, Service
from contractbook.source.disk import DiskTree
from contractbook.source.document import Document
from contractbook.source.sources import Sources

PRIMITIVES = ("boolean", "int", "long", "float", "double", "bytes", "string")
NUMBERS = ("int", "long", "float", "double")
DEFAULTS = {"int": 1, "long": 1, "float": 1.5, "double": 1.5, "string": "x", "bytes": "x", "boolean": True}
Schema = Any
checker: Any = ReaderWriterCompatibilityChecker  # which has no types


def read(schema: Schema, way: Direction) -> Contract:
    """A contract whose only message is of a schema."""
    document = Document("a.avsc", json.dumps(schema).encode())
    [contract] = FORMATS["avro"].read([document], Sources(DiskTree(Path("nowhere"))))
    message = Message(name="message", direction=way, payload=contract.roots[0])
    action = Action.SEND if way is Direction.OUTPUT else Action.RECEIVE
    operation = Operation(name="event", action=action, messages=(message,))
    return replace(contract, roots=(), services=(Service(name="all", operations=(operation,)),))


def breaks(old: Schema, new: Schema, way: Direction) -> list[Finding]:
    """What a comparison calls breaking; consumers write old data, or read new data with the old schema."""
    found = compare(read(old, way), read(new, way))
    return [each for each in found if each.level is Level.ERROR]


def judged(old: Schema, new: Schema, way: Direction) -> bool:
    """Whether Avro itself resolves what the writers of one direction write."""
    reader, writer = (new, old) if way is Direction.INPUT else (old, new)
    found = checker().get_compatibility(
        avro_schema.parse(json.dumps(reader)), avro_schema.parse(json.dumps(writer))
    )
    return found.compatibility is SchemaCompatibilityType.compatible


def field(name: str, type: Schema, with_default: bool) -> Schema:
    first = type[0] if isinstance(type, list) else type
    default = None if first == "null" else DEFAULTS.get(first if isinstance(first, str) else "", ...)
    has = with_default and default is not ...
    return {"name": name, "type": type, **({"default": default} if has else {})}


scalars = st.sampled_from(PRIMITIVES)
enums = st.builds(
    lambda symbols, open: {
        "type": "enum",
        "name": "E",
        "symbols": symbols,
        **({"default": symbols[0]} if open else {}),
    },
    st.lists(st.sampled_from("ABC"), min_size=1, max_size=3, unique=True),
    st.booleans(),
)
fixed = st.builds(lambda size: {"type": "fixed", "name": "F", "size": size}, st.integers(1, 2))
# One number at most: of several, a reader may take a wider one for another that is told as changed.
unions = st.lists(
    st.one_of(st.just("null"), scalars),
    min_size=2,
    max_size=3,
    unique_by=lambda kind: "number" if kind in NUMBERS else kind,
)
plain = st.one_of(scalars, enums, fixed, unions)
containers = st.one_of(
    plain.map(lambda inner: {"type": "array", "items": inner}),
    plain.map(lambda inner: {"type": "map", "values": inner}),
)
fields = st.lists(
    st.builds(
        field, st.sampled_from(("apple", "bread", "cheese")), st.one_of(scalars, unions), st.booleans()
    ),
    max_size=3,
    unique_by=lambda each: str(each["name"]),
)
records = st.builds(lambda members: {"type": "record", "name": "R", "fields": members}, fields)
nested = st.builds(
    lambda inner, more: {"type": "record", "name": "O", "fields": [{"name": "inner", "type": inner}, *more]},
    st.one_of(records, containers, enums, fixed),
    fields,
)
schemas = st.one_of(plain, containers, records, nested)
ways = st.sampled_from((Direction.INPUT, Direction.OUTPUT))
quick = settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@quick
@given(schemas, schemas, ways)
def test_what_is_called_breaking_is_what_avro_does_not_resolve(
    old: Schema, new: Schema, way: Direction
) -> None:
    assert bool(breaks(old, new, way)) is not judged(old, new, way)


@settings(quick, max_examples=100)
@given(schemas, schemas, ways)
def test_what_is_called_safe_is_read_by_a_library(old: Schema, new: Schema, way: Direction) -> None:
    pair = (new, old) if way is Direction.INPUT else (old, new)
    assume("bytes" not in json.dumps(pair[1]))  # which are no text unless they are UTF-8
    assume(not breaks(old, new, way))
    reader, writer = map(fastavro.parse_schema, pair)
    for value in generate_many(writer, 3):
        written = io.BytesIO()
        fastavro.schemaless_writer(written, writer, value)
        written.seek(0)
        fastavro.schemaless_reader(written, writer, reader)
        assert not written.read()
