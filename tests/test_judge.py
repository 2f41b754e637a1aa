"""Levels, acceptances and old versions: what a team makes of findings."""

from __future__ import annotations

from datetime import date

import pytest

from contractbook.declare import Preset
from contractbook.finding import Acceptance, Finding, Level, Location
from contractbook.judge import Decision, Override, Policy, Setting, asked, expired, judge, options
from contractbook.rules import RULES

DAY = date(2026, 11, 22)
FINDING = Finding(
    rule="stack-trace-in-error",
    level=Level.ERROR,
    message="trace shows what happened inside",
    location=Location("specs/legacy/a.yaml"),
    element="GET /health[1] > trace",
)


def judged(policy: Policy, *, newest: bool = True) -> list[Finding]:
    return list(judge([FINDING], policy, today=DAY, newest=newest))


def test_without_a_word_nothing_changes() -> None:
    assert judged(Policy()) == [FINDING]


def test_later_settings_win_over_earlier_ones() -> None:
    legacy = Override(("specs/legacy/**",), {FINDING.rule: Setting(Level.NOTE)})
    policy = Policy(rules={FINDING.rule: Setting(Level.WARNING)}, overrides=(legacy,))
    assert [each.level for each in judged(policy)] == [Level.NOTE]
    elsewhere = Override(("specs/new/**",), {FINDING.rule: Setting(off=True)})
    assert [each.level for each in judged(Policy(overrides=(elsewhere,)))] == [Level.ERROR]
    assert judged(Policy(overrides=(Override(("specs/*",), {FINDING.rule: Setting(off=True)}),))) == []


def test_a_rule_is_asked_where_any_file_has_it() -> None:
    rules = [RULES[FINDING.rule]]
    off = Policy(rules={FINDING.rule: Setting(off=True)})
    assert asked(off, rules) == []
    assert asked(Policy(rules=off.rules, select=(FINDING.rule,)), rules) == rules
    here = Override(("a/*",), {FINDING.rule: Setting(Level.NOTE)})
    assert asked(Policy(rules=off.rules, overrides=(here,)), rules) == rules
    assert asked(Policy(select=("hidden",)), rules) == rules
    assert asked(Policy(select=("simple",)), rules) == []
    assert asked(Policy(ignore=("hidden",)), rules) == []


def test_options_of_overrides_are_added() -> None:
    special = Override(("specs/legacy/**",), {"a-rule": Setting(options={"limit": 9})})
    policy = Policy(rules={"a-rule": Setting(options={"limit": 7, "deep": True})}, overrides=(special,))
    assert options(policy, "specs/legacy/a.yaml") == {"a-rule": {"limit": 9, "deep": True}}
    assert options(policy, "specs/a.yaml") == {"a-rule": {"limit": 7, "deep": True}}


def test_findings_of_old_versions_are_notes_unless_the_team_wants_more() -> None:
    assert [each.level for each in judged(Policy(), newest=False)] == [Level.NOTE]
    assert [each.level for each in judged(Policy(lint_old=True), newest=False)] == [Level.ERROR]


@pytest.mark.parametrize(
    ("rule", "element", "accepted"),
    [
        (FINDING.rule, FINDING.element, True),
        ("*", "GET /health*", True),
        ("stack-*", "*trace", True),
        (FINDING.rule, "GET /health", False),
        (FINDING.rule, "GET /health1 > trace", False),
        ("field-removed", "*", False),
    ],
)
def test_an_acceptance_takes_brackets_literally(rule: str, element: str, accepted: bool) -> None:
    why = Acceptance("it is ours")
    (found,) = judged(Policy(decisions=(Decision(rule, element, why),)))
    assert found.accepted == (why if accepted else None)


def test_an_acceptance_holds_on_its_last_day_and_is_told_of_afterwards() -> None:
    last = Decision("*", "*", Acceptance("for now", until=DAY), "contractbook.yml:3")
    over = Decision("*", "*", Acceptance("for now", until=date(2026, 11, 21)), "contractbook.yml:4")
    assert judged(Policy(decisions=(last,)))[0].accepted
    assert not judged(Policy(decisions=(over,)))[0].accepted
    (told,) = expired(Policy(decisions=(last, over)), DAY)
    assert told.startswith("contractbook.yml:4: the acceptance of * for * ended on 2026-11-21")


def test_the_smallest_preset_of_a_rule_decides_who_has_it() -> None:
    assert Preset.STRICT.includes == [Preset.RECOMMENDED, Preset.STRICT]
