"""Whether a change breaks a consumer, and why."""

from __future__ import annotations

from datetime import date
from types import NoneType
from typing import NamedTuple

from contractbook.consumers.consumer import Consumer, Style, Use
from contractbook.consumers.touched import Mark, Touched
from contractbook.declare import Rule
from contractbook.finding import Direction, Finding, Kind, Level
from contractbook.model import Contract, Field, Message, Operation, Security, Server, Value
from contractbook.rules import rule_named

WAYS = (Direction.INPUT, Direction.OUTPUT)
GONE_OR_MOVED = ("field-removed", "field-moved", "field-merged", "field-split", "optional-field-removed")
OF_XML = ("xml-changed",)
ADDRESSES = ("path-prefix-changed",)  # a new version has one of its own
NEW_ADDRESS = "calls the new address when it moves to the new version"


class Verdict(NamedTuple):
    """What a change does to a consumer, in words that follow its name."""

    breaks: bool
    why: str


class Standing(NamedTuple):
    """A consumer's use of one operation, in the old contract and in the new one."""

    consumer: Consumer
    use: Use
    old: Operation
    new: Operation | None
    before: Touched
    after: Touched | None

    @property
    def moved(self) -> bool:
        """Whether the consumer reads what only the new version has."""
        return bool(self.before.missing) and self.after is not None and not self.after.missing


class Change(NamedTuple):
    """A finding of a comparison, with the rule that told it and the two contracts."""

    finding: Finding
    rule: Rule
    old: Contract
    new: Contract | None

    @property
    def is_removal(self) -> bool:
        return all(new is NoneType for _, new in self.rule.subjects)

    @property
    def is_addition(self) -> bool:
        return all(old is NoneType for old, _ in self.rule.subjects)

    def about(self, *classes: type) -> bool:
        """Whether the rule looks at elements of these classes only."""
        looked = {each for pair in self.rule.subjects for each in pair} - {NoneType}
        return looked <= {*classes}


def change(finding: Finding, old: Contract, new: Contract | None) -> Change | None:
    """The finding with its rule; None for what is no change."""
    rule = rule_named(finding.rule)
    return Change(finding, rule, old, new) if rule and rule.compares else None


def verdict(about: Change, standing: Standing) -> Verdict | None:
    """What a change does to a consumer by one of its uses; None where it has nothing to do with it."""
    finding = about.finding
    if not _concerns(finding, standing):
        return None
    if standing.moved:
        return Verdict(False, "already uses the new version")
    if about.about(Contract):
        return _of_contract(about, standing)
    if about.about(Server):
        return _of_server(about)
    if about.about(Security) and not finding.places:
        return Verdict(True, "calls with these credentials") if _is_error(finding) else None
    if finding.rule in ADDRESSES and about.new and about.new.version != about.old.version:
        return Verdict(False, NEW_ADDRESS)
    mark = hit(finding, standing)
    if mark is None:
        return Verdict(False, _passes_by(finding, standing.use))
    if finding.kind is Kind.LIFECYCLE:
        return _of_lifecycle(about, mark)
    if about.is_addition:
        return _of_addition(about, standing, mark)
    if finding.rule in OF_XML and "xml" not in standing.use.media:
        return Verdict(False, "does not say that it reads XML")
    if about.is_removal or finding.rule in GONE_OR_MOVED:
        return _of_removal(about, standing, mark)
    return _of_change(finding, standing.use, mark)


def _concerns(finding: Finding, standing: Standing) -> bool:
    """Whether a finding reaches the operation, or is about the whole contract."""
    if not finding.places:
        return True
    labels = {standing.old.label, *([standing.new.label] if standing.new else [])}
    return any(place.partition(" > ")[0] in labels for place in finding.places)


def hit(finding: Finding, standing: Standing) -> Mark | None:
    """The element of the finding among those that the consumer touches."""
    ways = WAYS if finding.direction in (None, Direction.BOTH) else (finding.direction,)
    for way in ways:
        if finding.was and (found := standing.before.marks.get((finding.was.path, finding.was_pointer, way))):
            return found
        if standing.after and (
            found := standing.after.marks.get((finding.location.path, finding.pointer, way))
        ):
            return found
    return None


def _passes_by(finding: Finding, use: Use) -> str:
    if finding.direction is Direction.INPUT:
        return "does not send it"
    return "ignores what it does not read" if use.style is Style.TOLERANT else "does not bind it"


