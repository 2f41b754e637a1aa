"""Paths inside a tree of files: relative to its root, with `/`; what lies outside begins with `..`."""

from __future__ import annotations

import posixpath


def is_hidden(path: str) -> bool:
    """Whether a file or one of its folders begins with a dot."""
    return path.startswith(".") or "/." in path


def is_outside(path: str) -> bool:
    """Whether a path leaves the tree."""
    return path == ".." or path.startswith(("../", "/"))


def is_below(path: str, folder: str) -> bool:
    """Whether a path is a folder or lies in it; "" is the root."""
    return path == folder or (path.startswith(f"{folder}/") if folder else not is_outside(path))


def beside(path: str, relative: str) -> str | None:
    """The path that a relative one names from the file that holds it; None where it leads out of the tree.

    From a file outside of the tree it may lead to others there.
    """
    found = posixpath.normpath(posixpath.join(posixpath.dirname(path), relative))
    return None if is_outside(found) and not is_outside(path) else found
