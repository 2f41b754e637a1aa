"""The report for pull requests and changelogs, in plain CommonMark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contractbook.finding import Finding, Level
from contractbook.reports.affected import affected, lines
from contractbook.reports.clusters import Cluster, clusters, shown_at
from contractbook.reports.literal import code, literal
from contractbook.reports.report import Report, Result

LISTED = {Level.ERROR: 50, Level.WARNING: 20, Level.NOTE: 10}  # findings of a cluster; comments are limited
FOLDED = Level.NOTE


def render(report: Report) -> str:
    """All contracts in which something was found, the heaviest first."""
    page = _Page(report)
    found = [part for result in report.results for part in page.result(result)]
    if report.gate is None:
        return "\n\n".join([page.title(), *found]) + "\n"
    from contractbook.reports.comment import head

    return "\n\n".join([*head(report, report.gate), *found]) + "\n"


class _Page:
    """One report under way."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.compares = report.command == "diff"

    def title(self) -> str:
        counts = self.report.counts
        told = [f"{counts[level]} {self.word(level, counts[level])}" for level in Level if counts[level]]
        if counts["accepted"]:
            told.append(f"{counts['accepted']} accepted")
        return f"## Contracts: {', '.join(told) or 'nothing found'}"

    def word(self, level: Level, number: int) -> str:
        if self.compares:
            return level.change
        return level.value if number == 1 else f"{level.value}s"

    def result(self, result: Result) -> Iterator[str]:
        found = clusters(result.findings)
        if not found:
            return
        parts = [
            part
            for level in Level
            if (alike := [cluster for cluster in found if cluster.level is level])
            for part in self.level(level, alike)
        ]
        if self.report.gate:
            told = ", ".join(
                f"{number} {self.word(level, number)}"
                for level in Level
                if (number := sum(len(each.findings) for each in found if each.level is level))
            )
            yield f"<details><summary>{self.name(result)}: {told}</summary>"
            yield from parts
            yield "</details>"
        else:
            yield f"### {self.name(result)}"
            yield from parts

    def name(self, result: Result) -> str:
        about, old = result.about, result.old
        label = literal(" ".join(filter(None, (about.service, about.name))))
        if result.contract and old:
            before, after = old.version or old.path, about.version or about.path
            if before != after:
                return f"{label}: {literal(before)} → {literal(after)}"
        return f"{label} {literal(about.version)} ({code(about.path)})".replace("  ", " ")

    def level(self, level: Level, found: Sequence[Cluster]) -> Iterator[str]:
        number = sum(len(cluster.findings) for cluster in found)
        heading = f"{number} {self.word(level, number)}"
        items = "\n".join(line for cluster in found for line in self.cluster(cluster))
        if level is FOLDED:
            yield f"<details><summary>{heading}</summary>\n\n{items}\n\n</details>"
        else:
            yield f"**{heading.capitalize()}**\n\n{items}"

    def cluster(self, cluster: Cluster) -> Iterator[str]:
        """One item for each finding; what to do is said once."""
        limit = LISTED[cluster.level]
        for index, (each, _) in enumerate(cluster.statements[:limit]):
            place = shown_at(each)
            where = f"{code(each.rule)} in {code(f'{place.path}:{place.line}')}"
            more = self.beneath(each, index == 0) if cluster.level is not FOLDED else []
            yield "\\\n  ".join((f"- {literal(each.message)} — {where}", *more))
        left = len(cluster.statements) - limit
        if left > 0:
            yield f"- … and {left} more of {code(cluster.rule)}"

    def beneath(self, each: Finding, is_first: bool) -> list[str]:
        """Whom a finding breaks, and the first time what to do."""
        found = affected([each])
        told = [f"**{label}** {literal(text)}" for label, text in lines(found)] if found else []
        return [*told, *([f"*{literal(each.advice)}*"] if is_first and each.advice else [])]
