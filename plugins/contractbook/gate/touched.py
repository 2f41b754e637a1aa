"""Which contracts a change touches, found out without reading the others."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from contractbook.entries import Scope, entry_of
from contractbook.source.git import Changed
from contractbook.source.globs import fixed_folder, is_glob
from contractbook.source.paths import is_below
from contractbook.source.sources import Tree
from contractbook.source.specs import candidates
from contractbook.source.versions import Identity, identity, order


class Touched(NamedTuple):
    """The main documents that a change touches, on both sides, and the consumers' files that it touches."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    consumers: frozenset[str]


class Ground:
    """The files of a state that may hold contracts."""

    def __init__(self, tree: Tree, scope: Scope) -> None:
        self.tree = tree
        self.scope = scope
        self.files = {each.path: each for each in candidates(tree, scope.specs, scope.outside)}

    def main(self, paths: Iterable[str]) -> tuple[str, ...]:
        """Those of some paths that hold a contract."""
        return tuple(path for path in paths if path in self.files and entry_of(self.tree, self.files[path]))

    def versions(self, path: str) -> list[str]:
        """The files that hold a version of the same contract, as far as paths tell; the oldest first."""
        label = self.identity(path)
        others = (each for each in self.files.values() if each.path != path)
        found = [each.path for each in others if _same(identity(each.below), label)]
        return sorted(found, key=lambda each: order(self.identity(each).version))

    def before(self, path: str) -> str | None:
        """The file with the version right before that in a path."""
        mine = order(self.identity(path).version)
        older = [each for each in self.versions(path) if order(self.identity(each).version) < mine]
        return older[-1] if older else None

    def of(self, services: Iterable[str]) -> list[str]:
        """The files of some services."""
        wanted = {*services}
        return [each.path for each in self.files.values() if identity(each.below).service in wanted]

    def identity(self, path: str) -> Identity:
        """What the path of a file tells of the contract in it."""
        return identity(self.files[path].below if path in self.files else path)


def touched(changes: Sequence[Changed], before: Ground, now: Ground) -> Touched:
    """What a change touches: the files that changed, and all that refer to one of them.

    Whether a file refers to another is told by its text: where it names no file that changed, it is not
    looked at any further.
    """
    gone = {each.old for each in changes if each.old}
    come = {each.new for each in changes if each.new}
    referring = _referring(now, gone | come)
    consumers = {path for path in gone | come if any(_is_in(path, folder) for folder in now.scope.apart)}
    return Touched(
        old=before.main(sorted(gone | referring)),
        new=now.main(sorted(come | referring)),
        consumers=frozenset(consumers),
    )


def _referring(ground: Ground, changed: set[str]) -> set[str]:
    """The files that did not change but name one that did, directly or by way of others."""
    found: set[str] = set()
    names = {posixpath.basename(path) for path in changed if _is_part(ground, path)}
    left = [path for path in ground.files if path not in changed]
    while names:
        naming = re.compile(b"|".join(re.escape(name.encode()) for name in sorted(names))).search
        hits = {path for path in left if naming(ground.tree.read(path))}
        left = [path for path in left if path not in hits]
        names = {posixpath.basename(path) for path in hits}
        found |= hits
    return found


def _is_part(ground: Ground, path: str) -> bool:
    """Whether contracts may refer to a file."""
    folders = (*ground.scope.specs, *ground.scope.imports)
    return any(_is_in(path, folder) for folder in folders)


def _is_in(path: str, folder: str) -> bool:
    fixed = posixpath.normpath(fixed_folder(folder) if is_glob(folder) else folder)
    return is_below(path, "" if fixed == "." else fixed)


def _same(one: Identity, other: Identity) -> bool:
    return (one.service, one.name) == (other.service, other.name)
