"""Paths inside a tree of files: relative to its root, with `/`."""

from __future__ import annotations

import posixpath


def is_hidden(path: str) -> bool:
    """Whether a file or one of its folders begins with a dot."""
    return path.startswith(".") or "/." in path


def is_below(path: str, folder: str) -> bool:
    """Whether a path is a folder or lies in it; "" is the root."""
    return not folder or path == folder or path.startswith(f"{folder}/")


def beside(path: str, relative: str) -> str | None:
    """The path that a relative one names from the file that holds it; None where it leaves the tree."""
    found = posixpath.normpath(posixpath.join(posixpath.dirname(path), relative))
    return None if found == ".." or found.startswith(("../", "/")) else found
