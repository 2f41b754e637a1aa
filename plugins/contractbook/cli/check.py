"""contractbook check: what the present change does to contracts and their consumers."""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path

from contractbook.cli.call import colour, fails_on, policy, project, put_out, relative_to, scope, today, warn
from contractbook.config import Project
from contractbook.gate.base import MAIN, Base, base
from contractbook.gate.checking import Checking, verdict
from contractbook.gate.decisions import decisions
from contractbook.gate.touched import Ground, Touched, touched
from contractbook.judge import Policy, expired
from contractbook.reports import render
from contractbook.reports.quotes import Quotes
from contractbook.reports.report import Gate, Report, Result, Summary
from contractbook.source.disk import DiskTree
from contractbook.source.git import GitFailed, Repository
from contractbook.source.sources import NoTree, Tree
from contractbook.wrong import Wrong

# Where hosts say which branch a change is to go into.
TARGETS = ("GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME")


def run(call: Namespace) -> int:
    """Compare the files on disk with the commit that the change began at."""
    found, day = project(call), today(call)
    rules = policy(call, found)
    try:
        review = Review(found, rules, call.against)
    except GitFailed as error:
        raise Wrong(f"check needs a git checkout: {error}") from None
    warn([review.base.lack] if review.base.lack else [])
    warn(expired(rules, day))
    checking = Checking(found, rules, day, review.before, review.now, review.touched)
    results = checking.results()
    findings = [each for result in results for each in result.findings]
    if unmet := checking.unmet(findings):
        results.append(Result(None, tuple(unmet), CONSUMERS))
        findings += unmet
    gate = Gate(
        base=review.called,
        verdict=verdict(findings),
        bump=checking.bump,
        consumers=checking.consumer_results(findings),
        decisions=tuple(review.decisions),
        notes=tuple(dict.fromkeys((*([review.base.lack] if review.base.lack else []), *checking.notes))),
    )
    quotes = Quotes(review.now.tree)
    report = Report("check", tuple(results), quotes, Quotes(review.before.tree), frozenset(call.select), gate)
    put_out(call, render(call.format, report, colour(call)))
    return int(report.fails(fails_on(call)))


CONSUMERS = Summary("consumers", "", "", "consumers", "", "", "", 0, 0, 0)


class Review:
    """The two states of the project that a change lies between."""

    def __init__(self, found: Project, rules: Policy, against: str) -> None:
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
