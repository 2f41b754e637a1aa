"""What a document of Avro declares and what it refers to, before any of it is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from contractbook.formats.avro.names import NAMED, PRIMITIVES, full_name, split_name
from contractbook.source.document import Document
from contractbook.source.pointers import escaped


class Spot(msgspec.Struct, frozen=True, gc=False):
    """Where something stands: by JSON Pointer, or in IDL by name; `way` is how people are led to it."""

    document: Document
    at: str
    way: str = ""
    named: bool = False

    @property
    def pointer(self) -> str:
        """What the document knows the place by."""
        return self.at.partition("#")[2]

    def into(self, pointer: str, sign: str = "") -> Spot:
        """The spot of a part: behind a pointer, or in IDL behind a sign such as `[]`."""
        step = sign if self.named else pointer
        return Spot(self.document, self.at + step, self.way + sign, self.named)

    def member(self, pointer: str, name: str, *, around: str = "") -> Spot:
        """The spot of a part with a name; `around` is the full name of what it is a part of."""
        head = self.at.partition("#")[0]
        at = f"{head}#{around}.{name}" if self.named else self.at + pointer
        return Spot(self.document, at, f"{self.way} > {name}", self.named)


class Definition(NamedTuple):
    """A named type where it is declared."""

    full: str
    value: Mapping[str, Any]
    spot: Spot


class Survey(NamedTuple):
    """What a document declares, what of it is declared again, and the names that it refers to."""

    document: Document
    definitions: dict[str, Definition]
    doubled: list[Definition]
    used: list[tuple[str, Spot]]

    @property
    def missing(self) -> set[str]:
        """The names that are declared elsewhere."""
        return {full for full, _ in self.used if full not in self.definitions}


def survey(document: Document, at: str) -> Survey:
    """Look through a document; `at` is what its places begin with: `#`, or `path#`."""
    found = Survey(document, {}, [], [])
    data = document.data
    spot = Spot(document, at, named=is_idl(document))
    if isinstance(data, dict) and ("protocol" in data or spot.named):
        namespace = namespace_of(data)
        for i, value in enumerate(listed(data.get("types"))):
            _walk(found, value, spot.into(f"/types/{i}"), namespace)
        if "schema" in data:
            _walk(found, data["schema"], spot.into("/schema"), namespace)
        for value, there in _of_messages(data, spot):
            _walk(found, value, there, namespace)
    else:
        _walk(found, data, spot, "")
    return found


def survey_of(value: Any, spot: Spot) -> Survey:
    """Look through a schema that stands somewhere in a document."""
    found = Survey(spot.document, {}, [], [])
    _walk(found, value, spot, "")
    return found


def is_idl(document: Document) -> bool:
    """Whether a document is written in the interface definition language."""
    return document.path.lower().endswith(".avdl")


def namespace_of(data: Mapping[str, Any]) -> str:
    """The namespace that the types of a protocol are in."""
    full = full_name(data.get("protocol", "_"), "", data.get("namespace"))
    return split_name(full)[0]


def listed(value: Any) -> list[Any]:
    """A value as a list; anything else holds nothing."""
    return value if isinstance(value, list) else []


def _of_messages(data: Mapping[str, Any], spot: Spot) -> Iterator[tuple[Any, Spot]]:
    messages = data.get("messages")
    for name, message in messages.items() if isinstance(messages, dict) else ():
        if isinstance(message, dict):
            there = spot.into(f"/messages/{escaped(name)}")
            for i, parameter in enumerate(listed(message.get("request"))):
                if isinstance(parameter, dict):
                    yield parameter.get("type"), there.into(f"/request/{i}/type")
            yield message.get("response"), there.into("/response")
            yield [*listed(message.get("errors"))], there.into("/errors")


def _walk(found: Survey, value: Any, spot: Spot, namespace: str) -> None:
    if isinstance(value, str):
        if value not in PRIMITIVES:
            found.used.append((full_name(value, namespace), spot))
    elif isinstance(value, list):
        for i, branch in enumerate(value):
            _walk(found, branch, spot.into(f"/{i}", f"({i + 1})"), namespace)
    elif isinstance(value, dict):
        kind = value.get("type")
        if kind in ("array", "map"):
            key = "items" if kind == "array" else "values"
            _walk(found, value.get(key), spot.into(f"/{key}", "[]" if kind == "array" else "{}"), namespace)
        elif isinstance(kind, str) and kind in NAMED:
            _define(found, value, spot, namespace)
        else:
            _walk(found, kind, spot.into("/type"), namespace)


def _define(found: Survey, value: Mapping[str, Any], spot: Spot, namespace: str) -> None:
    full = full_name(value.get("name"), namespace, value.get("namespace"))
    if spot.named:
        spot = Spot(spot.document, f"{spot.at.partition('#')[0]}#{full}", "", named=True)
    definition = Definition(full, value, spot)
    if full in found.definitions:
        found.doubled.append(definition)
        return
    if full:
        found.definitions[full] = definition
    for i, field in enumerate(listed(value.get("fields"))):
        if isinstance(field, dict):
            there = spot.member(f"/fields/{i}/type", str(field.get("name")), around=full)
            _walk(found, field.get("type"), there, split_name(full)[0])