def _of_contract(change: Change, standing: Standing) -> Verdict | None:
    if change.is_removal and change.finding.kind is not Kind.LIFECYCLE:
        left = change.new and standing.after and not standing.after.missing
        if change.new and left and not standing.consumer.version:
            return Verdict(False, f"finds all that it reads in {change.new.version or 'what is left'}")
        return Verdict(True, "has nothing left to call")
    return None


def _of_server(change: Change) -> Verdict | None:
    if not _is_error(change.finding):
        return None
    if change.new and change.new.version != change.old.version:
        return Verdict(False, NEW_ADDRESS)
    return Verdict(True, "calls the old address")


def _of_lifecycle(change: Change, mark: Mark) -> Verdict | None:
    sunset = mark.element.lifecycle.sunset
    if change.is_removal:
        return Verdict(True, f"uses {_called(mark)}")
    return Verdict(False, f"uses {_called(mark)}, which works until {sunset}" if sunset else "still works")


def _of_addition(change: Change, standing: Standing, mark: Mark) -> Verdict:
    finding, use = change.finding, standing.use
    if finding.direction is Direction.INPUT:
        if _is_error(finding):
            return Verdict(True, f"does not send {mark.element.name} yet")
        return Verdict(False, "sends what it always did")
    if isinstance(mark.element, Value) and mark.known is not None and mark.element.name in mark.known:
        return Verdict(False, f"knows the value {mark.element.name}")
    if use.style is Style.STRICT and change.about(Field, Value):
        return Verdict(True, f"binds the whole message and does not know {mark.element.name}")
    if _is_error(finding):
        return Verdict(True, f"reads {mark.said}" if mark.said else "has to deal with it")
    return Verdict(False, "ignores what it does not know")


def _of_removal(change: Change, standing: Standing, mark: Mark) -> Verdict:
    finding, use = change.finding, standing.use
    if isinstance(mark.element, Value):
        return _of_value(finding, mark)
    if isinstance(mark.element, Message):
        expects = bool(use.status) and finding.direction is Direction.OUTPUT
        why = f"expects the answer {use.status}" if expects else "goes on as before"
        return Verdict(expects or _is_error(finding), f"uses {_called(mark)}" if _is_error(finding) else why)
    if finding.rule in GONE_OR_MOVED and mark.said and use.style is Style.TOLERANT:
        elsewhere = standing.after.found.get(mark.said) if standing.after else None
        if elsewhere and not mark.said.startswith("/"):
            return Verdict(False, f"looks for {mark.said} anywhere, and finds it as {elsewhere}")
    if finding.direction is Direction.INPUT and finding.level is not Level.ERROR:
        return Verdict(False, "may go on sending it: it is ignored")
    if mark.said and isinstance(mark.element, Field):
        verb = "reads" if finding.direction is Direction.OUTPUT else "sends"
        return Verdict(True, f"{verb} {mark.said}")
    if not _is_error(finding):
        return Verdict(False, "has to do without it already: it was optional")
    return Verdict(True, f"uses {_called(mark)}")


def _of_value(finding: Finding, mark: Mark) -> Verdict:
    name = mark.element.name
    if mark.known is not None and name not in mark.known:
        return Verdict(False, f"does not use the value {name}")
    if finding.direction is Direction.OUTPUT and not _is_error(finding):
        return Verdict(False, f"waits for {name} in vain")
    uses = "uses" if mark.known else "may use"
    return Verdict(_is_error(finding), f"{uses} the value {name}")


def _of_change(finding: Finding, use: Use, mark: Mark) -> Verdict:
    if _is_error(finding):
        return Verdict(True, f"uses {_called(mark)}")
    strict = use.style is Style.STRICT and finding.direction is Direction.OUTPUT
    if finding.level is Level.WARNING and finding.kind is Kind.STRUCTURAL and strict:
        return Verdict(True, f"binds {_called(mark)} as it was")
    return Verdict(False, "goes on as before")


def _is_error(finding: Finding) -> bool:
    return finding.level is Level.ERROR


def _called(mark: Mark) -> str:
    return mark.said or mark.element.label or "it"


def ended(finding: Finding, standing: Standing, today: date) -> bool:
    """Whether the day until which an element was promised to work has passed."""
    mark = hit(finding, standing)
    sunset = mark.element.lifecycle.sunset if mark else standing.old.lifecycle.sunset
    return sunset is not None and sunset <= today
