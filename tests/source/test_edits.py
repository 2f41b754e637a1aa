"""Members are written in the style of the object that they go into, and nothing else changes."""

from __future__ import annotations

import codecs

import pytest

from contractbook.source.document import Document
from contractbook.source.edits import applied, member

TEXTS = {
    "block": ("a:\n  # why\n  b: 1 # one\n", "a:\n  # why\n  id: x\n  b: 1 # one\n"),
    "braces": ("a: {b: 1}\n", "a: {id: x, b: 1}\n"),
    "braces over lines": ("a: { # why\n  b: 1,\n}\n", "a: { # why\n  id: x,\n  b: 1,\n}\n"),
    "item": ("a:\n  - b: 1\n    c: 2\n", "a:\n  - id: x\n    b: 1\n    c: 2\n"),
    "carriage returns": ("a:\r\n  b: 1\r\n", "a:\r\n  id: x\r\n  b: 1\r\n"),
    "Korean": ("가:\n  나: 다\n", "가:\n  id: x\n  나: 다\n"),
    "JSON": ('{"a": {"b": 1}}', '{"a": {"id": "x", "b": 1}}'),
    "JSON over lines": ('{\n\t"a": {\n\t\t"b": 1\n\t}\n}', '{\n\t"a": {\n\t\t"id": "x",\n\t\t"b": 1\n\t}\n}'),
    "text that ends in a comma": ("a:\n  b: 1,\n  c: 2\n", "a:\n  id: x\n  b: 1,\n  c: 2\n"),
}


def written(raw: bytes, pointer: str, after: str = "") -> bytes:
    document = Document("a.yaml", raw)
    said = member(document, pointer, "id", "x", after)
    assert said is not None
    return applied(document, [said])


@pytest.mark.parametrize("style", TEXTS)
def test_a_member_is_written_in_the_style_of_its_object(style: str) -> None:
    before, after = TEXTS[style]
    first = next(iter(Document("a.yaml", before.encode()).data))
    pointer = f"/{first}/0" if style == "item" else f"/{first}"
    assert written(before.encode(), pointer).decode() == after


@pytest.mark.parametrize("mark", [codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_the_encoding_stays(mark: bytes) -> None:
    name = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le"}.get(mark, "utf-16-be")
    raw = mark + "a: {b: 1}\n".encode(name)
    assert written(raw, "/a") == mark + "a: {id: x, b: 1}\n".encode(name)


def test_a_member_stands_behind_the_one_that_it_belongs_to() -> None:
    assert written(b"a:\n  b: 1\n  c: 2\n", "/a", after="b") == b"a:\n  b: 1\n  id: x\n  c: 2\n"
    assert written(b"a:\n  c: 2\n  b: 1\n", "/a", after="b") == b"a:\n  id: x\n  c: 2\n  b: 1\n"


@pytest.mark.parametrize("text", ["a: 1\n", "a: {}\n", "a: {id: y}\n", "a: {$ref: '#/b'}\n", "b: 1\n"])
def test_where_nothing_can_be_written_nothing_is(text: str) -> None:
    assert member(Document("a.yaml", text.encode()), "/a", "id", "x") is None


@pytest.mark.parametrize("value", ["GET /v2/orders", "true", "yes: no", "2027-03-01", "a # b", ""])
def test_values_are_read_as_they_were_meant(value: str) -> None:
    document = Document("a.yaml", b"a: {b: 1}\n")
    said = member(document, "/a", "id", {"c": value})
    assert said is not None
    assert Document("a.yaml", applied(document, [said])).data["a"]["id"] == {"c": value}
