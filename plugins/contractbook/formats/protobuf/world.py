"""All that the files of one layout declare, as descriptors: the compiler's, or where it refuses our own."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from google.protobuf import descriptor_pb2 as pb
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message_factory import GetMessageClass

from contractbook.formats.protobuf.layout import Layout
from contractbook.formats.protobuf.parse import Problem, parse
from contractbook.source.document import Document
from contractbook.source.protoc import Compiled, bundled, compiled, refused

_extends_options = re.compile(rb"\x12.\.?(?:google\.protobuf\.)?\w+Options").search
_complaint = re.compile(
    r"^(?P<name>[^:\n]+):(?:(?P<line>\d+):(?P<column>\d+):)? (?P<text>.+)$", re.MULTILINE
).finditer
ROUNDS = 4  # attempts to compile what is left without the files that were refused
MOST = 400  # files that are tried one by one
SMALL = 1 << 15  # bytes of texts whose descriptors are kept for the next time


class Complaint(NamedTuple):
    """What the compiler says of a file; line and column count from 1, and 0 means the whole file."""

    name: str
    line: int
    column: int
    text: str

    @property
    def is_warning(self) -> bool:
        """Whether the file is compiled all the same."""
        return self.text.startswith("warning: ")


class Unit(NamedTuple):
    """A file: its descriptor, its document, and what was not understood where nobody compiled it."""

    file: Any
    document: Document | None
    problems: list[Problem] | None = None


class World:
    """The files of a layout by name, and what is declared in them by full name."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.broken = {name for name in layout.wanted if self._needs(name, layout.broken)}
        self.complaints: list[Complaint] = []
        self.loose: dict[str, Unit] = {}
        self.compiled: dict[str, bytes] = {}
        self._read: Callable[[bytes], Any] = pb.FileDescriptorProto.FromString
        self._units: dict[str, Unit] = {}
        self.symbols: dict[str, tuple[str, tuple[int, ...]]] = {}
        self.names: dict[str, list[str]] = {}  # the full names that each file declares
        self._compile()
        for name in self.compiled:
            self._declare(name, self._read(self.compiled[name]))

    def unit(self, name: str) -> Unit | None:
        """The file of a name."""
        if name in self.loose:
            return self.loose[name]
        if name not in self._units and name in self.compiled:
            self._units[name] = Unit(self._read(self.compiled[name]), self.layout.files.get(name))
        return self._units.get(name)

    def forget(self) -> None:
        """Let go of the descriptors that were looked at; they are made again when they are asked for."""
        self._units.clear()

    def find(self, symbol: str) -> tuple[Unit, tuple[int, ...]] | None:
        """Where a message or an enumeration of a full name is declared."""
        name, path = self.symbols.get(symbol, ("", ()))
        unit = self.unit(name)
        return (unit, path) if unit else None

    # -- compiling

    def _compile(self) -> None:
        texts = self.layout.texts()
        found = self._accepted(texts)
        self.compiled = {_name_of(each): each for each in _entries(found.descriptors)}
        self._loosen(texts)
        self._read = self._reader()
        for unit in self.loose.values():
            self._declare(unit.file.name, unit.file)
        if self.loose:
            for name in self.compiled:
                self._declare(name, self._read(self.compiled[name]))
            for unit in self.loose.values():
                link(unit.file, self.symbols)
                self.loose[unit.file.name] = unit._replace(file=self._options(unit.file))

    def _accepted(self, texts: Mapping[str, bytes]) -> Compiled:
        """Compile what can be; each round names a file that cannot, and in the end all are asked."""
        left = [name for name in self.layout.wanted if name not in self.broken]
        for turn in range(ROUNDS):
            if not left:
                break
            found = _cached(texts, left, self.layout.folder)
            if found.descriptors:
                self._hear(found.complaints)
                return found
            if turn < ROUNDS - 2 or len(left) > MOST:
                said = list(_complaints(found.complaints, self.layout.files))
                bad = {each.name for each in said if not each.is_warning}
            else:
                bad = {
                    name for name, said in zip(left, refused(texts, left), strict=True) if self._hear(said)
                }
            if not bad:
                break
            self._hear(found.complaints)
            left = [name for name in left if not self._needs(name, bad)]
        return Compiled(b"", "")

    def _hear(self, said: str) -> bool:
        """Note what the compiler says; whether it refuses a file for it."""
        found = list(_complaints(said, self.layout.files))
        self.complaints = list(dict.fromkeys((*self.complaints, *found)))
        return any(not each.is_warning for each in found)

    def _needs(self, name: str, bad: set[str]) -> bool:
        """Whether a file is one of some, or imports one of them."""
        todo, seen = [name], {name}
        while todo:
            name = todo.pop()
            if name in bad:
                return True
            fresh = {each for each in self.layout.imports.get(name, ()) if each not in seen}
            seen |= fresh
            todo += fresh
        return False

    def _loosen(self, texts: Mapping[str, bytes]) -> None:
        """Read on our own what the compiler did not give, and all that it imports."""
        todo = [name for name in self.layout.wanted if name not in self.compiled]
        while todo:
            name = todo.pop()
            if name in self.loose or name in self.compiled:
                continue
            text = texts.get(name) or bundled(name)
            if text is None:
                continue
            file, problems = parse(name, text.decode("utf-8", "replace"))
            self.loose[name] = Unit(file, self.layout.files.get(name), problems)
            todo += file.dependency

    def _options(self, file: pb.FileDescriptorProto) -> Any:
        """The descriptor with the options that others declare."""
        return self._read(file.SerializeToString())

    def _reader(self) -> Callable[[bytes], Any]:
        """What reads a descriptor so that the options that the files declare are known."""
        pool, seen = DescriptorPool(), set[str]()

        def add(name: str) -> None:
            if name in seen or name not in self.compiled:
                return
            seen.add(name)
            file = pb.FileDescriptorProto.FromString(self.compiled[name])
            file.ClearField("source_code_info")
            for each in file.dependency:
                add(each)
            pool.Add(file)

        try:
            for name, each in self.compiled.items():
                if _extends_options(each):
                    add(name)
            known = pool.FindMessageTypeByName("google.protobuf.FileDescriptorProto")
        except (KeyError, TypeError):
            return pb.FileDescriptorProto.FromString
        return GetMessageClass(known).FromString

    # -- names

    def _declare(self, name: str, file: Any) -> None:
        package = f"{file.package}." if file.package else ""
        names = self.names[name] = []
        for path, full in declared(file, package):
            self.symbols.setdefault(full, (name, path))
            names.append(full)


