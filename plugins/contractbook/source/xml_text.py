"""XML text to elements with their places, hardened: nothing is expanded, loaded or fetched.

A document type may stand there, for some schemas have one, but it may not declare entities (they make
bombs and read foreign files), and a part of it that lies elsewhere is not loaded. Columns need expat:
libxml2 knows lines only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.parsers import expat

from contractbook.source.faults import DEEPEST, DoubledKey, Fault, shortened, too_deep

XML = "http://www.w3.org/XML/1998/namespace"
_SEPARATOR = "\n"  # stands in no name and no address
_begins = re.compile(rb"\s*<[?!A-Za-z_]").match


class Element:
    """An element: its name, its attributes (a foreign one as `{address}name`), and all that it holds.

    `scope` are the namespaces by prefix that hold here, `offset` is the byte at which the element begins.
    """

    __slots__ = ("attributes", "content", "name", "offset", "parent", "pointer", "scope", "space")

    def __init__(
        self,
        space: str,
        name: str,
        attributes: dict[str, str],
        scope: Mapping[str, str],
        offset: int,
        parent: Element | None,
    ) -> None:
        self.space = space
        self.name = name
        self.attributes = attributes
        self.scope = scope
        self.offset = offset
        self.parent = parent
        self.content: list[Element | str] = []
        self.pointer = ""

    def __iter__(self) -> Iterator[Element]:
        """The elements inside, without the text between them."""
        return (part for part in self.content if isinstance(part, Element))

    def get(self, name: str) -> str:
        """The value of an attribute without the spaces around it; empty where it is missing."""
        return self.attributes.get(name, "").strip()

    @property
    def text(self) -> str:
        """All text inside, also that of inner elements; of two side by side each has its own line."""
        found: list[str] = []
        before: Element | str = ""
        for part in self.content:
            if isinstance(part, Element) and isinstance(before, Element):
                found.append("\n")
            found.append(part if isinstance(part, str) else part.text)
            before = part
        return "".join(found)

    def walk(self) -> Iterator[Element]:
        """This element and all inside, in the order of the text."""
        yield self
        for part in self.content:
            if isinstance(part, Element):
                yield from part.walk()


class Parsed:
    """The root of a text, None where it is not well formed, and what is wrong with it."""

    def __init__(self, utf8: bytes) -> None:
        self.utf8 = utf8
        self.data: Element | None = None
        self.faults: list[Fault | DoubledKey] = []
        self._offsets: dict[str, int] | None = None

    def offsets(self, pointers: Sequence[str]) -> list[int]:
        """Where the elements that pointers name begin: the nearest one around where there is none."""
        if self._offsets is None:
            known = self.data.walk() if self.data else ()
            self._offsets = {element.pointer: element.offset for element in known}
        return [self._nearest(pointer) for pointer in pointers]

    def _nearest(self, pointer: str) -> int:
        assert self._offsets is not None
        while pointer and pointer not in self._offsets:
            pointer = pointer.rpartition("/")[0]
        return self._offsets.get(pointer, 0)


def is_xml(utf8: bytes) -> bool:
    """Whether a text begins like XML; YAML may begin with `<<`."""
    return bool(_begins(utf8))


def parse(utf8: bytes) -> Parsed:
    """The elements of a text; faults stand at bytes of the text, and nothing is read beside them."""
    parsed = Parsed(utf8)
    reading = _Reading(parsed)
    try:
        reading.parser.Parse(utf8, True)
    except _Refused as problem:
        parsed.faults.append(problem.fault)
        return parsed
    except expat.ExpatError as problem:
        parsed.faults.append(_explained(problem, utf8))
        return parsed
    parsed.data = reading.root
    if parsed.data:
        _name(parsed.data)
    return parsed


class _Refused(Exception):
    """A text that is not read on."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault


