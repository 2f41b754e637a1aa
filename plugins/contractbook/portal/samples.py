"""The column beside an operation: how to call it, and examples of what goes back and forth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from markupsafe import escape

from contractbook.finding import Direction
from contractbook.model import Action, Example, Message, Operation, Shape
from contractbook.portal import broking, calls, code, envelopes, selections, snippets, soap, text
from contractbook.portal.edition import Edition
from contractbook.portal.examples import Maker
from contractbook.portal.marks import badge, outside
from contractbook.portal.messages import begun
from contractbook.reach import asks

LONG = 4_000  # bytes of an example beside the operation; a longer one stands on a page of its own


class Panel(NamedTuple):
    """A tab: its label and what it shows, as HTML; `kind` tells it apart from another of that label."""

    label: str
    html: str
    kind: str = ""


class Column(NamedTuple):
    """What stands beside an operation, in groups of which one panel is seen; `long` finds no room there."""

    language: Sequence[Panel] = ()
    request: Sequence[Panel] = ()
    answer: Sequence[Panel] = ()
    long: Sequence[Panel] = ()
    together: bool = False  # whether the choice of a language holds for all operations

    def html(self, prefix: str) -> str:
        """The groups as HTML, with ids that begin with `prefix`."""
        kind = "language" if self.together else ""
        language = tabs(f"{prefix}language", self.language, kind)
        return language + tabs(f"{prefix}request", self.request) + tabs(f"{prefix}answer", self.answer)


def column(edition: Edition, operation: Operation, room: int) -> Column:
    """What stands beside an operation, with about `room` bytes of examples."""
    if operation.method in calls.SELECTED:
        return _queried(edition, operation)
    if operation.method.lower() == "soap":
        return _enveloped(edition, operation)
    begins = asks(operation)
    asked = begun(operation)
    told = [message for message in operation.messages if message not in asked]
    shown = [] if calls.is_grpc(operation) else asked  # what such an rpc is asked stands in its call
    request, more = _fitting(_told_apart(list(_panels(edition, shown, begins))), room // 2)
    answer, rest = _fitting(_told_apart(list(_panels(edition, told, begins.reversed))), room // 2)
    long = [
        *(panel._replace(label=f"request {panel.label}") for panel in more),
        *(panel._replace(label=f"answer {panel.label}") for panel in rest),
    ]
    return Column(_calls(edition, operation, asked), request, answer, long, together=True)


def _fitting(panels: Sequence[Panel], room: int) -> tuple[list[Panel], list[Panel]]:
    """The panels that have room beside an operation, and the others."""
    fitting: list[Panel] = []
    rest: list[Panel] = []
    used = 0
    for panel in panels:
        fits = len(panel.html) <= LONG and used + len(panel.html) <= room
        (fitting if fits else rest).append(panel)
        used += len(panel.html) if fits else 0
    return fitting, rest


def _calls(edition: Edition, operation: Operation, asked: Sequence[Message]) -> list[Panel]:
    """How to use an operation, with the tools of its kind."""
    if calls.by_channel(operation):
        return _on_channel(edition, operation, asked)
    if calls.is_grpc(operation):
        return _rpc(edition, operation, asked)
    return _over_http(edition, operation, asked)


def _over_http(edition: Edition, operation: Operation, asked: Sequence[Message]) -> list[Panel]:
    if calls.by_name(operation) or calls.is_webhook(operation):
        return []
    maker = Maker(edition.contract, Direction.INPUT)
    first = asked[0] if asked else None
    made = snippets.request(edition.contract, operation, maker)
    if first is not None and (first.payload or first.examples):
        made.fill(first.content_type, _value(first, maker))
    return [
        Panel("curl", code.block(snippets.curl(made))),
        Panel("Python", code.block(snippets.python(made))),
        Panel("JavaScript", code.block(snippets.javascript(made))),
    ]


def _rpc(edition: Edition, operation: Operation, asked: Sequence[Message]) -> list[Panel]:
    maker = Maker(edition.contract, Direction.INPUT)
    body = _value(asked[0], maker) if asked and asked[0].payload else None
    return [Panel("grpcurl", code.block(snippets.grpcurl(edition.contract, operation, body)))]


def _queried(edition: Edition, operation: Operation) -> Column:
    """A query of GraphQL with its variables, and what it is answered."""
    contract = edition.contract
    maker = Maker(contract, Direction.INPUT)
    asked = [Panel("GraphQL", code.block(selections.document(contract, operation)))]
    if given := {each.name: maker.make(each.type) for each in selections.given(operation)}:
        asked.append(Panel("Variables", code.shown(given)))
    told = selections.answer(contract, operation, Maker(contract, Direction.OUTPUT))
    answer = Panel(f"Answer {badge('generated')}", code.shown(told))
    return Column(asked, answer=[answer])


def _enveloped(edition: Edition, operation: Operation) -> Column:
    """The envelopes of a SOAP call, and how it is sent."""
    contract, maker = edition.contract, Maker(edition.contract, Direction.INPUT)
    asked = [code.shown(soap.envelope(contract, operation, each, maker)) for each in operation.inputs()]
    panels = [
        *(Panel("Envelope", html) for html in asked[:1]),
        Panel("curl", code.block(soap.curl(contract, operation))),
    ]
    maker = Maker(contract, Direction.OUTPUT)
    told = [
        Panel(
            f"{_name(each, True)} {badge('generated')}",
            code.shown(soap.envelope(contract, operation, each, maker)),
        )
        for each in operation.outputs()
        if each.payload and not each.fault
    ]
    return Column(panels, answer=told)


def _on_channel(edition: Edition, operation: Operation, asked: Sequence[Message]) -> list[Panel]:
    """How a consumer sends to a channel, or reads from it."""
    servers = calls.servers(edition.contract, operation)
    if not servers or operation.action is Action.CALL:
        return []
    maker = Maker(edition.contract, Direction.INPUT)
    address = operation.address
    for parameter in operation.parameters:
        filled = parameter.examples[0].value if parameter.examples else maker.make(parameter.type)
        address = address.replace(f"{{{parameter.name}}}", str(filled))
    body = _whole(asked[0], maker) if asked else None
    key = "KEY" if operation.delivery and operation.delivery.key else ""
    traffic = broking.Traffic(servers[0], address, body, key)
    sends = operation.action is Action.RECEIVE
    return [Panel(name, code.block(html)) for name, html in broking.commands(traffic, sends)]


def _whole(message: Message, maker: Maker) -> Any:
    """A message as it travels: an event with its envelope, else the data alone."""
    data = _value(message, maker)
    envelope = message.envelope
    if envelope is None or envelope.mode == "binary":
        return data
    return data if _is_enveloped(data) else envelopes.event(envelope, data, maker)


def _is_enveloped(data: Any) -> bool:
    """Whether an example that somebody wrote is a whole event."""
    return isinstance(data, dict) and "specversion" in data


def _value(message: Message, maker: Maker) -> Any:
    written = [example.value for example in message.examples if example.value is not None]
    if written:
        return written[0]
    return maker.make(message.payload) if message.payload else None


def _panels(edition: Edition, messages: Sequence[Message], way: Direction) -> Iterator[Panel]:
    """A tab for each example that somebody wrote, else a generated one for each shape."""
    maker = Maker(edition.contract, way)
    shown: set[str] = set()
    for message in messages:
        label = str(escape(message.status)) or _name(message, len(messages) > 1)
        kind = str(escape(message.content_type.rpartition("/")[2]))
        for example in message.examples:
            named = "" if label.lower().endswith(example.name.lower()) else str(escape(example.name))
            yield Panel(f"{label} {named}".strip(), _written(example), kind)
        is_json = "json" in (message.content_type or "json")
        shape = message.payload if message.fault else f"{message.status} {message.payload}"
        known = message.payload and edition.contract.resolve(message.payload).shape is not Shape.ANY
        if not message.examples and known and is_json and shape not in shown:
            yield Panel(f"{label} {badge('generated')}", code.shown(_whole(message, maker)), kind)
        shown.add(shape)


def _name(message: Message, among_others: bool) -> str:
    """What to call the example of a message that has no status."""
    named = (message.title or message.name) if among_others else ""
    return str(escape(named[:1].upper() + named[1:])) or ("Event" if message.envelope else "Body")


def _told_apart(panels: Sequence[Panel]) -> list[Panel]:
    """Panels with labels of their own: those of one status are named by media type, else numbered."""
    statuses = Counter(panel.label.partition(" ")[0] for panel in panels)
    labels = Counter(panel.label for panel in panels)
    found: list[Panel] = []
    names: Counter[str] = Counter()
    for panel in panels:
        status, _, rest = panel.label.partition(" ")
        label = panel.label
        if labels[label] > 1 or (not rest and statuses[status] > 1):
            label = " ".join(filter(None, (status, panel.kind, rest)))
        names[label] += 1
        number = f" {names[label]}" if names[label] > 1 else ""
        found.append(panel._replace(label=label + number))
    return found


def _written(example: Example) -> str:
    about = text.blocks(example.doc)
    return f"{about}<p>{outside(example.url)}</p>" if example.url else about + code.shown(example.value)


def tabs(id: str, panels: Sequence[Panel], kind: str = "") -> str:
    """Panels side by side, without script; those of one kind follow each other."""
    if not panels:
        return ""
    together = f' data-tab="{kind}"' if kind else ""
    parts = [f'<div class="cb-tabs"{together}>']
    for index, panel in enumerate(panels):
        button = f"{escape(id)}-{index}"
        checked = " checked" if not index else ""
        parts.append(
            f'<input type="radio" name="{escape(id)}" id="{button}" value="{index}"{checked}>'
            f'<label for="{button}">{panel.label}</label><div class="cb-panel">{panel.html}</div>'
        )
    return "".join((*parts, "</div>"))
