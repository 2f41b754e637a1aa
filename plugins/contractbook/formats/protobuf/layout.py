"""Which file an import means, and under which names the files of a project import one another."""

from __future__ import annotations

import posixpath
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from contractbook.formats.protobuf.heads import Head, head
from contractbook.source.document import Document
from contractbook.source.protoc import bundled
from contractbook.source.sources import Sources
from contractbook.source.versions import identity

FARTHEST = 4  # leading folders of an import that may be no folders here, as in Go's module paths


class Missing(NamedTuple):
    """An import that leads nowhere, and the offset that it stands at."""

    document: Document
    name: str
    offset: int


class Layout(NamedTuple):
    """Files by the names under which they import one another; `wanted` are those to be read.

    `broken` are the files with an import that leads nowhere.
    """

    files: dict[str, Document]
    aliases: dict[str, str]  # further names of files
    wanted: list[str]
    imports: dict[str, list[str]]  # the files that each of them imports, by their names
    broken: set[str]
    folder: Path | None = None  # where the files lie on disk under just these names

    def texts(self) -> dict[str, bytes]:
        """What the compiler has to see."""
        found = {name: document.utf8 for name, document in self.files.items()}
        return found | {name: f'import public "{file}";'.encode() for name, file in self.aliases.items()}


class Imports:
    """The imports of documents, resolved against one another, the project, and what everybody has."""

    def __init__(self, documents: Sequence[Document], sources: Sources) -> None:
        self.sources = sources
        self.documents = {document.path: document for document in documents}
        self.missing: list[Missing] = []
        self._heads: dict[str, Head] = {}
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for path in self.documents:
            self._by_name[posixpath.basename(path)].append(path)
        self._elsewhere: dict[tuple[str, str], str | None] = {}
        self._others: dict[str, Document | None] = {}
        self._found: dict[str, list[tuple[str, Document]]] = {}

    def head(self, document: Document) -> Head:
        """What a document says at its beginning."""
        if document.path not in self._heads:
            self._heads[document.path] = head(document.utf8)
        return self._heads[document.path]

    def of(self, document: Document) -> list[tuple[str, Document]]:
        """The imports of a document that lead to files of the project, with those files."""
        if document.path not in self._found:
            self._found[document.path] = list(self._resolved(document))
        return self._found[document.path]

    def _resolved(self, document: Document) -> Iterator[tuple[str, Document]]:
        for name, offset in self.head(document).imports:
            target = self._target(document, name)
            if target is not None:
                yield name, target
            elif bundled(name) is None:
                self.missing.append(Missing(document, name, offset))

    def _target(self, document: Document, name: str) -> Document | None:
        if not is_plain(name):
            return None
        path = self._among(document.path, name)
        if path is None and bundled(name) is None:
            path = self._below(posixpath.dirname(document.path), name) or self._shortened(document.path, name)
        return None if path is None else self._open(path)

    def _shortened(self, importer: str, name: str) -> str | None:
        """The document whose path ends in a name without its first folders."""
        parts = name.split("/")
        shorter = ("/".join(parts[skipped:]) for skipped in range(1, min(len(parts) - 1, FARTHEST + 1)))
        return next((path for each in shorter if (path := self._among(importer, each))), None)

    def _among(self, importer: str, name: str) -> str | None:
        """The document whose path ends in a name; of several the one nearest to the importer."""
        ending = f"/{name}"
        found = [
            each for each in self._by_name.get(posixpath.basename(name), ()) if f"/{each}".endswith(ending)
        ]
        return max(
            found, key=lambda each: (len(posixpath.commonprefix([each, importer])), each), default=None
        )

    def _below(self, folder: str, name: str) -> str | None:
        """The file of a name below a folder, one of those above it, or a root of the project."""
        key = (folder, name)
        if key not in self._elsewhere:
            above = [folder]
            while above[-1]:
                above.append(posixpath.dirname(above[-1]))
            paths = (posixpath.join(each, name) for each in (*above, *self.sources.roots))
            self._elsewhere[key] = next((path for path in paths if self._open(path)), None)
        return self._elsewhere[key]

    def _open(self, path: str) -> Document | None:
        if path in self.documents:
            return self.documents[path]
        if path not in self._others:
            self._others[path] = self.sources.find(path)
        return self._others[path]


