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
    `pointer` names the element in its document, `way` is the pointer of the nearest one around or itself
    that has a name.
    """

    __slots__ = ("attributes", "content", "name", "offset", "parent", "pointer", "scope", "space", "way")

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
        self.pointer = self.way = ""

    def __iter__(self) -> Iterator[Element]:
        """The elements inside, without the text between them."""
        return iter([part for part in self.content if part.__class__ is Element])

    def get(self, name: str) -> str:
        """The value of an attribute without the spaces around it; empty where it is missing."""
        value = self.attributes.get(name)
        return value.strip() if value else ""

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
        self.known: dict[str, int] = {}  # where the element of each pointer begins

    def offsets(self, pointers: Sequence[str]) -> list[int]:
        """Where the elements that pointers name begin: the nearest one around where there is none."""
        return [self._nearest(pointer) for pointer in pointers]

    def _nearest(self, pointer: str) -> int:
        while pointer and pointer not in self.known:
            pointer = pointer.rpartition("/")[0]
        return self.known.get(pointer, 0)


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
    parsed.known = reading.known
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
        self.known: dict[str, int] = {}
        self.count: dict[str, int] = {}
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
        if attributes and _SEPARATOR in "".join(attributes):
            attributes = {_clark(key): value for key, value in attributes.items()}
        element = Element(*known, attributes, scope, offset, self.around)
        if self.around is None:
            self.root = element
            self.known[""] = offset
        else:
            self.around.content.append(element)
            self._name(element, self.around.way)
        self.around = element

    def _name(self, element: Element, way: str) -> None:
        """Give an element its pointer: its name below that of the nearest element around that has one.

        What has no name is called by its tag; what would be called like one before it is called
        `tag:name`, and numbered where that is taken, too.
        """
        name = element.get("name") or element.get("ref").rpartition(":")[2]
        step = name or element.name
        pointer = f"{way}/{step}" if way else step
        if pointer in self.known:
            if name:
                step = f"{element.name}:{name}"
                pointer = f"{way}/{step}" if way else step
            count = self.count[pointer] = self.count.get(pointer, 0 if name else 1) + 1
            if count > 1:
                pointer = f"{pointer}[{count}]"
        self.known[pointer] = element.offset
        element.pointer = pointer
        element.way = pointer if name else way

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
