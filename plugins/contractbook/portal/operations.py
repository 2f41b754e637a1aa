"""An operation, top to bottom: what it is, what goes back and forth, and what is said about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import escape

from contractbook.model import Action, Operation
from contractbook.portal import (
    calls,
    credentials,
    delivery,
    envelopes,
    exchange,
    further,
    meaning,
    messages,
    samples,
    signatures,
    text,
)
from contractbook.portal.addresses import anchor, slug
from contractbook.portal.edition import Edition
from contractbook.portal.marks import badge, count, day, heading, method
from contractbook.portal.marks import code as mono
from contractbook.portal.notes import design_notes, history
from contractbook.portal.page import ROOM, Chapter
from contractbook.portal.rows import Rows
from contractbook.portal.tree import NEXT, PART

SLACK = 4_000  # bytes that trees may take more than they were given
EXAMPLES = 16_000  # bytes of examples beside an operation; half of it where its trees need the room
HEAD = 2_000  # bytes of crumbs, title, line and badges
TITLE = 120  # characters of a title; some authors write a whole description into the summary


@dataclass(frozen=True)
class View:
    """What the templates show of an operation; all but titles and addresses is HTML.

    `id` is "" where the page is the operation's own. `later` are chapters that find no room; `jumps` leads
    to all chapters.
    """

    operation: Operation
    id: str
    title: str
    method: str
    server: str
    path: str
    copy: str
    signature: str
    flow: str
    facts: list[tuple[str, str]]
    badges: list[str]
    notice: str
    lead: str
    about: str
    chapters: list[Chapter]
    later: list[Chapter]
    jumps: list[tuple[str, str]]
    side: str
    column: samples.Column


def title(operation: Operation) -> str:
    """What people call an operation."""
    whole = operation.title or _title_of_message(operation)
    if whole:
        return whole if len(whole) <= TITLE else text.sentence(whole)
    return _spoken(operation.name) if operation.name != operation.label else operation.label


def _title_of_message(operation: Operation) -> str:
    """What the one message is called that an operation of a channel is about."""
    sent = messages.begun(operation)
    return sent[0].title if calls.by_channel(operation) and len(sent) == 1 else ""


def _spoken(name: str) -> str:
    """An id of an operation as words: `getCustomer` reads Get customer."""
    said = slug(name).replace("-", " ").replace(".", " ")
    return said[:1].upper() + said[1:]


def said(operation: Operation) -> str:
    """Its description, after a summary that is too long for a title."""
    if len(operation.title) <= TITLE or operation.title in operation.doc:
        return operation.doc
    return f"{operation.title}\n\n{operation.doc}"


def summary(operation: Operation) -> str:
    """What a search finds of an operation itself: its name, its address, its first sentence."""
    return " ".join(filter(None, (operation.name, operation.label, text.sentence(operation.doc))))


def view(rows: Rows, operation: Operation, id: str = "", room: int = ROOM) -> View:
    """Everything about an operation in about `room` bytes; ids begin with `id` where it is given."""
    edition = rows.edition
    before, shown = line(edition, operation)
    lead, about = text.split(said(operation))
    warning = notice(edition, operation)
    examples = EXAMPLES if exchange.demand(rows, operation) < room // 2 else EXAMPLES // 2
    column = samples.column(edition, operation, examples)
    side = column.html(f"{id}~" if id else "")
    room -= len(side) + len(about) + len(lead) + len(warning) + HEAD
    here, later = _fitting(chapters(rows, operation, f"{id}." if id else "", room), room)
    return View(
        operation=operation,
        id=id,
        title=title(operation),
        method=method(operation.method, operation.action is Action.SEND),
        server=before,
        path=path(shown),
        copy=before + shown,
        signature=signatures.signature(edition, operation),
        flow=delivery.flow(edition, operation),
        facts=list(delivery.facts(operation.delivery)),
        badges=list(badges(edition, operation)),
        notice=warning,
        lead=lead,
        about=about,
        chapters=here,
        later=later,
        jumps=[*_jumps(here, "#", ""), *_jumps(later, NEXT + PART, NEXT)],
        side=side,
        column=column,
    )


def line(edition: Edition, operation: Operation) -> tuple[str, str]:
    """Where it is found: its address after that of its server, or its name after what it belongs to."""
    if calls.by_name(operation):
        return calls.name_in_group(operation)
    if calls.by_channel(operation) or operation.action is not Action.CALL:
        return "", operation.address
    servers = calls.servers(edition.contract, operation)
    return (servers[0].url.rstrip("/") if servers else ""), operation.address


def _fitting(every: list[Chapter], room: int) -> tuple[list[Chapter], list[Chapter]]:
    """The chapters that fit on a page, at least the first, and the last ones that do not."""
    here = list(every)
    later: list[Chapter] = []
    while len(here) > 1 and sum(len(chapter.html) for chapter in here) > room + SLACK:
        later.insert(0, here.pop())
    return here, later


def _jumps(every: list[Chapter], before: str, after: str) -> Iterator[tuple[str, str]]:
    for chapter in every:
        yield f"{before}{chapter.id}{after}", chapter.jump or chapter.title


def path(address: str) -> str:
    """A path that may break before its slashes, with its parameters marked."""
    text = str(escape(address))
    broken = text[:1] + text[1:].replace("/", "<wbr>/")
    if "/" not in text:
        broken = text.replace(".", "<wbr>.")
    return broken.replace("{", "<em>{").replace("}", "}</em>")


def badges(edition: Edition, operation: Operation) -> Iterator[str]:
    """What is said of an operation in a word or two."""
    ending = operation.lifecycle
    if ending.deprecated:
        until = f": works until {day(ending.sunset)}" if ending.sunset else ""
        yield badge(f"deprecated{until}", "amber")
    yield from meaning.history(edition, operation.label)
    if ending.introduced:
        yield badge(f"since {ending.introduced}")
    if operation.safe:
        yield badge("read only")
    if operation.idempotent:
        yield badge("safe to repeat")
    yield from signatures.streams(operation)
    if calls.by_channel(operation):
        yield from map(badge, calls.protocols(edition.contract, operation))
    enveloped = (envelopes.title(each.envelope) for each in operation.messages if each.envelope)
    yield from map(badge, dict.fromkeys(enveloped))
    yield from credentials.badges(operation.security)
    if not operation.label.endswith(operation.name):
        yield f"<small>operation id {mono(operation.name)}</small>"


def notice(edition: Edition, operation: Operation) -> str:
    """What a reader of a deprecated operation must know first."""
    ending = operation.lifecycle
    if not ending.deprecated:
        return ""
    since = f" since {day(ending.since)}" if ending.since else ""
    parts = [f"<b>Deprecated{since}.</b>"]
    if ending.replacement:
        target = edition.by_label.get(ending.replacement) or edition.by_id.get(ending.replacement)
        named = mono(ending.replacement)
        parts.append(f'Use <a href="{edition.address(target)}">{named}</a>.' if target else f"Use {named}.")
    parts.append(_until(edition, operation))
    parts.append(text.short(ending.reason))
    if edition.users(operation):
        parts.append(f"<br>Still used by: {_users(edition, operation)}.")
    return f'<div class="cb-note cb-amber"><p>{" ".join(parts)}</p></div>'


def _users(edition: Edition, operation: Operation) -> str:
    return ", ".join(f"<b>{escape(name)}</b> ({escape(style)})" for name, style in edition.users(operation))


def _used(edition: Edition, operation: Operation, prefix: str) -> Iterator[Chapter]:
    """Which of the registered consumers use it, and how strictly they read."""
    if edition.users(operation):
        html = f"<p>{_users(edition, operation)}</p>"
        yield Chapter(f"{prefix}users", "Used by", html, "registered consumers")


def _until(edition: Edition, operation: Operation) -> str:
    """How long an operation still works, counted at the time of the build."""
    sunset = operation.lifecycle.sunset
    if sunset is None:
        unreadable = operation.lifecycle.unreadable
        return f"It works until <b>{escape(unreadable)}</b>." if unreadable else "No end is announced."
    days = (sunset - edition.today).days
    left = count(days, "day") if days >= 0 else f"{count(-days, 'day')} ago"
    return f"It works until <b>{day(sunset)}</b>, {left} at the time of the build."


def chapters(rows: Rows, operation: Operation, prefix: str, room: int) -> list[Chapter]:
    """Parts of fixed length first, then the trees in the room that is left."""
    closing = [
        *messages.channel(rows, operation, prefix, room // 3),
        *_callbacks(rows, operation, prefix, room // 3),
        *_more(rows.edition, operation, prefix),
        *_used(rows.edition, operation, prefix),
        *design_notes(rows.edition, operation, prefix),
        *history(rows.edition, operation.label, prefix),
    ]
    room -= sum(len(chapter.html) for chapter in closing)
    way = messages if calls.by_channel(operation) or calls.by_name(operation) else exchange
    asked = way.request(rows, operation, prefix, max(exchange.LEAST, room // 2))
    room -= sum(len(chapter.html) for chapter in asked)
    return [*asked, *way.answers(rows, operation, prefix, max(exchange.LEAST, room)), *closing]


def _callbacks(rows: Rows, operation: Operation, prefix: str, room: int) -> Iterator[Chapter]:
    """The operations that the provider calls in turn, each whole in one chapter."""
    several = len({callback.binding.get("callback") for callback in operation.callbacks})
    for callback in operation.callbacks:
        name = str(callback.binding.get("callback", callback.name))
        id = f"{prefix}callback.{anchor(name)}"
        if len(operation.callbacks) > several:
            id += f".{anchor(callback.address)}.{callback.method.lower()}"
        inner = chapters(rows, callback, f"{id}.", room // len(operation.callbacks))
        line = f"{method(callback.method, True)}<span>{path(callback.address)}</span>"
        html = f'<div class="cb-line">{line}</div>'
        if callback.title:
            html += f'<p class="cb-bold">{escape(title(callback))}</p>'
        html += f'<p class="cb-badges">{" ".join(badges(rows.edition, callback))}</p>'
        html += text.blocks(said(callback))
        html += "".join(heading(3, each.id, each.title, each.aside) + each.html for each in inner)
        named = " ".join(
            (callback.name, callback.label, text.sentence(callback.doc), *(each.text for each in inner))
        )
        yield Chapter(
            id, f"Callback {escape(name)}", html, "the provider calls you", named, str(escape(name))
        )


def _more(edition: Edition, operation: Operation, prefix: str) -> Iterator[Chapter]:
    """Where else it is offered, and what the contract says of it in words of its own."""
    html = credentials.in_full(operation.security)
    if operation.servers:
        html += "<p>Offered at " + ", ".join(mono(server.url) for server in operation.servers) + "</p>"
    shared = operation.binding.get("path")
    if isinstance(shared, Mapping):
        html += "".join(text.blocks(str(shared[key])) for key in ("summary", "description") if key in shared)
        html += further.block(shared, "Extensions of the path", "summary", "description")
    html += "".join(f"<p>{link}</p>" for link in further.documentation(operation.binding))
    html += further.told(
        {key: said for key, said in operation.binding.items() if key != "externalDocs"}, edition.words
    )
    if html:
        yield Chapter(f"{prefix}more", "More", html)
