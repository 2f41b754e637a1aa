"""What a document holds, where its parts stand, and what is said of a faulty one."""

from __future__ import annotations

import codecs
import gzip
import json

import pytest

from contractbook.source import composer
from contractbook.source.document import Document

ORDERS = """\
# orders of a shop
openapi: 3.1.0
info: {title: Orders, version: '1'}
paths:
  /orders/{id}:
    get:
      tags: [orders, "on"]
      responses:
        200: {description: ok}
"""


def read(text: str | bytes, path: str = "orders.yaml") -> Document:
    return Document(path, text.encode() if isinstance(text, str) else text)


def faults(text: str | bytes, path: str = "orders.yaml") -> list[tuple[str, int, int, str]]:
    found = read(text, path).faults
    return [(fault.rule, fault.location.line, fault.location.column, fault.message) for fault in found]


@pytest.mark.parametrize(
    "encoded",
    [
        ORDERS.encode(),
        codecs.BOM_UTF8 + ORDERS.encode(),
        ORDERS.replace("\n", "\r\n").encode(),
        ORDERS.replace("\n", "\r").encode(),
        ORDERS.encode("utf-16"),
        ORDERS.encode("utf-16-be"),
    ],
)
def test_a_text_is_the_same_in_every_encoding(encoded: bytes) -> None:
    document = read(encoded)
    assert document.faults == ()
    assert document.data["paths"]["/orders/{id}"]["get"]["tags"] == ["orders", "on"]
    assert document.locate("/paths/~1orders~1{id}/get/responses/200/description") == (9, 15)


def test_json_and_yaml_have_the_same_value_and_say_where_each_part_stands() -> None:
    yaml = read(ORDERS)
    document = read(json.dumps(yaml.data, indent=2), "orders.json")
    assert document.data == yaml.data
    assert document.locate_all(
        ["", "/info/version", "/paths/~1orders~1{id}/get/tags/1", "/paths/nowhere"]
    ) == [
        (1, 1),
        (5, 5),
        (12, 11),
        (7, 3),
    ]
    assert yaml.locate("/paths/~1orders~1{id}/get/tags/1") == (7, 22)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("1:30", "1:30"),
        ("2024-01-01", "2024-01-01"),
        ("0777", 777),
        ("0o17", 15),
        ("0x1F", 31),
        ("1e3", 1000.0),
        ("1_000", "1_000"),
        ("+12", 12),
        (".5", 0.5),
        ("~", None),
        ("", None),
        ("True", True),
        (".nan", ".nan"),
        ("79228162514264337593543950335", 7.922816251426434e28),
        ("!!str 12", "12"),
        ("!!float 12", 12.0),
        ("'12'", "12"),
    ],
)
def test_plain_scalars_follow_the_core_schema_of_yaml_1_2(written: str, value: object) -> None:
    found = read(f"a: {written}\n").data["a"]
    assert found == value
    assert type(found) is type(value)


def test_keys_stay_as_they_are_written() -> None:
    assert list(read("200: a\non: b\n0x10: c\nnull: d\n~: e\n").data) == ["200", "on", "0x10", "null", "~"]


def test_merge_keys_bring_what_a_mapping_has_not_itself() -> None:
    document = read("base: &b\n  a: 1\n  b: 2\nmore: &m {b: 3, c: 4}\nmerged:\n  <<: [*m, *b]\n  a: 9\n")
    assert document.faults == ()
    assert document.data["merged"] == {"a": 9, "b": 3, "c": 4}
    assert document.locate("/merged/c") == (4, 17)


def test_an_anchor_may_be_named_again() -> None:
    assert read("- &a 1\n- *a\n- &a 2\n- *a\n").data == [1, 1, 2, 2]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n",
            ("duplicate-key", 5, 3, "`c` stands twice: here and in line 3"),
        ),
        ("a: 1\n---\nb: 2\n", ("unreadable", 2, 1, "a second YAML document")),
        ("a: b: c\n", ("unreadable", 1, 5, "a second `:`")),
        ("a:\n\tb: 1\n", ("unreadable", 2, 1, "cannot begin with a tab")),
        ("é: é\na: [1\nb: 2\n", ("unreadable", 3, 2, "list that begins in line 2 is not closed before `:`")),
        ("a: *b\n", ("unreadable", 1, 4, "`*b` has no anchor")),
        ("a: &a [1, *a]\n", ("unreadable", 1, 11, "`*a` stands inside what it refers to")),
        ("a: !include other.yaml\n", ("unreadable", 1, 4, "the tag `!include`")),
        ("? [a, b]\n: 1\n", ("unreadable", 1, 3, "cannot be a key")),
        ("a: 1e999\n", ("unreadable", 1, 4, "the number 1e999")),
        ("a: \x07\n", ("unreadable", 1, 4, "control character")),
        (b"a: caf\xe9\n", ("unreadable", 1, 7, "in Windows-1252 it would be `é`")),
        (b"a: 1\0\n", ("unreadable", 1, 5, "zero byte")),
        (gzip.compress(b"a: 1", mtime=0), ("unreadable", 1, 1, "gzip archive")),
        ("a".encode("utf-32"), ("unreadable", 1, 1, "UTF-32")),
        ("[" * 5000, ("unreadable", 1, 255, "nested deeper than 254 levels")),
    ],
)
def test_a_fault_of_a_yaml_text_says_what_and_where(
    text: str | bytes, told: tuple[str, int, int, str]
) -> None:
    (found,) = faults(text)
    assert found[:3] == told[:3]
    assert told[3] in found[3]


