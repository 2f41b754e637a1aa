"""contractbook lint: every contract on its own."""

from __future__ import annotations

from argparse import Namespace

from contractbook.cache import Cache, folder, program
from contractbook.cli.call import (
    colour,
    fails_on,
    lexicon,
    paths,
    policy,
    project,
    put_out,
    scope,
    today,
    warn,
)
from contractbook.cli.linting import Linting
from contractbook.entries import find, roots
from contractbook.judge import expired
from contractbook.reports import render
from contractbook.reports.quotes import Quotes
from contractbook.reports.report import Report
from contractbook.source.disk import DiskTree
from contractbook.source.sources import Sources
from contractbook.wrong import Wrong


def run(call: Namespace) -> int:
    """Lint what is named, else the project's contracts."""
    found = project(call)
    tree, rules, named = DiskTree(found.root), policy(call, found), paths(call, found)
    day = today(call)
    # What a team's own rules find may depend on more than the contracts.
    kept = Cache(None if call.no_cache or found.configuration.rule_modules else folder())
    linting = Linting(
        sources=Sources(tree, roots(tree, scope(found), named)),
        policy=rules,
        today=day,
        words=found.configuration.words,
        lexicon=lexicon(found),
        form=call.format,
        focus=frozenset(call.select),
        cache=kept,
        program=program() if kept.folder else "",
        jobs=call.jobs,
    )
    results = tuple(linting.results(find(tree, scope(found), named)))
    kept.tidy()
    if not results:
        raise Wrong(nothing(call, found.configuration.specs))
    warn(expired(rules, day))
    quotes = Quotes(tree)
    report = Report("lint", results, quotes, quotes, linting.focus)
    put_out(call, render(call.format, report, colour(call)))
    return int(report.fails(fails_on(call)))


def nothing(call: Namespace, specs: tuple[str, ...]) -> str:
    """Why there is nothing to lint."""
    if call.paths:
        return f"{' '.join(call.paths)}: no contract is there, and none refers to it"
    return (
        f"there are no contracts in {', '.join(specs)}: name some, or say in contractbook.yml where they are"
        " (`contractbook init` writes one)"
    )
