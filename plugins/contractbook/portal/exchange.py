"""What goes back and forth in an operation: its parameters and body, its answers and errors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from markupsafe import escape

from contractbook.finding import Direction
from contractbook.model import Field, Link, Message, Operation
from contractbook.portal import envelopes, further, meaning, text, words
from contractbook.portal.addresses import anchor
from contractbook.portal.edition import ROLE_TITLES, Edition, header_label, message_label, parameter_label
from contractbook.portal.marks import code as mono
from contractbook.portal.marks import compact, count, fold, heading, table
from contractbook.portal.meaning import OWN
from contractbook.portal.page import Chapter
from contractbook.portal.rows import Row, Rows
from contractbook.portal.tree import names, tree, weight
from contractbook.reach import asks

LEAST = 2_000  # bytes that a tree gets, however full its page is
FEW = 4  # rows that are shown in any case
HEADERS = 8_000  # bytes of the headers of a response


def request(rows: Rows, operation: Operation, prefix: str, room: int) -> list[Chapter]:
    """What the caller sends."""
    bodies = [message for message in operation.messages if message.direction is asks(operation)]
    html = parameters(rows, operation, prefix, room)
    for index, alike in enumerate(by_payload(bodies)):
        html += _body(rows, alike, f"{prefix}body{_nth(index)}", max(LEAST, room - len(html)))
    if not html:
        return []
    named = [parameter.name for parameter in operation.parameters]
    named += [row.step for message in bodies[:1] for row in root_rows(rows, message)]
    title = "Event" if asks(operation) is Direction.OUTPUT else "Request"
    return [Chapter(f"{prefix}request", title, html, text=" ".join(named))]


def demand(rows: Rows, operation: Operation) -> int:
    """About how many bytes the members of all that goes back and forth are."""
    inside = {rows.inside(message.payload) for message in operation.messages if message.payload}
    return sum(rows.weight(name, "body") for name in inside if name)


def _nth(index: int) -> str:
    return f"-{index + 1}" if index else ""


def root_rows(rows: Rows, message: Message) -> tuple[Row, ...]:
    """The members of a body."""
    inside = rows.inside(message.payload) if message.payload else ""
    return rows.members(inside) if inside else ()


def parameters(rows: Rows, operation: Operation, prefix: str, room: int, grouped: bool = True) -> str:
    """What is given beside a body, as a tree, under a heading for each role where it is `grouped`."""
    start = tuple(
        _parameter(rows, parameter, parameter_label(operation, parameter))
        for role in ROLE_TITLES
        for parameter in operation.parameters
        if parameter.role is role
    )
    if not grouped:
        start = tuple(row._replace(group="") for row in start)
    return tree(rows, "", prefix.rstrip("."), room, start) if start else ""


def _parameter(rows: Rows, parameter: Field, label: str) -> Row:
    row = rows.field(parameter, label)
    return row._replace(step=f"{parameter.role}.{row.step}", group=ROLE_TITLES[parameter.role])


def by_payload(messages: Sequence[Message]) -> list[list[Message]]:
    """Messages of one shape together: they differ in their media type only."""
    found: dict[tuple[str, str], list[Message]] = {}
    for message in messages:
        found.setdefault((message.status, message.payload), []).append(message)
    return list(found.values())


def _body(rows: Rows, alike: list[Message], id: str, room: int) -> str:
    first = alike[0]
    said = "<b>required</b>" if first.required else ""
    aside = " · ".join(filter(None, (shape(rows, first), media(alike), said)))
    html = heading(3, id, "Body", aside) + text.blocks(first.doc) + facts_of(rows.edition, alike)
    return html + _whole(rows, first, id, room)


def shape(rows: Rows, message: Message) -> str:
    """The type of a body in a few words."""
    if not message.payload:
        return ""
    word = words.kind(rows.contract, message.payload, rows.edition.link)
    return f"stream of {word}" if message.stream else word


def media(alike: Sequence[Message]) -> str:
    """The media types of messages."""
    return ", ".join(str(escape(message.content_type)) for message in alike if message.content_type)


def _whole(rows: Rows, message: Message, id: str, room: int) -> str:
    """The body, after the envelope that it travels in."""
    if message.envelope is None:
        return payload(rows, message, id, room)
    around = envelopes.attributes(rows, message.envelope, f"{id}.envelope")
    title = str(escape(envelopes.title(message.envelope)))
    data = payload(rows, message, id, max(LEAST, room - len(around)))
    return f'<p class="cb-bold">{title}</p>{around}<p class="cb-bold">Data</p>{data}'


def payload(rows: Rows, message: Message, id: str, room: int) -> str:
    """The body as a tree, or in a line where it has no members."""
    if not message.payload:
        return ""
    whole = rows.contract.types[message.payload]
    inside = rows.inside(message.payload)
    said = [] if rows.edition.link(whole) else meaning.docs(rows.edition, whole, whole, inside)
    head = "".join(map(text.blocks, said))
    if not inside:
        row = rows.nameless(message.payload, "value", "value", with_text=False)
        about = row.meaning.replace(OWN, str(escape(id)))
        return f"{head}<p>{about}</p>{row.more}" if about else head + row.more
    after = _openness(rows, inside, message.direction)
    members = rows.members(inside)
    if rows.weight(inside, id) > max(room, LEAST) and len(members) > FEW:
        first = _first(members, id, room // 2)
        left = names(rows, inside, id, members[len(first) :], room // 2)
        return f"{head}{tree(rows, inside, id, room // 2, first)}{left}{after}"
    return head + tree(rows, message.payload, id, room) + after


def _first(members: tuple[Row, ...], id: str, room: int) -> tuple[Row, ...]:
    """The rows at the beginning that there is room for; a few in any case."""
    fitting = FEW
    while fitting < len(members) and weight(members[: fitting + 1], id) <= room:
        fitting += 1
    return members[:fitting]


def _openness(rows: Rows, inside: str, direction: Direction) -> str:
    """What a tolerant reader has to know: others than the named fields may come."""
    type = rows.contract.types[inside]
    if not type.open or not type.fields or direction is not Direction.OUTPUT:
        return ""
    return (
        '<p class="cb-open"><small>Open type: more fields may come. Ignore what you do not know.</small></p>'
    )


def facts_of(edition: Edition, alike: Sequence[Message]) -> str:
    """What messages say beyond the common words, such as the encoding of parts."""
    facts: dict[str, Any] = {}
    for message in alike:
        facts |= message.binding
    title = "Encoding" if "encoding" in facts else ""
    return further.block(facts, title, "name", words=edition.words)  # the name of a body in 2.0 is never sent


# -- answers


def answers(rows: Rows, operation: Operation, prefix: str, room: int) -> list[Chapter]:
    """What comes back: a chapter for each status, and one for all errors."""
    way = asks(operation).reversed
    messages = [message for message in operation.messages if message.direction is way]
    good = [message for message in messages if not message.fault]
    faults = [message for message in messages if message.fault]
    wrong = errors(rows, operation, faults, prefix, max(LEAST, room // 3)) if faults else []
    room -= sum(len(chapter.html) for chapter in wrong)
    statuses = list(dict.fromkeys(message.status for message in good))
    found = []
    waiting = len({message.status for message in good if message.payload})
    for status in statuses:
        alike = [message for message in good if message.status == status]
        share = max(LEAST, room // max(1, waiting))
        chapter = _answer(rows, operation, alike, f"{prefix}r{anchor(status)}", share)
        room -= len(chapter.html)
        waiting -= any(message.payload for message in alike)
        found.append(chapter)
    return [*found, *wrong]


def _answer(rows: Rows, operation: Operation, alike: list[Message], id: str, room: int) -> Chapter:
    first = alike[0]
    html = meaning.life(rows.edition, first, message_label(operation, first))
    html += text.blocks(first.title) + text.blocks(first.doc) + headers(rows, operation, first, id)
    shapes = by_payload(alike)
    for index, same in enumerate(shapes):
        if len(shapes) > 1:
            html += heading(3, f"{id}{_nth(index)}~", media(same) or "Body", shape(rows, same[0]))
        html += facts_of(rows.edition, same) + _whole(
            rows, same[0], f"{id}{_nth(index)}", max(LEAST, room - len(html))
        )
    html += _links(rows.edition, first.links, id)
    aside = " · ".join(filter(None, (shape(rows, first), media(alike)))) if len(shapes) == 1 else ""
    said = " ".join((text.sentence(first.doc), *(row.step for row in root_rows(rows, first))))
    status = str(escape(first.status))
    return Chapter(id, f"Response {status}", html, aside, said, status)


def headers(rows: Rows, operation: Operation, message: Message, id: str) -> str:
    """The headers of an answer in a fold."""
    if not message.headers:
        return ""
    start = tuple(
        rows.field(header, header_label(operation, message, header))._replace(sign=".header.")
        for header in message.headers
    )
    inner = tree(rows, "", id, HEADERS, start)
    return fold("Response headers", inner, count(len(start), "header"), f"{id}.headers")


def _links(edition: Edition, links: Sequence[Link], id: str) -> str:
    items = "".join(_link(edition, link, id) for link in links)
    return f'<p class="cb-bold">What to do next</p><ul>{items}</ul>' if items else ""


def _link(edition: Edition, link: Link, id: str) -> str:
    target = edition.by_id.get(link.operation) or edition.by_label.get(link.operation)
    named = mono(link.operation)
    if target:
        named = f'<a href="{edition.address(target)}">{escape(target.label)}</a>'
    given = " ".join(mono(f"{key} = {compact(value)}") for key, value in link.parameters.items())
    place = escape(f"{id}.link.{anchor(link.name)}")
    more = further.block(link.binding, "More")
    return f'<li id="{place}"><b>{escape(link.name)}</b> {named} {given} {text.short(link.doc)}{more}</li>'


# -- errors


def errors(rows: Rows, operation: Operation, faults: list[Message], prefix: str, room: int) -> list[Chapter]:
    """Errors as one table, and below it each shape that they have once."""
    statuses = list(dict.fromkeys(map(_word, faults)))
    shared = _shared_headers(faults)
    lines = [
        _error_line(rows, operation, faults, status, f"{prefix}r{anchor(status)}", shared)
        for status in statuses
    ]
    html = table(("Status" if faults[0].status else "Fault", "When", "Shape"), lines)
    if shared is not None:
        html += headers(rows, operation, shared, f"{prefix}errors")
    shapes = list(dict.fromkeys(message.payload for message in faults if message.payload))
    for index, payload in enumerate(shapes):
        same = [message for message in faults if message.payload == payload]
        html += _error_shape(rows, same, f"{prefix}error{_nth(index)}", max(LEAST // 2, room // len(shapes)))
    media = dict.fromkeys(message.content_type for message in faults if message.content_type)
    said = " ".join(text.sentence(message.doc) for message in faults)
    jump = " ".join(str(escape(status)) for status in statuses)
    return [Chapter(f"{prefix}errors", "Errors", html, str(escape(", ".join(media))), said, jump)]


def _word(message: Message) -> str:
    """What a fault is called: its status, else its name."""
    return message.status or message.name


def _error_line(
    rows: Rows, operation: Operation, faults: list[Message], status: str, id: str, shared: Message | None
) -> tuple[str, str, str]:
    alike = [message for message in faults if _word(message) == status]
    first = alike[0]
    life = (
        *meaning.history(rows.edition, message_label(operation, first)),
        *meaning.lifecycle(first.lifecycle),
    )
    about = " ".join(filter(None, (text.short(first.title), text.short(first.doc), *life)))
    own = (
        ""
        if shared is not None and _headers_at(first) == _headers_at(shared)
        else headers(rows, operation, first, id)
    )
    more = own + _links(rows.edition, first.links, id)
    more += (
        further.told(first.binding, rows.edition.words) if not first.status else facts_of(rows.edition, alike)
    )
    shapes = dict.fromkeys(shape(rows, message) for message in alike)
    return f'<b id="{escape(id)}">{escape(status)}</b>', about + more, " ".join(shapes)


def _shared_headers(faults: list[Message]) -> Message | None:
    """A message with the headers that several errors have in common."""
    counted = Counter(_headers_at(message) for message in faults if message.headers)
    places, often = counted.most_common(1)[0] if counted else ((), 0)
    return next(message for message in faults if _headers_at(message) == places) if often > 1 else None


def _headers_at(message: Message) -> tuple[str, ...]:
    return tuple(header.at for header in message.headers)


def _error_shape(rows: Rows, same: list[Message], id: str, room: int) -> str:
    inner = _whole(rows, same[0], id, room)
    if not inner:
        return ""
    inside = rows.inside(same[0].payload)
    statuses = list(dict.fromkeys(str(escape(_word(message))) for message in same))
    whose = ", ".join(statuses) if len(statuses) <= 4 else f"these {len(statuses)}"
    size = count(len(rows.members(inside)), "field") if inside else ""
    return fold(f"Shape of {whose}", inner, size, id)
