"""An operation as Markdown: what it is, what goes back and forth, examples, and what is said about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape

from contractbook.model import Action, Field, Message, Operation
from contractbook.portal import calls, delivery, envelopes, exchange, operations
from contractbook.portal.edition import ROLE_TITLES, Edition, parameter_label
from contractbook.portal.markdown.members import Members
from contractbook.portal.markdown.pieces import code, fence, joined, line, link, phrase, prose, title
from contractbook.portal.marks import day
from contractbook.portal.messages import begun
from contractbook.portal.operations import View
from contractbook.portal.samples import Panel

LINES = 40  # changes and findings that are listed
_CODE = re.compile(r"<pre[^<>]*><code>(.*?)</code></pre>", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")


def operation(members: Members, view: View, level: int) -> str:
    """An operation under a heading of some level."""
    shown = view.operation
    edition = members.edition
    return joined(
        [
            f"{'#' * level} {title(view.title)}",
            code(" ".join(filter(None, (shown.method.upper(), view.copy)))),
            _facts(edition, shown),
            *_ending(edition, shown),
            prose(operations.said(shown)),
            *_exchange(members, shown, level + 1),
            *_examples(view, level + 1),
            *_told(edition, shown, level + 1),
        ]
    )


def _facts(edition: Edition, shown: Operation) -> str:
    """What is said of it in a word or two."""
    found = [phrase(badge) for badge in operations.badges(edition, shown)]
    if shown.delivery:
        found += (f"{name}: {phrase(said)}" for name, said in delivery.facts(shown.delivery))
    return " · ".join(found)


def _ending(edition: Edition, shown: Operation) -> Iterator[str]:
    """What a reader of a deprecated operation must know first."""
    ending = shown.lifecycle
    if not ending.deprecated:
        return
    since = f" since {day(ending.since)}" if ending.since else ""
    until = f" It works until {day(ending.sunset) or ending.unreadable}." if ending.sunset else ""
    parts = [f"> **Deprecated{since}.**{until}"]
    if ending.replacement:
        target = edition.by_label.get(ending.replacement) or edition.by_id.get(ending.replacement)
        address = edition.address(target) if target else ""
        parts.append(f"Use {link(ending.replacement, address)}.")
    yield " ".join([*parts, line(ending.reason)]).rstrip()


# -- what goes back and forth


def _exchange(members: Members, shown: Operation, level: int) -> Iterator[str]:
    marks = "#" * level
    yield from _parameters(members, shown, marks)
    asked = begun(shown)
    told = [message for message in shown.messages if message not in asked]
    good = [message for message in told if not message.fault]
    begins, ends = _nouns(shown, told)
    for same in exchange.by_payload(asked):
        yield from _message(members, same[0], f"{marks} {_named(begins, same, asked)}")
    for same in exchange.by_payload(good):
        yield from _message(members, same[0], f"{marks} {_named(ends, same, good)}")
    yield from _faults(members, [message for message in told if message.fault], marks)
    for callback in shown.callbacks:
        yield f"{marks} Callback: {title(callback.label)}"
        yield prose(operations.said(callback))
        yield from _exchange(members, callback, min(6, level + 1))


def _nouns(shown: Operation, told: Sequence[Message]) -> tuple[str, str]:
    """What to call what it begins with, and what comes back."""
    if calls.by_channel(shown):
        return "Message", "Reply"
    begins = "Event" if shown.action is Action.SEND else "Request"
    return begins, "Response" if any(message.status for message in told) else "Answer"


def _parameters(members: Members, shown: Operation, marks: str) -> Iterator[str]:
    for role, name in ROLE_TITLES.items():
        own = [each for each in shown.parameters if each.role is role]
        if own:
            yield f"{marks} {name}"
            yield members.listed(members.field(each, parameter_label(shown, each)) for each in own)


def _named(noun: str, alike: Sequence[Message], among: Sequence[Message]) -> str:
    """A message in a heading: its status, or its name among others, and its media types."""
    first = alike[0]
    name = first.status or (title(first.title or first.name) if len(among) > len(alike) else "")
    media = ", ".join(code(each.content_type) for each in alike if each.content_type)
    return " ".join(filter(None, (noun, name, media)))


def _message(members: Members, message: Message, heading: str) -> Iterator[str]:
    yield heading
    yield prose(message.doc)
    if message.envelope:
        yield f"Envelope: {envelopes.title(message.envelope)}"
        constants = (
            f"- {code(name)}: always {code(value)}" for name, value in message.envelope.constants.items()
        )
        declared = (members.field(each, "") for each in message.envelope.attributes)
        yield joined(["\n".join(constants), members.listed(declared)])
    yield from _headers(members, message.headers)
    if message.payload:
        kind = phrase(exchange.shape(members.rows, message))
        yield f"{kind}, required" if message.required else kind
        yield members.of(message.payload)


def _headers(members: Members, headers: Sequence[Field]) -> Iterator[str]:
    if headers:
        yield "Headers:"
        yield members.listed(members.field(each, "") for each in headers)


def _faults(members: Members, faults: Sequence[Message], marks: str) -> Iterator[str]:
    """Errors as a list, and below it each shape that they have once."""
    if not faults:
        return
    yield f"{marks} Errors"
    told: dict[str, None] = {}
    for each in faults:
        shape = phrase(exchange.shape(members.rows, each))
        said = ", ".join(filter(None, (line(each.doc or each.title), shape)))
        told[f"- {code(each.status or each.name)} {said}".rstrip()] = None
    yield "\n".join(told)
    headers = {header.name: header for each in faults for header in each.headers}
    yield from _headers(members, [*headers.values()])
    for payload in dict.fromkeys(each.payload for each in faults if each.payload):
        type = members.contract.types[payload]
        if not members.edition.link(type):
            yield members.of(payload)


# -- examples, and what is said about it


def _examples(view: View, level: int) -> Iterator[str]:
    marks = "#" * level
    column = view.column
    chosen = column.language[:1] if column.together else column.language  # one language says it all
    sent = "Example" if calls.by_channel(view.operation) else "Request example"
    groups = (("Call", chosen), (sent, column.request), ("Answer example", column.answer))
    for name, panels in groups:
        for panel in panels:
            found = _CODE.search(panel.html)
            if found:
                yield f"{marks} {name}: {phrase(panel.label)}"
                yield _fenced(panel, unescape(_TAG.sub("", found[1])))


LANGUAGES = {"Python": "python", "JavaScript": "js", "GraphQL": "graphql", "Envelope": "xml"}


def _fenced(panel: Panel, text: str) -> str:
    guess = "json" if text[:1] in "{[" else "xml" if text[:1] == "<" else "sh"
    return fence(text, LANGUAGES.get(panel.label, guess))


def _told(edition: Edition, shown: Operation, level: int) -> Iterator[str]:
    """Who uses it, the findings inside it, and what changed."""
    marks = "#" * level
    if users := edition.users(shown):
        yield f"{marks} Used by"
        yield "\n".join(f"- {title(name)} ({style})" for name, style in users)
    yield from findings(edition, shown, marks)
    yield from changes(edition, shown.label, marks)


def findings(edition: Edition, element: Operation, marks: str) -> Iterator[str]:
    """The findings about an element and all inside it."""
    found = edition.notes_below(element)
    if found:
        yield f"{marks} Design notes"
        yield "\n".join(f"- {each.level}: {prose(each.message)} ({each.rule})" for each in found[:LINES])


def changes(edition: Edition, label: str, marks: str) -> Iterator[str]:
    """What changed about an element, the newest version first."""
    touching = edition.series.touching(label)[:LINES]
    if touching:
        yield f"{marks} History"
        yield "\n".join(
            f"- {title(step.version)}: **{each.level.change}** {prose(each.message)}"
            for step, each in touching
        )
