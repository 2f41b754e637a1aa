"""Patterns for paths, as in a shell: `*` and `?` inside a folder, `**` over folders, `[abc]`, `{a,b}`."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

_parts = re.compile(r"\*\*/|/\*\*$|\*\*|\*|\?|\[!?[^]]+\]|\{[^{}]*\}|.", re.DOTALL).findall


@lru_cache(maxsize=256)
def matcher(pattern: str) -> Callable[[str], bool]:
    """A test for whole paths; a pattern that ends in `/` or names a folder matches what is in it."""
    expression = re.compile("".join(map(_expression, _parts(pattern.rstrip("/")))) + "(?:/.*)?", re.DOTALL)
    return lambda path: expression.fullmatch(path) is not None


def is_glob(pattern: str) -> bool:
    """Whether a path holds a wildcard."""
    return any(char in pattern for char in "*?[{")


def fixed_folder(pattern: str) -> str:
    """The folders at the beginning of a pattern that hold no wildcard."""
    folders = []
    for folder in pattern.split("/")[:-1]:
        if is_glob(folder):
            break
        folders.append(folder)
    return "/".join(folders)


def _expression(part: str) -> str:
    if part == "**/":
        return "(?:.*/)?"
    if part == "/**":
        return "/.*"
    if part == "**":
        return ".*"
    if part in "*?":
        return "[^/]*" if part == "*" else "[^/]"
    if part[0] == "[" and len(part) > 1:
        inner = re.sub(r"([\\\[^&~|])", r"\\\1", part[1:-1].removeprefix("!"))
        return f"[^/{inner}]" if part[1] == "!" else f"[{inner}]"
    if part[0] == "{" and len(part) > 1:
        return (
            "(?:" + "|".join("".join(map(_expression, _parts(each))) for each in part[1:-1].split(",")) + ")"
        )
    return re.escape(part)