class _Reading:
    """Builds the elements while expat goes through the text."""

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.root: Element | None = None
        self.around: Element | None = None
        self.depth = 0
        self.scope: Mapping[str, str] = {"xml": XML}
        self.declared: dict[str, str] = {}
        self.names: dict[str, tuple[str, str]] = {}
        # The text was decoded before, so what it declares of its encoding no longer holds.
        self.parser = parser = expat.ParserCreate("utf-8", _SEPARATOR)
        parser.buffer_text = True
        parser.StartNamespaceDeclHandler = self.namespace
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        parser.StartDoctypeDeclHandler = self.doctype
        parser.EntityDeclHandler = self.entity

    def namespace(self, prefix: str | None, uri: str | None) -> None:
        self.declared[prefix or ""] = uri or ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        offset = self.parser.CurrentByteIndex
        self.depth += 1
        if self.depth > DEEPEST:
            raise _Refused(too_deep(offset))
        scope = self.around.scope if self.around else self.scope
        if self.declared:
            scope = {**scope, **self.declared}
            self.declared = {}
        known = self.names.get(name)
        if known is None:
            space, _, local = name.rpartition(_SEPARATOR)
            known = self.names[name] = (space, local)
        if attributes and any(_SEPARATOR in key for key in attributes):
            attributes = {_clark(key): value for key, value in attributes.items()}
        element = Element(*known, attributes, scope, offset, self.around)
        if self.around is None:
            self.root = element
        else:
            self.around.content.append(element)
        self.around = element

    def end(self, name: str) -> None:
        self.depth -= 1
        if self.around is not None:
            self.around = self.around.parent

    def characters(self, text: str) -> None:
        # Text that only indents says nothing; a space between two words of marked-up prose does.
        if self.around is not None and (text == " " or not text.isspace()):
            self.around.content.append(text)

    def doctype(self, name: str, system: str | None, public: str | None, internal: int) -> None:
        if system:
            offset = self.parser.CurrentByteIndex
            self.parsed.faults.append(
                Fault(
                    offset,
                    f"the document type lies elsewhere (`{shortened(system)}`), from where nothing is loaded",
                    "Remove the document type: a schema needs none.",
                )
            )

    def entity(self, name: str, parameter: int, *rest: Any) -> None:
        if not parameter:
            raise _Refused(
                Fault(
                    self.parser.CurrentByteIndex,
                    f"the document declares the entity `{shortened(name)}`: entities are not read",
                    "Write the text where it is used, and remove the document type.",
                )
            )


def _clark(name: str) -> str:
    space, _, local = name.rpartition(_SEPARATOR)
    return f"{{{space}}}{local}" if space else local


def _explained(problem: expat.ExpatError, utf8: bytes) -> Fault:
    """What expat says, in words of the author; its column counts bytes from 0."""
    lines = utf8.splitlines(keepends=True)[: problem.lineno - 1]
    offset = min(sum(map(len, lines)) + problem.offset, len(utf8))
    said = expat.errors.messages.get(problem.code, "not well-formed")
    message, advice = _WORDS.get(said, (f"the XML is not well formed: {said}", "Mend the text here."))
    return Fault(offset, message, advice)


_CLOSE = "Close what is open, the innermost element first."
_WORDS = {
    "no element found": ("the XML ends before its elements are closed", _CLOSE),
    "unclosed token": ("the XML ends inside of a tag, a comment or a text", _CLOSE),
    "unclosed CDATA section": ("the XML ends inside of a CDATA section", _CLOSE),
    "mismatched tag": ("this end tag closes another element than the one that is open", _CLOSE),
    "unbound prefix": (
        "this element or one of its attributes has a prefix that is declared nowhere",
        'Declare it on the outermost element: `xmlns:prefix="…"`.',
    ),
    "duplicate attribute": ("this element has the same attribute twice", "Remove one of the two."),
    "junk after document element": (
        "the text goes on after the outermost element was closed",
        "Keep one outermost element, and put everything into it.",
    ),
    "undefined entity": (
        "this entity is not declared: XML knows only &amp; &lt; &gt; &quot; and &apos;",
        "Write the character itself.",
    ),
    "not well-formed (invalid token)": (
        "the XML is not well formed here",
        "Write & as &amp; and < as &lt;; comments cannot hold two hyphens; values of attributes are quoted.",
    ),
}


def _name(root: Element) -> None:
    """Give each element its pointer: its name below that of the nearest element around that has one.

    What has no name is called by its tag; what would be called like one before it is called `tag:name`, and
    numbered where that is taken, too.
    """
    taken: dict[str, int] = {}
    todo: list[tuple[Element, str]] = [(root, "")]
    while todo:
        around, way = todo.pop()
        inner: list[tuple[Element, str]] = []
        for each in around:
            name = each.get("name") or each.get("ref").rpartition(":")[2]
            step = _own(way, name or each.name, each, taken)
            each.pointer = step
            inner.append((each, step if name else way))
        todo += reversed(inner)


def _own(way: str, step: str, element: Element, taken: dict[str, int]) -> str:
    pointer = f"{way}/{step}" if way else step
    if pointer in taken and step != element.name:
        pointer = f"{way}/{element.name}:{step}" if way else f"{element.name}:{step}"
    count = taken[pointer] = taken.get(pointer, 0) + 1
    return pointer if count == 1 else f"{pointer}[{count}]"
