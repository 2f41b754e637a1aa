"""How a broker hands messages on, and from whom to whom they go."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markupsafe import escape

from contractbook.model import Action, Delivery, Operation
from contractbook.portal import calls, text
from contractbook.portal.beside import End
from contractbook.portal.edition import Edition
from contractbook.portal.marks import code, count

KINDS = {
    "topic": "Topic <small>each group of readers gets every message</small>",
    "queue": "Queue <small>one reader gets each message</small>",
}
GUARANTEES = {
    "at-most-once": "At most once <small>a message may be lost, none comes twice</small>",
    "at-least-once": "At least once <small>the same message may come twice</small>",
    "exactly-once": "Exactly once",
}
_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
UNITS = ("day", "hour", "minute", "second")
FEW = 6  # partners that are named


def facts(delivery: Delivery | None) -> Iterator[tuple[str, str]]:
    """What is known of the delivery of messages: names and values, as HTML."""
    if delivery is None:
        return
    if delivery.kind:
        yield "Kind", KINDS.get(delivery.kind, str(escape(delivery.kind)))
    if delivery.guarantee:
        yield "Delivery", GUARANTEES.get(delivery.guarantee, str(escape(delivery.guarantee)))
    if delivery.key:
        yield "Key", code(delivery.key)
    if delivery.ordering:
        yield "Order", str(escape(_capital(delivery.ordering)))
    if delivery.partitions is not None:
        copies = f", {count(delivery.replicas, 'replica')}" if delivery.replicas else ""
        yield "Partitions", f"{delivery.partitions}{copies}"
    if delivery.retention:
        yield "Kept for", str(escape(duration(delivery.retention)))
    if delivery.compacted:
        yield "Compacted", "Only the last message for each key is kept"
    if delivery.durable is not None:
        yield "Restart of the broker", "Messages outlive it" if delivery.durable else "Messages are lost"
    if delivery.group:
        yield "Consumer group", text.short(delivery.group)
    if delivery.dead_letters:
        yield "Dead letters", f"Go to {code(delivery.dead_letters)}"


def duration(written: str) -> str:
    """A duration of ISO 8601 as people say it: `P7D` reads 7 days; other words as they are."""
    found = _DURATION.fullmatch(written)
    if found is None or not any(found.groups()):
        return {"never": "Not kept", "forever": "For ever"}.get(written, written)
    numbers = ((int(number), unit) for number, unit in zip(found.groups(), UNITS, strict=True) if number)
    return " ".join(count(number, unit) for number, unit in numbers)


def flow(edition: Edition, operation: Operation) -> str:
    """Producers, the channel, and consumers, side by side, as far as the contracts of the portal tell."""
    if not calls.by_channel(operation) or operation.action is Action.CALL:
        return ""
    sends = operation.action is Action.SEND
    own = f"<b>{escape(edition.who)}</b>"
    there = edition.beside.ends.get(operation.address, ())
    others = _others([end for end in there if (end.action is Action.RECEIVE) is sends])
    producers, consumers = (own, others) if sends else (others, own)
    kind = ", ".join(calls.protocols(edition.contract, operation))
    aside = f", {escape(kind)}" if kind else ""
    return (
        '<div class="cb-flow" role="group" aria-label="Who sends, where, who receives">'
        f"<div><small>Producer</small><p>{producers}</p></div><i>→</i>"
        f"<div><small>Channel{aside}</small><p>{code(operation.address)}</p></div><i>→</i>"
        f"<div><small>Consumer</small><p>{consumers}</p></div></div>"
    )


def _others(ends: Sequence[End]) -> str:
    if not ends:
        return '<span class="dim">none that is known here</span>'
    named = [f'<a href="{end.address}"><b>{escape(end.who)}</b></a>' for end in ends[:FEW]]
    return " ".join((*named, f"and {len(ends) - FEW} more" if len(ends) > FEW else ""))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
