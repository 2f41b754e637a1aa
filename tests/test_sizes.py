"""What a value weighs: it is really written, and can be read again by each encoding's own library."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import fastavro
import pytest

from contractbook.formats import FORMATS
from contractbook.model import Contract
from contractbook.sizes import Known, sizes
from contractbook.source.disk import DiskTree
from contractbook.source.document import Document
from contractbook.source.sources import Sources

AVRO = """\
namespace shop;
enum Speed { STANDARD, EXPRESS }
fixed Sum(4);
record Line { string article; int amount = 1; }
record Parcel {
  string id; Speed speed; array<Line> lines; map<long> marks = {}; union { null, Line } gift = null;
  timestamp_ms sent_at; decimal(8, 2) price; Sum sum;
}
"""
PROTO = """\
syntax = "proto3";
package shop;
import "google/protobuf/timestamp.proto";
enum Speed { STANDARD = 0; EXPRESS = 1; }
message Line { string article = 1; int32 amount = 2; }
message Parcel {
  string id = 1; Speed speed = 2; repeated Line lines = 3; map<string, int64> marks = 4;
  google.protobuf.Timestamp sent_at = 6; string price = 7; string sum = 8;
}
"""
XSD = """\
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:element name="Parcel"><xs:complexType>
    <xs:sequence>
      <xs:element name="id" type="xs:string"/>
      <xs:element name="lines" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence>
        <xs:element name="article" type="xs:string"/>
        <xs:element name="amount" type="xs:int"/></xs:sequence></xs:complexType></xs:element>
      <xs:element name="marks"><xs:complexType><xs:sequence>
        <xs:element name="fragile" type="xs:int"/></xs:sequence></xs:complexType></xs:element>
      <xs:element name="sentAt" type="xs:dateTime"/>
      <xs:element name="price" type="xs:decimal"/>
    </xs:sequence>
    <xs:attribute name="speed" type="xs:string"/>
    <xs:attribute name="sum" type="xs:string"/>
  </xs:complexType></xs:element>
</xs:schema>
"""
PARCEL = {
    "id": "4711",
    "speed": "EXPRESS",
    "lines": [{"article": "tea", "amount": 2}, {"article": "cup", "amount": 1}],
    "marks": {"fragile": 1},
    "sentAt": "2026-11-22T10:00:00Z",
    "price": "49.90",
    "sum": "abcd",
}


def read(name: str, text: str) -> Contract:
    path = {"avro": "a.avdl", "protobuf": "a.proto", "xsd": "a.xsd"}[name]
    document = Document(path, text.encode())
    [contract] = FORMATS[name].read([document], Sources(DiskTree(Path("nowhere"))))
    return contract


def named(contract: Contract, name: str) -> Known:
    found = [each for each in contract.types if each.rpartition(".")[2] == name]
    return Known(contract, found[0])


def test_a_value_is_written_in_every_encoding_that_is_known() -> None:
    known = [named(read(*each), "Parcel") for each in (("avro", AVRO), ("protobuf", PROTO), ("xsd", XSD))]
    found = {each.encoding: each.plain for each in sizes(PARCEL, known)}
    assert list(found) == ["JSON", "Avro", "Protobuf", "XML"]
    assert found["Avro"] < found["Protobuf"] < found["JSON"]


def test_what_is_written_can_be_read_again() -> None:
    contract = read("avro", AVRO)
    write: Any = FORMATS["avro"].encode
    value = {key if key != "sentAt" else "sent_at": part for key, part in PARCEL.items()}
    written = write(contract, "Parcel", value)
    schema = fastavro.parse_schema(
        {
            "type": "record",
            "name": "P",
            "fields": [{"name": "id", "type": "string"}, {"name": "speed", "type": "int"}],
        }
    )
    assert fastavro.schemaless_reader(io.BytesIO(written), schema, None) == {"id": "4711", "speed": 1}


@pytest.mark.parametrize("value", [None, {"id": 7}, [], "text", {**PARCEL, "more": 1}])
def test_what_is_no_value_of_its_type_has_no_size_there(value: Any) -> None:
    found = sizes(value, [named(read("avro", AVRO), "Parcel")])
    assert [each.encoding for each in found] == ["JSON"]
