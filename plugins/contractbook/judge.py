"""judge: what a team makes of findings: their levels, and what it has decided to live with.

Rules state facts; nothing here looks at a contract to find one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

import msgspec

from contractbook.declare import Preset, Rule
from contractbook.finding import Acceptance, Finding, Level
from contractbook.rules import rule_named
from contractbook.source.globs import matcher

NONE: Mapping[str, Any] = {}


class Setting(msgspec.Struct, frozen=True):
    """What a team says of a rule: a level (None: the rule's own), whether it is off, and its options."""

    level: Level | None = None
    off: bool = False
    options: Mapping[str, Any] = NONE


class Override(msgspec.Struct, frozen=True):
    """Other settings for some files."""

    files: tuple[str, ...]
    rules: Mapping[str, Setting] = NONE


class Decision(msgspec.Struct, frozen=True):
    """Findings that a person accepts: `*` matches anything in rule and element. `at`: where it is written."""

    rule: str
    element: str
    acceptance: Acceptance
    at: str = ""


class Policy(msgspec.Struct, frozen=True):
    """Everything that a team and one call of the command say about rules and findings.

    `select` and `ignore` hold ids of rules and names of guidelines; nothing selected means all. Selecting
    a rule by its id switches it on.
    """

    preset: Preset = Preset.RECOMMENDED
    rules: Mapping[str, Setting] = NONE
    overrides: tuple[Override, ...] = ()
    decisions: tuple[Decision, ...] = ()
    lint_old: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


Inline = Callable[[Finding], Acceptance | None]
"""Looks up whether the contract itself says that a finding is accepted."""


def asked(policy: Policy, rules: Iterable[Rule]) -> list[Rule]:
    """The rules that can say anything under a policy."""
    return [rule for rule in rules if chosen(policy, rule) and _somewhere_on(policy, rule)]


def chosen(policy: Policy, rule: Rule) -> bool:
    """Whether a call wants to hear of a rule."""
    names = {rule.id, rule.guideline or ""}
    return not names & {*policy.ignore} and (not policy.select or bool(names & {*policy.select}))


def _somewhere_on(policy: Policy, rule: Rule) -> bool:
    """Whether some file has the rule: by the preset, by name, or by an override."""
    changes = (each.rules.get(rule.id) for each in policy.overrides)
    return (
        rule.id in policy.select
        or not _stated(policy, rule.id).off
        or any(change.level for change in changes if change)
    )


def options(policy: Policy, path: str) -> dict[str, Mapping[str, Any]]:
    """The options of every rule that has some, for the contract at a path."""
    names = {*policy.rules, *(rule for each in policy.overrides for rule in each.rules)}
    found = {rule: setting(policy, rule, path).options for rule in names}
    return {rule: given for rule, given in found.items() if given}


def setting(policy: Policy, rule: str, path: str) -> Setting:
    """What holds for a rule in one file: the team's setting, and what later overrides change of it."""
    found = _stated(policy, rule)
    for override in policy.overrides:
        change = override.rules.get(rule)
        if change is not None and any(matcher(glob)(path) for glob in override.files):
            off = change.off or (found.off and change.level is None)
            found = Setting(change.level or found.level, off, {**found.options, **change.options})
    return found


def _stated(policy: Policy, rule: str) -> Setting:
    """What the team says of a rule everywhere; what its preset does not hold is off."""
    declared = rule_named(rule)
    if rule in policy.rules:
        return policy.rules[rule]
    return Setting(off=declared is not None and declared.preset not in policy.preset.includes)


def judge(
    findings: Iterable[Finding],
    policy: Policy,
    *,
    today: date,
    newest: bool = True,
    inline: Inline | None = None,
) -> Iterator[Finding]:
    """Findings with the levels that a policy gives them, and marked where somebody accepted them.

    `newest` says whether they are of the newest version of their contract: others are notes, unless the
    policy says otherwise. `inline` finds what is accepted in the contract itself.
    """
    old = not newest and not policy.lint_old
    settings = cache(lambda rule, path: setting(policy, rule, path))
    for finding in findings:
        found = settings(finding.rule, finding.location.path)
        if finding.rule in policy.ignore or (found.off and finding.rule not in policy.select):
            continue
        level = Level.NOTE if old else found.level or finding.level
        accepted = _accepted(finding, policy, today) or (inline(finding) if inline else None)
        if level is not finding.level or accepted:
            finding = msgspec.structs.replace(finding, level=level, accepted=accepted)
        yield finding


def _accepted(finding: Finding, policy: Policy, today: date) -> Acceptance | None:
    for decision in policy.decisions:
        if in_force(decision, today) and _matches(decision, finding):
            return decision.acceptance
    return None


def _matches(decision: Decision, finding: Finding) -> bool:
    return matches(decision.rule, finding.rule) and matches(decision.element, finding.element)


def expired(policy: Policy, today: date) -> Iterator[str]:
    """A line for each decision that has ended, so that nobody wonders where its findings come from."""
    for decision in policy.decisions:
        if not in_force(decision, today):
            yield (
                f"{decision.at}: the acceptance of {decision.rule} for {decision.element} ended on"
                f" {decision.acceptance.until}: its findings are back"
            )


def in_force(decision: Decision, today: date) -> bool:
    """Whether a decision still holds; it does so on its last day."""
    until = decision.acceptance.until
    return until is None or today <= until


def matches(pattern: str, text: str) -> bool:
    """Whether a text is meant by a pattern in which only `*` is special."""
    return _simple(pattern).fullmatch(text) is not None


@cache
def _simple(pattern: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, pattern.split("*"))), re.DOTALL)
