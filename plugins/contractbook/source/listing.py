"""The files of a folder without what git ignores, by git or, where that is not at hand, by its patterns."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path

from contractbook.source.paths import is_hidden

Ignores = Callable[[str], bool]


def by_git(root: Path, under: str) -> Iterator[str]:
    """What git tracks or would track below a folder; nothing outside of a work tree, or without git."""
    import subprocess

    command = ("git", "--literal-pathspecs", "-c", "core.fsmonitor=false", "ls-files", "-coz")
    options = ("--exclude-standard", "--deduplicate", "--", under or ".")
    try:
        done = subprocess.run((*command, *options), cwd=root, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return
    for path in (os.fsdecode(path).rstrip("/") for path in done.stdout.split(b"\0") if path):
        file = root / path
        if file.is_dir() and not file.is_symlink():  # a repository inside this one
            yield from (f"{path}/{below}" for below in by_git(file, ""))
        else:
            yield path


def by_patterns(root: Path, under: str) -> Iterator[str]:
    """The same by the patterns of the `.gitignore` files there and above."""
    above = ["", *accumulate(under.split("/")[:-1], "{}/{}".format)] if under else []
    return by_walk(root, under, [test for folder in above for test in _ignores(root, folder)])


def by_walk(root: Path, under: str, ignored: list[Ignores]) -> Iterator[str]:
    """What lies below a folder, without hidden files and what is ignored here or above."""
    for folder, names, files in os.walk(root / under):
        inside = Path(folder).relative_to(root).as_posix()
        begin = "" if inside == "." else f"{inside}/"
        ignored = [*ignored, *_ignores(root, "" if inside == "." else inside)]
        kept = (name for name in names if not any(ignores(f"{begin}{name}/") for ignores in ignored))
        names[:] = [name for name in kept if not is_hidden(name)]
        for path in (begin + name for name in files if not is_hidden(name)):
            if not any(ignores(path) for ignores in ignored):
                yield path


def _ignores(root: Path, folder: str) -> list[Ignores]:
    """What the `.gitignore` file of a folder leaves out, if there is one."""
    file = root / folder / ".gitignore"
    if not file.is_file():
        return []
    from pathspec import GitIgnoreSpec

    patterns = GitIgnoreSpec.from_lines(file.read_text("utf-8", "replace").splitlines())
    begin = f"{folder}/" if folder else ""
    return [lambda path: path.startswith(begin) and patterns.match_file(path[len(begin) :])]
