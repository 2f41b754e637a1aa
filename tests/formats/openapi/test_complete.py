"""Whatever a real contract names is in the model, at the place where it stands.

The documents are walked here without the reader: each path, operation id, parameter, property, enum value,
response header, webhook and callback must be found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest

from contractbook.formats import FORMATS, detect
from contractbook.model import Contract
from contractbook.source.disk import DiskTree
from contractbook.source.pointers import joined
from contractbook.source.sources import Sources

REPOSITORY = Path(__file__).resolve().parents[3]
CORPUS = [parent / "shared/corpus/openapi" for parent in REPOSITORY.parents]
REAL = [path for place in CORPUS for path in place.rglob("*") if path.suffix in (".yaml", ".json")]
OWN = [*(Path(__file__).parent / "documents").glob("*.yaml"), *(REPOSITORY / "specs").rglob("openapi.yaml")]
SHOWN = ("example", "examples", "default", "const", "value", "mapping", "variables")
MAPS = ("properties", "patternProperties", "headers", "callbacks", "webhooks", "x-webhooks", "paths")
OTHER_MAPS = ("schemas", "definitions", "responses", "content", "securitySchemes", "links")


class Named(NamedTuple):
    """Something with a name that stands in a document."""

    kind: str
    name: str
    pointer: str


def names(value: Any, way: tuple[str, ...], kind: str = "") -> Iterator[Named]:
    """Everything of a document that has a name; `kind` is the map that the value is, if it is one."""
    if isinstance(value, list):
        for i, inner in enumerate(value):
            yield from names(inner, (*way, str(i)), kind)
    if not isinstance(value, dict):
        return
    if kind == "parameters" and "in" in value:
        yield Named("parameter", value["name"], joined(way))
    if isinstance(value.get("operationId"), str) and "responses" in value:
        yield Named("operation", value["operationId"], joined(way))
    if not kind and isinstance(value.get("enum"), list):
        for i, one in enumerate(value["enum"]):
            if one is not None:
                yield Named("value", str(one), joined((*way, "enum", str(i))))
    for key, inner in value.items():
        there = (*way, key)
        if kind in MAPS and not isinstance(inner, str):
            yield Named(kind, key, joined(there))
        if kind in MAPS + OTHER_MAPS:
            yield from names(inner, there)
        elif key in MAPS + OTHER_MAPS or key == "parameters":
            yield from names(inner, there, key)
        elif key not in SHOWN and not key.startswith("x-"):
            yield from names(inner, there)


def places(found: Any) -> Iterator[tuple[str, str]]:
    """The name and place of each element of a model, however deep."""
    if isinstance(found, msgspec.Struct):
        yield getattr(found, "name", ""), getattr(found, "at", "")
        found = [
            getattr(found, name) for name in found.__struct_fields__ if name not in ("binding", "faults")
        ]
    if isinstance(found, Mapping):
        found = list(found.values())
    if isinstance(found, tuple | list):
        for inner in found:
            yield from places(inner)


def missing(contract: Contract, sources: Sources) -> Iterator[Named]:
    known = set(places(contract))
    where = {at for _, at in known}
    tops = {_top(at) for at in where}
    unused = tuple(contract.binding.get("unused", {}))
    calls = {name for one in contract.operations() for name in _calls(one)}
    called = {name for name, _ in known} | calls | set(contract.binding.get("paths", {}))
    for path in contract.documents:
        for one in names(sources.open(path).data, ()):
            at = f"{'' if path == contract.path else path}#{one.pointer}"
            # Of another file only what is referred to is part of the contract. A header or property may be
            # told where another document, or another branch, declares it.
            other = path != contract.path and _top(at) not in tops
            if not (
                at in where or other or at.startswith(unused) or (one.kind in MAPS and one.name in called)
            ):
                yield one


def _top(at: str) -> str:
    path, _, pointer = at.partition("#")
    return f"{path}#{'/'.join(pointer.split('/')[:2])}"


def _calls(operation: Any) -> Iterator[str]:
    yield from (operation.address, operation.binding.get("callback", ""))
    for callback in operation.callbacks:
        yield from _calls(callback)


@pytest.mark.parametrize("path", sorted(OWN + REAL), ids=lambda path: "/".join(path.parts[-3:]))
def test_everything_with_a_name_is_in_the_model(path: Path) -> None:
    root = REPOSITORY / "specs" if "specs" in path.parts else path.parent
    sources = Sources(DiskTree(root))
    document = sources.open(path.relative_to(root).as_posix())
    if detect(document) is not FORMATS["openapi"]:
        return
    [contract] = FORMATS["openapi"].read([document], sources)
    assert list(missing(contract, sources)) == []
