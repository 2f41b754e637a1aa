"""Whatever a real document of Avro names is in the model, and IDL says what Avro's compiler makes of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contractbook.engine.compare import compare
from contractbook.formats import FORMATS, detect
from contractbook.model import Contract, Field
from contractbook.source.disk import DiskTree
from contractbook.source.sources import Sources

REPOSITORY = Path(__file__).resolve().parents[3]
CORPUS = [parent / "shared/corpus/avro" for parent in REPOSITORY.parents]
REAL = [path for place in CORPUS for path in place.glob("*/*") if path.is_dir()]
OWN = [Path(__file__).parent / "documents", *(REPOSITORY / "specs/shipping").iterdir()]


def contracts(root: Path, only: str = "") -> Iterator[tuple[Contract, Sources]]:
    sources = Sources(DiskTree(root))
    documents = [sources.open(path) for path in sources.tree.files() if path.endswith(only)]
    found = [document for document in documents if detect(document) is FORMATS["avro"]]
    yield from ((each, sources) for each in FORMATS["avro"].read(found, sources))


def names(value: Any) -> Iterator[tuple[str, str]]:
    """The fields, symbols and messages of a document, walked without the reader."""
    if isinstance(value, list):
        for inner in value:
            yield from names(inner)
    if not isinstance(value, dict):
        return
    for each in value.get("fields", ()) if isinstance(value.get("name"), str) else ():
        yield value["name"].rpartition(".")[2], each["name"]
        yield from names(each["type"])
    if value.get("type") == "enum":
        yield from ((value["name"].rpartition(".")[2], symbol) for symbol in value["symbols"])
    for key in ("items", "values", "type", "types", "response"):
        if isinstance(value.get(key), dict | list):
            yield from names(value[key])
    for name, message in value.get("messages", {}).items():
        yield name, ""
        yield from ((name, each["name"]) for each in message["request"])
        yield from names([message.get("response"), [each["type"] for each in message["request"]]])


def said(contract: Contract) -> set[tuple[str, str]]:
    found = {
        (type.name.rpartition(".")[2], each.name)
        for type in contract.types.values()
        for each in (*type.fields, *type.values)
    }
    for one in contract.operations():
        found |= {(one.name, ""), *((one.name, each.name) for each in one.parameters)}
    return found


@pytest.mark.parametrize("root", sorted(OWN + REAL), ids=lambda root: "/".join(root.parts[-2:]))
def test_everything_with_a_name_is_in_the_model(root: Path) -> None:
    read = 0
    for contract, sources in contracts(root):
        read += 1
        faulty = {fault.location.path for fault in contract.faults}
        for path in set(contract.documents) - faulty:
            assert set(names(sources.open(path).data)) <= said(contract), path
        assert list(compare(contract, contract)) == []
    assert read


COMPILED = [
    path.parent / f"../output/{path.stem}.avpr"
    for place in CORPUS
    for path in place.glob("apache-avro/2026-08/**/idl/src/test/idl/input/*.avdl")
]


def facts(contract: Contract) -> dict[str, Any]:
    """What is said of types, without where it stands."""

    def field(each: Field) -> tuple[Any, ...]:
        return (each.name, each.doc, each.default, each.nullable, each.aliases, dict(each.binding))

    return {
        type.key: (type.shape, type.doc, type.aliases, [field(each) for each in type.fields], type.limits)
        for type in contract.types.values()
        if type.key
    }


@pytest.mark.parametrize(
    "compiled", [path for path in COMPILED if path.is_file()], ids=lambda path: path.stem
)
def test_idl_means_what_its_compiler_makes_of_it(compiled: Path) -> None:
    root = compiled.parent.parent.resolve()
    sources = Sources(DiskTree(root))
    pair = (f"input/{compiled.stem}.avdl", f"output/{compiled.name}")
    (idl,), (made,) = (FORMATS["avro"].read([sources.open(path)], sources) for path in pair)
    if any(fault.rule == "unresolved-reference" for fault in idl.faults):
        return  # it imports what only Java's class path has
    assert facts(idl) == facts(made)
    assert json.loads(json.dumps(sorted(one.key for one in idl.operations()))) == sorted(
        one.key for one in made.operations()
    )


SAMPLES: dict[str, dict[str, Any]] = {
    "record": {
        "doc": "said",
        "aliases": ["Said"],
        "namespace": "said",
        "fields": [{"name": "said", "type": "int"}],
    },
    "field": {"doc": "said", "default": 7, "order": "ignore", "aliases": ["said"]},
    "enum": {"doc": "said", "aliases": ["Said"], "namespace": "said", "symbols": ["SAID"], "default": "A"},
    "fixed": {"doc": "said", "aliases": ["Said"], "namespace": "said", "size": 77, "logicalType": "decimal"},
    "array": {"items": "bytes", "said": 1},
    "map": {"values": "bytes", "said": 1},
    "int": {"logicalType": "date", "said": 1},
    "bytes": {"logicalType": "decimal", "precision": 7, "scale": 7},
    "protocol": {"doc": "said", "said": 1, "namespace": "said"},
    "message": {
        "doc": "said",
        "one-way": True,
        "response": "int",
        "errors": ["string"],
        "said": 1,
        "request": [{"name": "said", "type": "int"}],
    },
}
BASE: dict[str, dict[str, Any]] = {
    "record": {"type": "record", "name": "R", "fields": []},
    "enum": {"type": "enum", "name": "R", "symbols": ["A"]},
    "fixed": {"type": "fixed", "name": "R", "size": 1},
    "array": {"type": "array", "items": "int"},
    "map": {"type": "map", "values": "int"},
    "int": {"type": "int"},
    "bytes": {"type": "bytes"},
}


def hosted(kind: str, more: dict[str, Any]) -> Any:
    if kind == "protocol":
        return {"protocol": "P", "messages": {}, **more}
    if kind == "message":
        return {"protocol": "P", "messages": {"m": {"request": [], "response": "null", **more}}}
    inner = (
        {"name": "f", "type": "int", **more}
        if kind == "field"
        else {"name": "f", "type": {**BASE[kind], **more}}
    )
    return {"type": "record", "name": "Host", "fields": [inner]}


@pytest.mark.parametrize(("kind", "key"), [(kind, key) for kind, said in SAMPLES.items() for key in said])
def test_a_keyword_is_read_or_kept(kind: str, key: str, tmp_path: Path) -> None:
    texts = [hosted(kind, more) for more in ({}, {key: SAMPLES[kind][key]})]
    without, there = (_content(tmp_path / str(i), text) for i, text in enumerate(texts))
    assert without != there


def _content(folder: Path, data: Any) -> str:
    folder.mkdir()
    (folder / "a.avsc").write_text(json.dumps(data))
    [(contract, _)] = contracts(folder)
    return repr((contract.types, contract.services, contract.doc, contract.binding, contract.title))
