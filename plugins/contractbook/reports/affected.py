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


def affected(findings: Iterable[Finding]) -> Affected | None:
    """Whom findings affect; None where no consumer is registered, or nothing weighs enough to ask."""
    breaks: dict[str, str] = {}
    survive: dict[str, str] = {}
    asked = False
    for each in findings:
        if each.consumers is not None and each.level is not Level.NOTE:
            asked = True
            reasons = each.reasons or {}
            for name in each.consumers:
                breaks.setdefault(name, reasons.get(name, ""))
            for name in each.survivors or ():
                survive.setdefault(name, reasons.get(name, ""))
    return (
        Affected(
            sorted(breaks.items()), sorted((name, why) for name, why in survive.items() if name not in breaks)
        )
        if asked
        else None
    )


def lines(found: Affected) -> list[tuple[str, str]]:
    """A label and a text for each line to show."""
    told = [("Breaks:", _told(found.breaks) or "no registered consumer"), ("Survive:", _told(found.survive))]
    return [(label, text) for label, text in told if text]


def _told(named: Sequence[tuple[str, str]]) -> str:
    shown = [f"{name} ({why})" if why else name for name, why in named[:MOST]]
    return ", ".join(shown) + (f" and {len(named) - MOST} more" if len(named) > MOST else "")
