"""Nothing that a reader found is lost on the way to a page, whatever the format."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from contractbook.config import Configuration, Project
from contractbook.model import Contract, Field, Message
from contractbook.portal import Portal
from contractbook.shelf import Shelf

REPOSITORY = Path(__file__).parent.parent.parent
CORPUS = REPOSITORY.parent / "shared" / "corpus"
TODAY = date(2026, 11, 22)
REAL = (
    "asyncapi/spec-examples/2026-08",
    "asyncapi/defra-fcp-fd-comms/15_68b3613",
    "avro/bdg-formats/1.0.3",
    "graphql/artsy-small/2026-08-20",
    "graphql/artsy-exchange/2026-06-17",
    "protobuf/google-speech/2026-08-22",
    "protobuf/grpc-proto/2026-03",
    "wsdl/juddi-api/2023-01",
    "cloudevents/google-cloudevents/v2.1.6",
)


def folders() -> list[Path]:
    return [REPOSITORY / "specs", *(path for name in REAL if (path := CORPUS / name).is_dir())]


def names(contract: Contract) -> Iterator[tuple[str, str]]:
    """What of a contract must be found, with the kind of thing it is."""
    for operation in contract.operations():
        yield "operation", operation.name
        yield "address", operation.address
        yield from (("parameter", each.name) for each in operation.parameters)
        for message in operation.messages:
            yield from of_message(message)
    for channel in contract.channels:
        yield "channel", channel.address
        for message in channel.messages:
            yield from of_message(message)
    for type in contract.types.values():
        if type.at:
            yield from (("value", value.name) for value in type.values)
            for field in (*type.fields, *type.patterns):
                yield from of_field(field)


def of_message(message: Message) -> Iterator[tuple[str, str]]:
    yield from (("header", header.name) for header in message.headers)
    if message.envelope:
        yield from (("attribute", each.name) for each in message.envelope.attributes)
        yield from (("constant", value) for value in message.envelope.constants.values())


def of_field(field: Field) -> Iterator[tuple[str, str]]:
    yield "field", field.name
    yield from (("argument", each.name) for each in field.arguments)


@pytest.mark.parametrize("folder", folders(), ids=lambda path: "/".join(path.parts[-2:]))
def test_whatever_was_read_is_on_a_page(folder: Path) -> None:
    series = Shelf(Project(folder.parent, Configuration(specs=(folder.name,)))).look(TODAY)
    pages = list(Portal().pages(series, TODAY))
    text = html.unescape(re.sub(r"<[^<>]*>", "", "\n".join(page.html for page in pages).replace("<wbr>", "")))
    found = {pair for each in series for contract in each.versions for pair in names(contract)}
    assert found
    assert not {(kind, name) for kind, name in found if name.strip("/") not in text}
    copies = html.unescape("\n".join(page.markdown for page in pages).replace("\\", ""))
    assert not {(kind, name) for kind, name in found if name.strip("/").replace("\\", "") not in copies}
    assert not {page.uri: len(page.html) for page in pages if len(page.html.encode()) > 44_000}