def declared(file: Any, package: str) -> Iterator[tuple[tuple[int, ...], str]]:
    """The messages and enumerations of a file: the path that leads there, and the full name."""
    todo: list[tuple[tuple[int, ...], str, Any]] = []
    for index, enum in enumerate(file.enum_type):
        yield (5, index), package + enum.name
    todo += [((4, index), package, message) for index, message in enumerate(file.message_type)]
    while todo:
        path, around, message = todo.pop()
        full = around + message.name
        yield path, full
        for index, enum in enumerate(message.enum_type):
            yield (*path, 4, index), f"{full}.{enum.name}"
        todo += [((*path, 3, index), f"{full}.", inner) for index, inner in enumerate(message.nested_type)]


def link(file: Any, symbols: Mapping[str, tuple[str, tuple[int, ...]]]) -> None:
    """Replace the names of types by full ones, as scopes make them (language guide: name resolution)."""

    def full(name: str, scope: str) -> str:
        if name.startswith("."):
            return name
        while True:
            found = f"{scope}.{name}" if scope else name
            if found in symbols:
                return f".{found}"
            if not scope:
                return f".{name}"
            scope = scope.rpartition(".")[0]

    def fields(found: Any, scope: str) -> None:
        for field in found:
            if field.type_name:
                field.type_name = full(field.type_name, scope)
                if not field.HasField("type"):
                    _, path = symbols.get(field.type_name[1:], ("", ()))
                    is_enum = bool(path) and (path[-2] == 5 or (len(path) > 2 and path[-2] == 4))
                    field.type = 14 if is_enum else 11
            if field.extendee:
                field.extendee = full(field.extendee, scope)

    fields(file.extension, file.package)
    todo = [(file.package, message) for message in file.message_type]
    while todo:
        scope, message = todo.pop()
        inside = f"{scope}.{message.name}" if scope else message.name
        fields(message.field, inside)
        fields(message.extension, inside)
        todo += [(inside, each) for each in message.nested_type]
    for service in file.service:
        for method in service.method:
            method.input_type = full(method.input_type, file.package)
            method.output_type = full(method.output_type, file.package)


def _complaints(text: str, names: Container[str]) -> Iterator[Complaint]:
    """What is said of some files, in the order in which it is said."""
    for each in _complaint(text):
        if (name := each["name"].replace("\\", "/")) in names:
            yield Complaint(name, int(each["line"] or 0), int(each["column"] or 0), each["text"].strip())


def _entries(descriptors: bytes) -> Iterator[bytes]:
    """The files of a FileDescriptorSet, which is read piece by piece because it may be large."""
    at = 0
    while at < len(descriptors):
        at += 1  # the tag of the one field that there is
        size, at = _varint(descriptors, at)
        yield descriptors[at : at + size]
        at += size


def _name_of(file: bytes) -> str:
    """The name of a file, which is the first thing in its descriptor."""
    size, at = _varint(file, 1)
    return file[at : at + size].decode()


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        value |= (data[at] & 127) << shift
        at, shift = at + 1, shift + 7
        if data[at - 1] < 128:
            return value, at


def _cached(texts: Mapping[str, bytes], wanted: Sequence[str], folder: Path | None) -> Compiled:
    """The same texts are compiled once: `serve` and comparisons read a contract again and again."""
    if sum(map(len, texts.values())) > SMALL:
        return compiled(texts, wanted, folder)
    return _small(tuple(sorted(texts.items())), tuple(wanted))


@lru_cache(maxsize=512)
def _small(texts: tuple[tuple[str, bytes], ...], wanted: tuple[str, ...]) -> Compiled:
    return compiled(dict(texts), wanted)
