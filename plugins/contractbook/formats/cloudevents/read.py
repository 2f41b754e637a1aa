"""From events as files to contracts: what is sent is an event like those that the file shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from contractbook.finding import Direction
from contractbook.formats.cloudevents.envelope import DATA, REQUIRED
from contractbook.formats.faults import Faults
from contractbook.formats.lifecycle import ENDINGS, Endings
from contractbook.formats.structure.tables import OPEN, Checking
from contractbook.model import (
    NOTHING,
    Action,
    Contract,
    Envelope,
    Example,
    Field,
    Message,
    Operation,
    Role,
    Service,
    Shape,
    Type,
)
from contractbook.source.document import Document
from contractbook.source.pointers import escaped
from contractbook.source.sources import Sources

# CloudEvents 1.0.2, JSON format. What must be there the rules about envelopes say.
TABLES = {
    "event": {
        **dict.fromkeys((*REQUIRED, "datacontenttype", "dataschema", "subject", "time"), "text"),
        "data": "any",
        "data_base64": "text",
        OPEN: "any",
    },
    "batch": {},
}
SCALARS = {str: "string", bool: "boolean", int: "integer", float: "number"}


def read(documents: Sequence[Document], sources: Sources, endings: Endings = ENDINGS) -> Iterator[Contract]:
    """One contract for each document, with one operation for each type of event."""
    for document in documents:
        yield _contract(document)


def _contract(document: Document) -> Contract:
    faults = Faults()
    data = document.data
    batch = isinstance(data, list)
    listed = data if isinstance(data, list) else [data]
    types: dict[str, Type] = {}
    found: dict[str, Operation] = {}
    for index, event in enumerate(listed):
        pointer = f"/{index}" if batch else ""
        if isinstance(event, dict):
            _check(event, document, pointer, faults)
            operation = _operation(event, f"#{pointer}", "batch" if batch else "structured", types)
            found.setdefault(operation.key, operation)
        elif not document.faults:
            faults.invalid("an event is an object", document, pointer)
    first = next((each for each in listed if isinstance(each, dict)), {})
    return Contract(
        name="",
        format="cloudevents",
        path=document.path,
        spec_version=str(first.get("specversion", "")),
        title=str(first.get("type", "")) or document.path,
        at="#",
        documents=(document.path,),
        services=(Service(name="", at="#", operations=tuple(found.values())),),
        types=types,
        faults=(*document.faults, *faults.findings([document])),
    )


def _check(event: Mapping[str, Any], document: Document, pointer: str, faults: Faults) -> None:
    version = str(event.get("specversion", "1.0"))
    Checking(TABLES, version, "CloudEvents").check("event", document, pointer, event, faults)
    if all(key in event for key in DATA):
        faults.invalid(
            "`data` and `data_base64` exclude each other",
            document,
            f"{pointer}/data_base64",
            "Keep `data`, or `data_base64` where the data is binary.",
        )


def _operation(event: Mapping[str, Any], at: str, mode: str, types: dict[str, Type]) -> Operation:
    kind = str(event.get("type", "")) or "event"
    constants = {name: _text(said) for name, said in event.items() if name not in DATA}
    attributes = tuple(
        Field(
            name=name,
            at=f"{at}/{escaped(name)}",
            type=_type(types, said),
            role=Role.ATTRIBUTE,
            required=True,
            examples=(Example(value=said),),
        )
        for name, said in event.items()
        if name not in DATA
    )
    fixed: dict[str, str] = {name: constants[name] for name in ("specversion", "type") if name in constants}
    message = Message(
        name=kind,
        at=at,
        direction=Direction.OUTPUT,
        payload=_data(event, kind, at, types),
        content_type="application/cloudevents-batch+json"
        if mode == "batch"
        else "application/cloudevents+json",
        envelope=Envelope(constants.get("specversion", ""), mode, attributes, fixed),
        binding={"values": constants} if constants else NOTHING,
    )
    return Operation(
        name=kind,
        key=f"send {kind}",
        at=at,
        action=Action.SEND,
        address=kind,
        method="send",
        messages=(message,),
        channel=kind,
    )


def _data(event: Mapping[str, Any], kind: str, at: str, types: dict[str, Type]) -> str:
    """The type of the data, of which a file only shows an example."""
    key = next((key for key in DATA if key in event), "")
    if not key:
        return ""
    name = f"{kind} > data"
    if name not in types:
        shown = (Example(value=event[key], at=f"{at}/{key}"),)
        types[name] = Type(name=name, shape=Shape.ANY, inline=True, at=f"{at}/{key}", examples=shown)
    return name


def _type(types: dict[str, Type], value: Any) -> str:
    name = SCALARS.get(type(value), "any")
    shape = Shape.SCALAR if name != "any" else Shape.ANY
    types.setdefault(name, Type(name=name, shape=shape, scalar="" if name == "any" else name))
    return name


def _text(value: Any) -> str:
    return value if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
