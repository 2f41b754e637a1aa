"""From GraphQL documents to contracts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import UNSET

from contractbook.finding import Finding
from contractbook.formats.graphql.check import check
from contractbook.formats.graphql.elements import Reading, doc
from contractbook.formats.graphql.faults import Faults
from contractbook.formats.graphql.groups import Read, schemas
from contractbook.formats.graphql.operations import services
from contractbook.formats.graphql.schema import File, Part, gather
from contractbook.formats.graphql.types import Types
from contractbook.formats.graphql.values import kept
from contractbook.formats.lifecycle import ENDINGS, Endings
from contractbook.model import Contract, Field
from contractbook.source.collector import paused
from contractbook.source.document import Document
from contractbook.source.faults import unreadable


def read(documents: Sequence[Document], endings: Endings = ENDINGS) -> Iterator[Contract]:
    """One contract for each schema that the documents make."""
    with paused():
        found = [_contract(reads, endings) for reads in schemas(documents)]
    yield from found


def _contract(reads: list[Read], endings: Endings) -> Contract:
    main = reads[0].path
    files = [File(each.path, each.parsed, "#" if each.path == main else f"{each.path}#") for each in reads]
    faults = Faults()
    schema = gather(files, faults)
    reading = Reading(schema, faults, endings)
    types = Types(reading)
    found = types.read()
    begun = tuple(services(reading, types))
    check(schema, faults)
    own = [part.node for part in schema.own]
    return Contract(
        name="",
        format="graphql",
        path=main,
        at="#",
        selective=True,
        doc=next(filter(None, (doc(node) for node in own if "definition" in node.kind)), ""),
        binding=_binding(reading, types),
        documents=tuple(each.path for each in reads),
        services=begun,
        types=found,
        places=reading.places,
        faults=tuple(_faults(reads, faults)),
    )


def _binding(reading: Reading, types: Types) -> dict[str, Any]:
    """The root types, the directives of the schema itself, and the directives that it declares."""
    schema = reading.schema
    said: dict[str, Any] = kept(each for part in schema.own for each in part.node.directives or ())
    if schema.roots:
        said["roots"] = schema.roots
    if schema.directives:
        said["directives"] = {
            f"@{name}": _directive(reading, types, name, part) for name, part in schema.directives.items()
        }
    return said


def _directive(reading: Reading, types: Types, name: str, part: Part) -> dict[str, Any]:
    node = part.node
    found: dict[str, Any] = {
        "at": reading.at(part.file, node, f"@{name}"),
        "locations": [each.value for each in node.locations],
        "repeatable": node.repeatable,
    }
    if text := doc(node):
        found["doc"] = text
    if node.arguments:
        fields = types.arguments(part.file, node, f"@{name}")
        found["arguments"] = {each.name: _argument(each) for each in fields}
    return found


def _argument(field: Field) -> dict[str, Any]:
    said: dict[str, Any] = {
        "type": field.type,
        "required": field.required,
        "nullable": field.nullable,
        "at": field.at,
    }
    if field.default is not UNSET:
        said["default"] = field.default
    if field.doc:
        said["doc"] = field.doc
    return said


def _faults(reads: list[Read], faults: Faults) -> Iterator[Finding]:
    """All faults, one document after the other, from the top."""
    for each in reads:
        found = [one for one in faults.found if one.location.path == each.path]
        found += [
            unreadable(each.path, (one.line, one.column), one.message, one.advice)
            for one in each.parsed.faults
        ]
        yield from each.document.text_faults
        yield from sorted(found, key=lambda one: (one.location.line, one.location.column))
