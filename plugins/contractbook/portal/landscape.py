"""The map: who offers what to whom, over services, channels and consumers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from markupsafe import escape

from contractbook.model import Action
from contractbook.portal.addresses import slug
from contractbook.portal.drawing import ROW, box, line, middles, picture
from contractbook.portal.edition import About, Series
from contractbook.portal.marks import code, count, table
from contractbook.portal.page import Chapter

MOST = 40  # boxes that can be taken in at a glance; above that the tables tell it alone
WIDTH, SIDE = 900, 200  # of the picture, and of a box
GAP = (WIDTH - 3 * SIDE) // 2
Shelf = Mapping[str, Sequence[Series]]


class Lane(NamedTuple):
    """What a service does with a channel."""

    service: str
    channel: str
    sends: bool


class Map(NamedTuple):
    """Services by name with what people call them, who calls each, and what passes through which channel."""

    titles: Mapping[str, str]
    calls: Sequence[tuple[str, str]]  # a consumer and the service that it uses
    lanes: Sequence[Lane]

    @property
    def consumers(self) -> list[str]:
        return sorted({consumer for consumer, _ in self.calls})

    @property
    def channels(self) -> list[str]:
        return sorted({lane.channel for lane in self.lanes})


def drawn(shelf: Shelf, about: Mapping[str, About]) -> Map:
    """What the newest versions of all contracts say of one another."""
    titles = {name: about.get(name, About()).title or name for name in shelf}
    calls = {(user, name) for name, found in shelf.items() for series in found for user in _users(series)}
    lanes = {lane for name, found in shelf.items() for series in found for lane in _lanes(name, series)}
    return Map(titles, sorted(calls), sorted(lanes))


def _users(series: Series) -> Iterator[str]:
    for users in series.users.get(series.newest.version, {}).values():
        yield from (user.name for user in users)


def _lanes(service: str, series: Series) -> Iterator[Lane]:
    for operation in series.newest.operations() if series.newest.channels else ():
        if operation.channel and operation.action is not Action.CALL:
            yield Lane(service, operation.address, operation.action is Action.SEND)


def image(found: Map) -> str:
    """Consumers, services and channels with lines between them; nothing where they are too many."""
    names = (found.consumers, [*found.titles], found.channels)
    if sum(map(len, names)) > MOST or not (found.calls or found.lanes):
        return ""
    height = max(map(len, names)) * ROW
    consumers, services, channels = (middles(column, height) for column in names)
    left, right = SIDE + GAP, 2 * (SIDE + GAP)
    parts = [
        *(line((SIDE, consumers[user]), (left, services[name])) for user, name in found.calls),
        *(_lane(lane, services, channels) for lane in found.lanes),
        *(box(0, consumers[name], SIDE - 1, name, "cb-who") for name in consumers),
        *(_service(name, title, services[name], left) for name, title in found.titles.items()),
        *(box(right, channels[name], SIDE - 1, name, "cb-channel") for name in channels),
    ]
    return picture(WIDTH, height, "The tables below say the same in words.", parts)


def _lane(lane: Lane, services: Mapping[str, float], channels: Mapping[str, float]) -> str:
    start = (2 * SIDE + GAP, services[lane.service])
    kind = "cb-sends" if lane.sends else "cb-receives"
    return line(start, (2 * (SIDE + GAP), channels[lane.channel]), kind)


def _service(name: str, title: str, middle: float, left: int) -> str:
    return box(left, middle, SIDE - 1, title, "cb-service", f"~/{slug(name)}/")


def services(found: Map) -> str:
    """A line for each service: who uses it, what it sends and what it receives."""
    return table(("Service", "Used by", "Sends", "Receives"), (_line(found, name) for name in found.titles))


def _line(found: Map, name: str) -> tuple[str, str, str, str]:
    link = f'<a href="~/{slug(name)}/"><b>{escape(found.titles[name])}</b></a>'
    users = ", ".join(str(escape(user)) for user, service in found.calls if service == name)
    sends, receives = (
        _codes(lane.channel for lane in found.lanes if lane.service == name and lane.sends is way)
        for way in (True, False)
    )
    return link, users, sends, receives


def channels(found: Map) -> str:
    """A line for each channel: who sends to it and who receives from it."""
    lines = []
    for channel in found.channels:
        ends = [lane for lane in found.lanes if lane.channel == channel]
        from_, to = (
            ", ".join(found.titles[lane.service] for lane in ends if lane.sends is way)
            for way in (True, False)
        )
        lines.append((code(channel), str(escape(from_)), str(escape(to))))
    return table(("Channel", "From", "To"), lines)


def chapters(found: Map) -> Iterator[Chapter]:
    """The map in words."""
    yield Chapter("services", "Services", services(found))
    if found.lanes:
        yield Chapter("channels", "Channels", channels(found))


def summary(found: Map) -> str:
    """How much there is on the map."""
    sizes = (
        (len(found.consumers), "consumer"),
        (len(found.titles), "service"),
        (len(found.channels), "channel"),
    )
    return ", ".join(count(size, noun) for size, noun in sizes if size)


def _codes(names: Iterable[str]) -> str:
    return ", ".join(map(code, dict.fromkeys(names)))
