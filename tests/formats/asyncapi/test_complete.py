"""Whatever a real contract names is in the model, at the place where it stands.

The documents are walked here without the reader: each channel, operation, message, parameter and property
must be found.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from contractbook.formats import FORMATS, detect
from contractbook.model import Contract
from contractbook.source.disk import DiskTree
from contractbook.source.document import Document
from contractbook.source.pointers import joined
from contractbook.source.sources import Sources

REPOSITORY = Path(__file__).resolve().parents[3]
CORPUS = [parent / "shared/corpus/asyncapi" for parent in REPOSITORY.parents]
REAL = [path for place in CORPUS for path in place.rglob("*") if path.suffix in (".yaml", ".yml", ".json")]
OWN = [*(Path(__file__).parent / "documents").glob("*.yaml"), *(REPOSITORY / "specs").rglob("events.yaml")]
MAPS = ("properties", "parameters", "messages", "operations", "servers", "securitySchemes")
APART = ("examples", "example", "default", "const", "bindings", "enum")  # hold what only looks like names


def named(value: Any, way: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The way to everything that stands in a map of named things, and to the operations of AsyncAPI 2."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        here = (*way, str(key))
        around = way[-1] if way else ""
        is_schema_map = len(way) > 1 and way[-2] == "properties"
        is_named = around in MAPS and not is_schema_map and isinstance(inner, dict) and "$ref" not in inner
        if is_named or (key in ("publish", "subscribe") and len(way) == 2):
            yield here
        if isinstance(inner, dict | list) and (key not in APART or around == "properties"):
            yield from named(inner, here)


def places(value: Any) -> Iterator[str]:
    """The `at` of everything in the model."""
    if isinstance(value, msgspec.Struct):
        if hasattr(value, "at"):
            yield value.at
        for name in value.__struct_fields__:
            yield from places(getattr(value, name))
    elif isinstance(value, tuple):
        for inner in value:
            yield from places(inner)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from places(inner)


def missing(contract: Contract, document: Document) -> list[str]:
    known = set(places(contract))
    unused = tuple(contract.binding.get("unused", ()))
    raw = [type.at for type in contract.types.values() if type.binding.get("schemaFormat")]
    kept = (*unused, *raw)
    gone = []
    for way in named(document.data, ()):
        at = f"#{joined(way)}"
        # A schema that says which headers there are is told as those headers; a trait as what it adds.
        is_trait = "operationTraits" in way or "messageTraits" in way
        if at not in known and not at.startswith(kept) and not is_trait and "/headers" not in at:
            gone.append(at)
    return gone


@pytest.mark.parametrize("path", sorted(OWN + REAL), ids=lambda path: "/".join(path.parts[-3:]))
def test_everything_with_a_name_is_in_the_model(path: Path) -> None:
    root = (
        REPOSITORY / "specs"
        if "specs" in path.parts
        else next((c for c in CORPUS if c.exists()), path.parent)
    )
    if root not in path.parents:
        root = path.parent
    sources = Sources(DiskTree(root))
    document = sources.open(path.relative_to(root).as_posix())
    if detect(document) is not FORMATS["asyncapi"]:
        return
    [contract] = FORMATS["asyncapi"].read([document], sources)
    if not contract.spec_version:  # AsyncAPI 1
        assert len(contract.faults) == 1
        return
    assert missing(contract, document) == []
