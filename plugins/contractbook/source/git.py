"""States of a git repository, read through its plumbing and never checked out."""

from __future__ import annotations

import os
import subprocess
import weakref
from collections.abc import Iterator
from difflib import get_close_matches
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from contractbook.source.paths import beside, is_below, is_hidden

_LINK = "120000"
_HOPS = 40  # links to links that are followed
_GIT = ("git", "--literal-pathspecs", "-c", "core.quotepath=off", "-c", "core.fsmonitor=false")
_ANSWERS = {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}


class Changed(NamedTuple):
    """A file that differs between a commit and the disk: where it was and where it is, or nothing."""

    old: str
    new: str


class GitFailed(Exception):
    """Git cannot give what is asked of it; the text is one line that says how to mend it."""


class Blob(NamedTuple):
    """A file of a tree; its `id` names the bytes for ever."""

    id: str
    is_link: bool


class Revision(NamedTuple):
    """A commit, what it is called, its day (`2024-06-30`) and where a file lies in it."""

    name: str
    commit: str
    day: str
    path: str = ""


class Repository:
    """The history of a folder; raises GitFailed where there is none.

    All paths are relative to the folder, which may be any one of the repository. One process of git gives
    the contents of all files, so an instance belongs to one thread.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self._process: subprocess.Popen[bytes] | None = None
        self.top = self._top()

    def tree(self, ref: str) -> GitTree:
        """The files at a branch, tag or commit; raises GitFailed where there is no such ref."""
        return GitTree(self, self.commit(ref))

    def commit(self, ref: str) -> str:
        """The id of the commit that a ref names; raises GitFailed where there is none."""
        try:
            found = self._asked("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
        except GitFailed:
            raise GitFailed(f"there is no git ref `{ref}`{self._hint(ref)}") from None
        return found.decode().strip()

    def merge_base(self, ref: str) -> str | None:
        """The commit that the present one and a ref have in common; None where the history lacks it."""
        try:
            return self._asked("merge-base", "HEAD", self.commit(ref)).decode().strip()
        except GitFailed:
            return None

    @cached_property
    def is_shallow(self) -> bool:
        """Whether the clone holds only a part of the history."""
        return self._asked("rev-parse", "--is-shallow-repository").strip() == b"true"

    def changes(self, commit: str) -> list[Changed]:
        """The files of this folder that differ on disk from a commit, those that git does not track, too."""
        options = ("--name-status", "-z", "--find-renames", "--relative", "--no-ext-diff", "--no-textconv")
        fields = iter(os.fsdecode(self._asked("diff", *options, commit, "--", ".")).split("\0")[:-1])
        found = []
        for status in fields:
            path = next(fields)
            match status[:1]:
                case "A":
                    found.append(Changed("", path))
                case "D":
                    found.append(Changed(path, ""))
                case "R" | "C":
                    found.append(Changed(path, next(fields)))
                case _:
                    found.append(Changed(path, path))
        new = os.fsdecode(self._asked("ls-files", "--others", "--exclude-standard", "-z", "--", "."))
        return [*found, *(Changed("", path) for path in new.split("\0") if path)]

    def tags(self, pattern: str = "*") -> list[Revision]:
        """The tags whose name matches a pattern such as `v*`, in no particular order."""
        form = "%(refname:strip=2)%00%(objectname)%00%(*objectname)%00%(creatordate:short)"
        lines = self._asked("for-each-ref", f"--format={form}", "refs/tags").decode("utf-8", "replace")
        rows = [line.split("\0") for line in lines.splitlines()]
        return [
            Revision(name, peeled or commit, day)
            for name, commit, peeled, day in rows
            if fnmatchcase(name, pattern)
        ]

    def history(self, path: str, ref: str = "HEAD") -> list[Revision]:
        """The commits that changed a file, the oldest first; they follow it where it was renamed."""
        form = "--format=%x01%h%x00%H%x00%cs"
        options = ("--follow", "--name-status", "--relative", "--diff-filter=d", form)
        log = self._asked("log", *options, self.commit(ref), "--", path).decode("utf-8", "replace")
        return [_revision(record) for record in reversed(log.split("\x01")[1:])]

    def blobs(self, commit: str) -> dict[str, Blob]:
        """The files of a commit, sorted by path."""
        listed = self._asked("ls-tree", "-r", "-z", commit)
        rows = (row.partition(b"\t") for row in listed.split(b"\0") if row)
        found = {os.fsdecode(path): facts.decode().split() for facts, _, path in rows}
        return {
            path: Blob(id, mode == _LINK)
            for path, (mode, kind, id) in sorted(found.items())
            if kind == "blob"
        }

    def read(self, blob: Blob) -> bytes:
        """The bytes of a file; raises GitFailed where a partial clone does not hold them."""
        process = self._process or self._started()
        assert process.stdin and process.stdout
        process.stdin.write(blob.id.encode() + b"\n")
        process.stdin.flush()
        answer = process.stdout.readline().split()
        if len(answer) != 3:
            raise GitFailed(f"this clone lacks the file {blob.id}: fetch it whole (git fetch --refetch)")
        return process.stdout.read(int(answer[2]) + 1)[:-1]

    def _started(self) -> subprocess.Popen[bytes]:
        pipe = subprocess.PIPE
        command = (*_GIT, "cat-file", "--batch")
        process = subprocess.Popen(command, cwd=self.folder, env=_environment(), stdin=pipe, stdout=pipe)
        weakref.finalize(self, _stopped, process)
        self._process = process
        return process

    def _top(self) -> str:
        """The path from the repository's own folder to this one, "" where they are the same."""
        return os.fsdecode(self._asked("rev-parse", "--show-prefix")).strip("\n").removesuffix("/")

    def _asked(self, *command: str) -> bytes:
        try:
            done = subprocess.run((*_GIT, *command), cwd=self.folder, env=_environment(), capture_output=True)
        except FileNotFoundError:
            raise GitFailed(_missing(self.folder)) from None
        if done.returncode:
            lines = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["git failed"]
            raise GitFailed(lines[0].removeprefix("fatal: "))
        return done.stdout

    def _hint(self, ref: str) -> str:
        names = self._asked("for-each-ref", "--format=%(refname:short)").decode("utf-8", "replace").split()
        near = get_close_matches(ref, names, n=1)
        if near:
            return f": did you mean `{near[0]}`?"
        remote, _, branch = ref.partition("/")
        return (
            f": fetch it first (git fetch {remote} {branch})"
            if branch
            else ": `git tag` and `git branch` list them"
        )


