"""From proto files to contracts: one for each package in each of its versions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from contractbook.finding import Finding
from contractbook.formats.lifecycle import ENDINGS, Endings
from contractbook.formats.protobuf import complaints, features
from contractbook.formats.protobuf.heads import split_package
from contractbook.formats.protobuf.layout import Imports, layouts, reached
from contractbook.formats.protobuf.messages import one_field, read_types
from contractbook.formats.protobuf.reading import Declared, Part, Reading
from contractbook.formats.protobuf.services import events, servers, services
from contractbook.formats.protobuf.world import World
from contractbook.model import ALIVE, Contract, Field, Operation, Service, Shape, Type
from contractbook.source.collector import paused
from contractbook.source.document import Document
from contractbook.source.sources import Sources
from contractbook.source.versions import identity, stem

LICENCE = ("copyright", "licen", "generated", "spdx")


class File(NamedTuple):
    """A file that is read, in the world that it was compiled in."""

    world: World
    name: str
    document: Document


def read(documents: Sequence[Document], sources: Sources, endings: Endings = ENDINGS) -> Iterator[Contract]:
    """The contracts of the documents, whose imports may lead to other files of the project."""
    with paused():
        text = [document for document in documents if not document.text_faults]
        yield from (_unread(document) for document in documents if document.text_faults)
        imports = Imports(text, sources)
        packages: dict[tuple[str, str], list[File]] = defaultdict(list)
        for layout in layouts(imports):
            world = World(layout)
            for name in layout.wanted:
                document = layout.files[name]
                packages[_identity(imports, document)].append(File(world, name, document))
        shared: Shared = {}
        for (package, _), files in sorted(packages.items()):
            files.sort(key=lambda file: file.document.path)
            yield _contract(package, files, imports, endings, shared)


def _unread(document: Document) -> Contract:
    """What is left of a file that is no text."""
    return Contract(
        name="",
        title=document.path,
        format="protobuf",
        path=document.path,
        documents=(document.path,),
        faults=document.text_faults,
    )


def _identity(imports: Imports, document: Document) -> tuple[str, str]:
    """The package, and what else the path says of a version; without package each file stands alone."""
    package = imports.head(document).package
    if not package:
        return "", document.path
    _, version = split_package(package)
    return package, " ".join(
        part for part in identity(document.path).version.split() if not _same(part, version)
    )


def _same(part: str, version: str) -> bool:
    return part.lower().lstrip("v") in version.replace("_", ".").lower().replace("v", "").split()


def _contract(
    package: str, files: Sequence[File], imports: Imports, endings: Endings, shared: Shared
) -> Contract:
    reading = Reading(package, _main(files), endings)
    parts = [part for file in files if (part := reading.part(file.world, file.name))]
    parts.sort(key=lambda part: part.path != reading.main)
    reading.own |= {(part.path, full) for part in parts for full in part.world.names[part.unit.file.name]}
    found = [each for part in parts for each in services(reading, part)]
    sent = tuple(each for part in parts for each in events(reading, part))
    operations = (*(each for service, _ in found for each in service.operations), *sent)
    _all_types(reading, parts, shared)
    name, said = split_package(package)
    documents = [file.document for file in files]
    others = [document.path for document in reached(imports, documents)]
    first = next(iter(parts), None)
    contract = Contract(
        name=name,
        version=said.replace("_", "."),
        format="protobuf",
        path=reading.main,
        at=_at(reading, first),
        title=package or stem(reading.main.rpartition("/")[2]),
        doc=_doc(parts),
        lifecycle=next((each for part in parts if (each := endings.read(part.options)) is not ALIVE), ALIVE),
        spec_version=features.edition(first.unit.file) if first else "",
        documents=(reading.main, *(each.path for each in documents if each.path != reading.main), *others),
        services=(
            *(service for service, _ in found),
            *((Service(name="events", operations=sent),) if sent else ()),
        ),
        groups=tuple(group for _, group in found),
        servers=tuple(servers(reading, parts)),
        types=reading.types,
        roots=_roots(reading, operations),
        binding=_binding(package, parts, imports),
        places=reading.places,
        faults=tuple(_faults(parts, files, imports)),
    )
    for world in {id(file.world): file.world for file in files}.values():
        world.forget()
    return contract


def _main(files: Sequence[File]) -> str:
    """The document that a contract is known by: the first with services, else the first with types."""

    def weight(file: File) -> tuple[bool, bool, str]:
        text = file.document.utf8
        return (
            b"\nservice " not in text,
            b"\nmessage " not in text and b"\nenum " not in text,
            file.document.path,
        )

    return min(files, key=weight).document.path


def _at(reading: Reading, part: Part | None) -> str:
    if part is None or not part.unit.file.package:
        return ""
    return reading.at(part, part.unit.file.package, (2,))


def _doc(parts: Sequence[Part]) -> str:
    """What is written above the package; a licence says nothing of the contract."""
    for part in parts:
        for path in ((2,), (12,)):
            doc = part.spots.doc(path)
            if doc and not any(word in doc.lower() for word in LICENCE):
                return doc
    return ""


def _all_types(reading: Reading, parts: Sequence[Part], shared: Shared) -> None:
    """Read the types of the contract in the order of its files, then those of others that they use."""
    for part in parts:
        file = part.unit.file
        for index, message in enumerate(file.message_type):
            _top(reading, part, (4, index), message)
        for index, enum in enumerate(file.enum_type):
            _top(reading, part, (5, index), enum)
    for part in parts:
        _extensions(reading, part)
    for element in reading.waiting():
        if not (element.borrowed and reading.take(element.full, _shared(element, reading.endings, shared))):
            read_types(reading, element)


Shared = dict[World, Reading]
"""The types of each world as those see them who do not declare them."""


def _shared(element: Declared, endings: Endings, shared: Shared) -> Reading:
    """The reading that holds a type for all that borrow it."""
    world = element.part.world
    if world not in shared:
        shared[world] = Reading("", "", endings)
    known = shared[world]
    part = known.part(world, element.part.unit.file.name)
    if part:
        known.use(element.full, part)
    for each in known.waiting():
        read_types(known, each)
    return known


def _top(reading: Reading, part: Part, path: tuple[int, ...], descriptor: Any) -> None:
    full = part.package + descriptor.name
    name = reading.name(full)
    known = reading.types.get(name)
    if known is None or known.shape is Shape.ANY:  # the first of two that are declared is read
        read_types(reading, Declared(part, path, descriptor, full, part.features))


def _extensions(reading: Reading, part: Part) -> None:
    """What a file adds to messages: for each of them a type with the further fields."""
    found: dict[str, list[Field]] = defaultdict(list)
    todo: list[tuple[tuple[int, ...], Any, str]] = [((), part.unit.file, part.package)]
    while todo:
        path, around, scope = todo.pop()
        for index, field in enumerate(around.extension):
            where = (*path, 6 if path else 7, index)
            element = Declared(part, path, around, scope.rstrip("."), part.features)
            extendee = reading.name(field.extendee.lstrip("."))
            found[extendee].append(one_field(reading, element, field, where, scope + field.name))
        nested = around.nested_type if path else around.message_type
        todo += [
            ((*path, 3 if path else 4, index), inner, f"{scope}{inner.name}.")
            for index, inner in enumerate(nested)
        ]
    for extendee, fields in found.items():
        name = f"extend {extendee}"
        known = reading.types.get(name)
        every = (*(known.fields if known else ()), *sorted(fields, key=lambda field: field.at))
        at = known.at if known else every[0].at
        reading.types[name] = Type(
            name=name, at=at, shape=Shape.RECORD, fields=every, binding={"extends": extendee}
        )


def _roots(reading: Reading, operations: Sequence[Operation]) -> tuple[str, ...]:
    """What nothing in the contract holds: others import it, or it travels in an Any."""
    held = {used for name, type in reading.types.items() for used in type.uses() if used != name}
    held |= {message.payload for operation in operations for message in operation.messages}
    return tuple(
        name for name, type in reading.types.items() if type.at and not type.borrowed and name not in held
    )


def _binding(package: str, parts: Sequence[Part], imports: Imports) -> Mapping[str, Any]:
    kept: dict[str, Any] = {"package": package} if package else {}
    said: dict[str, list[Any]] = defaultdict(list)
    for part in parts:
        for key, value in {"syntax": features.edition(part.unit.file), **part.options}.items():
            if value not in said[key]:
                said[key].append(value)
    kept["options"] = {key: sorted(values, key=str) for key, values in sorted(said.items())}
    kept["files"] = {part.path: _file(part, imports) for part in parts}
    return kept


def _file(part: Part, imports: Imports) -> Mapping[str, Any]:
    """What a file says that its elements do not."""
    file = part.unit.file
    said = {
        "syntax": imports.head(part.unit.document).syntax if part.unit.document else "",
        "imports": [*file.dependency],
        "public": [file.dependency[index] for index in file.public_dependency],
        "weak": [file.dependency[index] for index in file.weak_dependency],
        "unused": _unused(part),
    }
    return {key: value for key, value in said.items() if value}


def _unused(part: Part) -> list[str]:
    """The imports that the compiler says are not used."""
    begin, end = "warning: Import ", " is unused."
    said = (
        each.text
        for each in part.world.complaints
        if part.world.layout.files.get(each.name) is part.unit.document
    )
    # The compiler names them in no order.
    return sorted(text.removeprefix(begin).removesuffix(end) for text in said if text.startswith(begin))


def _faults(parts: Sequence[Part], files: Sequence[File], imports: Imports) -> Sequence[Finding]:
    own = {file.document.path for file in files}
    found = [*complaints.missing(each for each in imports.missing if each.document.path in own)]
    names = {(id(file.world), file.document.path): file.name for file in files}
    for part in parts:
        name = names[id(part.world), part.path]
        found += complaints.faults(part.world, name, part.unit, part.spots)
    turns = {part.path: number for number, part in enumerate(parts)}
    return sorted(
        found, key=lambda each: (turns.get(each.location.path, 0), each.location.line, each.location.column)
    )
