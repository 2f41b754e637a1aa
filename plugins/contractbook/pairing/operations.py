"""Operations side by side, though their paths changed, and the messages of two operations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from contractbook.addresses import ends, neutral, prefixes
from contractbook.model import Channel, Contract, Message, Operation
from contractbook.pairing.match import Pairs, by_partner, identity, match, partners
from contractbook.pairing.types import related

_VERSION = re.compile(r"(?<![a-z0-9])v\d+(?:(?:alpha|beta|p)\d+)*(?![a-z0-9])[/.]?", re.IGNORECASE)
_SUPPORT = 2  # operations that must share a new prefix, before it is believed


def operations(old: Contract, new: Contract) -> Pairs[Operation]:
    """Operations side by side: by key, else by what little can have changed about it.

    Parameter names in paths never count. Where keys stay apart, neither do versions, case, a trailing
    slash, a prefix that changed for several, the address of an operation that kept its id or its messages,
    or the name of a resource that is used as it was.
    """

    def alike(one: Operation, other: Operation) -> bool:
        return _alike(old, new, one, other)

    before, after = list(old.operations()), list(new.operations())
    found: dict[int, Operation] = {}
    for step in (_by_key, _by_id, _by_messages, _by_prefix, _by_resource):
        left, right = _left(before, after, found)
        if left and right:
            found |= step(left, right, alike)
    return by_partner(before, after, found)


Side = Sequence[Operation]
Alike = Callable[[Operation, Operation], bool]
Partners = dict[int, Operation]


def _left(old: Side, new: Side, found: Partners) -> tuple[Side, Side]:
    """The operations of both sides that have no partner yet."""
    taken = {id(each) for each in found.values()}
    return [each for each in old if id(each) not in found], [each for each in new if id(each) not in taken]


def _by_key(old: Side, new: Side, alike: Alike) -> Partners:
    """Partners by method and path, however little of the path is left."""
    return partners(old, new, identity, _nameless, _versionless, _caseless)


def _nameless(operation: Operation) -> str:
    """The key of an operation without the names of its path's parameters."""
    return neutral(operation.identity)


def _versionless(operation: Operation) -> str:
    return _VERSION.sub("", neutral(operation.identity))


def _caseless(operation: Operation) -> str:
    return _versionless(operation).lower().rstrip("/")


def _by_id(old: Side, new: Side, alike: Alike) -> Partners:
    """Partners by the id that the documents give them, if they do much the same."""
    found = partners(old, new, _id)
    return {id(each): found[id(each)] for each in old if id(each) in found and alike(each, found[id(each)])}


def _id(operation: Operation) -> Hashable:
    return None if operation.name == operation.key else (operation.action, operation.name)


def _by_messages(old: Side, new: Side, alike: Alike) -> Partners:
    """Partners by the named types that they take and answer."""
    return partners(old, new, _messages)


def _messages(operation: Operation) -> Hashable:
    named = tuple(
        (message.name, message.payload)
        for message in operation.messages
        if message.payload and not message.fault and " > " not in message.payload
    )
    return (operation.action, operation.method, named) if len(named) > 1 else None


def _by_prefix(old: Side, new: Side, alike: Alike) -> Partners:
    """Partners whose paths are equal but for what they begin with, if several moved in the same way."""
    at_end: dict[tuple[str, str], list[Operation]] = {}
    for operation in (each for each in new if each.address):
        for end in ends(operation.address):
            at_end.setdefault((operation.method, end), []).append(operation)
    moves = []
    for operation in old:
        found = (at_end.get((operation.method, end), []) for end in ends(operation.address))
        candidates = next(filter(None, found), [])
        if len(candidates) == 1:
            moved = candidates[0]
            moves.append((operation, moved, prefixes(operation.address, moved.address)))
    support = Counter(move for _, _, move in moves)
    taken = Counter(id(moved) for _, moved, _ in moves)
    return {
        id(operation): moved
        for operation, moved, move in moves
        if support[move] >= _SUPPORT and taken[id(moved)] == 1
    }


def _by_resource(old: Side, new: Side, alike: Alike) -> Partners:
    """Partners that one resource has under its old and its new name: several, and all of them alike."""
    found: Partners = {}
    names = _resources(new)
    for uses in _resources(old).values():
        renamed = [other for other in names.values() if uses.keys() == other.keys()]
        if len(uses) >= _SUPPORT and len(renamed) == 1:
            pairs = [(operation, renamed[0][use]) for use, operation in uses.items()]
            if all(alike(was, now) for was, now in pairs):
                found |= {id(was): now for was, now in pairs}
    return found


