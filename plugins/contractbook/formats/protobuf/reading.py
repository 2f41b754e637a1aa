"""The reading of one package: its types, and those of others that it uses."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from contractbook.formats.lifecycle import Endings
from contractbook.formats.protobuf import features
from contractbook.formats.protobuf.features import Features
from contractbook.formats.protobuf.heads import split_package
from contractbook.formats.protobuf.known import KNOWN
from contractbook.formats.protobuf.options import plain
from contractbook.formats.protobuf.spots import Path, Spots
from contractbook.formats.protobuf.world import Unit, World
from contractbook.model import Lifecycle, Shape, Type


class Part(NamedTuple):
    """A file as a part of a contract: where its elements stand, and how they behave by default."""

    world: World
    unit: Unit
    spots: Spots
    features: Features
    options: Mapping[str, Any]
    path: str

    @property
    def package(self) -> str:
        """The package of the file with a dot behind it; empty where it has none."""
        return f"{self.unit.file.package}." if self.unit.file.package else ""


class Declared(NamedTuple):
    """A message, enumeration or other element, and where it is declared."""

    part: Part
    path: Path
    descriptor: Any
    full: str
    features: Features
    borrowed: bool = False


class Reading:
    """The types and places of one contract; `main` is the path of its main document."""

    def __init__(self, package: str, main: str, endings: Endings) -> None:
        self.package = package
        self.main = main
        self.endings = endings
        self.types: dict[str, Type] = {}
        self.places: dict[str, tuple[int, int]] = {}
        self.todo: deque[tuple[str, Part]] = deque()
        self.own: set[tuple[str, str]] = set()  # paths and full names of what the contract declares itself
        self._parts: dict[tuple[World, str], Part] = {}

    def part(self, world: World, name: str) -> Part | None:
        """A file of a world, once for all that is read of it."""
        key = (world, name)
        if key not in self._parts:
            unit = world.unit(name)
            if unit is None:
                return None
            options = plain(unit.file)
            path = unit.document.path if unit.document else name
            self._parts[key] = Part(
                world, unit, Spots(unit), features.of_file(unit.file, options), options, path
            )
        return self._parts[key]

    def at(self, element: Declared | Part, full: str, path: Path) -> str:
        """The `at` of an element, whose place is noted."""
        part = element if isinstance(element, Part) else element.part
        at = f"#{full}" if part.path == self.main else f"{part.path}#{full}"
        if part.unit.document is not None:
            self.places[at] = part.spots.place(path)
        return at

    def said(self, element: Declared, path: Path, options: Mapping[str, Any]) -> tuple[str, Lifecycle]:
        """What is written about an element, and what of it tells its end."""
        doc = element.part.spots.doc(path)
        return doc, self.lifecycle(options, doc)

    def lifecycle(self, options: Mapping[str, Any], doc: str) -> Lifecycle:
        """The end of an element; a text alone does not deprecate what has an option for it."""
        return self.endings.read(options, doc if options.get("deprecated") is True else "")

    # -- names of types

    def use(self, full: str, part: Part) -> str:
        """The name in the contract of a message or enumeration, which is read if it was not yet."""
        full = full.removeprefix(".")
        name = self.name(full)
        if name not in self.types and full in KNOWN:
            self._known(full)
        elif name not in self.types:
            self.types[name] = self._unread(name, full, part)
        return name

    def name(self, full: str) -> str:
        """What a type is called: in its own package without it."""
        begin = f"{self.package}." if self.package else ""
        return full.removeprefix(begin)

    def _unread(self, name: str, full: str, part: Part) -> Type:
        """A type that is still to be read, or that nobody declares."""
        if full in part.world.symbols:
            self.todo.append((full, part))
            return Type(name=name, shape=Shape.ANY)
        return Type(name=name, shape=Shape.ANY, binding={"unresolved": full})

    def _known(self, full: str) -> None:
        type = KNOWN[full]
        self.types[full] = type
        if type.item:
            self.use(type.item, next(iter(self._parts.values())))

    def add(self, type: Type) -> str:
        """A type that stands nowhere, once for all that spell it alike."""
        self.types.setdefault(type.name, type)
        return type.name

    def waiting(self) -> Iterator[Declared]:
        """The types that are used and still to be read, until there is none left."""
        while self.todo:
            full, part = self.todo.popleft()
            if self.types[self.name(full)].shape is Shape.ANY and (found := self._find(full, part)):
                yield found

    def take(self, full: str, shared: Reading) -> bool:
        """Take a type of another contract, and all that it uses, as it was read once for all contracts.

        False where it leads back to what this contract declares: that is called otherwise here.
        """
        found: dict[str, Type] = {}
        todo = [full]
        own = f"{self.package}."
        while todo:
            name = todo.pop()
            if name in found:
                continue
            type = found[name] = shared.types[name]
            used = [*type.uses()]
            if self.package and any(own in each for each in used):
                return False
            todo += used
        for name, type in found.items():
            if not self._is_read(name):
                self.types.pop(name, None)
                self.types[name] = type
        return True

    def _is_read(self, name: str) -> bool:
        known = self.types.get(name)
        return known is not None and (known.shape is not Shape.ANY or "unresolved" in known.binding)

    def _find(self, full: str, part: Part) -> Declared | None:
        name, path = part.world.symbols[full]
        there = self.part(part.world, name)
        if there is None:
            return None
        descriptor, inherited = follow(there, path)
        return Declared(there, path, descriptor, full, inherited, borrowed=(there.path, full) not in self.own)


def follow(part: Part, path: Path) -> tuple[Any, Features]:
    """The descriptor at a path of a file, and the features that hold around it."""
    descriptor, inherited = part.unit.file, part.features
    for field, index in zip(path[::2], path[1::2], strict=True):
        descriptor = getattr(descriptor, descriptor.DESCRIPTOR.fields_by_number[field].name)[index]
        if (field, index) != path[-2:]:
            inherited = features.within(inherited, plain(descriptor))
    return descriptor, inherited


def neutral(full: str) -> str:
    """A full name without the version of its package, so that it pairs with its other versions."""
    return split_package(full)[0]