def layouts(imports: Imports) -> list[Layout]:
    """The documents as they are compiled: those of one root together, unless their packages would collide."""
    roots = _roots(imports)
    turns = _turns(imports)
    groups: dict[tuple[str, int], list[Document]] = defaultdict(list)
    for path, document in imports.documents.items():
        groups[roots[path], turns[path]].append(document)
    return [
        _layout(root, group, imports) for (root, _), group in sorted(groups.items(), key=lambda one: one[0])
    ]


def _layout(root: str, group: Sequence[Document], imports: Imports) -> Layout:
    names = {document.path: _name(root, document.path, number) for number, document in enumerate(group)}
    files = {names[document.path]: document for document in group}
    aliases: dict[str, str] = {}
    todo = list(group)
    while todo:
        for name, target in imports.of(todo.pop()):
            if name in files or name in aliases:
                continue
            if target.path in names:
                aliases[name] = names[target.path]
            else:
                names[target.path], files[name] = name, target
                todo.append(target)
    lost = {each.document.path for each in imports.missing}
    lies = not aliases and all(_lies(root, name, document) for name, document in files.items())
    return Layout(
        files,
        aliases,
        [names[document.path] for document in group],
        {name: [names[each.path] for _, each in imports.of(document)] for name, document in files.items()},
        {name for name, document in files.items() if document.path in lost},
        imports.sources.tree.folder(root) if lies else None,
    )


def _lies(root: str, name: str, document: Document) -> bool:
    """Whether a file is found below the root under its name, in the encoding that the compiler reads."""
    return document.path == (f"{root}/{name}" if root else name) and document.utf8 == document.raw


def _name(root: str, path: str, number: int) -> str:
    name = path[len(root) + 1 :] if root else path
    return name if is_plain(name) else f"file-{number}.proto"


def is_plain(name: str) -> bool:
    """Whether an import is a path below a root, as the language asks for."""
    return (
        bool(name)
        and name.isprintable()
        and not set(name) & set(':\\"')
        and posixpath.normpath(name) == name
        and not name.startswith(("/", ".."))
    )


def _roots(imports: Imports) -> dict[str, str]:
    """The folder that each document is named from: what its imports, and the imports of it, agree on."""
    votes: dict[str, Counter[str]] = {path: Counter() for path in imports.documents}
    for path, document in imports.documents.items():
        for name, target in imports.of(document):
            root = _without(target.path, name)
            if root is not None and _is_above(root, path):
                votes[path][root] += 2
            if root is not None and target.path in votes:
                votes[target.path][root] += 2
        package = imports.head(document).package.replace(".", "/")
        folder = posixpath.dirname(path)
        root = _without(folder, package) if package else None
        votes[path][folder if root is None else root] += 1 if root is not None else 0
    return {path: max(said, key=lambda root: (said[root], root)) for path, said in votes.items()}


def _without(path: str, ending: str) -> str | None:
    """What stands before the end of a path; None where it ends otherwise."""
    if path == ending:
        return ""
    return path[: -len(ending) - 1] if path.endswith(f"/{ending}") else None


def _is_above(folder: str, path: str) -> bool:
    return not folder or path.startswith(f"{folder}/")


def _turns(imports: Imports) -> Mapping[str, int]:
    """In which turn each document is compiled: two versions of one package cannot be at once."""
    versions: dict[str, dict[str, int]] = defaultdict(dict)
    return {
        path: versions[imports.head(document).package].setdefault(
            identity(path).version, len(versions[imports.head(document).package])
        )
        for path, document in sorted(imports.documents.items())
    }


def reached(imports: Imports, documents: Iterable[Document]) -> list[Document]:
    """Other documents of the project that some documents import, straight or by way of others."""
    todo = list(documents)
    seen = {document.path: document for document in todo}
    found = []
    while todo:
        for _, target in imports.of(todo.pop()):
            if target.path not in seen:
                seen[target.path] = target
                todo.append(target)
                found.append(target)
    return sorted(found, key=lambda document: document.path)
