"""The line that says how an operation is called by its name: what it takes and what it returns."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import escape

from contractbook.model import Message, Operation, Shape
from contractbook.portal import calls, words
from contractbook.portal.edition import Edition
from contractbook.portal.marks import badge

FEW = 5  # arguments that the line names


def signature(edition: Edition, operation: Operation) -> str:
    """`CreatePayment(Request) returns (stream Receipt)` with links; "" for what has its own address."""
    if not calls.by_name(operation):
        return ""
    taken = [*_arguments(edition, operation), *(_message(edition, each) for each in operation.inputs())]
    given = [_message(edition, each) for each in operation.outputs() if not each.fault]
    name = escape(calls.name_in_group(operation)[1])
    returns = f" returns ({', '.join(given)})" if given else ""
    return f"{name}({', '.join(filter(None, taken))}){returns}"


def _arguments(edition: Edition, operation: Operation) -> Iterator[str]:
    for parameter in operation.parameters[:FEW]:
        yield f"{escape(parameter.name)}: {_kind(edition, parameter.type)}"
    if len(operation.parameters) > FEW:
        yield f"{len(operation.parameters) - FEW} more"


def _message(edition: Edition, message: Message) -> str:
    kind = _kind(edition, message.payload) if message.payload else ""
    return f"<b>stream</b> {kind}" if message.stream else kind


def _kind(edition: Edition, name: str) -> str:
    """A type in a few words; a scalar as the contract's language calls it."""
    type = edition.contract.types[name]
    if type.shape is Shape.SCALAR and not type.inline and not edition.link(type):
        return str(escape(type.name))
    return words.kind(edition.contract, name, edition.link)


def streams(operation: Operation) -> Iterator[str]:
    """Badges for what flows on and on."""
    if any(message.stream for message in operation.inputs()):
        yield badge("takes a stream", "violet")
    if any(message.stream for message in operation.outputs()):
        yield badge("answers as a stream", "violet")
