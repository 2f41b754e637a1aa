"""compare: two versions side by side, each pair of elements that differs shown to the rules for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from contractbook.declare import Fact, Rule
from contractbook.engine.lint import Bound, Options, bind, concerns, failure, fingerprint
from contractbook.finding import Direction, Finding, Kind, Level
from contractbook.model import Contract, Element
from contractbook.pairing.walk import Pair, pairs
from contractbook.place import Parents, Place, declared, label
from contractbook.reach import Reach
from contractbook.rules import comparing

Asked = dict[tuple[type, type], list[Bound]]
Told = dict[tuple[Any, ...], "Statement"]


class Statement(NamedTuple):
    """What a rule said, and every pair of which it said the same."""

    rule: Rule
    fact: Fact
    level: Level
    pairs: list[Pair]


def compare(
    old: Contract,
    new: Contract | None,
    *,
    rules: Iterable[Rule] | None = None,
    options: Options | None = None,
    today: date | None = None,
) -> Iterator[Finding]:
    """What changed from `old` to `new`: one finding for each rule, declared element and direction.

    `rules` are those to ask (all that compare, unless given), `options` their options by rule id, `today`
    the day for rules about lifecycles. Places have no lines yet.
    """
    every = comparing((new or old).format)
    chosen = [rule for rule in (every if rules is None else rules) if rule.compares]
    ids = {rule.id for rule in chosen}
    if any("findings" in rule.context for rule in chosen):  # they look at what all others say
        chosen = every
    chosen = [rule for rule in chosen if concerns(rule, new or old)]
    bounds = [bind(rule, options or {}, today) for rule in chosen if today or "today" not in rule.context]
    if old != new:
        found = pairs(old, new) if new else [Pair(old, None, Place(Reach(old)))]
        findings = list(_findings(found, _by_classes(each for each in bounds if not each.findings), today))
        last = [bound for bound in bounds if bound.findings]
        findings += _findings(found[:1], _by_classes(last), today, findings=tuple(findings))
        yield from (finding for finding in findings if finding.rule in ids or finding.rule == "rule-failed")


def _findings(found: Iterable[Pair], asked: Asked, today: date | None, **context: Any) -> Iterator[Finding]:
    """What the rules say of the pairs of their classes; `context` is what only some rules ask for."""
    told: Told = {}
    failed: dict[str, Finding] = {}
    for each in found:
        for bound in asked.get((type(each.old), type(each.new)), ()):
            given = {**context, "at": each.place} if bound.at else context
            try:
                for fact in bound.ask(each.old, each.new, **given):
                    _note(told, bound.rule, fact if isinstance(fact, Fact) else Fact(fact), each, today)
            except Exception as error:
                failed.setdefault(bound.rule.id, _failure(bound.rule, error, each))
    return chain(map(_finding, told.values()), failed.values())


def _failure(rule: Rule, error: Exception, each: Pair) -> Finding:
    if each.new is not None:
        return failure(rule, error, each.new, each.place)
    assert each.old is not None
    return failure(rule, error, each.old, each.place.before or each.place)


def _by_classes(bounds: Iterable[Bound]) -> Asked:
    asked: Asked = {}
    for bound in bounds:
        for subjects in bound.rule.subjects:
            asked.setdefault(subjects, []).append(bound)
    return asked


def _note(told: Told, rule: Rule, fact: Fact, each: Pair, today: date | None) -> None:
    """Keep what a rule said; what it says of one element twice over is one statement."""
    way = each.place.direction
    level = fact.level or rule.level(way)
    if level is None:
        return
    if rule.kind is Kind.STRUCTURAL and each.old and _ended(each.old, today):
        level = Level.NOTE
    about, parents, _ = _subject(fact, each)
    # Where the direction makes no difference, both directions are one statement.
    key = (
        *(rule.id, level, repr(fact.old), repr(fact.new)),
        None if rule.input is rule.output else way,
        None if fact.common else (about.at or label(about, parents), about.identity),
    )
    known = told.get(key)
    if known is None:
        told[key] = Statement(rule, fact, level, [each])
    else:
        known.pairs.append(each)


def _ended(element: Element, today: date | None) -> bool:
    """Whether the day until which an element was promised to work has passed."""
    sunset = element.lifecycle.sunset
    return sunset is not None and today is not None and sunset <= today


def _subject(fact: Fact, each: Pair) -> tuple[Element, Parents, Place]:
    """The declared element that a statement is about, its parents, and the side it stands on."""
    place, before = each.place, each.place.before or each.place
    if fact.about is not None:
        return (*declared(fact.about, ()), place)
    if each.new is not None:
        return (*declared(each.new, place.parents), place)
    assert each.old is not None
    return (*declared(each.old, before.parents), before)


def _finding(said: Statement) -> Finding:
    rule, fact, first = said.rule, said.fact, said.pairs[0]
    place, before = first.place, first.place.before or first.place
    about, parents, side = _subject(fact, first)
    stands = fact.at or about.at if side is place else _in_new_version(about, parents, place)
    was = _origin(first, before)
    name = label(about, parents)
    ways = {each.place.direction for each in said.pairs}
    way = ways.pop() if len(ways) == 1 else Direction.BOTH
    return Finding(
        rule=rule.id,
        level=said.level,
        guideline=rule.guideline,
        kind=rule.kind,
        message=_message(said),
        element=name,
        places=_places(said.pairs),
        pointer=place.contract.place(stands)[1],
        location=place.contract.location(stands),
        was=None if was is None else before.contract.location(was),
        was_pointer="" if was is None else before.contract.place(was)[1],
        direction=way,
        surface=fact.surface or rule.surface,
        old=fact.old,
        new=fact.new,
        advice=fact.advice or rule.advice,
        fingerprint=fingerprint(
            rule.id, place.contract, name, None if rule.input is rule.output else place.direction
        ),
    )


def _message(said: Statement) -> str:
    """What was said; of a fact that several elements have in common also of how many more."""
    more = len({_subject(said.fact, each)[0].at for each in said.pairs}) - 1 if said.fact.common else 0
    return f"{said.fact.message} ({more} more like it)" if more else said.fact.message


def _places(pairs: list[Pair]) -> tuple[str, ...]:
    if len(pairs) == 1:
        return pairs[0].place.places
    entries = sorted({entry for each in pairs for entry in each.place.entries})
    return tuple(dict.fromkeys(entry.label for entry in entries))


def _origin(each: Pair, before: Place) -> str | None:
    """Where the old element is declared."""
    return None if each.old is None else declared(each.old, before.parents)[0].at


def _in_new_version(gone: Element, parents: Parents, place: Place) -> str:
    """Where a removed element would stand in the new version: below what its old parent has become."""
    if parents and place.parents:
        around, _ = declared(parents[-1], parents[:-1])
        partner, _ = declared(place.parents[-1], place.parents[:-1])
        if around.at and partner.at and gone.at.startswith(around.at):
            return partner.at + gone.at[len(around.at) :]
    return gone.at
