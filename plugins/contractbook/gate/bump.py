"""Which step of a version fits a change, and which one was made (Semantic Versioning 2.0.0)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from contractbook.finding import Finding, Kind, Level
from contractbook.model import Contract
from contractbook.reports.report import Bump

STEPS = ("none", "patch", "minor", "major")
_numbers = re.compile(r"v?(\d+)(?:\.(\d+))?(?:\.(\d+))?").match


def bump(old: Contract, new: Contract, findings: Iterable[Finding]) -> Bump:
    """The step that the findings of a comparison ask for, and the one from the old version to the new."""
    return Bump(_suggested(list(findings)), _made(old, new))


def _suggested(findings: list[Finding]) -> str:
    changes = [each for each in findings if each.kind is not Kind.LIFECYCLE]
    if any(each.level is Level.ERROR for each in changes):
        return "major"
    if any(each.kind is Kind.EXPANSION or each.level is Level.WARNING for each in changes) or any(
        each.rule == "element-deprecated" for each in findings
    ):
        return "minor"
    return "patch" if findings else "none"


def _made(old: Contract, new: Contract) -> str:
    """By the version that the documents state, else by that of their folders."""
    stated = _step(old.stated_version, new.stated_version)
    return stated if stated != "none" else _step(old.version, new.version)


def _step(old: str, new: str) -> str:
    before, after = _numbers(old), _numbers(new)
    if before is None or after is None:
        return "none"
    for step, was, now in zip(reversed(STEPS), before.groups("0"), after.groups("0"), strict=False):
        if int(was) != int(now):
            return step if int(now) > int(was) else "none"
    return "none"


def together(bumps: Iterable[Bump]) -> Bump:
    """The one of several contracts that falls shortest of what fits, else the largest."""
    return max(bumps, key=_weight, default=Bump("none", "none"))


def _weight(each: Bump) -> tuple[int, int]:
    fits, made = STEPS.index(each.suggested), STEPS.index(each.made)
    return fits - made, fits
