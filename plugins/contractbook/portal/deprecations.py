"""What ends, when, and what replaces it: over all services, the overdue first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import escape

from contractbook.model import Contract, Element, Lifecycle
from contractbook.place import label, walk
from contractbook.portal import text
from contractbook.portal.edition import Edition
from contractbook.portal.marks import MONTHS, code, count, day
from contractbook.portal.page import ROOM
from contractbook.portal.pieces import fitting

SOON = 100  # days
ENDING = 520  # bytes of an ending without its words
NAMED = 3  # elements that stand for many of one day


@dataclass(frozen=True)
class Ending:
    """A deprecated element: where it is found, and what its contract says of its end."""

    service: str
    version: str
    name: str
    address: str
    lifecycle: Lifecycle
    replacement: str = ""  # the address of what replaces it


def endings(edition: Edition) -> Iterator[Ending]:
    """The deprecated elements of one version of a contract."""
    contract = edition.contract
    if contract.lifecycle.deprecated:
        yield _ending(edition, contract, "the whole contract", f"~/{edition.root}")
        return
    told: set[str] = set()
    for element, place in walk(contract, edition.reach):
        if not element.lifecycle.deprecated or isinstance(element, Contract):
            continue
        name = label(element, place.parents)
        if name and name not in told:
            told.add(name)
            yield _ending(edition, element, name, edition.shown_at(name))


def _ending(edition: Edition, element: Element, name: str, address: str) -> Ending:
    target = edition.by_label.get(element.lifecycle.replacement) or edition.by_id.get(
        element.lifecycle.replacement
    )
    replacement = edition.address(target) if target else ""
    version = edition.contract.version if len(edition.series.versions) > 1 else ""
    return Ending(edition.series.service, version, name, address, element.lifecycle, replacement)


def pages(ends: Sequence[Ending]) -> Iterator[list[Ending]]:
    """Endings together, as many as fit on a page."""
    return fitting(ends, lambda each: ENDING + len(each.name) + len(each.lifecycle.reason), ROOM - 2_000)


def order(ending: Ending) -> tuple[object, ...]:
    """By the day it ends; what has no end comes last."""
    return ending.lifecycle.sunset or date.max, ending.service, ending.version, ending.name


def shown(ending: Ending, today: date) -> dict[str, str]:
    """An ending as the templates show it."""
    sunset, since = ending.lifecycle.sunset, ending.lifecycle.since
    return {
        "service": ending.service,
        "version": ending.version,
        "name": ending.name,
        "address": ending.address,
        "use": _use(ending),
        "reason": text.inline(ending.lifecycle.reason) or str(escape(ending.lifecycle.reason)),
        "day": str(sunset.day) if sunset else "",
        "month": f"{MONTHS[sunset.month - 1]} {sunset.year}" if sunset else "",
        "left": _left(sunset, today) if sunset else "",
        "since": f"since {day(since)}" if since else "",
        "share": _share(ending.lifecycle, today),
        "colour": "blue"
        if not sunset
        else "red"
        if sunset < today
        else "amber"
        if (sunset - today).days <= SOON
        else "blue",
        "unreadable": ending.lifecycle.unreadable,
    }


def same_day(found: Iterable[Ending]) -> list[list[Ending]]:
    """Endings of one version of a contract on one day together; operations come first in each."""
    days: dict[tuple[object, ...], list[Ending]] = {}
    for ending in found:
        days.setdefault((ending.lifecycle.sunset, ending.service, ending.version), []).append(ending)
    return [
        sorted(each, key=lambda ending: " > " in ending.name or " " not in ending.name)
        for each in days.values()
    ]


def together(found: list[Ending], today: date) -> dict[str, str]:
    """Several endings as one; a single one as it is."""
    first = shown(found[0], today)
    if len(found) == 1:
        return first
    names = ", ".join(code(ending.name) for ending in found[:NAMED])
    more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
    return first | {
        "name": f"{len(found)} elements end",
        "address": "~/-/deprecations/",
        "use": "",
        "reason": names + more,
    }


def _use(ending: Ending) -> str:
    if not ending.lifecycle.replacement:
        return ""
    named = code(ending.lifecycle.replacement)
    return f'<a href="{ending.replacement}">{named}</a>' if ending.replacement else named


def _left(sunset: date, today: date) -> str:
    days = (sunset - today).days
    return f"<b>overdue</b> by {count(-days, 'day')}" if days < 0 else f"<b>{count(days, 'day')}</b> left"


def _share(lifecycle: Lifecycle, today: date) -> str:
    """How much of the time between announcement and end has passed."""
    if lifecycle.sunset is None:
        return ""
    start = lifecycle.since or date.fromordinal(lifecycle.sunset.toordinal() - 365)
    whole = max(1, (lifecycle.sunset - start).days)
    return f"{max(0, min(100, 100 * (today - start).days // whole))}%"


def grouped(found: list[Ending], today: date) -> list[tuple[str, str, list[Ending]]]:
    """Id, title and endings: overdue, soon, later, without an end."""
    dated = [ending for ending in found if ending.lifecycle.sunset]
    days = {id(ending): (ending.lifecycle.sunset - today).days for ending in dated if ending.lifecycle.sunset}
    return [
        ("overdue", "Overdue", [ending for ending in dated if days[id(ending)] < 0]),
        ("soon", f"In the next {SOON} days", [ending for ending in dated if 0 <= days[id(ending)] <= SOON]),
        ("later", "Later", [ending for ending in dated if days[id(ending)] > SOON]),
        ("without", "Without an end", [ending for ending in found if not ending.lifecycle.sunset]),
    ]
