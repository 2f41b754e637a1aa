"""The way from one version to the next: where it stands, who has moved, and what remains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from markupsafe import escape

from contractbook.finding import Finding
from contractbook.migration.missing import brought_out
from contractbook.migration.moves import Move, moves
from contractbook.migration.observe import Release, Way, observe
from contractbook.migration.strategy import House, Phase, Strategy
from contractbook.model import Action, Contract, Operation
from contractbook.pairing.operations import operations
from contractbook.place import label, walk
from contractbook.portal.diagram import diagram
from contractbook.portal.edition import About, Edition, Step
from contractbook.portal.marks import LEVELS, badge, code, count, day, method, said, table
from contractbook.portal.page import Chapter

FIRST = 3  # changes that are named of those that a consumer has still to meet
LISTED = 60  # operations and elements that are listed
PHASES = (
    ("Expand", "The new interface is there beside the old one."),
    ("Migrate", "The consumers are told when the old one ends, and move."),
    ("Contract", "The old interface is removed."),
)
WAYS = {
    Strategy.LOCKSTEP: "The old interface is gone: whoever calls it goes live together with the service.",
    Strategy.COEXIST: "Both versions run side by side until the consumers of the old one have moved.",
    Strategy.EMULATE: "The old interface is kept beside the new one until its consumers have moved.",
}


class Migration(NamedTuple):
    """A version on its way to its consumers."""

    release: Release
    way: Way
    declared: Strategy | None
    moves: Sequence[Move]
    remaining: Sequence[Finding]
    sunset: date | None

    @property
    def runs(self) -> bool:
        """Whether somebody has still to do something."""
        return self.way.phase is not Phase.CONTRACTED


def migration(edition: Edition, step: Step, old: Contract, about: About) -> Migration | None:
    """What there is to tell of the newest version; nothing where nobody has to move."""
    new = edition.contract
    release = Release(old, new, step.findings, remains=old.path != new.path)
    way = observe(release)
    if way.strategy is None:
        return None
    declared = Strategy(about.strategy) if about.strategy else None
    house = House({new.service: declared} if declared else {}, {new.service: (new.service, *about.team)})
    _, remaining = brought_out(release, house)
    return Migration(release, way, declared, moves(step.findings), remaining, _sunset(edition, old, way))


def _sunset(edition: Edition, old: Contract, way: Way) -> date | None:
    """The day that the old version ends on, else the first one that is announced for something old to end."""
    if old.lifecycle.sunset or way.strategy is Strategy.COEXIST:
        return old.lifecycle.sunset
    ending = (element.lifecycle for element, _ in walk(edition.contract, edition.reach))
    return min((each.sunset for each in ending if each.deprecated and each.sunset), default=None)


def lead(found: Migration) -> str:
    """The way in a sentence."""
    assert found.way.strategy is not None
    return WAYS[found.way.strategy]


def badges(found: Migration, today: date) -> Iterator[str]:
    """The strategy, whether it was declared, how far it has come, and how many days are left."""
    strategy, phase = found.way
    yield badge(f"strategy: {strategy}", "violet")
    if found.declared is None:
        yield badge("not declared", "amber")
    elif found.declared is strategy:
        yield badge("declared, and so it is", "green")
    else:
        yield badge(f"declared: {found.declared}", "red")
    if phase is not None and strategy is not Strategy.LOCKSTEP:
        yield badge(f"phase {_number(phase)} of 3: {PHASES[_number(phase) - 1][0].lower()}", "blue")
    if found.sunset is not None:
        left = (found.sunset - today).days
        yield badge(f"{count(left, 'day')} left" if left >= 0 else f"ended {day(found.sunset)}", "amber")


def _number(phase: Phase) -> int:
    """The step that is being taken: once it is expanded, consumers move."""
    return 3 if phase is Phase.CONTRACTED else 2


def chapters(edition: Edition, found: Migration) -> Iterator[Chapter]:
    """Where it stands, who is where, what becomes of the operations, and what remains."""
    old, new = found.release.old, found.release.new
    if found.way.strategy is not Strategy.LOCKSTEP and found.way.phase is not None:
        yield Chapter("phases", "Where it stands", _phases(found))
    if found.moves:
        yield Chapter(
            "consumers", "Consumers", diagram(old.version, new.version, found.moves) + _table(found)
        )
    lines = list(_operations(edition, found))
    if lines:
        html = table((old.version or "before", new.version or "after", "State"), lines[:LISTED])
        yield Chapter("operations", "Operations", html, count(len(lines), "change"))
    ending = list(_ending(edition))
    if ending:
        html = table(("Still there", "Use instead", "Works until"), ending[:LISTED])
        yield Chapter("ending", "What ends", html, count(len(ending), "element"))
    if found.remaining:
        lines_ = "".join(f"<li>{_remains(each)}</li>" for each in found.remaining)
        yield Chapter("remaining", "What remains", f'<ul class="cb-plain">{lines_}</ul>')


def _phases(found: Migration) -> str:
    assert found.way.phase is not None
    now = _number(found.way.phase)
    done = found.way.phase is Phase.CONTRACTED
    steps = []
    for number, (name, about) in enumerate(PHASES, 1):
        if number < now or done:
            colour, state = "green", badge("done", "green")
        elif number == now:
            colour, state = "blue", badge("now", "blue")
        else:
            colour, state = "", badge(day(found.sunset)) if found.sunset else ""
        steps.append(f'<li class="cb-{colour}"><b>{number} {name}</b> {state}<br><small>{about}</small></li>')
    return f'<ol class="cb-phases">{"".join(steps)}</ol>'


def _table(found: Migration) -> str:
    return table(("Consumer", "Breaking changes", "Left to do", "State"), map(_consumer, found.moves))


def _consumer(move: Move) -> tuple[str, str, str, str]:
    share = round(100 * (1 - len(move.left) / len(move.concerns)))
    colour = "green" if move.is_done else "blue"
    bar = f'<span class="cb-bar cb-{colour}" style="--p:{share}%"></span>'
    state = badge("survives", "green") if move.is_done else badge("has to move", "red")
    met = f"{len(move.concerns) - len(move.left)} of {len(move.concerns)} met"
    left = [said(each.message) for each in move.left[:FIRST]]
    left += [f"and {count(len(move.left) - FIRST, 'change')} more"] if len(move.left) > FIRST else []
    return f"<b>{escape(move.consumer)}</b>", f"<small>{met}</small>{bar}", "<br>".join(left), state


def _operations(edition: Edition, found: Migration) -> Iterator[tuple[str, str, str]]:
    """What became of each operation that is not simply what it was."""
    broken = {place.partition(" > ")[0] for each in found.release.breaking for place in each.places}
    for before, after in operations(found.release.old, found.release.new):
        state = _state(before, after, broken)
        if state:
            yield _shown(edition, before), _shown(edition, after), state


def _state(before: Operation | None, after: Operation | None, broken: set[str]) -> str:
    if after is None:
        return badge("removed", "red")
    if before is None:
        return badge("new", "green")
    if after.lifecycle.deprecated:
        ends = after.lifecycle.sunset
        return f"{badge('deprecated', 'amber')}{f' until {day(ends)}' if ends else ''}"
    return badge("changed", "red") if after.label in broken else ""


def _shown(edition: Edition, operation: Operation | None) -> str:
    if operation is None:
        return '<span class="dim">none</span>'
    name = operation.label.removeprefix(operation.method).strip()
    mark = method(operation.method, operation.action is Action.SEND)
    known = operation.label in edition.by_label and edition.by_label[operation.label] is operation
    return (
        f'{mark} <a href="{edition.address(operation)}">{code(name)}</a>' if known else f"{mark} {code(name)}"
    )


def _ending(edition: Edition) -> Iterator[tuple[str, str, str]]:
    """What of the old interface is still there, what takes its place, and until when."""
    for element, place in walk(edition.contract, edition.reach):
        ending = element.lifecycle
        name = label(element, place.parents)
        if ending.deprecated and name:
            until = day(ending.sunset) if ending.sunset else '<span class="dim">no date</span>'
            use = said(ending.replacement) if ending.replacement else '<span class="dim">none named</span>'
            yield f'<a href="{edition.shown_at(name)}">{escape(name)}</a>', use, until


def _remains(finding: Finding) -> str:
    advice = f" {said(finding.advice)}" if finding.advice else ""
    return f"{badge(finding.level, LEVELS[finding.level])} {said(finding.message)}.{advice}"