class GitTree:
    """The files of one commit."""

    def __init__(self, repository: Repository, commit: str) -> None:
        self.repository = repository
        self.commit = commit

    @cached_property
    def blobs(self) -> dict[str, Blob]:
        """Every file with the id of its content, sorted by path."""
        return self.repository.blobs(self.commit)

    def read(self, path: str) -> bytes:
        """The bytes of a file; raises FileNotFoundError."""
        real = self.real(path)
        if real is None or real not in self.blobs:
            raise FileNotFoundError(path)
        return self.repository.read(self.blobs[real])

    def real(self, path: str) -> str | None:
        """The path that symbolic links lead to; None where it is outside of this tree."""
        for _ in range(_HOPS):
            link = next((link for link in self._links if is_below(path, link)), None)
            if link is None:
                return path
            goal = beside(link, self._links[link])
            if goal is None:
                return None
            path = goal + path[len(link) :]
        return None

    def folder(self, path: str) -> Path | None:
        """Where a folder of the tree lies on disk: nowhere."""
        return None

    def files(self, under: str = "") -> Iterator[str]:
        """Every file below a folder, sorted, without hidden ones."""
        return (path for path in self.blobs if is_below(path, under) and not is_hidden(path))

    @cached_property
    def _links(self) -> dict[str, str]:
        links = {path: blob for path, blob in self.blobs.items() if blob.is_link}
        return {path: os.fsdecode(self.repository.read(blob)) for path, blob in links.items()}


def _revision(record: str) -> Revision:
    facts, _, changed = record.partition("\n\n")
    name, commit, day = facts.split("\0")
    return Revision(name, commit, day.strip(), changed.strip().split("\t")[-1])


def _environment() -> dict[str, str]:
    """Git answers in English, takes no locks, and asks neither a person nor the network."""
    return {**os.environ, **_ANSWERS}


def _stopped(process: subprocess.Popen[bytes]) -> None:
    """Ends a process; it closes its pipes, too."""
    process.communicate()


def _missing(folder: Path) -> str:
    return "git is not installed" if folder.is_dir() else f"there is no folder {folder}"
