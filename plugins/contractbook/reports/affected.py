"""Whom findings break, in words for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from contractbook.finding import Finding, Level

MOST = 6  # names on a line


class Affected(NamedTuple):
    """The consumers that some findings break and those that survive, each with the first reason."""

    breaks: Sequence[tuple[str, str]]
    survive: Sequence[tuple[str, str]]
    is_breaking: bool


def affected(findings: Iterable[Finding]) -> Affected | None:
    """Whom findings affect; None where no consumer is registered, or nothing weighs enough to ask."""
    breaks: dict[str, str] = {}
    survive: dict[str, str] = {}
    asked = [each for each in findings if each.consumers is not None and each.level is not Level.NOTE]
    for each in asked:
        reasons = each.reasons or {}
        for name in each.consumers or ():
            breaks.setdefault(name, reasons.get(name, ""))
        for name in each.survivors or ():
            survive.setdefault(name, reasons.get(name, ""))
    if not asked:
        return None
    others = sorted((name, why) for name, why in survive.items() if name not in breaks)
    return Affected(sorted(breaks.items()), others, any(each.level is Level.ERROR for each in asked))


def lines(found: Affected) -> list[tuple[str, str]]:
    """A label and a text for each line to show."""
    nobody = "no registered consumer" if found.is_breaking else ""
    told = [("Breaks:", _told(found.breaks) or nobody), ("Survive:", _told(found.survive))]
    return [(label, text) for label, text in told if text]


def _told(named: Sequence[tuple[str, str]]) -> str:
    shown = [f"{name} ({why})" if why else name for name, why in named[:MOST]]
    return ", ".join(shown) + (f" and {len(named) - MOST} more" if len(named) > MOST else "")
