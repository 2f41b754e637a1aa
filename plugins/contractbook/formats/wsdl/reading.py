"""What all parts of the reader share: which components there are, and the types made of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple

from contractbook.formats.faults import Faults
from contractbook.formats.lifecycle import Endings
from contractbook.formats.wsdl.annotations import plain
from contractbook.formats.wsdl.builtins import BUILTINS, WHITE_SPACE
from contractbook.formats.wsdl.files import KNOWN, Files, Schema
from contractbook.formats.wsdl.names import ENCODING, XS, QName, nearest, qname
from contractbook.model import NOTHING, Shape, Type
from contractbook.source.document import Document
from contractbook.source.xml_text import Element

KINDS = {
    "element": "element",
    "complexType": "type",
    "simpleType": "type",
    "group": "group",
    "attributeGroup": "attributeGroup",
    "attribute": "attribute",
    "message": "message",
    "portType": "portType",
    "binding": "binding",
    "interface": "interface",
    "notation": "notation",
}
WORDS = {"attributeGroup": "attribute group", "portType": "port type"}


class Symbol(NamedTuple):
    """A component that has a name: its element, and the schema or description that it stands in."""

    element: Element
    schema: Schema


class Reading:
    """The reading of one contract."""

    def __init__(self, files: Files, faults: Faults, endings: Endings) -> None:
        self.files = files
        self.faults = faults
        self.endings = endings
        self.symbols: dict[str, dict[QName, Symbol]] = {kind: {} for kind in KINDS.values()}
        self.originals: dict[int, Symbol] = {}  # what a redefinition refers to by its own name, by its id
        self.types: dict[str, Type] = {}
        self.names: dict[int, str] = {}  # of types, by the id of the element that declares them
        self.pending: dict[str, Callable[[], Type]] = {}  # types that have a name and are still to be made
        self.todo: deque[str] = deque()
        self.used: set[int] = set()  # components that something refers to, by the id of the element
        self.met: set[str] = set()  # types that were put on the list at any time
        self._claimed: dict[str, None] = {}  # in the order in which they were met
        self._plain: dict[tuple[str, str], str] = {}

    # -- components

    def collect(self) -> None:
        """Note every component that has a name."""
        for schema in self.files.schemas:
            for each in schema.root:
                if each.space != XS:
                    continue
                if each.name == "redefine":
                    self._redefine(each, schema)
                elif each.name in KINDS:
                    self._declare(each, schema)
        for document, root in self.files.descriptions:
            around = Schema(root, document, root.get("targetNamespace"))
            for each in root:
                if each.space == root.space and each.name in KINDS:
                    self._declare(each, around)

    def _declare(self, each: Element, schema: Schema) -> None:
        name = each.get("name")
        if not name:
            word = WORDS.get(each.name, each.name)
            self.invalid(f"this {word} has no name", each, schema.document, "Give it a `name`.")
            return
        known = self.symbols[KINDS[each.name]].setdefault(QName(schema.space, name), Symbol(each, schema))
        if known.element is not each:
            self._doubled(each, schema.document, known)

    def _doubled(self, each: Element, document: Document, known: Symbol) -> None:
        if id(each) in self.originals or id(known.element) in self.originals:
            return
        line, _ = known.schema.document.locate(known.element.pointer)
        there = f"line {line}" if known.schema.document is document else known.schema.document.path
        self.faults.doubled(
            f"{WORDS.get(each.name, each.name)} `{each.get('name')}` is declared twice: here and in {there}",
            document,
            each.pointer,
            "Remove one of the two or rename it: each tool takes another one.",
        )

    def _redefine(self, each: Element, schema: Schema) -> None:
        """The parts of a redefinition take the place of those of the schema that they change."""
        old = self.files.redefined.get(id(each))
        for part in each:
            if part.space != XS or part.name not in KINDS or not part.get("name"):
                continue
            self.symbols[KINDS[part.name]][QName(schema.space, part.get("name"))] = Symbol(part, schema)
            for before in old.root if old else ():
                if before.name == part.name and before.get("name") == part.get("name") and old:
                    self.originals[id(part)] = Symbol(before, old)
                    self.originals[id(before)] = Symbol(before, old)

    def meant(self, element: Element, value: str, schema: Schema) -> QName | None:
        """What a name in an attribute means, with a fault where its prefix is not declared."""
        found = qname(element, value)
        if found is None:
            prefix = value.partition(":")[0]
            self.faults.unresolved(
                f"the prefix `{prefix}` is declared nowhere around it",
                schema.document,
                element.pointer,
                f'Declare it on the outermost element: `xmlns:{prefix}="…"`.',
            )
            return None
        if schema.chameleon and not found.space:
            return QName(schema.space, found.name)
        return found

    def find(self, kind: str, element: Element, value: str, schema: Schema) -> Symbol | None:
        """The component that an attribute refers to; None, with a fault, where there is none."""
        meant = self.meant(element, value, schema)
        if meant is None:
            return None
        found = self.symbols[kind].get(meant)
        if found is None:
            self._unknown(kind, meant, element, value, schema)
            return None
        self.used.add(id(found.element))
        return self._before(element, found)

    def _before(self, element: Element, found: Symbol) -> Symbol:
        """Inside of a redefinition its own name means what it was before."""
        around: Element | None = element
        while around is not None:
            if around is found.element and id(around) in self.originals:
                return self.originals[id(around)]
            around = around.parent
        return found

    def _unknown(self, kind: str, meant: QName, element: Element, value: str, schema: Schema) -> None:
        if meant.space in self.files.lost or meant.space in KNOWN:
            return
        word = WORDS.get(kind, kind)
        known = {other.name for other in self.symbols[kind] if other.space == meant.space}
        if not known and meant.space != schema.space and not self._has_space(meant.space):
            self.faults.unresolved(
                f"nothing imported here is of the namespace `{meant.space}`: {word} `{value}` is unknown"
                if meant.space
                else f"{word} `{value}` has no namespace, and is declared nowhere without one",
                schema.document,
                element.pointer,
                "Import the namespace with the place of its schema."
                if meant.space
                else "Write the prefix of its namespace before the name.",
            )
            return
        hint = nearest(meant.name, known)
        self.faults.unresolved(
            f"there is no {word} `{value}`" + (f": did you mean `{hint}`?" if hint else ""),
            schema.document,
            element.pointer,
            f"Declare the {word}, or refer to one that there is.",
        )

    def unused(self) -> dict[str, Any]:
        """The components that are no types and that nothing refers to, as they are written."""
        kinds = ("attribute", "group", "attributeGroup", "message", "notation")
        return {
            f"{WORDS.get(kind, kind)} {meant.name}": plain(symbol.element)
            for kind in kinds
            for meant, symbol in self.symbols[kind].items()
            if id(symbol.element) not in self.used
        }

    def _has_space(self, space: str) -> bool:
        return any(schema.space == space for schema in self.files.schemas) or any(
            root.get("targetNamespace") == space for _, root in self.files.descriptions
        )

    def invalid(self, message: str, element: Element, document: Document, advice: str = "") -> None:
        """Report a structure against the specification."""
        self.faults.invalid(message, document, element.pointer, advice)

    def at(self, element: Element, schema: Schema) -> str:
        """The `at` of an element."""
        return self.files.at(schema.document, element.pointer)

    # -- types

    def claim(self, name: str, otherwise: str = "") -> str:
        """A name for a type that no other one has."""
        if otherwise and name in self._claimed:
            name = otherwise
        claimed, count = name, 1
        while claimed in self._claimed:
            count += 1
            claimed = f"{name} {count}"
        self._claimed[claimed] = None
        return claimed

    def later(self, name: str, make: Callable[[], Type]) -> str:
        """Put a type on the list of those that are still to be made; types form circles."""
        self.pending[name] = make
        self.todo.append(name)
        self.met.add(name)
        return name

    def run(self) -> None:
        """Make all types that are on the list, and those that they lead to."""
        while self.todo:
            self.make(self.todo.popleft())

    def in_order(self) -> dict[str, Type]:
        """All types, in the order in which the contract names them."""
        return {name: self.types[name] for name in self._claimed if name in self.types}

    def make(self, name: str) -> Type | None:
        """Make a type if it is still to be made; None for one that is being made."""
        build = self.pending.pop(name, None)
        if build is not None:
            self.types[name] = build()
        return self.types.get(name)

    def builtin(self, name: str) -> str:
        """The type of a name that XML Schema brings along."""
        known = BUILTINS[name]
        if known.item:
            return self.plain(name, Shape.LIST, item=self.builtin(known.item), limits={"minItems": 1})
        if not known.scalar:
            return self.plain("any", Shape.ANY)
        space = {"whiteSpace": WHITE_SPACE[name]} if name in WHITE_SPACE else NOTHING
        own = name if known.limits or space else known.scalar + (f":{known.format}" if known.format else "")
        facts = {"scalar": known.scalar, "format": known.format, "limits": known.limits, "binding": space}
        return self.plain(own, Shape.SCALAR, **facts)

    def plain(self, name: str, shape: Shape, **facts: Any) -> str:
        """The one type without a place of its own that is called so."""
        known = self._plain.get((name, shape))
        if known is None:
            known = self._plain[name, shape] = self.claim(name, f"xs:{name}")
            self.types[known] = Type(name=known, shape=shape, **facts)
        return known

    def unresolved(self, value: str) -> str:
        """A type in the place of one that is not known."""
        name = self.claim(f"unresolved {value}")
        self.types[name] = Type(name=name, shape=Shape.ANY, binding={"unresolved": value})
        return name

    def is_builtin(self, meant: QName) -> bool:
        """Whether a name is one of those that XML Schema brings along."""
        return meant.space in (XS, ENCODING) and meant.name in BUILTINS
