"""The types of a schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from graphql.language import ListTypeNode, NonNullTypeNode

from contractbook.finding import Direction
from contractbook.formats.graphql.elements import Reading, default_of, doc
from contractbook.formats.graphql.schema import Declaration, File
from contractbook.formats.graphql.values import applied, kept
from contractbook.model import NOTHING, Field, Role, Shape, Type, Value

# What GraphQL names itself (GraphQL 3.5), and what others commonly mean by a name.
SCALARS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "String": ("string", ""),
        "Int": ("integer", "int32"),
        "Float": ("number", "double"),
        "Boolean": ("boolean", ""),
        "ID": ("string", ""),
        "DateTime": ("string", "date-time"),
        "Timestamp": ("", "timestamp"),
        "Date": ("string", "date"),
        "Time": ("string", "time"),
        "Duration": ("string", "duration"),
        "URI": ("string", "uri"),
        "URL": ("string", "uri"),
        "UUID": ("string", "uuid"),
        "EmailAddress": ("string", "email"),
    }
)
ANYTHING = frozenset({"JSON", "JSONObject", "Json", "Any", "Object", "Map", "Mixed"})
ONE = MappingProxyType({"minProperties": 1, "maxProperties": 1})


class Types:
    """Makes the types of a contract, and those that references to them need."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.found: dict[str, Type] = {}
        self._heirs: dict[str, list[str]] = {}
        for name, each in reading.schema.types.items():
            for _, base in each.members("interfaces"):
                heirs = self._heirs.setdefault(base.name.value, [])
                if each.kind == "object" and name not in heirs:
                    heirs.append(name)

    def read(self) -> dict[str, Type]:
        """Every declared type; where operations begin, only a name is left of it: its fields are theirs."""
        roots = {*self.reading.schema.roots.values()}
        for name, each in self.reading.schema.types.items():
            if name not in roots:
                self.found[name] = _READERS[each.kind](self, each)
        return self.found

    def named(self, node: Any) -> tuple[str, bool]:
        """The name of the type that a reference means, and whether it may be null."""
        if isinstance(node, NonNullTypeNode):
            return self.named(node.type)[0], False
        if isinstance(node, ListTypeNode):
            item, nullable = self.named(node.type)
            name = f"[{item}]" if nullable else f"[{item}!]"
            if name not in self.found:
                held = self.or_null(item) if nullable else item
                self.found[name] = Type(name=name, shape=Shape.LIST, item=held)
            return name, True
        name = node.name.value
        if name not in self.found and name not in self.reading.schema.types:
            self._unknown(name)
        return self._referred(name), True

    def _referred(self, name: str) -> str:
        """The name of a declared type; of one that operations begin at a name is all that is in the model."""
        if name in self.reading.schema.roots.values():
            self.found.setdefault(name, Type(name=name, shape=Shape.RECORD, open=False))
        return name

    def or_null(self, name: str) -> str:
        """The name of a type whose values, or null, may stand where no field says so."""
        named = f"{name} or null"
        if named not in self.found:
            self.found[named] = Type(name=named, shape=Shape.ALIAS, parts=(name,), nullable=True)
        return named

    def _unknown(self, name: str) -> None:
        if name in SCALARS:
            scalar, form = SCALARS[name]
            self.found[name] = Type(name=name, shape=Shape.SCALAR, scalar=scalar, format=form)
        else:
            self.found[name] = Type(name=name, shape=Shape.ANY, binding={"unresolved": name})

    # -- one for each kind

    def scalar(self, each: Declaration) -> Type:
        said = applied(_directives(each), "specifiedBy") or NOTHING
        scalar, form = SCALARS.get(each.name, ("", each.name))
        free = each.name in ANYTHING
        return Type(
            **self._common(each, **({"specifiedBy": said["url"]} if said.get("url") else {})),
            shape=Shape.ANY if free else Shape.SCALAR,
            scalar="" if free else scalar,
            format="" if free else form,
        )

    def object(self, each: Declaration) -> Type:
        return Type(
            **self._common(each),
            shape=Shape.RECORD,
            fields=tuple(self.fields(each)),
            bases=tuple(self._bases(each)),
            direction=Direction.OUTPUT,
        )

    def interface(self, each: Declaration) -> Type:
        parts = self._parts(self._heirs.get(each.name, ()))
        return Type(
            **self._common(each, kind="interface"),
            shape=Shape.RECORD,
            fields=tuple(self.fields(each)),
            bases=tuple(self._bases(each)),
            direction=Direction.OUTPUT,
            **parts,
        )

    def union(self, each: Declaration) -> Type:
        members = dict.fromkeys(self.named(node)[0] for _, node in each.members("types"))
        parts = self._parts(tuple(members))
        return Type(**self._common(each), shape=Shape.UNION, direction=Direction.OUTPUT, **parts)

    def enum(self, each: Declaration) -> Type:
        values: dict[str, Value] = {}
        for file, node in each.members("values"):
            name = node.name.value
            at = self.reading.at(file, node, f"{each.name}.{name}")
            if self._is_new(file, node, name, values, at):
                values[name] = Value(
                    name=name,
                    at=at,
                    doc=doc(node),
                    lifecycle=self.reading.lifecycle(node),
                    binding=self.reading.binding(node),
                )
        return Type(
            **self._common(each),
            shape=Shape.ENUM,
            scalar="string",
            open=False,
            values=tuple(values.values()),
        )

    def input(self, each: Declaration) -> Type:
        one = applied(_directives(each), "oneOf") is not None
        return Type(
            **self._common(each, kind="input", **({"oneOf": True} if one else {})),
            shape=Shape.RECORD,
            open=False,
            direction=Direction.INPUT,
            fields=tuple(self.inputs(each.members("fields"), each.name, Role.FIELD)),
            limits=ONE if one else NOTHING,
        )

    # -- their parts

    def fields(self, each: Declaration) -> Iterator[Field]:
        """The fields of an object or interface: they are always there when they are asked for."""
        seen: dict[str, Field] = {}
        for file, node in each.members("fields"):
            name = node.name.value
            pointer = f"{each.name}.{name}"
            at = self.reading.at(file, node, pointer)
            if self._is_new(file, node, name, seen, at):
                type, nullable = self.named(node.type)
                seen[name] = Field(
                    name=name,
                    at=at,
                    doc=doc(node),
                    type=type,
                    required=True,
                    nullable=nullable,
                    arguments=self.arguments(file, node, pointer) if node.arguments else (),
                    lifecycle=self.reading.lifecycle(node),
                    binding=self.reading.binding(node),
                )
        yield from seen.values()

    def arguments(self, file: File, node: Any, pointer: str) -> tuple[Field, ...]:
        """The arguments of a field or directive."""
        members = ((file, each) for each in node.arguments or ())
        return tuple(self.inputs(members, pointer, Role.ARGUMENT))

    def inputs(self, members: Iterator[tuple[File, Any]], around: str, role: Role) -> Iterator[Field]:
        """What consumers write: one that may be null may be left out, too (GraphQL 3.10)."""
        seen: dict[str, Field] = {}
        for file, node in members:
            name = node.name.value
            pointer = f"{around}({name}:)" if role is Role.ARGUMENT else f"{around}.{name}"
            at = self.reading.at(file, node, pointer)
            if self._is_new(file, node, name, seen, at):
                type, nullable = self.named(node.type)
                seen[name] = Field(
                    name=name,
                    at=at,
                    doc=doc(node),
                    type=type,
                    role=role,
                    required=not (nullable or node.default_value),
                    nullable=nullable,
                    lifecycle=self.reading.lifecycle(node),
                    binding=self.reading.binding(node),
                    **default_of(node),
                )
        yield from seen.values()

    def _is_new(self, file: File, node: Any, name: str, seen: Mapping[str, Any], at: str) -> bool:
        """Whether a member of this name was not met before in its type; else it is told, and passed over."""
        if name not in seen:
            return True
        path, pointer = file.path, at.removeprefix(file.begins)
        line, _ = self.reading.places[seen[name].at]
        self.reading.faults.tell(
            "duplicate-key",
            f"`{pointer}` is defined twice: here and in line {line}",
            path,
            node.name,
            pointer,
            "Remove one of the two: only the first is read.",
        )
        return False

    def _bases(self, each: Declaration) -> Iterator[str]:
        yield from dict.fromkeys(self.named(node)[0] for _, node in each.members("interfaces"))

    def _parts(self, names: Any) -> dict[str, Any]:
        """The object types that a value may be of."""
        if not names:
            return {}
        return {"parts": tuple(map(self._referred, names)), "choice": "one-of"}

    def _common(self, each: Declaration, **more: Any) -> dict[str, Any]:
        file, node = each.parts[0]
        at = self.reading.at(file, node, each.name)
        texts = dict.fromkeys(filter(None, (doc(part.node) for part in each.parts)))
        directives = kept(_directives(each))
        return {
            "name": each.name,
            "at": at,
            "doc": "\n\n".join(texts),
            "lifecycle": self.reading.lifecycle(node),
            "binding": {**more, **directives} or NOTHING,
        }


def _directives(each: Declaration) -> list[Any]:
    return [node for _, node in each.members("directives")]


_READERS = {
    "scalar": Types.scalar,
    "object": Types.object,
    "interface": Types.interface,
    "union": Types.union,
    "enum": Types.enum,
    "input": Types.input,
}
