"""Two versions of a contract side by side: each changed element before and after, and for whom it breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import NoneType
from typing import NamedTuple

from markupsafe import escape

from contractbook.finding import Finding, Level
from contractbook.migration.observe import is_breaking
from contractbook.migration.recipes import recipe
from contractbook.model import Contract, Element
from contractbook.place import label, walk
from contractbook.portal.addresses import anchor
from contractbook.portal.contracts import weights
from contractbook.portal.declarations import declaration, told
from contractbook.portal.edition import Edition, Step
from contractbook.portal.marks import badge, change, compact, count, fold, said
from contractbook.portal.page import Chapter
from contractbook.portal.pieces import in_pieces
from contractbook.portal.wording import marked
from contractbook.reach import Reach
from contractbook.rules import rule_named

WHOLE = "The contract"


Where = tuple[str, str]
"""The file of an element, and its pointer in it."""


class Side(NamedTuple):
    """A version, and those of its elements that a comparison speaks of, by place and by name."""

    contract: Contract
    by_place: Mapping[Where, Element]
    by_name: Mapping[str, Element]

    def find(self, where: Where | None, name: str) -> Element | None:
        return (self.by_place.get(where) if where else None) or self.by_name.get(name)


class Sides(NamedTuple):
    """The two versions of a comparison."""

    old: Side
    new: Side

    def pair(self, finding: Finding) -> tuple[Element | None, Element | None]:
        """An element before and after; None on the side where it is not."""
        came, went = _alone(finding)
        old = None if came else self.old.find(_was(finding), finding.element)
        return old, None if went else self.new.find(_is(finding), finding.element)


def sides(old: Contract, new: Contract, findings: Sequence[Finding]) -> Sides:
    """Look up in both versions what findings are about."""
    names = {finding.element for finding in findings}
    return Sides(
        _side_of(old, names, {where for each in findings if (where := _was(each))}),
        _side_of(new, names, {_is(each) for each in findings}),
    )


def _side_of(contract: Contract, names: set[str], places: set[Where]) -> Side:
    by_place: dict[Where, Element] = {}
    by_name: dict[str, Element] = {}
    for element, place in walk(contract, Reach(contract)):
        if (name := label(element, place.parents)) in names:
            by_name.setdefault(name, element)
        if element.at and (where := contract.place(element.at)) in places:
            by_place.setdefault(where, element)
    return Side(contract, by_place, by_name)


def _was(finding: Finding) -> Where | None:
    return (finding.was.path, finding.was_pointer) if finding.was else None


def _is(finding: Finding) -> Where:
    return finding.location.path, finding.pointer


def _alone(finding: Finding) -> tuple[bool, bool]:
    """Whether an element came, and whether it went: the signature of the rule says so."""
    rule = rule_named(finding.rule)
    pairs = rule.subjects if rule else ()
    came = all(old is NoneType for old, _ in pairs)
    return bool(pairs) and came, bool(pairs) and all(new is NoneType for _, new in pairs)


def lead(step: Step) -> str:
    """A version in a sentence: how much changed, and whom it breaks."""
    broken = sorted({name for each in step.findings for name in each.consumers or ()})
    left = sorted({name for each in step.findings for name in each.survivors or ()} - {*broken})
    found = [f"{weights(step)}."]
    if broken:
        found.append(f"It breaks {', '.join(broken)}.")
    if left:
        found.append(f"{', '.join(left)} {'survives' if len(left) == 1 else 'survive'}.")
    return " ".join(found)


def chapters(edition: Edition, step: Step, old: Contract) -> Iterator[Chapter]:
    """A chapter for each operation or type that changed, the heaviest change first."""
    looked = sides(old, edition.contract, step.findings)
    groups: dict[str, dict[str, list[Finding]]] = {}
    for finding in step.findings:
        outermost = finding.element.partition(" > ")[0] if finding.element else WHOLE
        groups.setdefault(outermost, {}).setdefault(finding.element, []).append(finding)
    for name, inside in sorted(groups.items(), key=lambda each: (-_weight(each[1]), each[0])):
        lines = (_line(looked, element, findings) for element, findings in inside.items())
        for number, html in enumerate(in_pieces(lines, ""), 1):
            id = anchor(name) if number == 1 else f"{anchor(name)}-{number}"
            size = count(sum(map(len, inside.values())), "change") if number == 1 else ""
            yield Chapter(id, _title(edition, name), html, size)


def _weight(inside: Mapping[str, Sequence[Finding]]) -> int:
    return max(finding.level.weight for found in inside.values() for finding in found)


def _title(edition: Edition, name: str) -> str:
    known = name in edition.by_label or name in edition.contract.types
    return f'<a href="{edition.shown_at(name)}">{escape(name)}</a>' if known else str(escape(name))


def _line(looked: Sides, name: str, findings: Sequence[Finding]) -> str:
    """An element before and after, and what that means."""
    findings = sorted(findings, key=lambda each: -each.level.weight)
    old, new = looked.pair(findings[0])
    before, after = (
        declaration(contract, element) if element else ""
        for contract, element in ((looked.old.contract, old), (looked.new.contract, new))
    )
    if before == after:
        before, after = _values(findings) or (before, after)
    was, now = marked(before, after)
    texts = marked(told(old), told(new)) if old and new and told(old) != told(new) else ("", "")
    columns = _shown("before", was, texts[0]) + _shown("after", now, texts[1])
    return f'<div class="cb-pair">{columns}</div>' + "".join(
        _meaning(each, looked.old.contract) for each in findings
    )


def _values(findings: Iterable[Finding]) -> tuple[str, str] | None:
    """What a finding says was and is, where the declaration does not show it."""
    for each in findings:
        if each.old != each.new:
            return tuple("" if side is None else compact(side) for side in (each.old, each.new))  # type: ignore[return-value]
    return None


def _shown(word: str, declared: str, text: str) -> str:
    shown = f"<code>{declared}</code>" if declared else '<span class="dim">not there</span>'
    return f"<div><small>{word}</small>{shown}{f'<p>{text}</p>' if text else ''}</div>"


def _meaning(finding: Finding, old: Contract) -> str:
    """What a change means: its weight, whom it breaks, and how it is brought out without breaking them."""
    aside = " · ".join(filter(None, (finding.direction, finding.kind)))
    title = f"{change(finding.level)} {said(finding.message)} {_consumers(finding)}"
    rule = rule_named(finding.rule)
    if rule is None or not is_breaking(finding):
        return f'<p class="cb-mean">{title} <span class="dim">{aside}</span></p>'
    steps = zip(("Expand", "Migrate", "Contract"), recipe(finding, rule, old), strict=True)
    listed = "".join(f"<li><b>{word}</b> {said(step)}</li>" for word, step in steps)
    return fold(title, f"<ol>{listed}</ol>", aside)


def _consumers(finding: Finding) -> str:
    broken = f"{badge('breaks', 'red')} {escape(', '.join(finding.consumers))}" if finding.consumers else ""
    survivors = finding.survivors if finding.level is not Level.NOTE else ()
    left = f"{badge('survives', 'green')} {escape(', '.join(survivors))}" if survivors else ""
    return f"<small>{broken} {left}</small>" if broken or left else ""
