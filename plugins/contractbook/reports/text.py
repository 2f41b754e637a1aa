"""The report for people: grouped by contract, ranked, alike findings together, with the lines of the file."""

from __future__ import annotations

from collections.abc import Iterator

from contractbook.finding import Finding, Level
from contractbook.formats import FORMATS
from contractbook.reports.affected import affected, lines
from contractbook.reports.clusters import Cluster, Same, clusters, shown_at
from contractbook.reports.frames import frame
from contractbook.reports.gate import facts, headline
from contractbook.reports.report import Gate, Report, Result, Summary
from contractbook.reports.terminal import WIDTH, Paint, cut, plain, width, wrapped
from contractbook.rules import rule_named

INDENT = " " * 11
ROOM = WIDTH - len(INDENT)


def render(report: Report, colour: bool = False) -> str:
    """The whole report; `colour` paints it for a terminal."""
    page = _Page(report, Paint(colour))
    lines = [line for result in report.results for line in page.result(result)]
    return "\n".join([*lines, *(page.verdict(report.gate) if report.gate else page.end())]) + "\n"


class _Page:
    """One report under way: a rule that has been explained is not explained again."""

    def __init__(self, report: Report, paint: Paint) -> None:
        self.report = report
        self.paint = paint
        self.explained: set[str] = set()
        self.compares = report.command == "diff"
        self.heaviest = ""

    def result(self, result: Result) -> Iterator[str]:
        """A contract with its findings; one without any is not told."""
        found = clusters(result.findings)
        if found:
            yield from self.heading(result)
            self.heaviest = self.heaviest or found[0].rule
            for cluster in found:
                yield from self.cluster(cluster, result)

    def heading(self, result: Result) -> Iterator[str]:
        now, old = result.contract, result.old
        if now and old and now.path == old.path and now.version == old.version:
            yield from self.ends(now.path, _facts(now), "strong", "faint")
        elif now and old:
            yield from self.ends(
                _name(now), f"{old.version} -> {now.version}".strip("-> "), "strong", "faint"
            )
            yield from self.ends(old.path, f"-> {now.path}", "faint", "faint")
        else:
            yield from self.ends(result.about.path, _facts(result.about), "strong", "faint")
        yield self.paint("faint", "-" * WIDTH)

    def ends(self, left: str, right: str, *styles: str) -> Iterator[str]:
        """A line with a text at each end, or two lines where they do not fit side by side."""
        left, right = cut(plain(left), WIDTH), cut(plain(right), WIDTH)
        gap = WIDTH - width(left) - width(right)
        painted = [self.paint(style, text) for style, text in zip(styles, (left, right), strict=True)]
        if gap > 1:
            yield f"{painted[0]}{' ' * gap}{painted[1]}" if right else painted[0]
        else:
            yield from painted

    def cluster(self, cluster: Cluster, result: Result) -> Iterator[str]:
        """What is found, where, and the first time also why it matters and what to do."""
        shown = cluster.shown(self.report.focus)
        times = len(cluster.findings)
        if times == 1:
            yield from self.headline(cluster, shown[0].first.message)
            yield from self.place(shown[0].first)
        else:
            yield from self.headline(cluster, f"{_statement(cluster)}: {times:,} times")
            yield from self.places(shown, times, result)
        yield from self.affected(cluster)
        yield from self.explanation(shown[0].first)
        yield ""

    def headline(self, cluster: Cluster, message: str) -> Iterator[str]:
        level = cluster.level
        compares = self.compares or cluster.findings[0].kind is not None
        word = level.change if compares else level.value
        style = "safe" if compares and level is Level.NOTE else level.value
        rule = f"[{cluster.rule}]"
        first, *rest = wrapped(plain(message), ROOM - len(rule) - 1)
        gap = " " * (ROOM - width(first) - len(rule))
        label = self.paint(style, word.upper().ljust(len(INDENT)))
        yield f"{label}{self.paint('strong', first)}{gap}{self.paint('faint', rule)}"
        for line in rest:
            yield f"{INDENT}{self.paint('strong', line)}"

    def place(self, finding: Finding) -> Iterator[str]:
        """Where one finding stands, with the lines of the file; what is gone is shown where it was."""
        at = shown_at(finding)
        if finding.was and at is finding.location:
            yield f"{INDENT}was {finding.was}"
        place = f"now {at}" if finding.was and at is finding.location else str(at)
        element = plain(finding.element)
        if width(place) + width(element) + 2 <= ROOM:
            yield f"{INDENT}{place}  {self.paint('faint', element)}".rstrip()
        else:
            yield f"{INDENT}{place}"
            yield f"{INDENT}{self.paint('faint', cut(element, ROOM))}"
        yield from self.quote(finding)

    def quote(self, finding: Finding) -> Iterator[str]:
        """The lines of the file, for what weighs more than a note."""
        if finding.level is not Level.NOTE:
            at = shown_at(finding)
            quotes = self.report.now if at is finding.location else self.report.before
            yield from frame(at, quotes, self.paint, INDENT)

    def places(self, shown: list[Same], times: int, result: Result) -> Iterator[str]:
        """Where some of many findings stand; in a contract's main document without its path."""
        places = [_spot(each, result) for each, _ in shown]
        column = max(map(width, places))
        for place, (finding, alike) in zip(places, shown, strict=True):
            count = f" ({alike:,} times)" if alike > 1 else ""
            if column > ROOM // 2:  # files of a contract lie deep: they get lines of their own
                yield f"{INDENT}{place}"
            before = "" if column > ROOM // 2 else place.rjust(column)
            message = cut(plain(finding.message), ROOM - width(before) - 2 - width(count))
            yield f"{INDENT}{before}  {message}{self.paint('faint', count)}"
        if len(shown) == 1:
            yield from self.quote(shown[0].first)
        left = times - sum(alike for _, alike in shown)
        if left:
            more = f"and {left:,} more: --select {shown[0].first.rule} shows them"
            yield f"{INDENT}{self.paint('faint', more)}"

    def affected(self, cluster: Cluster) -> Iterator[str]:
        """Whom it breaks and who survives it, where consumers are registered."""
        found = affected(cluster.findings)
        for label, text in lines(found) if found else ():
            yield from self.paragraph(label, text, wide=9)

    def explanation(self, finding: Finding) -> Iterator[str]:
        """Why it matters and what to do."""
        rule = rule_named(finding.rule)
        if finding.rule in self.explained or (finding.kind and finding.level is Level.NOTE):
            return
        self.explained.add(finding.rule)
        if rule:
            yield from self.paragraph("Why:", rule.why)
        if finding.advice:
            yield from self.paragraph("Do:", finding.advice)
        yield from self.recipe(finding)

    def recipe(self, finding: Finding) -> Iterator[str]:
        """How to bring it out without breaking anybody; steps that were told before are not told again."""
        for label, step in zip(("Expand:", "Migrate:", "Contract:"), finding.recipe or (), strict=False):
            if step not in self.explained:
                self.explained.add(step)
                yield from self.paragraph(label, step, wide=10)

    def paragraph(self, label: str, text: str, wide: int = 6) -> Iterator[str]:
        parts = wrapped(plain(text), ROOM - wide)
        for begin, line in zip([label, *[""] * len(parts)], parts, strict=False):
            yield f"{INDENT}{self.paint('faint', begin.ljust(wide))}{line}"

    def end(self) -> Iterator[str]:
        """The sum of it, and what to run next."""
        counts = self.report.counts
        told = ", ".join(_counted(counts[level], self.word(level)) for level in Level if counts[level])
        what = _counted(len(self.report.results), "contract")
        accepted = f"; {counts['accepted']:,} accepted" if counts["accepted"] else ""
        yield self.paint("strong", f"{what}: {told or 'nothing found'}{accepted}")
        if self.heaviest:
            yield f"`contractbook rules {self.heaviest}` shows examples, and how to set or accept it"

    def verdict(self, gate: Gate) -> Iterator[str]:
        """What the whole change comes to: last, since a terminal shows the end."""
        style = {"breaking": "error", "faulty": "error", "dangerous": "warning"}.get(gate.verdict, "safe")
        yield self.paint(style, headline(gate, self.report.findings))
        for line in facts(gate, self.report):
            yield from (f"  {part}" for part in wrapped(plain(line), WIDTH - 2))
        if self.heaviest:
            yield f"`contractbook rules {self.heaviest}` shows examples, and how to set or accept it"

    def word(self, level: Level) -> str:
        return level.change if self.compares else level.value


def _statement(cluster: Cluster) -> str:
    rule = rule_named(cluster.rule)
    return rule.statement.rstrip(".") if rule else cluster.findings[0].message


def _spot(finding: Finding, result: Result) -> str:
    """The place of a finding below the heading that names the main documents."""
    place = shown_at(finding)
    gone = place is finding.was
    main, word = (result.old, "was ") if gone else (result.contract, "")
    known = main is not None and place.path == main.path
    return f"{word}{place.line}:{place.column}" if known else f"{word}{place}"


def _name(about: Summary) -> str:
    return " ".join(filter(None, (about.service, about.name)))


def _facts(about: Summary) -> str:
    """What a contract is, in a few words."""
    format = FORMATS[about.format].title if about.format in FORMATS else about.format
    facts = (about.label, f"{format} {about.spec_version}".strip(), _counted(about.operations, "operation"))
    return " · ".join(filter(None, facts))


_UNCOUNTED = frozenset({"breaking", "dangerous", "safe"})


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 or noun in _UNCOUNTED else f'{noun}s'}"
