"""What is wrong with documents of Avro: one finding for each cause, with its place, and all else is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.formats.avro.test_read import contracts


def faults(folder: Path, name: str, text: str) -> list[str]:
    (folder / name).write_text(text)
    [contract] = contracts(folder).values()
    found = contract.faults
    return [f"{each.location.line}:{each.location.column} {each.rule}: {each.message}" for each in found]


def record(field: str) -> str:
    return f'{{"type": "record", "name": "R", "fields": [\n{{"name": "f", {field}}}]}}'


SCHEMAS = {
    '{"type": "recrd", "name": "R"}': ["1:2 unresolved-reference: there is no type `recrd`"],
    '{"type": "record", "name": "1R", "fields": []}': ["1:1 invalid-structure: `1R` is no name"],
    '{"type": "record", "name": "R"}': ["1:1 invalid-structure: R has no fields"],
    '{"type": "enum", "name": "E", "symbols": ["A", "A", "b c"], "default": "X"}': [
        "1:48 duplicate-key: the symbol `A` stands twice in E",
        "1:53 invalid-structure: `b c` is no name",
        "1:61 invalid-structure: the default `X` of E is none of its symbols",
    ],
    '{"type": "fixed", "name": "F"}': ["1:1 invalid-structure: the fixed F has no size"],
    '["int", ["string"], "int"]': [
        "1:9 invalid-structure: a union stands right inside a union",
        "1:21 invalid-structure: a union has two branches of the type `int`",
    ],
    '{"type": "array"}': ["1:1 invalid-structure: this array does not say what is in it"],
    record('"type": "int", "default": "one"'): [
        "2:30 invalid-structure: the default of f is `one`, which is no int"
    ],
    record('"type": ["string", "null"], "default": null'): [
        "2:43 invalid-structure: the default of f is null, which is not of the first branch of the union:"
        " most libraries refuse that"
    ],
    record('"type": {"type": "map", "values": "int"}, "default": {"a": 2147483648}'): [
        "2:57 invalid-structure: the default of f holds what is `2147483648`, which is no int"
    ],
    record('"type": "int"}, {"name": "f", "type": "int"'): [
        "2:31 duplicate-key: the field `f` stands twice in R"
    ],
    record('"type": "int", "order": "up"'): [
        "2:30 invalid-structure: the order of f is `up`, which is none of ascending, descending, ignore"
    ],
    record('"type": {"type": "bytes", "logicalType": "decimal", "precision": 2, "scale": 3}'): [
        "2:83 invalid-structure: the scale 3 of a decimal is not between 0 and its precision 2"
    ],
    record('"type": {"type": "bytes", "logicalType": "decimal"}'): [
        "2:15 invalid-structure: a decimal has no precision above 0, so libraries read bare bytes"
    ],
    record('"type": {"type": "string", "logicalType": "date"}'): [
        "2:42 invalid-structure: `date` cannot stand over string, so libraries ignore it"
    ],
    '[{"type": "fixed", "name": "F", "size": 1}, {"type": "fixed", "name": "F", "size": 2}]': [
        "1:45 invalid-structure: a union has two branches of the type `F`",
        "1:45 duplicate-key: the type F is declared twice",
    ],
    record('"type": "Custmer"'): ["2:15 unresolved-reference: there is no type `Custmer`"],
}


@pytest.mark.parametrize("text", SCHEMAS)
def test_what_libraries_let_pass_is_told(tmp_path: Path, text: str) -> None:
    assert sorted(faults(tmp_path, "a.avsc", text)) == sorted(SCHEMAS[text])


IDL = """\
protocol P {
  record A { string id int size; }
  /** Read all the same. */
  record B { A a; long = 3; union { null, A } b = 7; }
  import idl "nowhere.avdl";
  void ping() oneway throws;
  int count(string what);
"""


def test_idl_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    assert faults(tmp_path, "a.avdl", IDL) == [
        "2:24 unreadable: `;` is expected here, and `int` stands there",
        "4:24 unreadable: the name of a field is expected here, and `=` stands there",
        "6:22 unreadable: `;` is expected here, and `throws` stands there",
        "8:1 unreadable: `}` is expected here, and the end of the text stands there",
        "4:47 invalid-structure: the default of b is `7`, which is of no branch of the union",
        "5:14 unresolved-reference: `nowhere.avdl` leads nowhere: there is no such file",
    ]
    [contract] = contracts(tmp_path).values()
    assert [field.name for field in contract.types["B"].fields] == ["a", "b"]
    assert [one.name for one in contract.operations()] == ["count"]
