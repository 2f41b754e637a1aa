"""contractbook check: what the present change does to contracts and their consumers."""

from __future__ import annotations

from argparse import Namespace

from contractbook.cli.call import colour, fails_on, policy, prefix, project, put_out, today, warn
from contractbook.cli.review import Review
from contractbook.gate.checking import verdict
from contractbook.judge import expired
from contractbook.reports import render
from contractbook.reports.quotes import Quotes
from contractbook.reports.report import Gate, Report, Result, Summary
from contractbook.source.git import GitFailed
from contractbook.wrong import Wrong


def run(call: Namespace) -> int:
    """Compare the files on disk with the commit that the change began at."""
    found, day = project(call), today(call)
    rules = policy(call, found)
    try:
        review = Review(found, call.against)
    except GitFailed as error:
        raise Wrong(f"check needs a git checkout: {error}") from None
    warn([review.base.lack] if review.base.lack else [])
    warn(expired(rules, day))
    checking = review.checking(rules, day)
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
    report = Report(
        "check",
        tuple(results),
        quotes,
        Quotes(review.before.tree),
        frozenset(call.select),
        gate,
        prefix(call, found),
    )
    put_out(call, render(call.format, report, colour(call)))
    return int(report.fails(fails_on(call)))


CONSUMERS = Summary("consumers", "", "", "consumers", "", "", "", 0, 0, 0)
