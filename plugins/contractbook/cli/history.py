"""contractbook history: the changelog of contracts over all their versions."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable

from contractbook.cli.call import audience, colour, paths, policy, project, put_out, scope, today
from contractbook.history import State, Step, states, steps, tagged, with_tags
from contractbook.library import library
from contractbook.reports.changelog import as_json, as_markdown, as_text
from contractbook.reports.report import Result, summary
from contractbook.source.collector import paused
from contractbook.source.disk import DiskTree
from contractbook.source.git import GitFailed, Repository
from contractbook.wrong import Wrong


def run(call: Namespace) -> int:
    """Tell what each version changed, of what is named or of all contracts."""
    found, day = project(call), today(call)
    rules, named, where = policy(call, found), paths(call, found), scope(found)
    tree, readers = DiskTree(found.root), audience(found)
    with paused():
        contracts = library(tree, where, named)
        if not contracts.contracts:
            raise Wrong("there are no contracts: name some, or say in contractbook.yml where they are")
        every: Iterable[list[State]] = states(contracts)
        if pattern := found.configuration.versions.git_tags:
            try:
                repository = Repository(found.root)
                tags = [tag.name for tag in repository.tags(pattern)]
                every = [*with_tags(contracts, tagged(repository, tags, where, named))]
            except GitFailed as error:
                raise Wrong(f"versions > git-tags: {error}") from None
        logs = [[_result(step) for step in steps(versions, rules, day, readers)] for versions in every]
    match call.format:
        case "json":
            put_out(call, as_json(logs))
        case "markdown":
            put_out(call, as_markdown(logs))
        case _:
            put_out(call, as_text(logs, colour(call)))
    return 0


def _result(step: Step) -> Result:
    old = summary(step.old) if step.old else None
    return Result(summary(step.new), step.findings, old, step.way.strategy, step.way.phase)
