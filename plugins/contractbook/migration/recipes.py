"""How a change is brought out without breaking anybody: expand, migrate, contract, in terms of the format."""

from __future__ import annotations

from collections.abc import Mapping
from types import NoneType
from typing import NamedTuple

from contractbook.declare import Rule
from contractbook.finding import Direction, Finding
from contractbook.formats import FORMATS
from contractbook.model import Contract, Field, Message, Operation, Security, Type, Value, Variant


class Recipe(NamedTuple):
    """The three steps of a parallel change; `{name}` is the element, `{ends}` how its end is announced."""

    expand: str
    migrate: str
    contract: str


TOLD = "Announce its end: {ends}; wait until the consumers have moved."
GONE = "Take the old one out when its sunset has passed{removes}."

REPLACED = {
    Operation: Recipe("Offer the new operation beside {name}, and let both do the same.", TOLD, GONE),
    Field: Recipe("Keep {name} and fill it beside what takes its place.", TOLD, GONE),
    Value: Recipe("Go on taking {name}, and treat it as its successor.", TOLD, GONE),
    Variant: Recipe("Go on taking {name} beside the other variants.", TOLD, GONE),
    Message: Recipe("Go on with {name} beside what takes its place.", TOLD, GONE),
    Type: Recipe("Keep {name} beside what takes its place.", TOLD, GONE),
    Security: Recipe("Accept both credentials for a while.", TOLD, GONE),
    Contract: Recipe("Keep {name} beside its successor.", TOLD, GONE),
}
CHANGED = Recipe(
    "Leave {name} as it is; add a second element with the new meaning, and fill or take both.", TOLD, GONE
)
OTHER_WAY = Recipe(
    "Go on taking what was right until now beside the new form.",
    "Tell the consumers, and count who still sends the old form.",
    "Refuse the old form when nobody sends it, or in a new version.",
)
KNOWN_FIRST = Recipe(
    "Tell the consumers that {name} is coming, before it is sent.",
    "Let those who bind the whole message learn to ignore what they do not know.",
    "Send it.",
)
DEMANDED = Recipe(
    "Take {name} as optional, with a default that does what is done without it.",
    "Tell the consumers, and count who still leaves it out.",
    "Demand it when all send it, or in a new version.",
)


def recipe(finding: Finding, rule: Rule, contract: Contract) -> tuple[str, str, str]:
    """The steps for one breaking change, in the words of the contract's format."""
    looked = {each for pair in rule.subjects for each in pair} - {NoneType}
    name = (
        (finding.element.rpartition(" > ")[2] or "it").split(" ", 1)[-1]
        if looked != {Operation}
        else finding.element
    )
    format = FORMATS.get(contract.format)
    words: Mapping[str, str] = {
        "name": f"the {name}" if " " in name and Operation not in looked else name,
        "ends": format.ends if format else "",
        "removes": f" ({format.removes})" if format and format.removes else "",
    }
    expand, migrate, contract_ = (step.format_map(words) for step in _recipe(finding, rule, looked))
    return expand, migrate, contract_


def _recipe(finding: Finding, rule: Rule, looked: set[type]) -> Recipe:
    written = finding.direction is Direction.INPUT
    is_removal = all(new is NoneType for _, new in rule.subjects)
    if all(old is NoneType for old, _ in rule.subjects) or rule.id.endswith("became-required"):
        return DEMANDED if written else KNOWN_FIRST
    if is_removal or {Operation, Contract, Security} & looked or rule.id.startswith(("field-", "value-")):
        return next((REPLACED[each] for each in REPLACED if each in looked), CHANGED)
    return OTHER_WAY if written else CHANGED
