"""A proto text inside a contract of another format."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from contractbook.formats.schema.draft import Spot
from contractbook.formats.schema.read import Schemas
from contractbook.model import Contract, Discriminator, Field, Type
from contractbook.source.document import Document
from contractbook.source.references import referred
from contractbook.source.sources import Unresolved

_way = re.compile(r"[^\w-]+")


def payload(schemas: Schemas, value: Any, place: Spot) -> str:
    """The name of the message that a text, or the file that `$ref` names, is about.

    That is the one that no other message in it is made of. All of its types stand where the text does.
    """
    known = schemas.places.get(place.at)
    if known is None:
        document = _document(schemas, value, place)
        known = schemas.plain("") if document is None else _read(schemas, document, place)
        schemas.places[place.at] = known
    return known


def _read(schemas: Schemas, document: Document, place: Spot) -> str:
    there = place
    if document.path in schemas.foreign:  # other messages may refer to the file, too
        there = Spot(document, schemas.at(document, ""), place.way)
        if there.at in schemas.places:
            return schemas.places[there.at]
    from contractbook.formats.protobuf.read import read

    found = next(iter(read([document], schemas.sources)), None)
    if found is None or not found.roots:
        schemas.faults.invalid("this text declares no message", place.document, place.pointer)
        return schemas.plain("")
    for fault in found.faults:
        where = f"line {fault.location.line} of the text"
        schemas.faults.invalid(
            f"{fault.message} ({where})", place.document, place.pointer, fault.advice or ""
        )
    name = schemas.places[there.at] = _grafted(schemas, found, there)
    return name


def _document(schemas: Schemas, value: Any, place: Spot) -> Document | None:
    """The text as a document of its own."""
    if isinstance(value, str):
        return Document(f"{_way.sub('-', place.way)}.proto", value.encode("utf-8", "surrogatepass"))
    reference = value.get("$ref") if isinstance(value, dict) else None
    if reference is None:
        schemas.faults.invalid("a proto text is written as text", place.document, place.pointer)
        return None
    try:
        document = schemas.sources.find(referred(place.document.path, reference).path)
        said = f"`{reference}` leads to no file in the folders of the contracts"
    except Unresolved as problem:
        document, said = None, str(problem)
    if document is None:
        schemas.faults.unresolved(said, place.document, place.pointer + "/$ref")
        return None
    return schemas.foreign.setdefault(document.path, document)


def _grafted(schemas: Schemas, found: Contract, place: Spot) -> str:
    """Add the types of a contract under names that are free; gives the name of its root."""
    shared = {name for name, type in found.types.items() if not type.at and schemas.types.get(name) == type}
    names = {name: name if name in shared else schemas.claim(name, place) for name in found.types}
    for name, type in found.types.items():
        if name not in shared:
            schemas.types[names[name]] = _renamed(type, names, place)
    return names[found.roots[0]]


def _renamed(type: Type, names: Mapping[str, str], place: Spot) -> Type:
    """A type whose own name, and all that it refers to, is as in the contract that it comes into."""
    told = type.discriminator
    return replace(
        type,
        name=names[type.name],
        at=place.at if type.at else "",
        fields=tuple(_field(field, names, place) for field in type.fields),
        values=tuple(replace(value, at=place.at) for value in type.values),
        parts=tuple(names.get(part, part) for part in type.parts),
        item=names.get(type.item, type.item),
        bases=tuple(names.get(base, base) for base in type.bases),
        discriminator=told
        and Discriminator(
            told.field, {tag: names.get(part, part) for tag, part in told.mapping.items()}, told.default
        ),
    )


def _field(field: Field, names: Mapping[str, str], place: Spot) -> Field:
    return replace(field, type=names.get(field.type, field.type), at=place.at if field.at else "")
