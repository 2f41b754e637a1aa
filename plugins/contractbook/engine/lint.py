"""lint: every element of a contract is shown to the rules that look at its kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from hashlib import blake2b
from operator import attrgetter
from re import compile as pattern
from types import NoneType
from typing import Any, NamedTuple

from contractbook.declare import Fact, Rule
from contractbook.finding import Direction, Finding, Level
from contractbook.formats import FOLDERS
from contractbook.lexicon import Lexicon
from contractbook.model import Contract, Element, Field, Value
from contractbook.place import Place, declared, label, members, walk
from contractbook.reach import Reach
from contractbook.rules import linting
from contractbook.source.sources import Sources

Options = Mapping[str, Mapping[str, Any]]
_PARAMETER = pattern(r"\{[^{}]*\}")


class Bound(NamedTuple):
    """A rule with its options filled in, ready to be asked."""

    rule: Rule
    ask: Callable[..., Iterator[str | Fact]]
    at: bool
    words: bool
    findings: bool = False


def concerns(rule: Rule, contract: Contract) -> bool:
    """Whether a rule is about all formats, or about that of the contract."""
    return not rule.format or rule.format == FOLDERS.get(contract.format)


def bind(rule: Rule, options: Options, today: date | None, documents: Sources | None = None) -> Bound:
    """Fill in a rule's options, the day and the documents; `options` goes by rule id."""
    given: dict[str, Any] = dict(options.get(rule.id, {}))
    if "today" in rule.context:
        given["today"] = today
    if "documents" in rule.context:
        given["documents"] = documents
    ask = partial(rule.check, **given) if given else rule.check
    return Bound(rule, ask, *(name in rule.context for name in ("at", "words", "findings")))


def lint(
    contract: Contract,
    *,
    rules: Iterable[Rule] | None = None,
    options: Options | None = None,
    lexicon: Lexicon | None = None,
    today: date | None = None,
    documents: Sources | None = None,
) -> Iterator[Finding]:
    """What the rules say of a contract, in the order of the contract; places have no lines yet.

    `rules` are those to ask (all that lint, unless given), `options` their options by rule id, `today` the
    day for rules about lifecycles, `documents` for those about the text: without them they are not asked.
    """
    known = linting(contract.format) if rules is None else rules
    chosen = [rule for rule in known if not rule.compares and concerns(rule, contract)]
    lacking = {name for name, given in (("today", today), ("documents", documents)) if given is None}
    askable = (rule for rule in chosen if lacking.isdisjoint(rule.context))
    bounds = (bind(rule, options or {}, today, documents) for rule in askable)
    asked = _Asked(bounds)
    matcher = (lexicon or Lexicon()).over(contract)
    match = matcher.match
    # Members of types are many, and rules ask for rows of them: else only those with words are shown.
    every = asked.looks_at(Field) or asked.looks_at(Value)
    reach = Reach(contract)
    told: set[tuple[str, str, str]] = set()
    failed: dict[str, Finding] = {}  # by rule: told of one element, though it may befall many
    for element, place in walk(contract, reach, members if every else matcher.likely):
        general, wordy = asked.about(element)
        for bound in general:
            try:
                said = bound.ask(element, at=place) if bound.at else bound.ask(element)
                for fact in said:
                    yield from _once(_finding(bound.rule, fact, element, place), told)
            except Exception as error:
                failed.setdefault(bound.rule.id, failure(bound.rule, error, element, place))
        if wordy and (hits := match(element)):
            for bound in wordy:
                if found := hits.get(bound.rule.id):
                    given = {"at": place} if bound.at else {}
                    try:
                        for fact in bound.ask(element, words=found, **given):
                            yield from _once(_finding(bound.rule, fact, element, place), told)
                    except Exception as error:
                        failed.setdefault(bound.rule.id, failure(bound.rule, error, element, place))
    yield from failed.values()


