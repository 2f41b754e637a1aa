"""Looks at all that a change does: each contract that it touches, on its own and beside what it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property

from msgspec.structs import replace

from contractbook.config import Project
from contractbook.consumers.audience import Audience, broken
from contractbook.consumers.consumer import Consumer
from contractbook.examine import compared, examined, released, removed
from contractbook.finding import Finding, Kind, Level
from contractbook.gate.bump import bump, together
from contractbook.gate.touched import Ground, Touched
from contractbook.judge import Policy, judge
from contractbook.labels import slug
from contractbook.lexicon import Lexicon
from contractbook.library import Library, library
from contractbook.migration.observe import Release
from contractbook.model import Contract
from contractbook.pairing.contracts import Two, contracts
from contractbook.reports.report import Bump, ConsumerResult, Result, summary
from contractbook.source.collector import paused
from contractbook.source.positions import placed
from contractbook.source.sources import Sources
from contractbook.source.versions import order


class Checking:
    """One change under review: the contracts that it touches in both states."""

    def __init__(
        self, project: Project, policy: Policy, today: date, before: Ground, now: Ground, touched: Touched
    ) -> None:
        self.project = project
        self.policy = policy
        self.today = today
        self.before, self.now = before, now
        self.touched = touched
        words = project.configuration.words
        self.lexicon = Lexicon(words.allow, words.add)
        self.bumps: list[Bump] = []
        self.notes: list[str] = []
        self._beside: dict[str, Library] = {}

    @cached_property
    def old(self) -> Library:
        """The touched contracts as they were."""
        return _library(self.before, self.touched.old)

    @cached_property
    def new(self) -> Library:
        """The touched contracts as they are."""
        return _library(self.now, self.touched.new)

    @cached_property
    def consumers(self) -> tuple[Audience, tuple[Finding, ...]]:
        """The consumers that are registered, and what is wrong with their files."""
        return self.project.configuration.audience(self.now.tree)

    def results(self) -> list[Result]:
        """What is found, contract by contract, with lines and columns."""
        with paused():
            return [self._result(two) for two in contracts(self.old.contracts, self.new.contracts)]

    def linted(self) -> list[Result]:
        """What is found in each contract on its own, and what of it was there before."""
        with paused():
            return [
                Result(summary(new), tuple(self._placed(self._examined(new, old or self._prior(new)))))
                for old, new in contracts(self.old.contracts, self.new.contracts)
                if new
            ]

    # -- one contract

    def _result(self, two: Two) -> Result:
        old, new = two
        if new is None:
            assert old is not None
            found = removed(old, self._left(old), self.policy, self.today, self.consumers[0])
            return Result(None, tuple(self._placed(found, self.old.sources)), summary(old))
        prior = None if old else self._prior(new)
        earlier = old or prior
        if earlier is None:
            return Result(summary(new), tuple(self._placed(self._examined(new, None))))
        findings = self._examined(new, earlier)
        if _is_read(earlier) and _is_read(new):
            findings += self._compared(earlier, new, remains=prior is not None)
        return Result(summary(new), tuple(self._placed(findings, self._sources(earlier))), summary(earlier))

    def _examined(self, new: Contract, earlier: Contract | None) -> list[Finding]:
        """What is wrong with a contract; known is what was wrong with it before.

        A version that is touched is looked at like the newest one.
        """
        found = examined(new, self.new.sources, self.policy, self.today, lexicon=self.lexicon)
        if earlier is None:
            return found
        if not _is_read(earlier):
            self.notes.append(f"{earlier.path} cannot be read as it was, so that it is not compared")
            return [replace(each, known=each.guideline is not None) for each in found]
        # What moved has another name, and its findings other fingerprints.
        as_named = replace(earlier, service=new.service, name=new.name)
        then = examined(as_named, self._sources(earlier), self.policy, self.today, lexicon=self.lexicon)
        return [*with_known(found, then)]

    def _compared(self, old: Contract, new: Contract, remains: bool) -> list[Finding]:
        sources = self.new.sources
        found = compared(old, new, sources, self.policy, self.today, self.consumers[0])
        self.bumps.append(bump(old, new, found))
        release = Release(old, new, found, remains)
        return released(release, self.project.configuration.house, sources, self.policy, self.today)

    def _placed(self, findings: Iterable[Finding], before: Sources | None = None) -> list[Finding]:
        return placed(findings, self.new.sources.places, before.places if before else None)

    # -- other versions

    def _prior(self, new: Contract) -> Contract | None:
        """The version before one that was added."""
        family = self.new.versions[new.service, new.name]
        older = [each for each in family if order(each.version) < order(new.version)]
        if older:
            return older[-1]
        path = self.now.before(new.path)
        found = self.beside(path).contracts if path else ()
        return replace(found[0], service=new.service, name=new.name) if found else None

    def beside(self, path: str) -> Library:
        """The contracts of a file that did not change."""
        if path not in self._beside:
            self._beside[path] = _library(self.now, [path])
        return self._beside[path]

    def _sources(self, earlier: Contract) -> Sources:
        """The documents that an earlier state was read from."""
        if any(each is earlier for each in self.old.contracts):
            return self.old.sources
        beside = self._beside.get(earlier.path)
        return beside.sources if beside else self.new.sources

    def _left(self, gone: Contract) -> Contract | None:
        """The newest version that is left of a contract that is gone."""
        if family := self.new.versions.get((gone.service, gone.name)):
            return family[-1]
        paths = [each for each in self.before.versions(gone.path) if each in self.now.files]
        found = self.beside(paths[-1]).contracts if paths else ()
        return found[-1] if found else None

    # -- consumers

    def unmet(self, findings: Iterable[Finding]) -> list[Finding]:
        """What is wrong with the files of consumers, and what they use that nobody offers.

        Asked are those whose file changed, and those of the contracts that did, unless the findings say
        already that they break; known is what was so before.
        """
        audience, faults = self.consumers
        told = [each for each in faults if each.location.path in self.touched.consumers]
        told_of = self._told_of(findings, audience)
        asked = [
            each
            for each in self._concerned(audience)
            if each.path in self.touched.consumers or each.name not in told_of
        ]
        if asked:
            now = _unmet(self.now, audience._replace(consumers=tuple(asked)))
            told += with_known(now, self._unmet_before({each.path for each in asked})) if now else []
        return list(judge(placed(told, self.new.sources.places), self.policy, today=self.today))

    def _told_of(self, findings: Iterable[Finding], audience: Audience) -> set[str]:
        """The consumers that are known to break, and those of whose contracts nothing can be said."""
        new = (each for each in findings if not each.known and each.kind is not Kind.LIFECYCLE)
        return self._lost(audience) | {name for each in new for name in each.consumers or ()}

    def _lost(self, audience: Audience) -> set[str]:
        """The consumers of contracts that cannot be read, which nobody can say anything about."""
        lost = {each.service for each in self.new.contracts if not _is_read(each)}
        were = (each for each in self.old.contracts if each.service in lost)
        return {each.name for contract in were for each in audience.of(contract)}

    def _concerned(self, audience: Audience) -> list[Consumer]:
        """The consumers of the contracts that the change touches, and those whose own file it touches."""
        both = (*self.new.contracts, *self.old.contracts)
        paths = {each.path for contract in both for each in audience.of(contract)} | self.touched.consumers
        return [each for each in audience.consumers if each.path in paths]

    def _unmet_before(self, paths: set[str]) -> list[Finding]:
        audience, _ = self.project.configuration.audience(self.before.tree)
        asked = tuple(each for each in audience.consumers if each.path in paths)
        return _unmet(self.before, audience._replace(consumers=asked)) if asked else []

    def consumer_results(self, findings: Sequence[Finding]) -> tuple[ConsumerResult, ...]:
        """What the change does to each consumer that it concerns."""
        because = broken(each for each in findings if not each.known)
        audience, _ = self.consumers
        names = {each.name for each in self._concerned(audience)} - self._lost(audience) | because.keys()
        return tuple(
            ConsumerResult(name, name in because, tuple(each.fingerprint for each in because.get(name, ())))
            for name in sorted(names)
        )

    @property
    def bump(self) -> Bump:
        """The version step of all contracts together."""
        return together(self.bumps)


def verdict(findings: Iterable[Finding]) -> str:
    """What the findings come to: breaking, faulty, dangerous or safe."""
    new = [each for each in findings if not each.known and not each.accepted]
    errors = [each for each in new if each.level is Level.ERROR]
    if any(each.kind is not None or each.consumers for each in errors):
        return "breaking"
    if errors:
        return "faulty"
    return "dangerous" if any(each.level is Level.WARNING for each in new) else "safe"


def with_known(found: Iterable[Finding], then: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, marked where they were there before, each as often as it was."""
    left = Counter(each.fingerprint or each.message for each in then)
    for each in found:
        name = each.fingerprint or each.message
        is_known = left[name] > 0
        left[name] -= is_known
        yield replace(each, known=True) if is_known else each


def _is_read(contract: Contract) -> bool:
    """Whether a contract could be read far enough to be compared."""
    return not any(each.rule == "unreadable" for each in contract.faults)


def _unmet(ground: Ground, asked: Audience) -> list[Finding]:
    from contractbook.consumers.offered import Offer, unmet

    found = _library(ground, _offering(ground, asked)).contracts
    services = {each.service for each in found}
    offers = {name: Offer([each for each in found if each.service == name]) for name in services}
    return [*unmet(asked.consumers, offers, asked.names, found)]


def _offering(ground: Ground, asked: Audience) -> list[str]:
    """The files that may hold what consumers use: of their providers, or all where one goes by a title."""
    services = {ground.identity(path).service for path in ground.files} - {""}
    known = {slug(name): each for each in services for name in (each, *asked.names.get(each, ()))}
    wanted = {known.get(slug(each.provider)) for each in asked.consumers}
    if None in wanted:
        return [*ground.files]
    return ground.of(filter(None, wanted))


def _library(ground: Ground, paths: Sequence[str]) -> Library:
    return library(ground.tree, ground.scope, paths) if paths else Library((), Sources(ground.tree))
