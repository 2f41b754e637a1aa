"""Operations: who sends and who receives on a channel."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from msgspec.structs import replace

from contractbook.finding import Direction
from contractbook.formats.asyncapi.channels import messages, parameters, servers
from contractbook.formats.asyncapi.delivery import delivery
from contractbook.formats.asyncapi.messages import message
from contractbook.formats.asyncapi.reading import Layers, Reading, bindings
from contractbook.formats.asyncapi.servers import needs, together
from contractbook.formats.nodes import Node
from contractbook.model import NOTHING, Action, Message, Operation

READ = frozenset(
    {
        *("operationId", "title", "summary", "description", "tags", "bindings", "traits", "security"),
        *("message", "messages", "action", "channel", "reply"),
    }
)
REPLY = frozenset({"address", "channel", "messages"})
# AsyncAPI 2 takes the view of whoever uses the application: they publish what it receives (2.6, "Operation
# Object"); AsyncAPI 3 says what the application itself does.
ACTIONS = {
    "publish": Action.RECEIVE,
    "subscribe": Action.SEND,
    "receive": Action.RECEIVE,
    "send": Action.SEND,
}


class On(NamedTuple):
    """The channel of an operation."""

    name: str
    node: Node
    address: str

    @property
    def label(self) -> str:
        """What people call it."""
        return self.address or self.name


def operations(reading: Reading, root: Node) -> tuple[Operation, ...]:
    """The operations of a document; no two have the same key."""
    found = _of_channels(reading, root) if reading.version.major == 2 else _listed(reading, root)
    taken: set[str] = set()
    kept = []
    for operation in found:
        key = operation.key
        while key in taken:
            key = f"{key} ({operation.name})"
        taken.add(key)
        kept.append(operation if key == operation.key else _renamed(operation, key))
    return tuple(kept)


def _renamed(operation: Operation, key: str) -> Operation:
    name = key if operation.name == operation.key else operation.name
    return replace(operation, key=key, name=name)


def _of_channels(reading: Reading, root: Node) -> Iterator[Operation]:
    """The operations of AsyncAPI 2, which stand in their channels."""
    for name, inner in root.children("channels"):
        node = reading.resolve(inner, "channel")
        for word in node.value:
            if word in ("publish", "subscribe"):
                on = On(name, node, name)
                layers = Layers(reading, node.child(word), "operation-trait")
                said = layers.node.child("message")
                asks = _direction(ACTIONS[word])
                listed = [*said.items("oneOf")] if "oneOf" in said.value else [said] if said.value else []
                sent = [message(reading, each, asks) for each in listed]
                yield _operation(reading, layers, layers.text("operationId"), ACTIONS[word], on, sent)


def _listed(reading: Reading, root: Node) -> Iterator[Operation]:
    """The operations of AsyncAPI 3."""
    for name, inner in root.children("operations"):
        node = reading.resolve(inner, "operation")
        action = ACTIONS.get(node.text("action"))
        if action is None:  # what it does cannot be known; the structure check tells it
            continue
        layers = Layers(reading, node, "operation-trait")
        on = _channel(reading, node)
        sent = _messages(reading, node, on.node, _direction(action))
        answers, where, about = _reply(reading, node, _direction(action).reversed)
        made = _operation(reading, layers, name, action, on, [*sent, *answers])
        if where:
            made = replace(made, reply=where, binding={**made.binding, **about} or NOTHING)
        yield made


def _direction(action: Action) -> Direction:
    """Who writes what an operation begins with."""
    return Direction.OUTPUT if action is Action.SEND else Direction.INPUT


def _channel(reading: Reading, node: Node) -> On:
    inner = node.child("channel")
    found = reading.resolve(inner, "channel")
    name = inner.text("$ref").rpartition("/")[2].replace("~1", "/").replace("~0", "~") or "channel"
    return On(name, found, found.text("address"))


def _messages(reading: Reading, node: Node, channel: Node, direction: Direction) -> list[Message]:
    """The messages that an operation or reply names, else all of its channel."""
    if isinstance(node.value.get("messages"), list):
        return [message(reading, each, direction) for each in node.items("messages")]
    return [*messages(reading, channel, direction)]


def _reply(reading: Reading, node: Node, direction: Direction) -> tuple[list[Message], str, dict[str, Any]]:
    """What comes back, where to, and what else is said of finding the address, for the binding."""
    if not isinstance(node.value.get("reply"), dict):
        return [], "", {}
    found = reading.resolve(node.child("reply"), "reply")
    on = _channel(reading, found) if "channel" in found.value else None
    channel = on.node if on else Node(found.document, found.pointer, NOTHING)
    address = reading.resolve(found.child("address"), "reply-address")
    location = address.text("location")
    where = (on.label if on else "") or location or "the sender"
    rest = address.value if address.value.keys() - {"location"} or location != where else {}
    about = {"replyAddress": dict(rest)} if rest else {}
    about |= {"reply": kept} if (kept := dict(found.rest(REPLY))) else {}
    return _messages(reading, found, channel, direction), where, about


def _operation(
    reading: Reading, layers: Layers, name: str, action: Action, on: On, sent: list[Message]
) -> Operation:
    key = f"{action} {on.label}"
    found = servers(reading, on.node)
    of_channel = bindings(reading, on.node, "channel")
    own = bindings(reading, layers, "operation")
    said: dict[str, Any] = layers.rest(READ | reading.endings.whole)
    credentials = [reading.credentials[each.at] for each in found if each.at in reading.credentials]
    begun = (each for each in sent if each.direction is _direction(action))
    levels = [of_channel, own, *(bindings_of(each) for each in begun)]
    return Operation(
        name=name or key,
        key=key,
        at=reading.at(layers.node),
        title=layers.text("title") or layers.text("summary"),
        doc=_doc(layers),
        action=action,
        address=on.label,
        method=action.value,
        parameters=tuple(parameters(reading, on.node, on.label)),
        messages=tuple(sent),
        security=together(credentials, needs(reading, layers.holder("security"))),
        servers=tuple(found) if on.node.value.get("servers") else (),
        groups=tuple(each.text("name") for each in tags(reading, layers.holder("tags"))),
        channel=on.name,
        delivery=delivery([each.protocol for each in found], levels, [on.node.value, layers.value]),
        lifecycle=layers.lifecycle(reading.endings),
        binding={**said, **own} or NOTHING,
    )


def bindings_of(sent: Message) -> dict[str, dict[str, Any]]:
    """What a message says for each protocol."""
    return {protocol: said for protocol, said in sent.binding.items() if isinstance(said, dict)}


def _doc(layers: Layers) -> str:
    texts = [layers.text("description")]
    if layers.text("title"):
        texts.insert(0, layers.text("summary"))
    return "\n\n".join(filter(None, texts))


def tags(reading: Reading, node: Node) -> Iterator[Node]:
    """The tags of an object."""
    return (reading.resolve(each, "tag") for each in node.items("tags"))
