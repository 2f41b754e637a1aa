"""What a change is compared with: the commit that it left the main line at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from contractbook.source.git import GitFailed, Repository

MAIN = ("origin/HEAD", "origin/main", "origin/master", "main", "master")


class Base(NamedTuple):
    """A commit, and what to call it; without a commit there is nothing to compare with. `lack` says why."""

    commit: str
    called: str
    lack: str = ""


def base(repository: Repository, ref: str, guesses: Sequence[str] = MAIN) -> Base:
    """The base of the present state against a ref, else against the first of some guesses.

    In a shallow clone the base may be missing: then `lack` tells how to fetch it. Raises GitFailed where a
    ref is named that does not exist.
    """
    for each in [ref] if ref else guesses:
        try:
            commit = repository.commit(each)
        except GitFailed:
            if ref and not repository.is_shallow:
                raise
            continue
        found = repository.merge_base(each)
        if found:
            return Base(found, each)
        lack = (
            f"this clone does not hold where the change left {each}, so it is compared with {each} as it is"
            " (git fetch --unshallow)"
        )
        return Base(commit, each, lack)
    if not repository.is_shallow:
        raise GitFailed("there is no main branch to compare with: name one with --against")
    remote, _, branch = (ref or MAIN[1]).rpartition("/")
    fetch = f"git fetch --unshallow {remote or 'origin'} {branch}"
    lack = f"this clone does not hold {ref or MAIN[1]}, so nothing is compared ({fetch})"
    return Base("", ref or MAIN[1], lack)
