"""contractbook lint: every contract on its own."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from msgspec.structs import replace

from contractbook.baseline import FILE, Counts, counted, read, shrunk, total, with_known, written
from contractbook.cache import Cache, folder, program
from contractbook.cli.call import (
    colour,
    fails_on,
    lexicon,
    paths,
    policy,
    prefix,
    project,
    put_out,
    scope,
    today,
    warn,
)
from contractbook.cli.linting import Linting
from contractbook.cli.review import Review
from contractbook.config import Project
from contractbook.entries import find, roots
from contractbook.judge import Policy, Setting, expired
from contractbook.reports import render
from contractbook.reports.quotes import Quotes
from contractbook.reports.report import Report, Result
from contractbook.source.disk import DiskTree
from contractbook.source.git import GitFailed
from contractbook.source.paths import is_below
from contractbook.source.sources import Sources
from contractbook.wrong import Wrong

CROSS_CHECK = "cross-check"


def run(call: Namespace) -> int:
    """Lint what is named, else the project's contracts."""
    found = project(call)
    rules, day = _policy(call, found), today(call)
    if call.fix or call.diff:
        from contractbook.cli.fixing import fix, show

        if call.diff:
            return show(call, found, rules, day)
        fix(call, found, rules, day)
    tree = DiskTree(found.root)
    results = _since(call, found, rules, day) if call.since else _all(call, found, tree, rules, day)
    warn(expired(rules, day))
    if call.write_baseline:
        return _write_baseline(call, found, results)
    quotes = Quotes(tree)
    report = Report("lint", results, quotes, quotes, frozenset(call.select), prefix=prefix(call, found))
    put_out(call, render(call.format, report, colour(call)))
    return int(report.fails(fails_on(call)))


def _policy(call: Namespace, found: Project) -> Policy:
    """What configuration and call say of rules; with `--cross-check` the other validator is one of them."""
    rules = policy(call, found)
    if not call.cross_check or CROSS_CHECK in rules.rules:
        return rules
    select = (*rules.select, CROSS_CHECK) if rules.select else ()
    return replace(rules, rules={**rules.rules, CROSS_CHECK: Setting()}, select=select)


def _all(call: Namespace, found: Project, tree: DiskTree, rules: Policy, day: date) -> tuple[Result, ...]:
    """What is found in every contract; known is what the baseline counts."""
    named = paths(call, found)
    # What a team's own rules find may depend on more than the contracts.
    own = found.configuration.rule_modules or found.configuration.rulesets
    kept = Cache(None if call.no_cache or own else folder())
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
    counts = None if call.write_baseline else _baseline(found)
    if counts is None:
        return results
    return tuple(_beside(result, linting, counts) for result in results)


def _beside(result: Result, linting: Linting, counts: Counts) -> Result:
    """A result beside the baseline, with the lines of what is left to show."""
    return replace(result, findings=linting.placed(tuple(with_known(result.findings, counts))))


def _since(call: Namespace, found: Project, rules: Policy, day: date) -> tuple[Result, ...]:
    """What is new since a ref in the contracts that changed since."""
    try:
        review = Review(found, call.since)
    except GitFailed as error:
        raise Wrong(f"--since {call.since}: {error}") from None
    warn([review.base.lack] if review.base.lack else [])
    named = paths(call, found)
    return tuple(
        replace(result, findings=tuple(each for each in result.findings if not each.known))
        for result in review.checking(rules, day).linted()
        if not named or any(is_below(result.about.path, path) for path in named)
    )


# -- the baseline


def _baseline(found: Project) -> Counts | None:
    """The counts of the configured baseline; None where there is none yet."""
    path = found.configuration.baseline
    try:
        return read(path, (found.root / path).read_bytes()) if path else None
    except FileNotFoundError:
        return None


def _write_baseline(call: Namespace, found: Project, results: tuple[Result, ...]) -> int:
    """Write what is found as known; where there is a baseline already, only less of it."""
    path = found.configuration.baseline or FILE
    old = _baseline(found)
    now = counted(each for result in results for each in result.findings)
    looked_at = old.keys() if old and not call.paths else [result.about.path for result in results]
    counts = shrunk(old, now, looked_at)
    (found.root / path).write_text(written(counts), "utf-8")
    less = f", {total(old) - total(counts):,} less than before" if old is not None else ""
    put_out(call, f"wrote {path}: {total(counts):,} known findings in {len(counts):,} of the files{less}\n")
    if not found.configuration.baseline:
        warn([f"put `baseline: {path}` into contractbook.yml, so that it is looked at"])
    return 0


def nothing(call: Namespace, specs: tuple[str, ...]) -> str:
    """Why there is nothing to lint."""
    if call.paths:
        return f"{' '.join(call.paths)}: no contract is there, and none refers to it"
    return (
        f"there are no contracts in {', '.join(specs)}: name some, or say in contractbook.yml where they are"
        " (`contractbook init` writes one)"
    )
