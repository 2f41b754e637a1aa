"""Which way a pair of versions goes, what is missing of it, and how each change would be brought out."""

from __future__ import annotations

import pytest
from tests.consumers.provider import DAY, ORDERS, contract, reader

from contractbook.consumers.audience import Audience
from contractbook.engine.compare import compare
from contractbook.finding import Finding
from contractbook.migration.missing import brought_out
from contractbook.migration.observe import Release, Way, observe
from contractbook.migration.strategy import House, Phase, Strategy

GONE = ORDERS.replace("    get:", "    put:")
DEPRECATED = "    get:\n      deprecated: true\n"
TOLD = f"{DEPRECATED}      x-lifecycle: {{sunset: 2027-03-01}}\n"
OLD = ORDERS.replace("    get:\n", TOLD)
ENDING = ORDERS.replace("version: 1.0.0}", "version: 1.0.0, x-lifecycle: {sunset: 2027-03-01}}")


def release(old: str, new: str, remains: bool = False, versions: tuple[str, str] = ("v1", "v2")) -> Release:
    before, after = contract(old, versions[0]), contract(new, versions[1])
    audience = Audience((reader("GET /orders/{id}", "id"),))
    found = audience.judged(compare(before, after, today=DAY), before, after, DAY)
    return Release(before, after, tuple(found), remains)


def missing(one: Release, house: House) -> list[Finding]:
    return brought_out(one, house)[1]


@pytest.mark.parametrize(
    ("old", "new", "remains", "way"),
    [
        (ORDERS, ORDERS.replace("  /orders/{id}", "  /baskets: {}\n  /orders/{id}"), False, Way(None)),
        (ORDERS, ORDERS.replace("    get:\n", DEPRECATED), False, Way(Strategy.EMULATE, Phase.EXPANDED)),
        (ORDERS, OLD, False, Way(Strategy.EMULATE, Phase.MIGRATING)),
        (OLD, GONE, False, Way(Strategy.EMULATE, Phase.CONTRACTED)),
        (ORDERS, GONE, True, Way(Strategy.COEXIST, Phase.EXPANDED)),
        (ENDING, GONE, True, Way(Strategy.COEXIST, Phase.MIGRATING)),
        (ENDING, GONE, False, Way(Strategy.COEXIST, Phase.CONTRACTED)),
        (ORDERS, GONE, False, Way(Strategy.LOCKSTEP, Phase.CONTRACTED)),
    ],
)
def test_the_way_shows_in_the_files(old: str, new: str, remains: bool, way: Way) -> None:
    assert observe(release(old, new, remains)) == way


@pytest.mark.parametrize(
    ("declared", "old", "remains", "rules"),
    [
        ("coexist", ORDERS, False, ["old-version-gone"]),
        ("coexist", ORDERS, True, ["old-version-not-deprecated"]),
        ("coexist", ENDING, True, []),
        ("emulate", ORDERS, True, ["not-emulated"]),
        ("emulate", OLD, True, []),
        ("lockstep", ORDERS, False, ["lockstep-across-teams"]),
    ],
)
def test_what_is_missing_of_a_declared_way(declared: str, old: str, remains: bool, rules: list[str]) -> None:
    house = House({"orders": Strategy(declared)})
    assert [each.rule for each in missing(release(old, GONE, remains), house)] == rules


def test_lockstep_is_for_one_team() -> None:
    house = House({"orders": Strategy.LOCKSTEP}, {"shop": ["orders", "tolerant"]})
    (told,) = missing(release(ORDERS, GONE), house)
    assert (told.rule, told.level) == ("lockstep-release", "note")
    assert told.message == "orders v2 comes in lockstep with tolerant, of the same team"


def test_advice_where_nothing_is_declared_has_a_reason() -> None:
    (apart,) = missing(release(ORDERS, GONE), House())
    assert apart.advice and apart.advice.startswith("Take `emulate`: tolerant cannot be released together")
    (together,) = missing(release(ORDERS, GONE), House(teams={"shop": ["orders", "tolerant"]}))
    assert together.advice and "rarely" in together.advice
    (beside,) = missing(release(ORDERS, GONE, remains=True), House())
    assert beside.advice == "Declare `strategy: coexist`, so that it is held to it."


def test_nothing_is_missing_where_nothing_breaks() -> None:
    assert not missing(release(ORDERS, OLD), House({"orders": Strategy.COEXIST}))


def test_each_breaking_change_has_a_recipe_in_the_words_of_its_format() -> None:
    told, _ = brought_out(release(ORDERS, GONE), House({"orders": Strategy.EMULATE}))
    (gone,) = [each for each in told if each.rule == "operation-removed"]
    assert gone.strategy == "emulate"
    assert gone.recipe == (
        "Offer the new operation beside GET /orders/{id}, and let both do the same.",
        "Announce its end: `deprecated: true` beside `x-lifecycle: {sunset: 2027-03-01, replacement: …}`; "
        "wait until the consumers have moved.",
        "Take the old one out when its sunset has passed.",
    )
    needed = ORDERS.replace("required: [items]", "required: [items, channel]")
    told, _ = brought_out(release(ORDERS, needed), House())
    (demanded,) = [each for each in told if each.rule == "field-became-required"]
    assert demanded.recipe and demanded.recipe[0].startswith("Take channel as optional")