def test_a_text_of_endlessly_many_parts_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composer, "MOST_EVENTS", 100)
    assert Document("some.yaml", b"- a\n" * 98).data == ["a"] * 98
    flood = Document("some.yaml", b"- a\n" * 99)
    assert flood.data is None
    assert [(str(one.location), one.message[:23]) for one in flood.faults] == [
        ("some.yaml:100:1", "the text has more than ")
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            '{"a": 1,\n "b": {"c": 1, "c": 2}}',
            ("duplicate-key", 2, 16, "`c` stands twice: here and in column 8"),
        ),
        ('{"a": 1,\n}', ("unreadable", 1, 8, "a comma stands before a closing bracket")),
        ('{"é" 1}', ("unreadable", 1, 6, "a `:` is missing")),
        ("{'a': 1}", ("unreadable", 1, 2, "a key in double quotes")),
        ('{"a": 1', ("unreadable", 1, 8, "ends too early")),
        ('{"a": "b\n"}', ("unreadable", 1, 9, "control character")),
        ('{"é": NaN}', ("unreadable", 1, 7, "the number NaN")),
        ('{"a": 1} // done', ("unreadable", 1, 10, "the text goes on")),
        ('{// first\n"a": 1}', ("unreadable", 1, 2, "no comments")),
        ("[" * 300 + "]" * 300, ("unreadable", 1, 255, "nested deeper")),
        ("[" * 5000 + "]" * 5000, ("unreadable", 1, 255, "nested deeper")),
        ("9" * 5000, ("unreadable", 1, 1, "cannot be read")),
    ],
)
def test_a_fault_of_a_json_text_says_what_and_where(text: str, told: tuple[str, int, int, str]) -> None:
    (found,) = faults(text, "orders.json")
    assert found[:3] == told[:3]
    assert told[3] in found[3]


def test_a_doubled_key_loses_nothing_else() -> None:
    for path in ("orders.yaml", "orders.json"):
        document = read('{"a": {"x": 1},\n "b": [5, {"y": 6}],\n "a": {"x": "\\u0022"}}', path)
        assert document.data == {"a": {"x": '"'}, "b": [5, {"y": 6}]}
        assert document.locate("/a/x") == (3, 8)
        assert document.locate("/b/1/y") == (2, 12)


def test_half_a_surrogate_pair_can_be_written_again() -> None:
    document = read('{"a": "\\ud800", "b": 1}', "orders.json")
    assert document.data == {"a": "\ufffd", "b": 1}
    assert document.locate("/b") == (1, 17)


def test_a_quote_by_its_number_hides_no_doubled_key() -> None:
    assert read('{"a": "\\u0022 \\\\u0022", "b": 1}', "orders.json").faults == ()
    (found,) = faults('{"a": "\\u0022", "b": 1, "a": 2}', "orders.json")
    assert found[:3] == ("duplicate-key", 1, 25)


def test_faults_without_end_are_not_all_listed() -> None:
    found = faults("a: 1\n" * 1000)
    assert len(found) == 201
    assert found[-1][3] == "faults after this one are not listed"


def test_aliases_cannot_grow_without_bound() -> None:
    rows = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    (found,) = faults("\n".join(["a0: &a0 [x]", *rows]))
    assert "stand for more than 1,000,000 values" in found[3]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("components:\n  openapi: 1\n\nopenapi: 3.1.0 # here\n", {"openapi": "3.1.0"}),
        ("info:\n  text: |\n    openapi: 3.0\n", {}),
        ("'openapi': \"3.0.0\"\n", {"openapi": "3.0.0"}),
        ("# a\n---\n  swagger: '2.0'\n  info:\n    openapi: 1\n", {"swagger": "2.0"}),
        ("asyncapi: {a: 1}\r\nopenapi:\r\n  a: 1\r\n", {"asyncapi": "", "openapi": ""}),
        ("a: 1\ropenapi: 3.0.0\r", {"openapi": "3.0.0"}),
        ('{"info": {"openapi": 1}, "swagger": "2.0"}', {"swagger": "2.0"}),
        ('{"info": {"openapi": 1}, "swagger": "2.0", ', {"swagger": "2.0"}),
        ("{info: {openapi: 1}, swagger: 2.0}", {"swagger": "2.0"}),
        ("openapi: [\n", {"openapi": ""}),
        ("", {}),
    ],
)
def test_top_keys_are_told_without_reading_the_text(text: str, keys: dict[str, str]) -> None:
    assert read(text).top_keys(frozenset(["openapi", "swagger", "asyncapi"])) == keys


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("info:\n  version: 1.10 # ten\n", "1.10"),
        ("info: {version: 1.10}", "1.10"),
        ('{"info":{"version":1.10}}', "1.10"),
        ("info:\n  version: '1.10'\n", "1.10"),
        ("info:\n  version: 2024-01-01\n", "2024-01-01"),
        ("info:\n  version: 0777\n", "0777"),
        ("info:\n  version: Null\n", "Null"),
        ("info:\n  version: &v 1.10\n", "1.1"),
    ],
)
def test_a_number_can_be_had_as_it_was_written(text: str, written: str) -> None:
    assert read(text).written("/info/version") == written


def test_acceptances_are_found_in_comments() -> None:
    text = "a: 1 # contractbook: accept path-casing -- too old\nb: 2\n#contractbook: accept field-removed\n"
    assert read(text).acceptances == [(1, "path-casing", "too old"), (3, "field-removed", "")]
