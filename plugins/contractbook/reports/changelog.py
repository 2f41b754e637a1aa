"""The changelogs of contracts: for the terminal, for Markdown, and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from contractbook.finding import Level
from contractbook.reports.clusters import Cluster, clusters
from contractbook.reports.json import by_place, finding, written
from contractbook.reports.literal import code, literal
from contractbook.reports.report import Result
from contractbook.reports.terminal import WIDTH, Paint, plain, width, wrapped
from contractbook.version import VERSION

Log = Sequence[Result]
"""What each version of one contract changed, the oldest first."""

LISTED = {Level.ERROR: 50, Level.WARNING: 20, Level.NOTE: 10}  # statements of one rule in one version
TITLES = {Level.ERROR: "Breaking", Level.WARNING: "Dangerous", Level.NOTE: "Safe"}
WAYS = {
    "lockstep": "in lockstep",
    "coexist": "beside the version before",
    "emulate": "with the old interface kept",
}
OFTEN = 3  # times of lockstep after which it is no exception
FIRST = "the first version that is here"
NOTHING = "nothing that consumers could notice"


def as_json(logs: Sequence[Log]) -> str:
    """All versions of all contracts, and what each changed."""
    return written(
        {
            "contractbook": VERSION,
            "command": "history",
            "contracts": [step.contract for log in logs for step in log],
            "steps": [_step(step) for log in logs for step in log],
        }
    )


def _step(step: Result) -> Mapping[str, Any]:
    return {
        "service": step.about.service,
        "name": step.about.name,
        "version": step.about.version,
        "before": step.old.version if step.old else None,
        "strategy": step.strategy,
        "phase": step.phase,
        "findings": [finding(each) for each in sorted(step.findings, key=by_place)],
        "summary": _counts(step),
    }


def _counts(step: Result) -> dict[str, int]:
    counted = Counter("accepted" if each.accepted else each.level.value for each in step.findings)
    return {name: counted[name] for name in (*Level, "accepted")}


def as_text(logs: Sequence[Log], colour: bool = False) -> str:
    """The newest version of each contract first, one line for each change."""
    paint = Paint(colour)
    return "\n".join(line for log in logs for line in _text(log, paint)) + "\n"


def _text(log: Log, paint: Paint) -> Iterator[str]:
    yield paint("strong", plain(_title(log)))
    yield paint("faint", "-" * WIDTH)
    yield from (paint("faint", each) for each in _habits(log))
    for step in reversed(log):
        told = _told(step)
        version = plain(step.about.version) or "now"
        gap = " " * (WIDTH - width(version) - width(told))
        yield f"{paint('strong', version)}{gap}{paint('faint', told)}"
        for cluster in clusters(step.findings):
            style = "safe" if cluster.level is Level.NOTE else cluster.level.value
            word = paint(style, cluster.level.change.ljust(11))
            limit = LISTED[cluster.level]
            for each, _ in cluster.statements[:limit]:
                first, *rest = wrapped(plain(each.message), WIDTH - 13)
                yield f"  {word}{first}"
                yield from (f"{' ' * 13}{line}" for line in rest)
            if len(cluster.statements) > limit:
                more = f"and {len(cluster.statements) - limit:,} more of {cluster.rule}"
                yield f"{' ' * 13}{paint('faint', more)}"
        yield ""


def as_markdown(logs: Sequence[Log]) -> str:
    """A changelog for people, the newest version of each contract first."""
    return "\n\n".join(part for log in logs for part in _markdown(log)) + "\n"


def _markdown(log: Log) -> Iterator[str]:
    yield f"# {literal(_title(log))}"
    yield from (literal(each) for each in _habits(log))
    for step in reversed(log):
        yield f"## {literal(step.about.version) or 'Now'}"
        found = clusters(step.findings)
        if not found:
            yield f"{_told(step).capitalize()}."
        for level in Level:
            lines = [line for cluster in found if cluster.level is level for line in _items(cluster)]
            if lines:
                yield f"### {TITLES[level]}"
                yield "\n".join(lines)


def _items(cluster: Cluster) -> Iterator[str]:
    limit = LISTED[cluster.level]
    for each, _ in cluster.statements[:limit]:
        yield f"- {literal(each.message)}"
    if len(cluster.statements) > limit:
        yield f"- … and {len(cluster.statements) - limit} more of {code(cluster.rule)}"


def _habits(log: Log) -> Iterator[str]:
    """What the versions show of how breaking changes are brought out here."""
    times = sum(step.strategy == "lockstep" for step in log)
    if times >= OFTEN:
        yield (
            f"In lockstep {times} times in {len(log)} versions: whoever has to be released together is one"
            " system in several parts."
        )


def _title(log: Log) -> str:
    about = log[-1].about
    return about.title or " ".join(filter(None, (about.service, about.name)))


def _told(step: Result) -> str:
    """The sum of a version."""
    counts = _counts(step)
    told = [f"{counts[level]:,} {level.change}" for level in Level if counts[level]]
    if step.strategy == "emulate" and step.phase == "contracted":
        told.append("as announced")
    elif step.strategy:
        told.append(WAYS[step.strategy])
    return ", ".join(told) or (NOTHING if step.old else FIRST)
