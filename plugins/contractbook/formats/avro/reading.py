"""What all parts of the reader of one Avro contract share: its types by full name, and what is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from contractbook.formats.avro.names import PRIMITIVES, split_name
from contractbook.formats.avro.survey import Definition, Spot
from contractbook.formats.schema.draft import Spot as Place
from contractbook.formats.schema.read import Schemas
from contractbook.model import NOTHING, Lifecycle, Shape, Type
from contractbook.source.faults import shortened

# The kind and format of each primitive type, and which others a reader turns into it (Avro 1.12, Schema
# Resolution). A text and bytes are read as one another.
SCALARS: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "null": ("null", "", ()),
    "boolean": ("boolean", "", ()),
    "int": ("integer", "int32", ()),
    "long": ("integer", "int64", ("integer int32",)),
    "float": ("number", "float", ("integer int32", "integer int64")),
    "double": ("number", "double", ("integer int32", "integer int64", "number float")),
    "string": ("string", "", ("bytes",)),
    "bytes": ("bytes", "", ("string",)),
}


class Reading:
    """The types of one contract while they are read; `schemas` keeps them, and their names."""

    def __init__(self, schemas: Schemas, definitions: Iterable[Definition]) -> None:
        self.schemas = schemas
        self.definitions = {each.full: each for each in definitions}
        self._simple = Counter(split_name(full)[1] for full in self.definitions)
        self._names: dict[str, str] = {}
        self._scalars: dict[str, str] = {}

    def named(self, full: str) -> str:
        """The name in the contract of a declared type; it is read when its turn comes."""
        known = self._names.get(full)
        if known is None:
            from contractbook.formats.avro.types import declared

            definition = self.definitions[full]
            place = definition.spot.at
            if place in self.schemas.places:  # another payload of the contract refers to the same file
                return self.schemas.places[place]
            simple = split_name(full)[1]
            wanted = simple if self._simple[simple] == 1 else full
            known = self._names[full] = self.claim(wanted, definition.spot)
            self.schemas.places[place] = known
            self.schemas.later(known, lambda depth, name=known: declared(self, definition, name))  # type: ignore[misc]
        return known

    def refer(self, full: str, written: str, spot: Spot) -> str:
        """The name in the contract of the type that a name refers to."""
        if full in self.definitions:
            return self.named(full)
        bare = split_name(full)[1]  # a name that is not found in its namespace may be one without any
        if bare in self.definitions:
            return self.named(bare)
        if full not in self._names:
            known = [*self.definitions, *(split_name(each)[1] for each in self.definitions), *PRIMITIVES]
            near = get_close_matches(written, known, n=1)
            hint = f"Did you mean `{near[0]}`?" if near else "Declare it, or add the file that does."
            self.unresolved(f"there is no type `{shortened(full)}`", spot, hint)
            name = self._names[full] = self.claim(bare, spot)
            self.schemas.types[name] = Type(name=name, shape=Shape.ANY, binding={"unresolved": full})
        return self._names[full]

    def scalar(self, kind: str) -> str:
        """The one type of a primitive type without further facts."""
        known = self._scalars.get(kind)
        if known is None:
            scalar, form, takes = SCALARS[kind]
            known = self._scalars[kind] = self.claim(kind, None)
            self.schemas.types[known] = Type(
                name=known, shape=Shape.SCALAR, scalar=scalar, format=form, takes=takes
            )
        return known

    def keep(self, type: Type, spot: Spot) -> str:
        """Keep a type that has no name of its own, under a name by the way to it."""
        from msgspec.structs import replace

        name = self.claim(type.name, spot)
        self.schemas.types[name] = replace(type, name=name)
        return name

    def claim(self, name: str, spot: Spot | None) -> str:
        """A name that no other type of the contract has."""
        document = spot.document if spot else self.schemas.main
        return self.schemas.claim(name or "type", Place(document, spot.at if spot else "#", name))

    def lifecycle(self, said: Mapping[str, Any]) -> Lifecycle:
        """The end of an element, by its properties or by its text."""
        doc = said.get("doc")
        return self.schemas.endings.read(said, doc if isinstance(doc, str) else "")

    def rest(self, said: Mapping[str, Any], read: frozenset[str]) -> Mapping[str, Any]:
        """What else is said: the properties that a team adds."""
        known = read | self.schemas.endings.whole
        found = {key: value for key, value in said.items() if key not in known}
        return found or NOTHING

    # -- faults

    def invalid(self, message: str, spot: Spot, advice: str = "") -> None:
        """Report what is against the specification."""
        self.schemas.faults.invalid(message, spot.document, spot.pointer, advice)

    def doubled(self, message: str, spot: Spot, advice: str = "") -> None:
        """Report a name that is declared twice in one place."""
        self.schemas.faults.doubled(message, spot.document, spot.pointer, advice)

    def unresolved(self, message: str, spot: Spot, advice: str = "") -> None:
        """Report a name that leads nowhere."""
        self.schemas.faults.unresolved(message, spot.document, spot.pointer, advice)


def text(value: Any) -> str:
    """A text; anything else says nothing."""
    return value if isinstance(value, str) else ""


def texts(value: Any) -> tuple[str, ...]:
    """The texts of a list."""
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()
