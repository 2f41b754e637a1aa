"""Reads a proto text that the compiler refuses: what can be understood becomes a descriptor, as its own.

Nothing is checked that the compiler checks; what it says of the text is told as it says it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from google.protobuf import descriptor_pb2 as pb

from contractbook.formats.protobuf.tokens import END, Token, scalar, tokens, unquoted

DEEPEST = 64  # messages in messages
Path = tuple[int, ...]
LABELS = {"optional": 1, "required": 2, "repeated": 3}
SCALARS = {
    "double": 1,
    "float": 2,
    "int64": 3,
    "uint64": 4,
    "int32": 5,
    "fixed64": 6,
    "fixed32": 7,
    "bool": 8,
    "string": 9,
    "bytes": 12,
    "uint32": 13,
    "sfixed32": 15,
    "sfixed64": 16,
    "sint32": 17,
    "sint64": 18,
}
MOST = 536870911  # the largest number of a field
LARGEST = 2147483647


class Wrong(Exception):
    """A statement that cannot be understood."""


class Problem(NamedTuple):
    """What cannot be understood, and where; line and column count from 0."""

    line: int
    column: int
    message: str


class Parsed(NamedTuple):
    """A text as a descriptor, and what of it was not understood."""

    file: pb.FileDescriptorProto
    problems: list[Problem]


def parse(name: str, text: str) -> Parsed:
    """What a text says; `name` is the one under which others import it."""
    reader = _Reader(name, text)
    reader.block((), reader.statement, END)
    return Parsed(reader.file, reader.problems)


class _Reader:
    def __init__(self, name: str, text: str) -> None:
        self.file = pb.FileDescriptorProto(name=name)
        self.words, self.behind = tokens(text)
        self.at = 0
        self.problems: list[Problem] = []

    # -- words

    @property
    def word(self) -> Token:
        return self.words[self.at]

    def step(self) -> Token:
        word = self.words[self.at]
        if word.kind != END:
            self.at += 1
        return word

    def take(self, *texts: str) -> bool:
        """Step over one of some words, if it is next."""
        if self.word.kind in ("name", "sign") and self.word.text in texts:
            self.at += 1
            return True
        return False

    def expect(self, text: str) -> None:
        if not self.take(text):
            found = self.word.text or "the end of the text"
            raise Wrong(f"`{text}` is missing before `{found[:40]}`")

    def name(self) -> str:
        if self.word.kind != "name":
            raise Wrong(f"a name is missing before `{self.word.text[:40] or 'the end of the text'}`")
        return self.step().text

    def qualified(self) -> str:
        parts = ["." if self.take(".") else "", self.name()]
        while self.take("."):
            parts += [".", self.name()]
        return "".join(parts)

    def string(self) -> str:
        if self.word.kind != "string":
            raise Wrong("a text between quotes is missing")
        parts = []
        while self.word.kind == "string":
            parts.append(unquoted(self.step().text))
        return "".join(parts)

    def number(self) -> int:
        minus = self.take("-")
        found = scalar(self.word.text) if self.word.kind == "number" else None
        if not isinstance(found, int):
            raise Wrong(f"a whole number is missing before `{self.word.text[:40] or 'the end of the text'}`")
        self.step()
        return max(min(-found if minus else found, LARGEST), -LARGEST - 1)

    # -- statements

    def block(self, path: Path, statement: Callable[[Path], None], end: str) -> None:
        """The statements up to the end of a block; what cannot be understood is passed over."""
        while self.word.kind != END and self.word.text != end:
            begin = self.at
            try:
                statement(path)
            except (Wrong, ValueError, TypeError) as problem:  # protobuf's own refusals, such as of a number
                self.problems.append(Problem(self.word.line, self.word.column, str(problem)))
                self.recover(begin)
        if end != END:
            try:
                self.expect(end)
            except Wrong as problem:
                self.problems.append(Problem(self.word.line, self.word.column, str(problem)))

    def recover(self, begin: int) -> None:
        """Go on behind the statement that begins at a word: behind its `;` or its block."""
        depth = 0
        for word in self.words[begin : self.at]:
            depth += (word.text == "{") - (word.text == "}")
        while self.word.kind != END:
            text = self.word.text
            if text == "}" and depth <= 0:
                if self.at == begin:
                    self.at += 1
                return
            self.at += 1
            depth += (text == "{") - (text == "}")
            if depth <= 0 and text in (";", "}"):
                return

    def note(self, path: Path, begin: Token, end: Token | None = None) -> None:
        """Where an element stands, and what is written about it."""
        last = end or self.words[max(self.at - 1, 0)]
        spot = self.file.source_code_info.location.add(
            path=path, span=(begin.line, begin.column, last.line, last.column + 1)
        )
        if begin.before:
            spot.leading_comments = begin.before
        if last.line in self.behind:
            spot.trailing_comments = self.behind.pop(last.line)

    def statement(self, path: Path) -> None:
        begin = self.word
        file = self.file
        if self.take(";"):
            return
        if self.take("syntax", "edition"):
            self.expect("=")
            level = self.string()
            file.syntax = level if level.startswith("proto") else "editions"
            if (
                file.syntax == "editions"
                and (known := f"EDITION_{level}") in pb.Edition.DESCRIPTOR.values_by_name
            ):
                file.edition = pb.Edition.Value(known)
            self.note((12,), begin)
        elif self.take("package"):
            file.package = self.qualified()
            self.note((2,), begin)
        elif self.take("import"):
            kind = self.step().text if self.word.kind == "name" else ""
            name = self.string()
            if kind == "public":
                file.public_dependency.append(len(file.dependency))
            self.note((3, len(file.dependency)), begin)
            file.dependency.append(name)
        elif self.declares("option"):
            self.option(file.options)
            return
        elif self.declares("message"):
            self.message((4, len(file.message_type)), file.message_type.add(), begin)
            return
        elif self.declares("enum"):
            self.enum((5, len(file.enum_type)), file.enum_type.add(), begin)
            return
        elif self.declares("service"):
            self.service((6, len(file.service)), file.service.add(), begin)
            return
        elif self.declares("extend"):
            self.extend((7,), file.extension, (4,), file.message_type)
            return
        else:
            raise Wrong(f"`{begin.text[:40]}` begins no statement")
        self.expect(";")

    def declares(self, word: str) -> bool:
        """Whether a declaration begins here: its word, and a name (an option's may be in brackets)."""
        follows = self.words[min(self.at + 1, len(self.words) - 1)]
        if self.word.text == word and (follows.kind == "name" or follows.text in ("(", ".")):
            self.at += 1
            return True
        return False

    # -- messages

    def message(self, path: Path, message: Any, begin: Token) -> None:
        message.name = self.name()
        self.expect("{")
        self.note(path, begin)
        self.members(path, message)

    def members(self, path: Path, message: Any) -> None:
        if len(path) > 2 * DEEPEST:
            raise Wrong(f"messages are nested deeper than {DEEPEST} levels")
        self.block(path, lambda inside: self.member(inside, message), "}")

    def member(self, path: Path, message: Any) -> None:
        begin = self.word
        follows = self.words[min(self.at + 1, len(self.words) - 1)].text
        if self.take(";"):
            return
        if self.declares("message") and follows != "=":
            self.message((*path, 3, len(message.nested_type)), message.nested_type.add(), begin)
        elif self.declares("enum"):
            self.enum((*path, 4, len(message.enum_type)), message.enum_type.add(), begin)
        elif self.declares("option"):
            self.option(message.options)
        elif self.declares("oneof"):
            self.oneof(path, message, begin)
        elif self.declares("extend"):
            self.extend((*path, 6), message.extension, (*path, 3), message.nested_type)
        elif begin.text == "extensions" and follows[:1].isdigit():
            self.step()
            for start, end in self.ranges(MOST):
                message.extension_range.add(start=start, end=end + 1)
            self.brackets(None)
            self.expect(";")
        elif begin.text == "reserved" and self.is_reserving():
            self.step()
            self.reserved(message, MOST, 1)
        else:
            self.field(path, message, begin)

    def is_reserving(self) -> bool:
        """Whether `reserved` begins a list here, and is not the type of a field."""
        first, second = (
            self.words[self.at + 1 : self.at + 3] if self.at + 3 < len(self.words) else (self.word,) * 2
        )
        return first.kind in ("number", "string") or first.text == "-" or second.text in (",", ";")

    def reserved(self, element: Any, most: int, beyond: int) -> None:
        """Names or ranges that nobody may use; the end of a message's range is the number after it."""
        if self.word.kind in ("string", "name"):
            while True:
                element.reserved_name.append(self.string() if self.word.kind == "string" else self.name())
                if not self.take(","):
                    break
        else:
            for start, end in self.ranges(most):
                element.reserved_range.add(start=start, end=min(end + beyond, LARGEST))
        self.expect(";")

    def ranges(self, most: int) -> Iterator[tuple[int, int]]:
        while True:
            start = end = self.number()
            if self.take("to"):
                end = most if self.take("max") else self.number()
            yield start, end
            if not self.take(","):
                return

    def oneof(self, path: Path, message: Any, begin: Token) -> None:
        index = len(message.oneof_decl)
        oneof = message.oneof_decl.add(name=self.name())
        self.expect("{")
        self.note((*path, 8, index), begin)

        def inside(path: Path) -> None:
            first = self.word
            if self.take(";"):
                return
            if self.declares("option"):
                self.option(oneof.options)
            else:
                self.field(path, message, first, oneof=index)

        self.block(path, inside, "}")

    def extend(self, path: Path, fields: Any, nested: Path, types: Any) -> None:
        extendee = self.qualified()
        self.expect("{")

        def inside(path: Path) -> None:
            begin = self.word
            if not self.take(";"):
                field = self.declared(path, fields, begin, nested, types)
                field.extendee = extendee

        self.block(path, inside, "}")

    def field(self, path: Path, message: Any, begin: Token, oneof: int | None = None) -> None:
        field = self.declared((*path, 2), message.field, begin, (*path, 3), message.nested_type)
        if oneof is not None:
            field.oneof_index = oneof

    def declared(self, path: Path, fields: Any, begin: Token, nested: Path, types: Any) -> Any:
        """One field; what its type declares by the way is added to `types`."""
        field = pb.FieldDescriptorProto(label=pb.FieldDescriptorProto.LABEL_OPTIONAL)
        follows = self.words[min(self.at + 1, len(self.words) - 1)]
        if begin.text in LABELS and follows.kind in ("name", "sign") and follows.text != "=":
            field.label = LABELS[self.step().text]  # type: ignore[assignment]
            field.proto3_optional = begin.text == "optional" and self.file.syntax == "proto3"
        group = None
        if self.word.text == "map" and self.words[min(self.at + 1, len(self.words) - 1)].text == "<":
            entry = self.map(field)
        else:
            entry = None
            kind = self.qualified()
            if kind == "group":
                field.type, group = 10, types.add()  # type: ignore[assignment]
            elif kind in SCALARS:
                field.type = SCALARS[kind]  # type: ignore[assignment]
            else:
                field.type_name = kind
        field.name = self.name()
        self.expect("=")
        field.number = self.number()
        self.brackets(field)
        index = len(fields)
        added = fields.add()
        if entry is not None:
            entry.name = "".join(part[:1].upper() + part[1:] for part in field.name.split("_")) + "Entry"
            field.type_name = entry.name
            types.append(entry)
        if group is not None:
            group.name, field.type_name = field.name, field.name
            field.name = field.name.lower()
        added.CopyFrom(field)
        if group is not None:
            self.expect("{")
            self.note((*path, index), begin)
            self.members((*nested, len(types) - 1), group)
        else:
            self.expect(";")
            self.note((*path, index), begin)
        return added

    def map(self, field: pb.FieldDescriptorProto) -> pb.DescriptorProto:
        self.step()
        self.expect("<")
        entry = pb.DescriptorProto()
        entry.options.map_entry = True
        field.label = 3  # type: ignore[assignment]
        for name, number in (("key", 1), ("value", 2)):
            kind = self.qualified()
            part = entry.field.add(name=name, number=number, label=pb.FieldDescriptorProto.LABEL_OPTIONAL)
            if kind in SCALARS:
                part.type = SCALARS[kind]  # type: ignore[assignment]
            else:
                part.type_name = kind
            self.expect("," if name == "key" else ">")
        return entry

    # -- enumerations, services, options

    def enum(self, path: Path, enum: Any, begin: Token) -> None:
        enum.name = self.name()
        self.expect("{")
        self.note(path, begin)

        def inside(path: Path) -> None:
            first = self.word
            follows = self.words[min(self.at + 1, len(self.words) - 1)].text
            if self.take(";"):
                return
            if follows != "=" and self.declares("option"):
                self.option(enum.options)
            elif first.text == "reserved" and follows != "=":
                self.step()
                self.reserved(enum, LARGEST, 0)
            else:
                value = pb.EnumValueDescriptorProto(name=self.name())
                self.expect("=")
                value.number = self.number()
                self.brackets(value)
                enum.value.append(value)
                self.expect(";")
                self.note((*path, 2, len(enum.value) - 1), first)

        self.block(path, inside, "}")

    def service(self, path: Path, service: Any, begin: Token) -> None:
        service.name = self.name()
        self.expect("{")
        self.note(path, begin)

        def inside(path: Path) -> None:
            first = self.word
            if self.take(";"):
                return
            if self.declares("option"):
                self.option(service.options)
                return
            self.expect("rpc")
            method = pb.MethodDescriptorProto(name=self.name())
            method.client_streaming, method.input_type = self.payload()
            self.expect("returns")
            method.server_streaming, method.output_type = self.payload()
            index = len(service.method)
            added = service.method.add()
            if self.take("{"):
                self.note((*path, 2, index), first)
                self.block(path, lambda _: self.settings(method), "}")
            else:
                self.expect(";")
                self.note((*path, 2, index), first)
            added.CopyFrom(method)

        self.block(path, inside, "}")

    def payload(self) -> tuple[bool, str]:
        self.expect("(")
        follows = self.words[min(self.at + 1, len(self.words) - 1)]
        streams = self.word.text == "stream" and (follows.kind == "name" or follows.text == ".")
        if streams:
            self.step()
        kind = self.qualified()
        self.expect(")")
        return streams, kind

    def settings(self, method: pb.MethodDescriptorProto) -> None:
        if not self.take(";"):
            self.expect("option")
            self.option(method.options)

    def option(self, options: Any) -> None:
        """`option (name).part = value;`, behind its first word."""
        self.assigned(options)
        self.expect(";")

    def brackets(self, element: Any) -> None:
        """`[deprecated = true, (name) = {…}]` behind a field, value or range."""
        if not self.take("["):
            return
        options = None if element is None else element.options
        while True:
            if element is not None and self.word.text in ("default", "json_name"):
                self.own(element)
            else:
                self.assigned(options)
            if not self.take(","):
                break
        self.expect("]")

    def own(self, field: Any) -> None:
        """What a field itself holds though it is written as an option."""
        name = self.step().text
        self.expect("=")
        _, value = self.value()
        setattr(
            field,
            "default_value" if name == "default" else name,
            str(value).lower() if value is True or value is False else str(value),
        )

    def assigned(self, options: Any) -> None:
        parts: list[tuple[str, bool]] = []
        while True:
            if self.take("("):
                parts.append((self.qualified().lstrip("."), True))
                self.expect(")")
            else:
                parts.append((self.name(), False))
            if not self.take("."):
                break
        self.expect("=")
        kind, value = self.value()
        if options is None:
            return
        if len(parts) == 1 and not parts[0][1] and _set(options, parts[0][0], value):
            return
        kept = options.uninterpreted_option.add()
        for name, custom in parts:
            kept.name.add(name_part=name, is_extension=custom)
        if kind == "{":
            kept.aggregate_value = str(value)
        elif kind == "name":
            kept.identifier_value = str(value).lower() if isinstance(value, bool) else str(value)
        elif isinstance(value, str):
            kept.string_value = value.encode()
        else:
            kept.double_value = float(value) if isinstance(value, int | float) else 0.0

    def value(self) -> tuple[str, object]:
        """The value of an option: its kind, and itself; one between braces as it is written."""
        if self.word.kind == "string":
            return "string", self.string()
        if self.word.text == "{":
            begin, depth = self.at, 0
            while self.word.kind != END:
                depth += (self.word.text == "{") - (self.word.text == "}")
                self.at += 1
                if not depth:
                    break
            return "{", " ".join(word.text for word in self.words[begin + 1 : self.at - 1])
        minus = self.take("-")
        word = self.step()
        if word.kind not in ("name", "number"):
            raise Wrong(f"a value is missing before `{word.text[:40] or 'the end of the text'}`")
        found = scalar(word.text)
        if minus and isinstance(found, int | float):
            return "number", -found
        return word.kind if not isinstance(
            found, bool
        ) else "name", word.text if word.kind == "name" and not isinstance(found, bool) else found


def _set(options: Any, name: str, value: object) -> bool:
    """Set one of the options that every language knows; False where it is none, or not of its type."""
    known = options.DESCRIPTOR.fields_by_name.get(name)
    if known is None or known.message_type or known.is_repeated:
        return False
    try:
        if known.enum_type:
            value = known.enum_type.values_by_name[str(value)].number
        setattr(options, name, value)
    except (KeyError, TypeError, ValueError):
        return False
    return True
