"""Types by the ways that a schema names them: components, references, and what is declared in its place."""

from __future__ import annotations

from functools import partial
from typing import Any

from msgspec.structs import replace

from contractbook.formats.wsdl import complex_types, simple_types
from contractbook.formats.wsdl.annotations import said_of
from contractbook.formats.wsdl.builtins import value_of
from contractbook.formats.wsdl.files import Schema
from contractbook.formats.wsdl.members import facts_of
from contractbook.formats.wsdl.names import ENCODING, XS, QName, qname
from contractbook.formats.wsdl.reading import Reading, Symbol
from contractbook.model import NOTHING, Shape, Type
from contractbook.source.xml_text import Element

ELEMENT = ("nillable", "abstract", "substitutionGroup", "final", "block", "default", "fixed")


class Types:
    """The types of one contract."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.heirs: dict[str, list[str]] = {}  # the types that are made from each, by its name
        self.bases: dict[str, str] = {}  # the type that each is made from
        self.members: dict[QName, list[QName]] = {}  # the elements that may stand for each
        self.roots: list[str] = []
        self._named: dict[tuple[str, int, int], str] = {}
        self.whole: set[str] = set()  # types that are global elements, too
        self.space = reading.files.space

    # -- components with a name

    def declare(self) -> None:
        """Give every type and element its name, and put it on the list."""
        reading = self.reading
        for meant, symbol in reading.symbols["type"].items():
            reading.names[id(symbol.element)] = reading.claim(meant.name, self._elsewhere(meant))
        self._heirs()
        self._substitutes()
        for symbol in reading.symbols["type"].values():
            self.named(symbol)
        for meant, symbol in reading.symbols["element"].items():
            self._element(meant, symbol)

    def _elsewhere(self, meant: QName) -> str:
        """What to call something whose name is taken by another namespace."""
        tail = meant.space.rstrip("/#").replace(":", "/").rpartition("/")[2]
        return f"{tail}:{meant.name}" if tail else ""

    def _heirs(self) -> None:
        """Note which type is made from which, and tell of those that are made from themselves."""
        names = self.reading.names
        for element, schema in self.reading.symbols["type"].values():
            base = complex_types.base(element) or simple_types.base(element)
            meant = qname(*base) if base else None
            if meant and schema.chameleon and not meant.space:
                meant = QName(schema.space, meant.name)
            found = self.reading.symbols["type"].get(meant) if meant else None
            if found is None or id(element) in self.reading.originals:
                continue
            self.bases[names[id(element)]] = names[id(found.element)]
            if element.name == "complexType" and element is not found.element:
                self.heirs.setdefault(names[id(found.element)], []).append(names[id(element)])
        self._circles()

    def _circles(self) -> None:
        """Tell of types that are their own base in the end, and make them from nothing."""
        done: set[str] = set()
        declared = {
            self.reading.names[id(symbol.element)]: symbol for symbol in self.reading.symbols["type"].values()
        }
        for name in [*self.bases]:
            way: dict[str, None] = {}
            while name in self.bases and name not in done and name not in way:
                way[name] = None
                name = self.bases[name]
            if name in way:
                element, schema = declared[name]
                self.reading.invalid(
                    f"type `{element.get('name')}` is its own base in the end",
                    element,
                    schema.document,
                    "Let one of these types stand alone.",
                )
            done.update(way)

    def _substitutes(self) -> None:
        for meant, symbol in self.reading.symbols["element"].items():
            head = symbol.element.get("substitutionGroup")
            found = self.reading.find("element", symbol.element, head, symbol.schema) if head else None
            if found:
                space = found.schema.space
                self.members.setdefault(QName(space, found.element.get("name")), []).append(meant)

    def named(self, symbol: Symbol) -> str:
        """The name of the type that a component declares."""
        reading = self.reading
        name = reading.names.get(id(symbol.element))
        if name is None:  # what a redefinition was made from
            name = reading.names[id(symbol.element)] = reading.claim(
                f"{symbol.element.get('name')} as it was"
            )
        if name not in reading.met:
            reading.later(name, partial(self._made, symbol, name))
        return name

    def _made(self, symbol: Symbol, name: str, inline: bool = False) -> Type:
        element, schema = symbol
        make = complex_types.complex_type if element.name == "complexType" else simple_types.simple_type
        made = make(self, element, schema, name, self.reading.at(element, schema), inline)
        return self._placed(made, schema)

    def _placed(self, made: Type, schema: Schema) -> Type:
        """The type with its namespace, where that is not the one of the contract."""
        binding = dict(made.binding)
        if made.name in self.whole and not made.inline:
            binding["element"] = made.name
        if schema.space != self.space and not made.inline:
            binding["namespace"] = schema.space
        return replace(made, binding=binding) if binding != made.binding else made

    def _element(self, meant: QName, symbol: Symbol) -> None:
        """A global element is a type of its own, unless it is all one with the type of its name."""
        reading, element = self.reading, symbol.element
        of = element.get("type")
        if of and meant not in self.members and not any(key in element.attributes for key in ELEMENT):
            found = reading.symbols["type"].get(qname(element, of) or meant)
            same = found is not None and reading.names[id(found.element)] == meant.name
            if same and found and not list(element):
                reading.names[id(element)] = reading.names[id(found.element)]
                self.roots.append(meant.name)
                self.whole.add(meant.name)
                return
        name = reading.claim(meant.name, f"{meant.name} element")
        reading.names[id(element)] = name
        reading.later(name, partial(self._root, meant, symbol, name))
        self.roots.append(name)

    def _root(self, meant: QName, symbol: Symbol, name: str) -> Type:
        """The type of a global element."""
        element, schema = symbol
        at = self.reading.at(element, schema)
        facts: dict[str, Any] = {"name": name, "at": at, "nullable": element.get("nillable") in ("true", "1")}
        facts |= said_of(self.reading.endings, element, **facts_of(element))
        inner = next((each for each in element if each.name in ("complexType", "simpleType")), None)
        parts = self._standing_for(meant)
        if inner is not None and not element.get("type") and not parts:
            made = self._merged(self._made(Symbol(inner, schema), name), facts)
            return self._defaulted(made, element, made.scalar)
        own = self._own(element, schema, f"{name} (itself)")
        if parts:
            itself = () if element.get("abstract") in ("true", "1") else (own,)
            return Type(shape=Shape.UNION, choice="one-of", parts=(*itself, *parts), **facts)
        made = self._placed(Type(shape=Shape.ALIAS, parts=(own,), **facts), schema)
        return self._defaulted(made, element, self.known(own).scalar)

    def _defaulted(self, made: Type, element: Element, scalar: str) -> Type:
        """The type with the default that its element declares."""
        value = element.attributes.get("default")
        return made if value is None else replace(made, default=value_of(value, scalar))

    def _merged(self, made: Type, facts: dict[str, Any]) -> Type:
        """The type inside of an element and what the element says, as one."""
        doc = "\n\n".join(dict.fromkeys(filter(None, (facts.get("doc"), made.doc))))
        binding = {**made.binding, **facts["binding"]}
        lifecycle = facts.get("lifecycle") or made.lifecycle
        own = {**facts, "doc": doc, "binding": binding or NOTHING, "lifecycle": lifecycle}
        return replace(made, inline=False, **own)

    def _standing_for(self, meant: QName) -> list[str]:
        """The elements that may stand in the place of one, also of those in its place."""
        found: dict[QName, None] = {}
        todo = [*self.members.get(meant, ())]
        while todo:
            each = todo.pop(0)
            if each not in found:
                found[each] = None
                todo += self.members.get(each, ())
        symbols = self.reading.symbols["element"]
        return [self.reading.names[id(symbols[each].element)] for each in found if each != meant]

    def element(self, symbol: Symbol) -> str:
        """The name of a global element's type."""
        return self.reading.names[id(symbol.element)]

    # -- references to types

    def known(self, name: str) -> Type:
        """A type, made on the spot if it is still to be made; anything, if it is being made."""
        chain = {name: None}  # the innermost base first, however long the chain is
        while (
            base := self.bases.get(next(reversed(chain)), "")
        ) in self.reading.pending and base not in chain:
            chain[base] = None
        for each in reversed(chain):
            made = self.reading.make(each)
        seen = {name}
        while made is not None and made.shape is Shape.ALIAS and made.parts[0] not in seen:
            seen.add(made.parts[0])
            made = self.reading.make(made.parts[0])
        return made or Type(name=name, shape=Shape.ANY)

    def of_name(self, element: Element, value: str, schema: Schema) -> str:
        """The type that an attribute names; what a name means is the same wherever the namespaces are."""
        key = (value, id(element.scope), id(schema.root))
        known = self._named.get(key)
        if known is None:
            known = self._of_name(element, value, schema)
            # In a redefinition a name means what it was before, so there nothing is kept.
            if not known.startswith("unresolved ") and not self.reading.originals:
                self._named[key] = known
        return known

    def _of_name(self, element: Element, value: str, schema: Schema) -> str:
        meant = self.reading.meant(element, value, schema)
        if meant is None:
            return self.reading.unresolved(value)
        if self.reading.is_builtin(meant):
            return self.reading.builtin(meant.name)
        if meant.space in (ENCODING, XS):
            if meant.space == ENCODING and meant.name == "Array":
                return self.reading.plain("SOAP array", Shape.LIST)
            self.reading.faults.unresolved(
                f"XML Schema has no type `{meant.name}`",
                schema.document,
                element.pointer,
                "Name one that it has, such as `string`, `decimal` or `dateTime`.",
            )
            return self.reading.unresolved(value)
        found = self.reading.find("type", element, value, schema)
        return self.named(found) if found else self.reading.unresolved(value)

    def simple_named(self, value: str, element: Element, schema: Schema) -> str:
        """The simple type that an attribute names."""
        return self.of_name(element, value, schema)

    def simple_inside(self, each: Element, key: str, schema: Schema, name: str) -> str:
        """The type that an attribute names, or that is declared inside."""
        if value := each.attributes.get(key):
            return self.of_name(each, value.strip(), schema)
        for inner in each:
            if inner.space == XS and inner.name in ("simpleType", "complexType"):
                return self.inline(inner, schema, name)
        if key != "type":
            self.reading.invalid(f"`{each.name}` names no type", each, schema.document, f"Give it `{key}`.")
        return self.reading.builtin("anyType")

    def base_of(self, each: Element, schema: Schema, name: str) -> str:
        """The type that a restriction or extension begins with."""
        return self.simple_inside(each, "base", schema, name)

    def inline(self, element: Element, schema: Schema, name: str) -> str:
        """The name of a type that is declared in its place."""
        known = self.reading.names.get(id(element))
        if known is None:
            known = self.reading.names[id(element)] = self.reading.claim(name)
            self.reading.later(known, partial(self._made, Symbol(element, schema), known, inline=True))
        return known

    def _own(self, element: Element, schema: Schema, name: str) -> str:
        """The type of an element: the one that it names or declares, else that of what it stands for."""
        declares = element.get("type") or any(each.name in ("complexType", "simpleType") for each in element)
        head = element.get("substitutionGroup")
        found = self.reading.find("element", element, head, schema) if head and not declares else None
        if found is not None and found.element is not element:
            return self._own(found.element, found.schema, self.element(found))
        return self.simple_inside(element, "type", schema, name)
