"""Each fact about proto files is told by its rule at its level; what is told to be safe is so on the wire."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from google.protobuf.descriptor_pb2 import FileDescriptorSet
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message import DecodeError, Message
from google.protobuf.message_factory import GetMessageClass
from tests.compare.reading import SHARED
from tests.formats.protobuf.test_read import contracts

from contractbook.engine.compare import compare
from contractbook.finding import Finding, Kind
from contractbook.rules import RULES
from contractbook.source.protoc import compiled

TODAY = date(2027, 3, 1)
HEAD = """\
syntax = "proto3";
package shop.v1;
import "google/api/annotations.proto";
import "google/api/field_behavior.proto";
"""
TYPES = """
message Card { string number = 1; }
message Ticket { string number = 1; }
message Red { enum Colour { NONE = 0; LIGHT = 1; } }
message Blue { enum Paint { NONE = 0; LIGHT = 1; } }
"""
WHOLE = {
    "message": HEAD + TYPES + "message Order { %s } service S { rpc Do(Order) returns (Order); }",
    "enumeration": HEAD
    + "enum State { %s } message Order { State a = 1; } service S { rpc Do(Order) returns (Order); }",
    "rpc": HEAD + TYPES + "message Order { string a = 1; } service S { %s }",
    "file": "%s",
}


class Case(NamedTuple):
    """A fact, the rules that tell it (the first at its level), and the change that brings it about."""

    fact: str
    level: str
    rules: tuple[str, ...]
    old: str
    new: str


def cases() -> Iterator[Case]:
    whole = ""
    for block in (Path(__file__).parent / "facts-protobuf.txt").read_text("utf-8").split("\n\n")[1:]:
        if block.startswith("== "):
            whole = WHOLE[block.removeprefix("== ").strip()]
            continue
        said, old, new = block.strip().split("\n")
        fact, level, *rules = said.split()
        yield Case(fact, level, tuple(rules), whole % old, whole % new)


CASES = list(cases())
every_case = pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{case.fact} {case.rules[0]}") for case in CASES]
)


def told(case: Case) -> list[Finding]:
    (old,), (new,) = contracts(("a.proto", case.old)), contracts(("a.proto", case.new))
    assert not (*old.faults, *new.faults)
    assert list(compare(old, old, today=TODAY)) == []
    return list(compare(old, new, today=TODAY))


@every_case
def test_a_fact_is_told_by_its_rule_alone(case: Case) -> None:
    findings = told(case)
    levels = [each.level for each in findings if each.rule == case.rules[0]]
    assert levels
    assert max(levels, key=lambda level: level.weight) == case.level
    breaks = {each.rule for each in findings if each.kind in (Kind.STRUCTURAL, Kind.SEMANTIC)}
    told_by = {rule for rule in case.rules if RULES[rule].kind in (Kind.STRUCTURAL, Kind.SEMANTIC)}
    assert breaks == told_by


# Told by rules that look at several files or at options, or judged by who knows more than the contracts.
ELSEWHERE = ("proto-option.", "proto-file.", "proto-type.moved-file", "proto-validate.")


@pytest.mark.skipif(
    not (SHARED / "catalogue").exists(), reason="the catalogue is not part of this repository"
)
def test_every_fact_of_the_catalogue_is_told() -> None:
    rows = csv.DictReader(
        (SHARED / "catalogue" / "changes.tsv").read_text("utf-8").splitlines(), delimiter="\t"
    )
    wanted = {
        row["id"] for row in rows if row["id"].startswith("proto-") and not row["id"].startswith(ELSEWHERE)
    }
    assert wanted - {case.fact for case in CASES} == set()


SAMPLES = {"string": "a", "bytes": b"a", "bool": True, "double": 0.5, "float": 0.5}
WORDS = {9: "string", 12: "bytes", 8: "bool", 1: "double", 2: "float"}


def message(text: str) -> type[Message]:
    """The class of the message `Order` in a text."""
    found = FileDescriptorSet.FromString(compiled({"a.proto": text.encode()}, ["a.proto"]).descriptors)
    pool = DescriptorPool()
    for file in found.file:
        pool.Add(file)
    return GetMessageClass(pool.FindMessageTypeByName("shop.v1.Order"))


def filled(kind: type[Message]) -> Message:
    """A message with something in every field, as far as its choices allow it."""
    made = kind()
    for field in kind.DESCRIPTOR.fields:
        if field.is_repeated and not field.message_type:
            getattr(made, field.name).extend([SAMPLES.get(WORDS.get(field.type, ""), 300)])
        elif field.message_type:
            getattr(made, field.name).SetInParent()
        else:
            setattr(made, field.name, SAMPLES.get(WORDS.get(field.type, ""), 1))
    return made


WIRED = [case for case in CASES if "message Order { string number" not in case.old]
WIRED = [case for case in WIRED if "message Order {" in case.old and "message Order {" in case.new]


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case.fact} {case.rules[0]}") for case in WIRED])
def test_what_breaks_nothing_on_the_wire_is_read_as_it_was_written(case: Case) -> None:
    if any(each.level == "error" and each.surface in (None, "wire") for each in told(case)):
        return
    for writer, reader in ((message(case.old), message(case.new)), (message(case.new), message(case.old))):
        written = filled(writer)
        read = reader.FromString(written.SerializeToString())
        values = {field.number: value for field, value in read.ListFields()}
        for field, value in written.ListFields():
            if field.number in values and not field.message_type:
                assert values[field.number] == value
        assert reader.FromString(read.SerializeToString()) == read


@pytest.mark.parametrize(
    ("old", "new"), [("int32", "sint32"), ("int32", "fixed32"), ("string", "int32"), ("double", "float")]
)
def test_what_is_told_to_break_the_wire_does_break_it(old: str, new: str) -> None:
    kinds = [message(HEAD + f"message Order {{ {kind} a = 1; }}") for kind in (old, new)]
    written = filled(kinds[0])
    try:
        read = kinds[1].FromString(written.SerializeToString())
    except DecodeError:
        return
    assert [value for _, value in read.ListFields()] != [value for _, value in written.ListFields()]
