"""What of a contract a consumer touches: each declared element, and in which direction."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from contractbook.consumers.consumer import Style, Use
from contractbook.finding import Direction
from contractbook.model import Contract, Element, Field, Message, Operation, Role, Shape, Type
from contractbook.source.pointers import parts_of

Key = tuple[str, str, Direction]
"""Path, pointer and direction of an element."""


class Mark(NamedTuple):
    """An element that a consumer touches.

    `said` is the name that it wrote, empty for what it binds with the whole message. `known` are the values
    that it knows there, None where it does not say.
    """

    element: Element
    said: str = ""
    known: frozenset[str] | None = None


class Touched(NamedTuple):
    """The marks of one use, where each name was found, and the names that were found nowhere."""

    marks: Mapping[Key, Mark]
    found: Mapping[str, str]
    missing: tuple[str, ...]


def touched(contract: Contract, operation: Operation, use: Use) -> Touched:
    """What a use touches of a contract in which it means an operation."""
    return _Walk(contract, operation, use).result()


class _Walk:
    def __init__(self, contract: Contract, operation: Operation, use: Use) -> None:
        self.contract = contract
        self.operation = operation
        self.use = use
        self.marks: dict[Key, Mark] = {}
        self.found: dict[str, str] = {}
        self.names = {each: frozenset(values) for each, values in use.values.items()}

    def result(self) -> Touched:
        for way in (Direction.INPUT, Direction.OUTPUT):
            self.mark(self.operation, way)
        for message in self.operation.messages:
            self.message(message)
        self.parameters()
        wanted = {*self.use.fields, *(self.use.sends or ())}
        return Touched(self.marks, self.found, tuple(sorted(wanted - self.found.keys())))

    def mark(self, element: Element, way: Direction, said: str = "") -> None:
        if element.at:
            path, pointer = self.contract.place(element.at)
            key = (path, pointer, way)
            if key not in self.marks or (said and not self.marks[key].said):
                known = self.names.get(said) if said else None
                self.marks[key] = Mark(element, said, known)

    # -- messages and parameters

    def message(self, message: Message) -> None:
        ways = (
            (Direction.INPUT, Direction.OUTPUT)
            if message.direction is Direction.BOTH
            else (message.direction,)
        )
        for way in ways:
            written = way is Direction.INPUT
            if not written and not self.answers(message):
                continue
            self.mark(message, way)
            if message.fault and not self.use.status and not written:
                continue  # who does not say otherwise reads what comes when all goes well
            self.headers(message, way)
            if message.payload in self.contract.types:
                self.payload(message, way, written)

    def answers(self, message: Message) -> bool:
        """Whether a consumer that says which answer it reads means this one."""
        use = self.use
        status = not use.status or not message.status or _is_status(message.status, use.status)
        return status and (not use.media or not message.content_type or use.media in message.content_type)

    def headers(self, message: Message, way: Direction) -> None:
        for header in message.headers:
            if header.name in self.use.fields:
                self.found[header.name] = f"header {header.name}"
                self.mark(header, way, header.name)

    def payload(self, message: Message, way: Direction, written: bool) -> None:
        use = self.use
        if not written:
            self.look(message.payload, use.fields, way)
            if use.style is Style.STRICT:
                self.everything(message.payload, way)
            return
        said = self.look(message.payload, use.fields if use.sends is None else use.sends, way)
        self.needed(message.payload, way)
        if use.sends is None and not said:
            self.everything(message.payload, way)

    def parameters(self) -> None:
        """What is sent beside the body: what is named or demanded, or all if nothing is said of it."""
        way = Direction.OUTPUT if self.operation.action == "send" else Direction.INPUT
        names = {name: name for name in (*self.use.fields, *(self.use.sends or ()))}
        headers = {name.lower(): name for name in names}  # their case means nothing (RFC 9110, 5.1)
        for each in self.operation.parameters:
            is_header = each.role is Role.HEADER
            said = headers.get(each.name.lower(), "") if is_header else names.get(each.name, "")
            if said:
                self.found[said] = f"{each.role.noun} {each.name}"
            if said or each.required or self.use.sends is None:
                self.mark(each, way, said)
                self.everything(each.type, way, said)

    # -- payloads

    def look(self, payload: str, names: Iterable[str], way: Direction) -> bool:
        """Mark what the names mean in a payload; whether any of them means something."""
        bare = {name for name in names if not name.startswith("/")}
        paths = [name for name in names if name.startswith("/")]
        found = [name for name in paths if self.path(payload, name, way)]
        return self.anywhere(payload, bare, way) or bool(found)

    def anywhere(self, payload: str, names: set[str], way: Direction) -> bool:
        """Mark the fields of these names, wherever in a payload they stand."""
        hit = False
        seen = {payload}
        todo: deque[tuple[str, str]] = deque([(payload, "")] if names else [])
        while todo:
            name, above = todo.popleft()
            for step in self.steps(name, way):
                below = f"{above}/{step.field.name}" if step.field else above
                if step.field and step.field.name in names:
                    hit = True
                    self.found.setdefault(step.field.name, below)
                    self.bind(step, way, step.field.name)
                if step.type not in seen:
                    seen.add(step.type)
                    todo.append((step.type, below))
        return hit

    def path(self, payload: str, path: str, way: Direction) -> bool:
        """Mark the fields that a path leads through, if it leads to its end."""
        parts = parts_of(path)
        at = {payload: ()}
        ways: dict[str, tuple[_Step, ...]] = dict(at)
        asked = False
        for part in parts:
            asked = part is parts[-1] and self.argument(ways, part, path)
            ways = {
                step.type: (*led, step)
                for name, led in ways.items()
                for step in self.steps(name, way)
                if step.field is None or step.field.name == part
            }
        for led in ways.values():
            self.found.setdefault(path, path)
            for step in led[:-1]:
                for element in (*step.through, *filter(None, [step.field])):
                    self.mark(element, way, path)
            if led:
                self.bind(led[-1], way, path)
        return asked or bool(ways)

    def argument(self, ways: Mapping[str, tuple[_Step, ...]], name: str, path: str) -> bool:
        """Mark an argument of the fields that a path leads to: it is written, however they travel."""
        fields = [led[-1].field for led in ways.values() if led]
        found = [each for field in fields if field for each in field.arguments if each.name == name]
        for each in found:
            self.found.setdefault(path, path)
            self.mark(each, Direction.INPUT, path)
            self.everything(each.type, Direction.INPUT, path)
        return bool(found)

    def bind(self, step: _Step, way: Direction, said: str) -> None:
        """Mark a field that is used, and all that is in it."""
        if step.field:
            self.mark(step.field, way, said)
        self.everything(step.type, way, said)

    def needed(self, payload: str, way: Direction) -> None:
        """Mark what every sender of a payload has to give: what is required, and what is in that."""
        seen = {payload}
        todo = [payload]
        while todo:
            name = todo.pop()
            for step in self.steps(name, way):
                for type in step.through:
                    self.mark(type, way)
                if step.field is None or step.field.required:
                    if step.field:
                        self.mark(step.field, way)
                    if step.type not in seen:
                        seen.add(step.type)
                        todo.append(step.type)

    def everything(self, payload: str, way: Direction, said: str = "") -> None:
        """Mark a payload whole."""
        seen: set[str] = set()
        todo = [payload]
        while todo:
            name = todo.pop()
            type = self.contract.types.get(name)
            if type is None or name in seen:
                continue
            seen.add(name)
            self.mark(type, way, said)
            for value in type.values:
                self.mark(value, way, said)
            for field in (*type.fields, *type.patterns):
                if field.travels(way):
                    self.mark(field, way, said)
                    todo.append(field.type)
            todo += [*type.parts, *type.prefix, type.item]

    def steps(self, name: str, way: Direction) -> Iterator[_Step]:
        """The fields of a type; lists, choices and other names are looked through."""
        seen: set[str] = set()
        todo = [name]
        through: list[Type] = []
        while todo:
            type = self.contract.types.get(todo.pop())
            if type is None or type.name in seen:
                continue
            seen.add(type.name)
            through.append(type)
            for field in type.fields:
                if field.travels(way):
                    yield _Step(field, field.type, tuple(through))
            for pattern in type.patterns:
                yield _Step(None, pattern.type, tuple(through))
            if type.item and type.shape in (Shape.MAP, Shape.RECORD):
                yield _Step(None, type.item, tuple(through))
            else:
                todo += filter(None, [type.item])
            todo += [*type.parts, *type.prefix]


class _Step(NamedTuple):
    """A way from a type to one in it: by a field, or (None) by any key."""

    field: Field | None
    type: str
    through: tuple[Type, ...]


def _is_status(declared: str, said: str) -> bool:
    """Whether a status is one of a declared one such as 200, 2XX or default."""
    if declared.lower() == "default":
        return True
    return len(declared) == len(said) and all(a in ("X", "x", b) for a, b in zip(declared, said, strict=True))