class _Asked:
    """The rules for each element: by its class, and by which of the parts it has that rules are about."""

    def __init__(self, bounds: Iterable[Bound]) -> None:
        self._bounds: dict[type, list[Bound]] = defaultdict(list)
        for bound in bounds:
            for old, new in bound.rule.subjects:
                if old is NoneType:
                    self._bounds[new].append(bound)
        parts = {
            kind: sorted({part for bound in bounds for part in bound.rule.having.get(kind, ())})
            for kind, bounds in self._bounds.items()
        }
        # With the name of each there are always several, and so always a tuple.
        self._looks = {kind: attrgetter("name", *names) for kind, names in parts.items() if names}
        self._known: dict[object, tuple[list[Bound], list[Bound]]] = {}

    def looks_at(self, kind: type) -> bool:
        """Whether a rule looks at every element of a class, and not only at words."""
        return not all(bound.words for bound in self._bounds[kind])

    def about(self, element: Element) -> tuple[list[Bound], list[Bound]]:
        """Those that look at all that is said of an element, and those that look at words."""
        kind = element.__class__
        look = self._looks.get(kind)
        key = kind if look is None else (kind, *map(bool, look(element)))
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = ([], [])
            for bound in self._bounds[kind]:
                having = bound.rule.having.get(kind)
                if having is None or any(getattr(element, part) for part in having):
                    known[bound.words].append(bound)
        return known


def _once(finding: Finding | None, told: set[tuple[str, str, str]]) -> Iterator[Finding]:
    """The finding, unless it says again what was said of the same declared element."""
    if finding is not None:
        key = (finding.rule, finding.pointer, finding.message)
        if key not in told:
            told.add(key)
            yield finding


def _finding(rule: Rule, fact: str | Fact, element: Element, place: Place) -> Finding | None:
    if isinstance(fact, str):
        fact = Fact(fact)
    level = rule.input if rule.input is rule.output else level_in(rule, place.directions)
    if level is None:
        return None
    if (
        fact.about is not None and fact.about is not element
    ):  # a part of the element that the rule was asked about
        place = place.under(*fact.within) if place.owner is element else place.under(element, *fact.within)
    about, parents = declared(fact.about or element, place.parents)
    _, pointer = place.contract.place(fact.at or about.at)
    name = label(about, parents)
    return Finding(
        rule=rule.id,
        level=fact.level or level,
        guideline=rule.guideline,
        message=fact.message,
        element=name,
        places=place.places,
        pointer=pointer,
        location=place.contract.location(fact.at or about.at),
        old=fact.old,
        new=fact.new,
        advice=fact.advice or rule.advice,
        fingerprint=fingerprint(rule.id, place.contract, name),
    )


def failure(rule: Rule, error: Exception, element: Element, place: Place) -> Finding:
    """What is told of a rule that cannot cope with an element: nothing else is lost by it."""
    about, parents = declared(element, place.parents)
    _, pointer = place.contract.place(about.at)
    reason = " ".join(f"{type(error).__name__}: {error}".split())
    return Finding(
        rule="rule-failed",
        level=Level.ERROR,
        message=f"the rule {rule.id} failed here, and says less than it should: {reason}",
        element=label(about, parents),
        pointer=pointer,
        location=place.contract.location(about.at),
        advice=f"Report it to whoever wrote the rule; `{rule.id}: off` goes on without it.",
        fingerprint=fingerprint("rule-failed", place.contract, rule.id),
    )


def level_in(rule: Rule, directions: Iterable[Direction]) -> Level | None:
    """The heaviest level that a rule has in one of the directions."""
    if rule.input is rule.output:
        return rule.input
    levels = [level for way in directions if (level := rule.level(way))]
    return max(levels, key=lambda level: level.weight, default=None)


def fingerprint(rule: str, contract: Contract, element: str, direction: Direction | None = None) -> str:
    """What makes a finding the same one in another version: rule, contract and element, never a position."""
    return identity(rule, contract.service, contract.name, _PARAMETER.sub("{}", element), direction or "")


def identity(*words: str) -> str:
    """A short name for what these words say together."""
    text = "\0".join(words)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
