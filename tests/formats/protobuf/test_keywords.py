"""Everything that the language can say is read, kept beside the element, or left out for a reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from google.protobuf import descriptor_pb2 as pb
from tests.formats.protobuf.test_read import contracts
from tests.formats.samples import content

HEAD = 'syntax = "proto3"; package p; '
OLD = 'syntax = "proto2"; package p; '


class Keyword(NamedTuple):
    """A field of a descriptor: a text that says it, or `ignored`; what must be found again, or the reason."""

    name: str
    text: str
    found: str


def keywords() -> Iterator[Keyword]:
    for block in (Path(__file__).parent / "keywords.txt").read_text("utf-8").split("\n\n")[1:]:
        name, text, found = block.strip().split("\n")
        text = text.replace("proto3; ", HEAD, 1).replace("proto2; ", OLD, 1).replace("\\n", "\n")
        yield Keyword(name, text, found)


KEYWORDS = list(keywords())
DESCRIPTORS = (
    *(pb.FileDescriptorProto, pb.DescriptorProto, pb.FieldDescriptorProto, pb.OneofDescriptorProto),
    *(pb.EnumDescriptorProto, pb.EnumValueDescriptorProto),
    *(pb.ServiceDescriptorProto, pb.MethodDescriptorProto),
)


@pytest.mark.parametrize(
    "keyword", [pytest.param(one, id=one.name) for one in KEYWORDS if one.text != "ignored"]
)
def test_what_a_descriptor_holds_is_read(keyword: Keyword) -> None:
    (contract,) = contracts(("a.proto", keyword.text))
    assert not [fault for fault in contract.faults if fault.rule != "unresolved-reference"]
    assert keyword.found in content(contract)


def test_every_field_of_a_descriptor_is_accounted_for() -> None:
    fields = {
        f"{kind.DESCRIPTOR.name}.{field.name}" for kind in DESCRIPTORS for field in kind.DESCRIPTOR.fields
    }
    assert fields - {keyword.name for keyword in KEYWORDS} == set()


# Where the options of each kind are written, and those that cannot stand alone there.
PLACES: dict[Any, str] = {
    pb.FileOptions: OLD + "option %s;",
    pb.FieldOptions: OLD + "message A { optional %s }",
    pb.EnumOptions: OLD + "enum A { option %s; B = 0; C = 0; }",
    pb.EnumValueOptions: OLD + "enum A { B = 0 [%s]; }",
    pb.ServiceOptions: OLD + "service S { option %s; }",
    pb.MethodOptions: OLD + "message A {} service S { rpc Do(A) returns (A) { option %s; } }",
}
LEFT_OUT = {
    **dict.fromkeys(("uninterpreted_option", "features"), "tested by itself"),
    "feature_support": "says which editions an option itself is for",
    "edition_defaults": "says which editions an option itself is for",
    "targets": "says where an option itself may stand",
    "retention": "says where an option itself is kept",
    "allow_alias": "in the samples above",
}


def options() -> Iterator[tuple[str, str, str]]:
    """Each option that is written as one value, a text that sets it, and what must be found."""
    for kind, place in PLACES.items():
        for field in kind.DESCRIPTOR.fields:
            if field.name in LEFT_OUT:
                continue
            value = "true" if field.type == field.TYPE_BOOL else '"sentinel"'
            if field.enum_type:
                value = field.enum_type.values[-1].name
            scalar = {"packed": "repeated int32", "jstype": "int64", "lazy": "A", "unverified_lazy": "A"}
            said = f"{field.name} = {value}"
            if kind is pb.FieldOptions:
                said = f"{scalar.get(field.name, 'string')} a = 1 [{said}];".replace(
                    "optional repeated", "repeated"
                )
            text = (place % said).replace("optional repeated", "repeated")
            found = "deprecated=True" if field.name == "deprecated" else field.name
            found = {"idempotency_level": "idempotent=True", "packed": "'packed': True"}.get(found, found)
            yield f"{kind.DESCRIPTOR.name}.{field.name}", text, found


@pytest.mark.parametrize(("name", "text", "found"), [pytest.param(*each, id=each[0]) for each in options()])
def test_each_option_is_read_or_kept(name: str, text: str, found: str) -> None:
    (contract,) = contracts(("a.proto", text))
    assert found in content(contract), contract.faults


def test_options_that_nobody_declares_are_kept_as_they_are_written() -> None:
    text = HEAD + 'import "gone.proto"; message A { option (lost.option).part = { sentinel: [1, 2] }; }'
    (contract,) = contracts(("a.proto", text))
    assert contract.types["A"].binding["lost.option"] == {"part": {"sentinel": [1, 2]}}
    assert [fault.rule for fault in contract.faults] == ["unresolved-reference"]
