"""A format is a value: what the project knows of one, a second one brings along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from contractbook import formats
from contractbook.finding import Direction
from contractbook.formats import FORMATS, Format, detect
from contractbook.formats.lifecycle import ENDINGS, Endings
from contractbook.model import Action, Contract, Field, Message, Operation, Service, Shape, Type
from contractbook.reach import Reach
from contractbook.source.disk import DiskTree
from contractbook.source.document import Document
from contractbook.source.sources import Sources

NOTES = b"""@notes
ping sends text: string, urgent: boolean
pong receives at: number
"""


def is_notes(document: Document) -> bool:
    return document.raw.startswith(b"@notes")


def read_notes(
    documents: Sequence[Document], sources: Sources, endings: Endings = ENDINGS
) -> Iterator[Contract]:
    """A language of one line for each message."""
    for document in documents:
        scalars = ("string", "boolean", "number")
        types = {name: Type(name=name, shape=Shape.SCALAR, scalar=name) for name in scalars}
        operations = []
        for number, line in enumerate(document.text.splitlines()[1:]):
            name, verb, members = line.split(maxsplit=2)
            pairs = (member.split(": ") for member in members.split(", "))
            at = f"#/{number}"
            fields = tuple(Field(name=key, type=kind, at=f"{at}/{key}") for key, kind in pairs)
            types[name] = Type(name=name, shape=Shape.RECORD, fields=fields, at=at)
            sends = verb == "sends"
            message = Message(
                name=name, payload=name, direction=Direction.OUTPUT if sends else Direction.INPUT, at=at
            )
            action = Action.SEND if sends else Action.RECEIVE
            operations.append(Operation(name=name, key=name, action=action, messages=(message,), at=at))
        service = Service(name="notes", operations=tuple(operations))
        yield Contract(name="", format="notes", path=document.path, services=(service,), types=types)


def test_a_second_format_is_one_more_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(formats.FORMATS, "notes", Format("notes", "Notes", (".notes",), is_notes, read_notes))
    sources = Sources(DiskTree("."))
    documents = [Document("a.notes", NOTES), Document("b.yaml", b"paths: {}\nopenapi: 3.0.0\n")]
    found = [one for document in documents if (one := detect(document))]
    assert [one.name for one in found] == ["notes", "openapi"]
    pairs = zip(documents, found, strict=True)
    contracts = [contract for document, one in pairs for contract in one.read([document], sources)]
    assert [contract.format for contract in contracts] == ["notes", "openapi"]
    notes = contracts[0]
    assert [(one.label, one.action) for one in notes.operations()] == [("ping", "send"), ("pong", "receive")]
    assert Reach(notes).directions("ping") == {Direction.OUTPUT}


def test_what_is_no_contract_has_no_format() -> None:
    texts = (b"services: {web: {image: x}}\n", b"", b"# openapi: 3.0.0\n", b"info:\n  openapi: 3.0.0\n")
    assert [detect(Document("some.yaml", text)) for text in texts] == [None] * 4


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_known_by_its_name(name: str) -> None:
    assert FORMATS[name].name == name
    assert FORMATS[name].title
    assert all(suffix[:1] in (".", "") for suffix in FORMATS[name].suffixes)
