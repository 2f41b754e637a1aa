"""A proto text inside a contract of another format: its messages are types of that contract."""

from __future__ import annotations

from pathlib import Path

from contractbook.formats import FORMATS
from contractbook.model import Contract, Shape
from contractbook.source.disk import DiskTree
from contractbook.source.sources import Sources

ORDER = 'syntax = "proto3"; package shop; message Order { string id = 1; repeated Line lines = 2; } '
ORDER += "message Line { int32 count = 1; }"


def read(payload: str, folder: Path) -> Contract:
    sent = f"{{m: {{payload: {payload}}}, n: {{payload: {payload}}}}}"
    text = (
        "asyncapi: 3.0.0\ninfo: {title: T, version: '1'}\n"
        f"channels: {{a: {{address: a, messages: {sent}}}}}\n"
        "operations: {o: {action: send, channel: {$ref: '#/channels/a'}}}\n"
        "components: {schemas: {Line: {type: string}}}\n"
    )
    (folder / "a.yaml").write_text(text, "utf-8")
    sources = Sources(DiskTree(folder))
    [contract] = FORMATS["asyncapi"].read([sources.open("a.yaml")], sources)
    return contract


def test_a_text_is_read_where_it_stands(tmp_path: Path) -> None:
    payload = f"{{schemaFormat: application/vnd.google.protobuf;version=3, schema: '{ORDER}'}}"
    contract = read(payload, tmp_path)
    [operation] = contract.operations()
    [message, _] = operation.messages
    order = contract.types[message.payload]
    assert contract.faults == ()
    assert (order.name, order.shape) == ("Order", Shape.RECORD)
    assert [(each.key, each.name) for each in order.fields] == [("1", "id"), ("2", "lines")]
    lines = contract.resolve(contract.resolve(order.fields[1].type).item)
    assert [each.name for each in lines.fields] == ["count"]  # and not the text that is called Line, too
    assert order.at == "#/channels/a/messages/m/payload/schema"


def test_a_file_is_read_once_for_all_that_refer_to_it(tmp_path: Path) -> None:
    (tmp_path / "order.proto").write_text(ORDER, "utf-8")
    reference = "{schemaFormat: application/vnd.google.protobuf, schema: {$ref: order.proto}}"
    contract = read(reference, tmp_path)
    assert contract.documents == ("a.yaml", "order.proto")
    [operation] = contract.operations()
    assert [each.payload for each in operation.messages] == ["Order", "Order"]
    assert contract.faults == ()


def test_what_is_wrong_with_a_text_is_told_where_it_stands(tmp_path: Path) -> None:
    for said in ("'message A {'", "'nothing'", "{$ref: other.proto}", "[]"):
        contract = read(f"{{schemaFormat: application/vnd.google.protobuf, schema: {said}}}", tmp_path)
        assert [each.location.path for each in contract.faults][:1] == ["a.yaml"]


def test_a_reference_stays_below_the_roots(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "order.proto").write_text(ORDER, "utf-8")
    contract = read("{schemaFormat: application/vnd.google.protobuf, schema: {$ref: ../order.proto}}", inside)
    assert [each.rule for each in contract.faults] == ["unresolved-reference"]
