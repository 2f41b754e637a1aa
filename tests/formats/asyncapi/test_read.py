"""What is read from a document, as a golden outline beside it, and one contract in both majors."""

from __future__ import annotations

import os
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from tests.formats.outline import outline

from contractbook.engine.compare import compare
from contractbook.formats import FORMATS, detect
from contractbook.model import Contract
from contractbook.source.disk import DiskTree
from contractbook.source.document import Document
from contractbook.source.sources import Sources

DOCUMENTS = Path(__file__).parent / "documents"
NAMES = ("garden-2.6.yaml", "garden-3.0.yaml", "events-3.0.yaml")
CORPUS = [parent / "shared/corpus/asyncapi/spec-examples" for parent in Path(__file__).parents]


def read(name: str, folder: Path = DOCUMENTS) -> Contract:
    sources = Sources(DiskTree(folder))
    document = sources.open(name)
    assert detect(document) is FORMATS["asyncapi"]
    [contract] = FORMATS["asyncapi"].read([document], sources)
    return contract


def of(text: str) -> Contract:
    [contract] = FORMATS["asyncapi"].read([Document("a.yaml", text.encode())], Sources(DiskTree("/nowhere")))
    return contract


@pytest.mark.parametrize("name", NAMES)
def test_everything_a_document_says_is_in_the_model(name: str) -> None:
    golden = (DOCUMENTS / name).with_suffix(".txt")
    found = outline(read(name))
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(found, "utf-8")
    assert found == golden.read_text("utf-8")


def test_the_two_majors_differ_in_what_only_the_newer_one_can_say() -> None:
    found = compare(read("garden-2.6.yaml"), read("garden-3.0.yaml"), today=date(2026, 2, 1))
    assert {each.rule for each in found} == {"channel-added", "reply-added", "version-not-raised"}


def pairs() -> list[tuple[Path, Path]]:
    """Contracts that say the same in AsyncAPI 2.6 and 3.0, where real ones are at hand."""
    names = ("streetlights-kafka", "slack-rtm", "websocket-gemini", "application-headers")
    return [
        (folder / f"v2.6.0/{name}.yml", folder / f"v3.0.0/{name}-asyncapi.yml")
        for folder, name in product(CORPUS, names)
        if folder.exists()
    ]


@pytest.mark.parametrize(("old", "new"), pairs())
def test_a_contract_that_only_moved_to_the_newer_major_says_the_same(old: Path, new: Path) -> None:
    found = compare(read(old.name, old.parent), read(new.name, new.parent), today=date(2026, 2, 1))
    assert [each.message for each in found] == []


def test_who_publishes_in_asyncapi_2_sends_to_the_application() -> None:
    old = of("asyncapi: 2.6.0\nchannels: {a: {publish: {}, subscribe: {}}}")
    assert [each.key for each in old.operations()] == ["receive a", "send a"]


def test_traits_lie_beneath_the_object_in_3_and_above_it_in_2() -> None:
    two = of(
        "asyncapi: 2.6.0\nchannels: {a: {publish: {summary: own, traits: [{summary: one}, {summary: two}]}}}"
    )
    three = of(
        "asyncapi: 3.0.0\nchannels: {a: {address: a}}\noperations: {o: {action: send, title: own,"
        " channel: {$ref: '#/channels/a'},"
        " traits: [{title: one, description: first}, {title: two, description: second}]}}"
    )
    assert [each.title for each in two.operations()] == ["two"]
    assert [(each.title, each.doc) for each in three.operations()] == [("own", "second")]


def test_two_operations_on_one_channel_are_two() -> None:
    contract = of(
        "asyncapi: 3.0.0\nchannels: {a: {address: a}}\noperations:\n"
        "  one: {action: send, channel: {$ref: '#/channels/a'}}\n"
        "  two: {action: send, channel: {$ref: '#/channels/a'}}\n"
    )
    assert [each.key for each in contract.operations()] == ["send a", "send a (two)"]
