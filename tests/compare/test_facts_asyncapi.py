"""Every fact about channels, brokers and events is told by its rule, at its level, and by that rule alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from contractbook.engine.compare import compare
from contractbook.formats import FORMATS
from contractbook.model import Contract
from contractbook.source.disk import DiskTree
from contractbook.source.document import Document
from contractbook.source.sources import Sources

TABLE = Path(__file__).with_name("facts-asyncapi.txt")
TODAY = date(2027, 3, 1)
BESIDE = {"version-not-raised", "removed-without-deprecation"}  # which say more of what is told already
ENVELOPE = {"specversion": {"const": "1.0"}, "id": {}, "source": {}, "type": {}}


class Case(NamedTuple):
    """A fact, and the smallest change that brings it about."""

    kind: str
    name: str
    level: str
    rule: str
    old: str
    new: str


def cases() -> Iterator[Case]:
    for section in re.split(r"^== ", TABLE.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        kind, *entries = section.strip().split("\n\n")
        for entry in entries:
            head, old, new = entry.split("\n")
            name, level, rule = head.split()
            yield Case(kind, name, level, rule, old, new)


def document(kind: str, text: str) -> dict[str, Any]:
    said = yaml.safe_load(text)
    if kind == "document":
        return {"channels": {}, **said}
    channel: dict[str, Any] = {"address": "a", "messages": {"m": {"payload": {"type": "integer"}}}}
    operation: dict[str, Any] = {"channel": {"$ref": "#/channels/a"}, "action": "send"}
    if kind == "operation":
        operation |= said
    elif kind == "event":
        properties = {**ENVELOPE, **said}
        channel["messages"] = {
            "m": {"payload": {"type": "object", "required": [*ENVELOPE], "properties": properties}}
        }
    else:
        channel = {**channel, **said}
        operation["action"] = kind
    other = {"address": "other", "messages": {"m": {"payload": {"type": "integer"}}}}
    return {"channels": {"a": channel, "other": other}, "operations": {"o": operation}}


def read(case: Case, text: str) -> Contract:
    data = {"asyncapi": "3.0.0", "info": {"title": "T", "version": "1"}, **document(case.kind, text)}
    raw = yaml.safe_dump(data).encode()
    [contract] = FORMATS["asyncapi"].read([Document("a.yaml", raw)], Sources(DiskTree("/nowhere")))
    assert contract.faults == ()
    return contract


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: f"{case.kind}-{case.name}")
def test_a_fact_is_told_once_by_its_rule(case: Case) -> None:
    found = [*compare(read(case, case.old), read(case, case.new), today=TODAY)]
    told = {(each.rule, str(each.level)) for each in found if each.rule not in BESIDE}
    flipped = {("operation-added", "note")} if case.name.endswith("action-flipped") else set()
    spoken = {("channel-added", "note"), ("channel-removed", "error")} if case.kind == "operation" else set()
    loud = {each for each in told - flipped - spoken if each[1] != "note" or case.level == "note"}
    assert loud == {(case.rule, case.level)}
