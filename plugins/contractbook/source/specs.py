"""Which files may hold contracts: those below the specs folders, or those that globs match."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from contractbook.source.globs import fixed_folder, is_glob, matcher
from contractbook.source.sources import Tree


class Candidate(NamedTuple):
    """A file that may hold a contract, and its path below the specs folder, which tells its identity."""

    path: str
    below: str


def candidates(tree: Tree, specs: Sequence[str], exclude: Sequence[str] = ()) -> list[Candidate]:
    """The files of folders, globs or single paths, each once, sorted by path.

    Of a glob the specs folder is what comes before its first wildcard; of a single file it is its own
    folder. `exclude` holds globs for whole paths.
    """
    found: dict[str, Candidate] = {}
    for spec in specs:
        for each in _candidates(tree, _normal(spec)):
            found.setdefault(each.path, each)
    refused = [matcher(_normal(pattern)) for pattern in exclude]
    return [each for path, each in sorted(found.items()) if not any(refuses(path) for refuses in refused)]


def _candidates(tree: Tree, spec: str) -> Iterable[Candidate]:
    folder = fixed_folder(spec) if is_glob(spec) else spec
    wanted = matcher(spec) if is_glob(spec) else None
    for path in tree.files(folder):
        if path == spec:
            yield Candidate(path, posixpath.basename(path))
        elif wanted is None or wanted(path):
            yield Candidate(path, path[len(folder) + 1 :] if folder else path)


def _normal(spec: str) -> str:
    path = posixpath.normpath(spec.replace("\\", "/"))
    return "" if path == "." else path
