"""The two sides of a comparison: which word names a path, and which a state in git."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import NamedTuple

from contractbook.cli.call import relative_to
from contractbook.config import Project
from contractbook.entries import Scope
from contractbook.library import Library, library
from contractbook.source.disk import DiskTree
from contractbook.source.git import GitFailed, Repository
from contractbook.source.sources import Tree
from contractbook.wrong import Wrong


class Side(NamedTuple):
    """One side of a comparison: its contracts, and the files that they were read from."""

    library: Library
    tree: Tree
    is_file: bool


def side(word: str, project: Project, scope: Scope) -> Side:
    """The contracts that a word names.

    What exists on disk is a path, and so is what begins as one: with `./`, `../`, `/` or a single letter
    and a colon. Else it is GITREF:PATH, split at the first colon, which no git ref can hold; PATH counts
    from the repository's root, `./PATH` from here. GITREF alone means the configured specs at that ref.
    Raises Wrong where nothing is.
    """
    ref, colon, path = word.partition(":")
    is_path = word.startswith(("./", "../", "/", "~")) or (colon and len(ref) == 1)
    if is_path or ((Path.cwd() / word).exists() and not (colon and not path)):
        return _on_disk(word, project, scope)
    return _in_git(word, ref, path, project, scope)


def _on_disk(word: str, project: Project, scope: Scope) -> Side:
    place = Path.cwd() / word
    if not place.exists():
        raise Wrong(f"there is no file or folder {word}")
    tree = DiskTree(project.root)
    path = relative_to(project.root, place)
    return _side(word, tree, scope, [path], place.is_file())


def _in_git(word: str, ref: str, path: str, project: Project, scope: Scope) -> Side:
    try:
        repository = Repository(project.root)
        tree: Tree = repository.tree(ref)
        if not path:
            return _side(word, tree, scope, [], is_file=False)
        named = _below(path, repository.top, project)
        if named.startswith(".."):
            # Outside of the project: seen from the top of the repository, where nothing is configured.
            steps = len(Path(repository.top).parts)
            tree = Repository(project.root.joinpath(*[".."] * steps)).tree(ref)
            named, scope = posixpath.normpath(posixpath.join(repository.top, named)), Scope(specs=())
        return _side(word, tree, scope, [named], is_file=[*tree.files(named)] == [named])
    except GitFailed as error:
        missing = "" if ":" in word else f"there is no file or folder {word}, and "
        raise Wrong(f"{missing}{error}") from None


def _below(path: str, top: str, project: Project) -> str:
    """PATH of a ref as seen from the project's root."""
    if path.startswith(("./", "../")):
        return relative_to(project.root, Path.cwd() / path)
    return posixpath.relpath(posixpath.normpath(path), top or ".")


def _side(word: str, tree: Tree, scope: Scope, named: list[str], is_file: bool) -> Side:
    try:
        found = library(tree, scope, named)
    except FileNotFoundError:
        raise Wrong(f"{word}: there is no such file or folder at that ref") from None
    if named and not found.contracts:
        raise Wrong(f"{word}: no contract is there, and none refers to it")
    return Side(found, tree, is_file)
