"""Where a comparison finds nothing to warn of, an independent validator finds nothing either.

Values of the version that writes are held against the schema of the version that reads. That an open object
may have held, by chance, a field that is only declared later is no concern of a contract: no value does.
"""

from __future__ import annotations

import json
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.compare.reading import from_text

from contractbook.engine.compare import compare
from contractbook.finding import Level
from contractbook.model import Contract

Schema = dict[str, Any]
Schemas = st.SearchStrategy[Schema]

WORDS = ("", "a", "ab", "open", "PAID", "2026-11-22", "0")
NUMBERS = (-1, 0, 1, 2, 3, 5, 10, 1.5, 10.0, 2**31, 2**53 + 1)
NAMES = ("id", "state", "note", "lines")
SIZES = st.integers(0, 3)

TEXTS = st.fixed_dictionaries(
    {"type": st.just("string")},
    optional={
        "minLength": SIZES,
        "maxLength": st.integers(1, 5),
        "pattern": st.sampled_from(("^[a-z]*$", "^[A-Z]+$", "a")),
    },
)
CHOSEN = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True)
AMOUNTS = st.fixed_dictionaries(
    {"type": st.sampled_from(("integer", "number"))},
    optional={
        "minimum": st.integers(-1, 2),
        "maximum": st.integers(2, 10),
        "exclusiveMinimum": st.integers(-1, 2),
        "multipleOf": st.sampled_from((1, 2, 0.5)),
    },
)
FLAGS = st.just({"type": "boolean"})
PLAIN = st.one_of(
    *(TEXTS, AMOUNTS, FLAGS, st.just({})),
    CHOSEN.map(lambda words: {"type": "string", "enum": words}),
    st.sampled_from(WORDS).map(lambda word: {"const": word}),
    st.sampled_from((["string", "null"], ["integer", "string"])).map(lambda types: {"type": types}),
)


def records(inner: Schemas) -> Schemas:
    """Objects that demand only what they declare."""
    return st.dictionaries(st.sampled_from(NAMES), inner, max_size=3).flatmap(
        lambda members: st.fixed_dictionaries(
            {"type": st.just("object"), "properties": st.just(members)},
            optional={
                "required": st.lists(st.sampled_from(sorted(members) or ["id"]), max_size=2, unique=True),
                "additionalProperties": st.one_of(st.booleans(), inner),
                "minProperties": st.integers(0, 2),
                "maxProperties": st.integers(1, 3),
            },
        )
    )


def deeper(inner: Schemas) -> Schemas:
    """Lists, objects and choices of schemas; the branches of a oneOf exclude each other."""
    lists = st.fixed_dictionaries(
        {"type": st.just("array"), "items": inner},
        optional={"minItems": SIZES, "maxItems": SIZES, "uniqueItems": st.booleans()},
    )
    kinds = st.permutations((TEXTS, AMOUNTS, FLAGS, records(inner)))
    return st.one_of(
        *(lists, records(inner)),
        st.lists(inner, min_size=1, max_size=2).map(lambda parts: {"anyOf": parts}),
        kinds.flatmap(lambda some: st.tuples(*some[:2])).map(lambda parts: {"oneOf": [*parts]}),
    )


SCHEMAS = st.recursive(PLAIN, deeper, max_leaves=5)


def edited(schema: Schema, data: st.DataObject) -> Schema:
    """A schema with one edit, somewhere in it."""
    parts = [key for key in ("items", "properties", "oneOf", "anyOf") if schema.get(key)]
    inside = data.draw(st.booleans())
    if parts and inside:
        key = data.draw(st.sampled_from(parts))
        inner = schema[key]
        if key == "items":
            return {**schema, key: edited(inner, data)}
        at: Any = data.draw(st.sampled_from([*inner] if key == "properties" else [*range(len(inner))]))
        changed = inner.copy()
        changed[at] = edited(inner[at], data)
        return {**schema, key: changed}
    other = data.draw(SCHEMAS)
    keys = sorted({*schema, *other} - {"type", "properties", "required"})
    if "type" not in schema or schema["type"] != other.get("type") or not keys:
        return other
    key = data.draw(st.sampled_from(keys))
    rest = {name: value for name, value in schema.items() if name != key}
    return {**rest, key: other[key]} if key in other else rest


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.sampled_from(WORDS), st.sampled_from(NUMBERS)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(("more", "less")), inner, max_size=2)
    ),
    max_leaves=4,
)


def values(schema: Schema) -> st.SearchStrategy[Any]:
    """Values that are often right for a schema."""
    for word in ("oneOf", "anyOf"):
        if word in schema:
            return st.one_of(*(values(part) for part in schema[word]))
    chosen = schema.get("enum") or [schema["const"]] if "const" in schema or "enum" in schema else None
    found = st.sampled_from(chosen) if chosen else _of_type(schema)
    return st.one_of(found, found, VALUES)


def _of_type(schema: Schema) -> st.SearchStrategy[Any]:
    match schema.get("type"):
        case "string":
            return st.one_of(st.sampled_from(WORDS), st.text("abA", max_size=5))
        case "integer" | "number":
            return st.one_of(st.sampled_from(NUMBERS), st.integers(-3, 12))
        case "array":
            return st.lists(values(schema["items"]), max_size=4)
        case "object":
            known = {name: values(part) for name, part in schema["properties"].items()}
            must = {name: known.pop(name) for name in schema.get("required", ()) if name in known}
            return st.fixed_dictionaries(must, optional=known)
    return VALUES


def contract(schema: Schema, way: str) -> Contract:
    """A contract in which values of a schema travel one way."""
    body = {"content": {"application/json": {"schema": schema}}}
    post: Schema = {"responses": {"200": {"description": "Fine", **(body if way == "output" else {})}}}
    if way == "input":
        post["requestBody"] = {"required": True, **body}
    heading = {"openapi": "3.1.1", "info": {"title": "T", "version": "1"}}
    return from_text(json.dumps({**heading, "paths": {"/a": {"post": post}}}))


def _holds(schema: Schema, value: Any) -> bool:
    return jsonschema_rs.Draft202012Validator(schema).is_valid(value)


def warns(old: Schema, new: Schema, way: str) -> bool:
    """Whether a comparison says more than notes about the values that travel one way."""
    found = compare(contract(old, way), contract(new, way))
    return any(one.level is not Level.NOTE and one.rule != "version-not-raised" for one in found)


@pytest.mark.parametrize("way", ["input", "output"])
@settings(max_examples=250, deadline=None, derandomize=True)
@given(old=SCHEMAS, data=st.data())
def test_what_is_called_safe_refuses_no_value(way: str, old: Schema, data: st.DataObject) -> None:
    new = edited(old, data)
    writes, reads = (old, new) if way == "input" else (new, old)
    value = data.draw(values(writes))
    if _holds(writes, value) and not _holds(reads, value):
        assert warns(old, new, way), f"{value} is refused"
