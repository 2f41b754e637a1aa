"""The two states that a change lies between: what it began at, and the files on disk."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from contractbook.cli.call import relative_to, scope
from contractbook.config import Project
from contractbook.gate.base import MAIN, Base, base
from contractbook.gate.checking import Checking
from contractbook.gate.decisions import decisions
from contractbook.gate.touched import Ground, Touched, touched
from contractbook.judge import Policy
from contractbook.source.disk import DiskTree
from contractbook.source.git import Repository
from contractbook.source.sources import NoTree, Tree

# Where hosts say which branch a change is to go into.
TARGETS = ("GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME")


class Review:
    """A change of a project; raises GitFailed where there is nothing to compare with."""

    def __init__(self, found: Project, against: str) -> None:
        self.repository = Repository(found.root)
        self.base: Base = base(self.repository, against, guesses())
        tree: Tree = self.repository.tree(self.base.commit) if self.base.commit else NoTree()
        self.now = Ground(DiskTree(found.root), scope(found))
        self.before = Ground(tree, scope(found))
        self.touched: Touched = (
            touched(self.repository.changes(self.base.commit), self.before, self.now)
            if self.base.commit
            else Touched((), self.now.main(self.now.files), frozenset())
        )
        self.project = found

    def checking(self, policy: Policy, today: date) -> Checking:
        """All that can be said of the change."""
        return Checking(self.project, policy, today, self.before, self.now, self.touched)

    @property
    def called(self) -> str:
        """The base in words."""
        commit = self.base.commit[:7]
        return f"{self.base.called} ({commit})" if commit else ""

    @property
    def decisions(self) -> list[str]:
        """What the change decides in the configuration."""
        path = self.project.path
        if path is None or not self.base.commit:
            return []
        name = relative_to(self.project.root, Path(path))
        return decisions(name, self._read(self.before.tree, name), self._read(self.now.tree, name))

    def _read(self, tree: Tree, path: str) -> bytes | None:
        try:
            return tree.read(path)
        except FileNotFoundError:
            return None


def guesses() -> list[str]:
    """The refs to try where none is named: what the host says, then the usual ones."""
    named = [branch for target in TARGETS if (branch := os.environ.get(target))]
    return [*(f"origin/{each}" for each in named), *named, *MAIN]
