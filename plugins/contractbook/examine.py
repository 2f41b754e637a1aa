"""examine: what the rules say of contracts, judged by a policy."""

from __future__ import annotations

from datetime import date
from itertools import chain

from msgspec.structs import replace

from contractbook.consumers.audience import NOBODY, Audience
from contractbook.engine.lint import lint
from contractbook.finding import Finding, Level
from contractbook.inline import Inline
from contractbook.judge import Policy, asked, judge, options
from contractbook.lexicon import Lexicon
from contractbook.migration.observe import Release
from contractbook.migration.strategy import House
from contractbook.model import Contract
from contractbook.rules import comparing, linting, rule_named
from contractbook.source.sources import Sources


def examined(
    contract: Contract,
    sources: Sources,
    policy: Policy,
    today: date,
    *,
    lexicon: Lexicon | None = None,
    newest: bool = True,
) -> list[Finding]:
    """What is wrong with a contract: the faults of its documents, and what the rules find.

    `newest` says whether it is the newest version of its contract. Lines are looked up later.
    """
    found = lint(
        contract,
        rules=asked(policy, linting(contract.format)),
        options=options(policy, contract.path),
        lexicon=lexicon,
        today=today,
        documents=sources,
    )
    inline = Inline(sources, contract)
    return list(judge(chain(contract.faults, found), policy, today=today, newest=newest, inline=inline))


def compared(
    old: Contract,
    new: Contract,
    sources: Sources,
    policy: Policy,
    today: date,
    audience: Audience = NOBODY,
) -> list[Finding]:
    """What changed from one version to another, and for whom; `sources` are those of the new one."""
    from contractbook.engine.compare import compare

    rules = asked(policy, comparing(new.format))
    found = compare(old, new, rules=rules, options=options(policy, new.path), today=today)
    told = audience.judged(found, old, new, today)
    return list(judge(told, policy, today=today, inline=Inline(sources, new)))


def removed(
    old: Contract, left: Contract | None, policy: Policy, today: date, audience: Audience = NOBODY
) -> list[Finding]:
    """What is to be said of a contract that is gone; `left` is another version of it, if one is left."""
    from contractbook.engine.compare import compare

    rules = asked(policy, comparing(old.format))
    found = audience.judged(compare(old, None, rules=rules, today=today), old, left, today)
    if left:
        found = (
            replace(
                each,
                level=each.level if each.consumers else Level.WARNING,
                message=f"{each.message}; another version of it is left",
            )
            for each in found
        )
    return list(judge(found, policy, today=today))


def released(release: Release, house: House, sources: Sources, policy: Policy, today: date) -> list[Finding]:
    """The findings of a comparison with the way in which they are brought out, and what is missing of it."""
    from contractbook.migration.missing import brought_out

    told, missing = brought_out(release, house)
    kept = (each for each in missing if _is_asked(policy, each))
    return [*told, *judge(kept, policy, today=today, inline=Inline(sources, release.new))]


def _is_asked(policy: Policy, finding: Finding) -> bool:
    rule = rule_named(finding.rule)
    return rule is not None and bool(asked(policy, [rule]))
