"""When things end, for calendars (iCalendar, RFC 5545) and for feed readers (Atom, RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from contractbook.portal.addresses import address_of
from contractbook.portal.deprecations import Ending, same_day

WIDTH = 75  # bytes of a line of a calendar (RFC 5545, 3.1)
NAMED = 12  # elements of one day that are named


def calendar(ends: Iterable[Ending], site: str, index: str, today: date) -> str:
    """A calendar with a day for all that ends on it in one version of a contract.

    `site` is the address of the portal, empty where nobody knows it, `index` the file of an address that
    ends in a slash, and `today` the day that the calendar is made on.
    """
    events = (line for found in _dated(ends) for line in _event(found, site, index, today))
    lines = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//contractbook//deprecations//EN", *events)
    return "".join(f"{_folded(line)}\r\n" for line in (*lines, "END:VCALENDAR"))


def feed(ends: Iterable[Ending], site: str, index: str, today: date) -> str:
    """An Atom feed with an entry for all that ends on one day in one version of a contract.

    It lies beside the page of deprecations, which its links start from where nobody knows the address.
    """
    found = _dated(ends)
    site = site or "../../"
    entries = "".join(_entry(each, site, index, today) for each in found)
    updated = max((_announced(each, today) for each in found), default=today)
    own = f"{site}-/deprecations/"
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<title>Deprecations</title><id>{escape(_id(own))}</id>"
        f"<updated>{updated}T00:00:00Z</updated>"
        f'<link href={quoteattr(own + index)}/><link rel="self" href={quoteattr(own + "feed.xml")}/>'
        "<author><name>contractbook</name></author>\n"
        f"{entries}</feed>\n"
    )


def _dated(ends: Iterable[Ending]) -> list[list[Ending]]:
    return same_day(ending for ending in ends if ending.lifecycle.sunset)


def _event(found: Sequence[Ending], site: str, index: str, today: date) -> Iterator[str]:
    sunset = found[0].lifecycle.sunset
    assert sunset is not None
    yield "BEGIN:VEVENT"
    yield f"UID:{_id(*(ending.name for ending in found), found[0].service, found[0].version)}"
    yield f"DTSTAMP:{today:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{sunset:%Y%m%d}"
    yield f"SUMMARY:{_escaped(_title(found))}"
    yield f"DESCRIPTION:{_escaped(_said(found))}"
    if site:
        yield f"URL:{_address(found, site, index)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _entry(found: Sequence[Ending], site: str, index: str, today: date) -> str:
    name = _id(*(ending.name for ending in found), found[0].service, found[0].version)
    return (
        f"<entry><title>{escape(_title(found))}</title><id>{name}</id>"
        f"<updated>{_announced(found, today)}T00:00:00Z</updated>"
        f"<link href={quoteattr(_address(found, site, index))}/>"
        f"<summary>{escape(_said(found))}</summary></entry>\n"
    )


def _title(found: Sequence[Ending]) -> str:
    first = found[0]
    what = first.name if len(found) == 1 else f"{len(found)} elements"
    verb = "ends" if len(found) == 1 else "end"
    return f"{first.service} {first.version}".strip() + f": {what} {verb} on {first.lifecycle.sunset}"


def _said(found: Sequence[Ending]) -> str:
    """What ends, and what to use instead."""
    lines = [
        ending.name + (f" (use {ending.lifecycle.replacement})" if ending.lifecycle.replacement else "")
        for ending in found[:NAMED]
    ]
    more = len(found) - len(lines)
    return "\n".join([*lines, *([f"and {more} more"] if more else [])])


def _announced(found: Sequence[Ending], today: date) -> date:
    """The day that the newest of these ends was announced; nobody announces in the future."""
    return min(today, max((ending.lifecycle.since or today for ending in found), default=today))


def _address(found: Sequence[Ending], site: str, index: str) -> str:
    return address_of(found[0].address if len(found) == 1 else "~/-/deprecations/", site, index)


def _id(*parts: str) -> str:
    """A name that is the same in every build (RFC 4122, 4.3)."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, chr(0).join(parts))}"


def _escaped(text: str) -> str:
    """A text as a value of a calendar (RFC 5545, 3.3.11)."""
    for character in ("\\", ";", ","):
        text = text.replace(character, f"\\{character}")
    return " ".join(text.split("\r")).replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line cut where it is too long, never inside a character."""
    pieces: list[bytes] = [b""]
    for character in line:
        raw = character.encode("utf-8", "replace")
        if len(pieces[-1]) + len(raw) > WIDTH - 1:
            pieces.append(b"")
        pieces[-1] += raw
    return "\r\n ".join(piece.decode("utf-8") for piece in pieces)
