"""What goes back and forth where HTTP is not the way: messages of a channel, or of a call by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import escape

from contractbook.finding import Direction
from contractbook.model import Action, Message, Operation
from contractbook.portal import calls, envelopes, exchange, further, meaning, text
from contractbook.portal.addresses import Names, slug
from contractbook.portal.edition import header_label, message_label
from contractbook.portal.exchange import LEAST, media, parameters, payload, shape
from contractbook.portal.marks import code as mono
from contractbook.portal.marks import heading
from contractbook.portal.page import Chapter
from contractbook.portal.rows import Rows
from contractbook.portal.tree import tree
from contractbook.reach import asks

BACK = ("Reply", "Answer")  # what comes back through a channel, and from a call


def begun(operation: Operation) -> list[Message]:
    """The messages that an operation begins with; of a channel's own nobody says which way they go."""
    ways = (asks(operation), Direction.BOTH)
    return [message for message in operation.messages if message.direction in ways]


def request(rows: Rows, operation: Operation, prefix: str, room: int) -> list[Chapter]:
    """Arguments, and the messages that it begins with."""
    found = [*_arguments(rows, operation, prefix, room)]
    room = max(LEAST, room - sum(len(chapter.html) for chapter in found))
    return [*found, *_all(rows, operation, begun(operation), prefix, _title(operation), room)]


def answers(rows: Rows, operation: Operation, prefix: str, room: int) -> list[Chapter]:
    """The messages that come back, and one chapter for all faults."""
    way = asks(operation).reversed
    back = [message for message in operation.messages if message.direction is way]
    good = [message for message in back if not message.fault]
    faults = [message for message in back if message.fault]
    errors = exchange.errors(rows, operation, faults, prefix, max(LEAST, room // 3)) if faults else []
    room = max(LEAST, room - sum(len(chapter.html) for chapter in errors))
    title = BACK[not calls.by_channel(operation)]
    to = f"<p>Goes to {mono(operation.reply)}</p>" if operation.reply else ""
    return [*_all(rows, operation, good, prefix, title, room, to), *errors]


def channel(rows: Rows, operation: Operation, prefix: str, room: int) -> Iterator[Chapter]:
    """What is said of the channel itself: the parts of its address that vary."""
    if calls.by_channel(operation) and operation.parameters:
        html = parameters(rows, operation, prefix, room, grouped=False)
        names = " ".join(parameter.name for parameter in operation.parameters)
        yield Chapter(f"{prefix}channel", "Channel", html, mono(operation.address), names)


def _title(operation: Operation) -> str:
    """What to call the messages that it begins with."""
    if calls.by_channel(operation):
        return "Payload"
    return "Event" if operation.action is Action.SEND else "Request"


def _arguments(rows: Rows, operation: Operation, prefix: str, room: int) -> Iterator[Chapter]:
    if operation.parameters and not calls.by_channel(operation):
        html = parameters(rows, operation, prefix, room, grouped=False)
        names = " ".join(parameter.name for parameter in operation.parameters)
        yield Chapter(f"{prefix}arguments", "Arguments", html, text=names)


def _all(
    rows: Rows,
    operation: Operation,
    messages: Sequence[Message],
    prefix: str,
    title: str,
    room: int,
    before: str = "",
) -> Iterator[Chapter]:
    """A message in chapters of its own; of several, each in one."""
    if len(messages) == 1:
        yield from _alone(rows, operation, messages[0], prefix, title, room, before)
        return
    names = Names()
    for message in messages:
        id = f"{prefix}{names.claim(slug(f'{title} {message.name}'))}"
        parts = [
            *_alone(rows, operation, message, f"{id}.", title, max(LEAST, room // len(messages)), before)
        ]
        html = "".join(heading(4, each.id, each.title, each.aside) + each.html for each in parts)
        said = " ".join((message.name, *(each.text for each in parts)))
        yield Chapter(id, str(escape(_name(message))), html, _kind(title, message), said)


def _kind(title: str, message: Message) -> str:
    told = mono(message.name) if message.title and message.title != message.name else ""
    return " · ".join(filter(None, ("" if title == "Payload" else title.lower(), told)))


def _name(message: Message) -> str:
    return message.title or message.name


def _alone(
    rows: Rows, operation: Operation, message: Message, prefix: str, title: str, room: int, before: str
) -> Iterator[Chapter]:
    """The envelope, the headers and the data of a message."""
    around = f"{prefix}{title.lower()}." if title in BACK else prefix
    life = meaning.life(rows.edition, message, message_label(operation, message))
    if message.envelope:
        html = life + envelopes.attributes(rows, message.envelope, f"{around}envelope")
        names = " ".join(
            (*message.envelope.constants.values(), *(a.name for a in message.envelope.attributes))
        )
        yield Chapter(f"{around}envelope", "Envelope", html, escape(envelopes.title(message.envelope)), names)
        room, life = max(LEAST, room - len(html)), ""
    if message.headers:
        start = tuple(
            rows.field(header, header_label(operation, message, header))._replace(sign=".")
            for header in message.headers
        )
        html = life + tree(rows, "", f"{around}header", max(LEAST, room // 3), start)
        names = " ".join(header.name for header in message.headers)
        yield Chapter(
            f"{around}headers", f"{title} headers" if title in BACK else "Headers", html, text=names
        )
        room, life = max(LEAST, room - len(html)), ""
    id = f"{prefix}{title.lower()}"
    aside = " · ".join(filter(None, (shape(rows, message), media([message]))))
    html = (
        life
        + before
        + _said(message)
        + payload(rows, message, id, room)
        + further.told(message.binding, rows.edition.words)
    )
    names = " ".join((message.name, *(row.step for row in exchange.root_rows(rows, message))))
    yield Chapter(id, title, html, aside, names)


def _said(message: Message) -> str:
    """What is said of the message itself, beside what its type says."""
    found = f"<p>An answer is matched by {mono(message.correlation)}</p>" if message.correlation else ""
    return text.blocks(message.doc) + found
