"""Catalogues: what is in them becomes contracts, and nothing that they say is lost."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson
import pytest
from tests.formats.outline import outline
from tests.formats.samples import SENTINEL, content

from contractbook.engine.compare import compare
from contractbook.formats import FORMATS, detect
from contractbook.formats.structure.tables import LOOSE, kind_of
from contractbook.formats.xregistry.tables import KEPT_BY_REGISTRY, TABLES
from contractbook.model import Contract
from contractbook.source.disk import DiskTree
from contractbook.source.document import Document
from contractbook.source.sources import Sources

LAMPS = Path(__file__).parent / "documents" / "lamps.xreg.json"
CORPUS = [parent / "shared/corpus/cloudevents/xregistry-samples" for parent in Path(__file__).parents]
REAL = sorted(path for place in CORPUS for path in (*place.rglob("*.xreg.json"), *place.rglob("*.cereg*")))


def read(said: Any, path: str = "a.xreg.json") -> list[Contract]:
    document = Document(path, said if isinstance(said, bytes) else orjson.dumps(said))
    assert detect(document) is FORMATS["xregistry"]
    return [*FORMATS["xregistry"].read([document], Sources(DiskTree("/nowhere")))]


def test_a_catalogue_is_read_as_its_contracts() -> None:
    golden = LAMPS.with_suffix(".txt")
    found = "\n".join(map(outline, read(LAMPS.read_bytes(), LAMPS.name)))
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(found, "utf-8")
    assert found == golden.read_text("utf-8")


def test_the_versions_of_a_schema_are_versions_of_one_contract() -> None:
    old, new = (each for each in read(LAMPS.read_bytes()) if each.name == "On")
    assert (old.version, new.version) == ("1", "2")
    assert {each.rule for each in compare(old, new)} == {"field-added"}


def message(said: dict[str, Any]) -> dict[str, Any]:
    return {"messagegroups": {"g": {"messages": {"m": said}}}, "schemagroups": {}}


def schema(said: dict[str, Any]) -> dict[str, Any]:
    return {"schemagroups": {"g": {"schemas": {"s": {"schema": {"type": "object"}, **said}}}}}


HOSTS: Mapping[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "endpoint": lambda said: {
        "specversion": "1.0",
        "endpoints": {"e": {**said, "messages": {"m": {}, **said.get("messages", {})}}},
    },
    "messagegroup": lambda said: {
        "messagegroups": {"g": {**said, "messages": said.get("messages", {"m": {}})}}
    },
    "message": message,
    "message-version": lambda said: message({"versions": {"1": said}}),
    "schema": schema,
    "schema-version": lambda said: schema({"versions": {"1": said}}),
}
CLOUD = {"envelopemetadata": {SENTINEL: {"type": "string"}}, "envelope": "CloudEvents/1.0"}
SPECIAL: dict[str, Any] = {
    "usage": ["producer"],
    "endpoints": [{"uri": SENTINEL}],
    "messages": {SENTINEL: {}},
    "messagegroups": None,  # what they lead to is in the golden document
    "envelope": "CloudEvents/" + SENTINEL,
    "protocol": "MQTT/5.0",
    "protocoloptions": {"topic": SENTINEL},
    "envelopeoptions": {"mode": SENTINEL},
    "dataschema": {"type": "object", "description": SENTINEL},
    "dataschemaxid": "/schemagroups/" + SENTINEL,
    "basemessage": None,
    "versions": None,
    "deprecated": {"alternative": SENTINEL},
    "schema": {"type": "object", "description": SENTINEL},
    "versionid": None,  # the name of the version that is read; others are in the golden document
    "defaultversionid": None,
    "envelopemetadata": None,  # means something only beside an envelope
    "dataschemaformat": None,  # counts beside a schema
    "format": None,
}


def cases() -> Iterator[tuple[str, str]]:
    for kind, keys in TABLES.items():
        if kind in HOSTS:
            yield from ((kind, key) for key in keys if key != LOOSE)


@pytest.mark.parametrize(("kind", "key"), list(cases()))
def test_a_key_is_read_or_kept(kind: str, key: str) -> None:
    plain = {"flag": True, "free": {SENTINEL: SENTINEL}, "any": SENTINEL}
    said = SPECIAL.get(key, plain.get(kind_of(TABLES[kind][key]).forms[0], SENTINEL))
    if said is None or key in KEPT_BY_REGISTRY:
        return
    beside = {"envelope": "CloudEvents/1.0"} if key == "envelopeoptions" else {}
    without, found = (
        "".join(map(content, read(HOSTS[kind]({**beside, **one})))) for one in ({}, {key: said})
    )
    assert found != without
    assert SENTINEL in found or SENTINEL not in repr(said)


ODD: tuple[object, ...] = (
    None,
    True,
    7,
    "text",
    [],
    [7],
    {"a": 7},
    {"a": {"b": [7]}},
    {"a": {"b": {"c": 7}}},
)


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_no_value_keeps_the_rest_from_being_read(odd: object) -> None:
    for key in ("endpoints", "messagegroups", "schemagroups"):
        read({"specversion": "1.0", "endpoints": {}, key: odd})
        read({"specversion": "1.0", "endpoints": {}, key: {"x": odd}})
    for key in {**TABLES["message"], **TABLES["endpoint"], **TABLES["schema"]}:
        for host in HOSTS.values():
            read(host({key: odd} if key != "messages" else {}))


@pytest.mark.parametrize("path", REAL, ids=lambda path: "/".join(path.parts[-4:]))
def test_every_message_and_schema_of_a_real_catalogue_is_in_a_contract(path: Path) -> None:
    contracts = read(path.read_bytes(), path.name)
    data = Document(path.name, path.read_bytes()).data
    named = {operation.name for contract in contracts for operation in contract.operations()}
    groups = {**data.get("messagegroups", {}), **data.get("definitionGroups", {})}
    for group in groups.values():
        assert {*group.get("messages", {}), *group.get("definitions", {})} <= named
    known = {contract.name for contract in contracts} | {name for one in contracts for name in one.types}
    for group in {**data.get("schemagroups", {}), **data.get("schemaGroups", {})}.values():
        for name, schema in group["schemas"].items():
            text = repr([type for one in contracts for type in one.types.values()])
            assert name in known or name in text or not schema.get("versions")
