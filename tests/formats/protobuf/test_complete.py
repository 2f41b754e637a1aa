"""Real proto files: every name that a plain look at the text finds is in the contract that was read."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from tests.compare.reading import SHARED

from contractbook.engine.compare import compare
from contractbook.formats import FORMATS
from contractbook.model import Contract
from contractbook.source.disk import DiskTree
from contractbook.source.sources import Sources

SPECS = Path(__file__).parents[3] / "specs"
CORPUS = SHARED / "corpus"
SETS = {
    "payments": SPECS / "payments",
    "opentelemetry": CORPUS / "protobuf" / "opentelemetry" / "v1.11.0",
    "etcd": CORPUS / "protobuf" / "etcd" / "v3.6.0",
    "pubsub": CORPUS / "protobuf" / "google-pubsub" / "2026-08-22",
    "grpc": CORPUS / "protobuf" / "grpc-proto",
    "cyclonedx": CORPUS / "jsonschema" / "cyclonedx" / "1.7.1",
    "events": CORPUS / "cloudevents" / "google-cloudevents" / "v2.1.6",
}
THERE = [pytest.param(path, id=name) for name, path in SETS.items() if path.exists()]
every_set = pytest.mark.parametrize("folder", THERE)
COMMENTS = re.compile(r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|//[^\n]*|/\*.*?\*/", re.DOTALL)
NAMES = re.compile(r"\b(?:message|enum|service|rpc)\s+(\w+)\s*[{(]|(?<=[\s.>])(\w+)\s*=\s*(?:0x)?\d+\s*[;\[]")


def read(folder: Path) -> list[Contract]:
    sources = Sources(DiskTree(folder))
    paths = sorted(path for path in sources.tree.files() if path.endswith(".proto"))
    return [*FORMATS["protobuf"].read([sources.open(path) for path in paths], sources)]


def names(contract: Contract) -> set[str]:
    found = {service.name for service in contract.services}
    found |= {operation.name for operation in contract.operations()}
    for type in contract.types.values():
        found |= {type.name.rpartition(".")[2], *(each.name for each in (*type.fields, *type.values))}
    return found


@pytest.mark.parametrize(
    "folder", [pytest.param(path, id=name) for name, path in SETS.items() if path.exists()]
)
def test_every_name_in_the_text_is_read(folder: Path) -> None:
    found: dict[str, set[str]] = {}
    contracts = read(folder)
    for contract in contracts:
        for path in contract.documents:
            found.setdefault(path, set()).update(names(contract))
    for path in found:
        text = COMMENTS.sub(
            lambda each: '""' if each[0][0] in "\"'" else " ", (folder / path).read_text("utf-8")
        )
        said = {name or field for name, field in NAMES.findall(text)}
        assert said - found[path] == set(), path
    assert len(contracts) > 0


@pytest.mark.parametrize(
    "folder", [pytest.param(path, id=name) for name, path in SETS.items() if path.exists()]
)
def test_what_was_read_twice_is_the_same(folder: Path) -> None:
    for old, new in zip(read(folder), read(folder), strict=True):
        assert list(compare(old, new, today=date(2027, 3, 1))) == []
