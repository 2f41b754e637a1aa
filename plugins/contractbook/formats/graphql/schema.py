"""The declarations of a schema: each name with its definition and all that extends it, in any file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from graphql.language import DirectiveDefinitionNode, SchemaDefinitionNode, SchemaExtensionNode

from contractbook.formats.graphql.faults import Faults
from contractbook.formats.graphql.syntax import Parsed

KINDS = {
    "scalar_type": "scalar",
    "object_type": "object",
    "interface_type": "interface",
    "union_type": "union",
    "enum_type": "enum",
    "input_object_type": "input",
}
ROOTS = {"query": "Query", "mutation": "Mutation", "subscription": "Subscription"}
BUILT_IN = frozenset({"String", "Int", "Float", "Boolean", "ID"})


class File(NamedTuple):
    """A document with its definitions; `begins` is what the `at` of its elements begins with."""

    path: str
    parsed: Parsed
    begins: str


class Part(NamedTuple):
    """One definition or extension of a name, and the file it stands in."""

    file: File
    node: Any


class Declaration(NamedTuple):
    """A name of a schema: what kind of type it is, and its parts, the definition first."""

    name: str
    kind: str
    parts: list[Part]

    @property
    def node(self) -> Any:
        """The definition, or the first extension where there is none."""
        return self.parts[0].node

    @property
    def at(self) -> str:
        """Where it is declared."""
        return f"{self.parts[0].file.begins}{self.name}"

    def members(self, attribute: str) -> Iterator[tuple[File, Any]]:
        """What definition and extensions list under an attribute: fields, values, interfaces, …"""
        for file, node in self.parts:
            for member in getattr(node, attribute, None) or ():
                yield file, member


class Schema(NamedTuple):
    """All that the files of one contract declare."""

    files: list[File]
    types: dict[str, Declaration]
    directives: dict[str, Part]
    own: list[Part]  # schema definitions and extensions of the schema
    roots: dict[str, str]  # the name of a type by what begins there: query, mutation, subscription


def gather(files: list[File], faults: Faults) -> Schema:
    """Put together what the files declare; what is declared twice is told, and read once."""
    schema = Schema(files, {}, {}, [], {})
    extensions: list[tuple[str, Part]] = []
    for file in files:
        for node in file.parsed.definitions:
            part, (kind, _, form) = Part(file, node), node.kind.rpartition("_")
            if isinstance(node, SchemaDefinitionNode | SchemaExtensionNode):
                schema.own.append(part)
            elif isinstance(node, DirectiveDefinitionNode):
                _directive(schema, part, faults)
            elif kind in KINDS and form == "definition":
                _type(schema, KINDS[kind], part, faults)
            elif kind in KINDS:
                extensions.append((KINDS[kind], part))
    for kind, part in extensions:
        _extend(schema, kind, part, faults)
    schema.roots.update(_roots(schema))
    return schema


def _type(schema: Schema, kind: str, part: Part, faults: Faults) -> None:
    name = part.node.name.value
    known = schema.types.get(name)
    if known is None:
        schema.types[name] = Declaration(name, kind, [part])
        return
    first = known.parts[0]
    _twice(faults, f"the type `{name}`", first, part, name)
    if kind == known.kind:  # both are read, as if the second were an extension
        known.parts.append(part)


def _directive(schema: Schema, part: Part, faults: Faults) -> None:
    name = part.node.name.value
    if name in schema.directives:
        _twice(faults, f"the directive `@{name}`", schema.directives[name], part, f"@{name}")
    schema.directives.setdefault(name, part)


def _twice(faults: Faults, what: str, first: Part, second: Part, pointer: str) -> None:
    line = first.node.name.loc.line
    there = f"line {line}" if first.file is second.file else f"line {line} of {first.file.path}"
    faults.tell(
        "duplicate-key",
        f"{what} is defined twice: here and in {there}",
        second.file.path,
        second.node.name,
        pointer,
        "Remove one of the two, or make it an extension: each tool keeps another one.",
    )


def _extend(schema: Schema, kind: str, part: Part, faults: Faults) -> None:
    """Add an extension to its type; where another service defines that, the extension is all there is."""
    name = part.node.name.value
    known = schema.types.setdefault(name, Declaration(name, kind, []))
    if known.kind != kind:
        faults.invalid(
            f"`{name}` is extended as {_a(kind)}, but is {_a(known.kind)}",
            part.file.path,
            part.node.name,
            name,
            f"Write `extend {WORDS[known.kind]} {name}`.",
        )
    else:
        known.parts.append(part)


WORDS = {kind: "type" if kind == "object" else kind for kind in KINDS.values()}


def _a(kind: str) -> str:
    noun = {"object": "object type", "input": "input type"}.get(kind, kind)
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def _roots(schema: Schema) -> Iterator[tuple[str, str]]:
    """The types that operations begin at: those that the schema names, else those with the usual names."""
    said = {
        each.operation.value: each.type.name.value
        for part in schema.own
        for each in part.node.operation_types or ()
    }
    defined = any(isinstance(part.node, SchemaDefinitionNode) for part in schema.own)
    for operation, usual in ROOTS.items():
        name = said.get(operation) or ("" if defined else usual)
        if name in schema.types and schema.types[name].kind == "object":
            yield operation, name
