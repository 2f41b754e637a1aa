"""Schemas of Avro that stand in, or are referred to from, a contract of another format."""

from __future__ import annotations

from pathlib import Path

from contractbook.formats.faults import Faults
from contractbook.formats.payloads import reader
from contractbook.formats.schema.dialect import DRAFT_07
from contractbook.formats.schema.draft import Spot
from contractbook.formats.schema.read import Schemas
from contractbook.model import Shape
from contractbook.source.disk import DiskTree
from contractbook.source.sources import Sources

EVENTS = """\
inside:
  type: record
  name: Paid
  fields: [{name: order, type: string}, {name: again, type: [\"null\", Paid], default: null}]
outside: {$ref: paid.avsc}
nowhere: {$ref: nothing.avsc}
"""


def test_a_payload_joins_the_types_of_the_contract(tmp_path: Path) -> None:
    (tmp_path / "events.yaml").write_text(EVENTS)
    (tmp_path / "paid.avsc").write_text('{"type": "enum", "name": "Paid", "symbols": ["YES", "NO"]}')
    sources = Sources(DiskTree(tmp_path))
    document = sources.open("events.yaml")
    schemas = Schemas(document, sources, DRAFT_07, Faults())
    read = reader("Application/vnd.apache.avro+yaml;version=1.9.0")
    assert read is not None
    spots = {key: Spot(document, f"#/{key}", key) for key in document.data}
    names = [
        read(schemas, value, spots[key])
        for key, value in [*document.data.items(), ("outside", {"$ref": "paid.avsc"})]
    ]
    schemas.run()
    found = [schemas.types[name] for name in names]
    assert [each.shape for each in found] == [Shape.RECORD, Shape.ENUM, Shape.ANY, Shape.ENUM]
    assert [each.at for each in found[0].fields] == ["#/inside/fields/0", "#/inside/fields/1"]
    assert found[0].fields[1].type == found[0].name
    assert found[1] is found[3]
    assert [fault.location.line for fault in schemas.faults.findings([document])] == [6]
    assert reader("application/schema+json") is None
