"""Avro IDL to the values that the same schema has as JSON, and where each named part of it stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from contractbook.source.avdl_tokens import Token, scalar
from contractbook.source.avdl_words import Unexpected, Words
from contractbook.source.faults import Fault

DEEPEST = 100  # types inside types
NAMED = frozenset({"record", "error", "enum", "fixed"})
LOGICAL = {
    "date": {"type": "int", "logicalType": "date"},
    "time_ms": {"type": "int", "logicalType": "time-millis"},
    "timestamp_ms": {"type": "long", "logicalType": "timestamp-millis"},
    "local_timestamp_ms": {"type": "long", "logicalType": "local-timestamp-millis"},
    "uuid": {"type": "string", "logicalType": "uuid"},
}
Data = dict[str, Any]


class Parsed:
    """The value of an IDL text: a protocol as `.avpr` has it, with `imports`, and perhaps `schema`.

    A part is named by its full name: `shop.shipping.Parcel.weight`.
    """

    def __init__(self, data: Data, faults: list[Fault], places: dict[str, int]) -> None:
        self.data = data
        self.faults = faults
        self.places = places

    def offsets(self, names: Iterable[str]) -> list[int]:
        """At which bytes the parts stand that have these names, or what comes nearest to them."""
        return [self._offset(name) for name in names]

    def _offset(self, name: str) -> int:
        while name and name not in self.places:
            name = name[: max(0, *(name.rfind(sign) for sign in ".[{("))]
        return self.places.get(name, 0)


def parse(utf8: bytes) -> Parsed:
    """Reads a text as far as it goes: a declaration that cannot be read is left out, and told."""
    reading = _Reading(utf8)
    reading.whole()
    return Parsed(reading.data, reading.faults, reading.places)


class _Reading(Words):
    """One text being read, and the value that it has so far."""

    def __init__(self, utf8: bytes) -> None:
        super().__init__(utf8)
        self.namespace = ""
        self.data: Data = {"types": []}
        self.places: dict[str, int] = {}

    def whole(self) -> None:
        """A protocol, or the schemas of a namespace with the one that is meant."""
        while self.token.kind != "end":
            try:
                self.top()
            except Unexpected as problem:
                self.tell(problem)
                self.recover()
                self.take("}")

    def top(self) -> None:
        if self.peek("namespace") and "namespace" not in self.data:
            self.next()
            self.data["namespace"] = self.namespace = self.word("a namespace").name
            self.expect(";")
        elif self.peek("schema"):
            self.next()
            self.data["schema"] = self.type()
            self.expect(";")
        elif self.peek("import"):
            self.import_()
        else:
            properties = self.properties()
            if self.peek("protocol"):
                self.protocol(properties)
            else:
                self.data["types"].append(self.declaration(properties))

    def protocol(self, properties: Data) -> None:
        self.next()
        name = self.word("the name of a protocol")
        space = properties.pop("namespace", None)
        if isinstance(space, str):
            self.namespace = space
        self.data |= {"protocol": name.name, "namespace": self.namespace, "messages": {}, **properties}
        full = self.place(self.namespace, name)
        self.expect("{")
        while not self.take("}"):
            if self.token.kind == "end":
                raise Unexpected(self.token, "`}`")
            try:
                self.member(full)
            except Unexpected as problem:
                self.tell(problem)
                self.recover()

    def member(self, protocol: str) -> None:
        """A type, an import or a message of a protocol."""
        if self.peek("import"):
            self.import_()
            return
        properties = self.properties()
        if self.token.text in NAMED:
            self.data["types"].append(self.declaration(properties))
        else:
            self.message(properties, protocol)

    def import_(self) -> None:
        self.next()
        kind = self.word("idl, protocol or schema").name
        if self.token.kind != "text":
            raise Unexpected(self.token, "the path of a file")
        token = self.next()
        path = scalar(token)
        self.data.setdefault("imports", []).append({"kind": kind, "path": path})
        self.places[f"import {path}"] = token.offset
        self.expect(";")

    def place(self, around: str, name: Token) -> str:
        """Note where a part stands; its full name."""
        full = name.name if "." in name.name or not around else f"{around}.{name.name}"
        self.places.setdefault(full, name.offset)
        return full

    def properties(self, doc: str = "") -> Data:
        """Annotations with the doc comment before or behind them; `doc` is the one for want of another."""
        doc = self.take_doc() or doc
        found = self.annotations()
        doc = self.take_doc() or doc
        return {"doc": doc, **found} if doc else found

    def annotations(self) -> Data:
        """The properties that stand before a declaration, a type or a name."""
        found: Data = {}
        while self.take("@"):
            key = self.word("the name of a property").name
            if self.take("("):
                found[key] = self.json()
                self.expect(")")
            else:
                found[key] = True
        return found

    # -- declarations

    def declaration(self, properties: Data) -> Data:
        kind = self.token.text
        if kind not in NAMED:
            raise Unexpected(self.token, "a record, error, enum, fixed or protocol")
        self.next()
        name = self.word("a name")
        own = properties.get("namespace")
        found: Data = {"type": kind, "name": name.name, **properties}
        full = self.place(own if isinstance(own, str) else self.namespace, name)
        if kind == "enum":
            self.symbols(found, full)
        elif kind == "fixed":
            self.expect("(")
            found["size"] = scalar(self.number())
            self.expect(")")
            self.expect(";")
        else:
            self.fields(found, full)
        return found

    def number(self) -> Token:
        if self.token.kind != "number":
            raise Unexpected(self.token, "a number")
        return self.next()

    def symbols(self, found: Data, full: str) -> None:
        found["symbols"] = []
        self.expect("{")
        while not self.take("}"):
            self.annotations()
            token = self.word("a symbol")
            found["symbols"].append(token.name)
            self.place(full, token)
            if not self.peek("}"):
                self.expect(",", "`,` or `}`")
        if self.take("="):
            found["default"] = self.word("a symbol").name
            self.expect(";")

    def fields(self, found: Data, full: str) -> None:
        found["fields"] = []
        self.expect("{")
        while not self.take("}"):
            if self.token.kind == "end":
                raise Unexpected(self.token, "`}`")
            try:
                self.field(found["fields"], full)
            except Unexpected as problem:
                self.tell(problem)
                self.recover()

    def field(self, fields: list[Data], full: str) -> None:
        """One type with the names of one or several fields."""
        doc = self.take_doc()
        type = self.type()
        while True:
            fields.append(self.variable(type, doc, full))
            if not self.take(","):
                break
        self.expect(";")

    def variable(self, type: Any, doc: str, full: str) -> Data:
        properties = self.properties(doc)
        name = self.word("the name of a field")
        self.place(full, name)
        found: Data = {"name": name.name, "type": type, **properties}
        if self.take("="):
            found["default"] = self.json()
        if isinstance(type, Optional) and found.get("default") is not None:
            found["type"] = type[::-1]  # the default is one of the first branch
        return found

    def message(self, properties: Data, protocol: str) -> None:
        response = "null" if self.take("void") else self.type()
        name = self.word("the name of a message")
        full = self.place(protocol, name)
        found: Data = {"request": [], "response": response, **properties}
        self.expect("(")
        while not self.take(")"):
            parameter_doc = self.take_doc()
            found["request"].append(self.variable(self.type(), parameter_doc, full))
            if not self.peek(")"):
                self.expect(",", "`,` or `)`")
        if self.take("oneway"):
            found["one-way"] = True
        elif self.take("throws"):
            found["errors"] = [self.word("the name of an error").name]
            while self.take(","):
                found["errors"].append(self.word("the name of an error").name)
        self.expect(";")
        self.data["messages"][name.name] = found

    # -- types and values

    def type(self) -> Any:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unexpected(self.token, f"a type less than {DEEPEST} levels deep")
        properties = self.annotations()
        found = self.plain_type()
        if properties:
            found = {**found, **properties} if isinstance(found, dict) else {"type": found, **properties}
        self.depth -= 1
        return Optional(["null", found]) if self.take("?") else found

    def plain_type(self) -> Any:
        if self.token.text in NAMED:
            return self.declaration({})
        token = self.word("a type")
        if token.text in ("array", "map"):
            self.expect("<")
            inner = self.type()
            self.expect(">")
            return {"type": token.text, "items" if token.text == "array" else "values": inner}
        if token.text == "union":
            return self.union()
        if token.text == "decimal" and self.take("("):
            sizes = [scalar(self.number())]
            if self.take(","):
                sizes.append(scalar(self.number()))
            self.expect(")")
            named = dict(zip(("precision", "scale"), sizes, strict=False))
            return {"type": "bytes", "logicalType": "decimal", **named}
        return dict(LOGICAL[token.text]) if token.text in LOGICAL else token.name

    def union(self) -> list[Any]:
        self.expect("{")
        found = [self.type()]
        while self.take(","):
            found.append(self.type())
        self.expect("}", "`,` or `}`")
        return found

    def json(self, depth: int = 0) -> Any:
        """A value as it is written in JSON."""
        token = self.token
        if depth > DEEPEST:
            raise Unexpected(token, f"a value less than {DEEPEST} levels deep")
        if token.kind in ("text", "number"):
            return scalar(self.next())
        if self.take("["):
            return self.items(depth)
        if self.take("{"):
            return self.members(depth)
        if token.kind == "word" and token.text in WORDS:
            self.next()
            return WORDS[token.text]
        raise Unexpected(token, "a value")

    def items(self, depth: int) -> list[Any]:
        found: list[Any] = []
        while not self.take("]"):
            found.append(self.json(depth + 1))
            if not self.peek("]"):
                self.expect(",", "`,` or `]`")
        return found

    def members(self, depth: int) -> Data:
        found: Data = {}
        while not self.take("}"):
            if self.token.kind != "text":
                raise Unexpected(self.token, "a key in quotes")
            key = str(scalar(self.next()))
            self.expect(":")
            found[key] = self.json(depth + 1)
            if not self.peek("}"):
                self.expect(",", "`,` or `}`")
        return found


WORDS = {"null": None, "true": True, "false": False, "NaN": "NaN", "Infinity": "Infinity"}


class Optional(list[Any]):
    """A type that is written with `?`: null comes first unless the default is something else."""
