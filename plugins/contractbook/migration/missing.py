"""What of a strategy is missing, and which one to take where none is declared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from contractbook.engine.lint import identity
from contractbook.finding import Finding, Location
from contractbook.migration.observe import Release, Way, is_breaking, observe
from contractbook.migration.recipes import recipe
from contractbook.migration.strategy import House, Phase, Strategy
from contractbook.model import Contract
from contractbook.rules import rule_named

FEW = 3


def brought_out(release: Release, house: House) -> tuple[list[Finding], list[Finding]]:
    """The findings of a release with the way that they go and a recipe, and what is missing of that way."""
    way, declared = observe(release), house.strategies.get(release.new.service)
    strategy = declared or way.strategy
    told = [
        _with_recipe(each, release.old, strategy) if is_breaking(each) else each for each in release.findings
    ]
    return told, list(_missing(release, way, declared, house))


def _with_recipe(finding: Finding, old: Contract, strategy: Strategy | None) -> Finding:
    rule = rule_named(finding.rule)
    steps = recipe(finding, rule, old) if rule and rule.compares else None
    return replace(finding, strategy=strategy, recipe=steps)


def _missing(release: Release, way: Way, declared: Strategy | None, house: House) -> Iterator[Finding]:
    if way.strategy is None or not release.breaking:
        return
    match declared:
        case None:
            yield _advice(release, way, house)
        case Strategy.COEXIST:
            yield from _of_coexistence(release, way)
        case Strategy.EMULATE:
            yield from _of_emulation(release)
        case Strategy.LOCKSTEP:
            yield from _of_lockstep(release, house)


def _of_coexistence(release: Release, way: Way) -> Iterator[Finding]:
    old, what = release.old, _called(release.old)
    if way.strategy is Strategy.LOCKSTEP:
        where = "changed in place" if release.old.path == release.new.path else "is gone"
        yield _finding(
            "old-version-gone", f"{what} {where}, though its versions are to run side by side", release
        )
    elif way == Way(Strategy.COEXIST, Phase.EXPANDED):
        newer = release.new.version or "a new version"
        yield _finding(
            "old-version-not-deprecated", f"{what} goes on beside {newer} and is not deprecated", release, old
        )


def _of_emulation(release: Release) -> Iterator[Finding]:
    surprises = release.surprises
    if surprises:
        says = (
            f"{_count(len(surprises), 'change')} of {_called(release.new)} leave nothing of the old interface"
        )
        yield _finding("not-emulated", f"{says}: {_some(surprises)}", release)


def _of_lockstep(release: Release, house: House) -> Iterator[Finding]:
    broken = _broken(release.breaking)
    outside = house.outside(release.new.service, broken)
    if broken and not outside:
        says = f"{_called(release.new)} comes in lockstep with {_and(broken)}, of the same team"
        yield _finding("lockstep-release", says, release)
    elif outside:
        says = (
            f"{_called(release.new)} is brought out in lockstep, and breaks {_and(outside)} of another team"
        )
        yield _finding("lockstep-across-teams", says, release, consumers=tuple(outside))


def _advice(release: Release, way: Way, house: House) -> Finding:
    """The way to take where nobody has declared one, and why."""
    broken = _broken(release.breaking)
    outside = house.outside(release.new.service, broken)
    now = {
        Strategy.LOCKSTEP: "goes live together with all its consumers",
        Strategy.COEXIST: "runs beside the version before",
        Strategy.EMULATE: "kept the old interface until its end",
        None: "",
    }[way.strategy]
    if way.strategy is Strategy.COEXIST or way.strategy is Strategy.EMULATE:
        better = f"Declare `strategy: {way.strategy}`, so that it is held to it."
    elif broken and not outside:
        better = (
            f"Lockstep will do, rarely: of your own team are all whom it breaks ({_and(broken)})."
            " Declare `strategy: lockstep`."
        )
    elif outside:
        better = (
            f"Take `emulate`: {_and(outside)} cannot be released together with you, so keep the old interface"
            " beside the new one. Take `coexist` for a short time where the two cannot live in one service."
        )
    else:
        better = (
            "Take `emulate`: keep the old interface beside the new one, since nobody knows who calls."
            " Take `coexist` for a short time where the two cannot live in one service."
        )
    says = f"{_called(release.new)} {now}, and no strategy is declared"
    return replace(_finding("strategy-undeclared", says, release), advice=better)


def _finding(
    name: str,
    says: str,
    release: Release,
    at: Contract | None = None,
    consumers: tuple[str, ...] | None = None,
) -> Finding:
    rule, contract = rule_named(name), at or release.new
    assert rule is not None and rule.input is not None
    path, pointer = contract.place(contract.at)
    return Finding(
        rule=name,
        level=rule.input,
        message=says,
        location=Location(path),
        pointer=pointer,
        guideline=rule.guideline,
        kind=rule.kind,
        element=contract.title or contract.name or contract.service,
        consumers=consumers,
        advice=rule.advice,
        fingerprint=identity(name, contract.service, contract.name, contract.version),
    )


def _broken(findings: Iterable[Finding]) -> list[str]:
    return sorted({name for each in findings for name in each.consumers or ()})


def _called(contract: Contract) -> str:
    return " ".join(filter(None, (contract.service or contract.title, contract.name, contract.version)))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else f'{noun}s'}"


def _some(findings: Sequence[Finding]) -> str:
    shown = "; ".join(each.message for each in findings[:FEW])
    return f"{shown} and {len(findings) - FEW} more" if len(findings) > FEW else shown


def _and(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