Uses = dict[tuple[str, str], Operation]  # by method and by what follows the resource in the path


def _resources(operations: Iterable[Operation]) -> dict[str, Uses]:
    """What can be done with each resource, by the path up to its first parameter."""
    found: dict[str, Uses] = {}
    for operation in (each for each in operations if each.address):
        name, brace, rest = neutral(operation.address).partition("/{}")
        found.setdefault(name, {})[operation.method, brace + rest] = operation
    return found


def _alike(old: Contract, new: Contract, before: Operation, after: Operation) -> bool:
    """Whether two operations take and answer, where they do so both, what may be the same thing."""
    payloads = {_group(each): each.payload for each in before.messages if each.payload and not each.fault}
    return all(
        related(old.resolve(payloads[_group(each)]), new.resolve(each.payload))
        for each in after.messages
        if each.payload and _group(each) in payloads
    )


def messages(old: Operation | Channel, new: Operation | Channel) -> Pairs[Message]:
    """The messages of two operations (or channels) side by side: by direction, status and media type.

    A message whose status or media type alone changed is found again. Of a status that one side lacks only
    the first message is given, and of a media type that an operation lost or gained only the first.
    """
    if old.messages == new.messages:
        yield from zip(old.messages, new.messages, strict=True)
        return
    lost: set[Hashable] = set()
    for before, after in _answers(old.messages, new.messages):
        if before and after:
            for was, now in match(before, after, identity_of_media, media, structure, lambda each: True):
                alone = was if now is None else now if was is None else None
                gone = alone and (now is None, alone.direction, media(alone))
                if gone is None or gone not in lost:
                    yield was, now
                lost.add(gone)
        else:
            yield (before[0] if before else None), (after[0] if after else None)


def identity_of_media(message: Message) -> Hashable:
    """The media type as it is written."""
    return message.content_type


def media(message: Message) -> Hashable:
    """The media type without parameters, in lower case (RFC 9110, 8.3.1)."""
    return message.content_type.partition(";")[0].strip().lower()


def structure(message: Message) -> Hashable:
    """What a media type is built on: `json` for `application/problem+json`."""
    return re.split(r"[/+]", str(media(message)))[-1] or None


Group = tuple[Message, ...]


def _answers(old: Sequence[Message], new: Sequence[Message]) -> Iterator[tuple[Group, Group]]:
    """All media types of one answer, or of the request, side by side."""
    before, after = _groups(old), _groups(new)
    gone = [key for key in before if key not in after]
    come = [key for key in after if key not in before]
    moved = _moved_status([before[key] for key in gone], [after[key] for key in come])
    for key, group in before.items():
        yield group, after.get(key) or moved.get(key, ())
    found = {id(group) for group in moved.values()}
    yield from (((), after[key]) for key in come if id(after[key]) not in found)


def _groups(messages: Sequence[Message]) -> dict[Hashable, Group]:
    found: dict[Hashable, list[Message]] = {}
    for message in messages:
        found.setdefault(_group(message), []).append(message)
    return {key: tuple(group) for key, group in found.items()}


def _group(message: Message) -> Hashable:
    return (message.direction, message.status or message.name)


def _moved_status(old: Sequence[Group], new: Sequence[Group]) -> dict[Hashable, Group]:
    """Answers that have another status, if one and only one says the same under it.

    Messages without a status go by name; of those that have another name, it is the one with that payload
    or the only one that is left.
    """
    found: dict[Hashable, Group] = {}
    for look in (_said, _success, _carried, _nameless_one):
        before = [group for group in old if _group(group[0]) not in found and look(group[0])]
        taken = {id(group) for group in found.values()}
        after = [group for group in new if id(group) not in taken and look(group[0])]
        for group in before:
            alike = [each for each in after if look(each[0]) == look(group[0])]
            twins = [each for each in before if look(each[0]) == look(group[0])]
            if len(alike) == len(twins) == 1:
                found[_group(group[0])] = alike[0]
    return found


def _said(message: Message) -> Hashable:
    """The text of an answer, if it says enough to know it by."""
    return (message.direction, message.doc, message.payload) if message.status and message.doc else None


def _carried(message: Message) -> Hashable:
    """The named payload of a message that has no status."""
    named = message.payload and not message.status and " > " not in message.payload
    return (message.direction, message.payload) if named else None


def _nameless_one(message: Message) -> Hashable:
    """Whether this is a message that has no status, as all others of its direction."""
    return None if message.status else (message.direction,)


def _success(message: Message) -> Hashable:
    """Whether this is the answer to a call that went well."""
    return message.direction if message.status.startswith("2") else None
