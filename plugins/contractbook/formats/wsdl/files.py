"""Which documents make one contract: imports, includes and redefinitions, followed inside the roots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from contractbook.formats.faults import Faults
from contractbook.formats.wsdl.names import ENCODING, WSDL1, WSDL2, XML, XS
from contractbook.source.document import Document
from contractbook.source.sources import Sources, Unresolved
from contractbook.source.xml_text import Element

KNOWN = frozenset({XML, XS, ENCODING, "http://www.w3.org/2001/XMLSchema-instance"})


class Schema(NamedTuple):
    """A schema of a contract: its root element, the document it stands in, and its namespace.

    A schema without a namespace of its own takes that of the one that includes it (XML Schema 1.0-1,
    4.2.1); then its unprefixed names are in that namespace, too, and it is a `chameleon`.
    """

    root: Element
    document: Document
    space: str
    chameleon: bool = False

    def qualified(self, kind: str, own: str) -> bool:
        """Whether a local element or attribute is written with its namespace; `own` is its own `form`."""
        return (own or self.root.get(f"{kind}FormDefault")) == "qualified"


class Files:
    """All that one contract is made of, the main document first."""

    def __init__(
        self, main: Document, sources: Sources, faults: Faults, others: Sequence[Document] = ()
    ) -> None:
        self.main = main
        self.others = others
        self.sources = sources
        self.faults = faults
        self.documents: dict[str, Document] = {main.path: main}
        self.descriptions: list[tuple[Document, Element]] = []
        self.schemas: list[Schema] = []
        self.redefined: dict[int, Schema] = {}  # the schema that each element <redefine> changes, by its id
        self.lost: set[str] = set()  # namespaces of which a part could not be read
        self._met: set[tuple[str, str]] = set()
        self._todo: list[tuple[Document, str]] = [(main, "")]

    def gather(self) -> None:
        """Follow everything that the main document refers to; circles end where they began."""
        while self._todo:
            document, space = self._todo.pop(0)
            root = document.data
            if not isinstance(root, Element) or (document.path, space) in self._met:
                continue
            self._met.add((document.path, space))
            if (root.space, root.name) == (XS, "schema"):
                self._schema(root, document, space)
            elif root.space in (WSDL1, WSDL2):
                self._description(root, document)
            elif document is not self.main:
                self.faults.invalid(
                    f"`{root.name}` is neither a schema nor a description of a service",
                    document,
                    "",
                    "Refer to a document that begins with `schema`, `definitions` or `description`.",
                )

    @property
    def space(self) -> str:
        """The namespace of the types: that of the contract, else of the first schema that declares any."""
        root = self.main.data
        own = root.get("targetNamespace") if isinstance(root, Element) else ""
        declaring = [schema.space for schema in self.schemas if any(each.get("name") for each in schema.root)]
        return own if own in declaring or not declaring else declaring[0]

    def at(self, document: Document, pointer: str) -> str:
        """The `at` of an element in the model."""
        return f"{'' if document is self.main else document.path}#{pointer}"

    def _description(self, root: Element, document: Document) -> None:
        self.descriptions.append((document, root))
        for each in root:
            if each.space == root.space and each.name in ("import", "include"):
                self._follow(each, document, each.get("location"), "", each.get("namespace"))
            elif each.space == root.space and each.name == "types":
                for inner in each:
                    if (inner.space, inner.name) == (XS, "schema"):
                        self._schema(inner, document, "")
                    elif (inner.space, inner.name) == (XS, "import"):  # WSDL 2.0, 3.1.1
                        self._import(inner, document)

    def _schema(self, root: Element, document: Document, space: str) -> None:
        own = root.get("targetNamespace")
        schema = Schema(root, document, own or space, chameleon=bool(space and not own))
        self.schemas.append(schema)
        for each in root:
            if each.space != XS:
                continue
            if each.name == "import":
                self._import(each, document)
            elif each.name in ("include", "redefine"):
                self._include(each, schema)

    def _import(self, each: Element, document: Document) -> None:
        space = each.get("namespace")
        if space not in KNOWN:
            self._follow(each, document, each.get("schemaLocation"), "", space)

    def _include(self, each: Element, schema: Schema) -> None:
        found = self._follow(each, schema.document, each.get("schemaLocation"), schema.space, schema.space)
        if found and isinstance(found.data, Element):
            own = found.data.get("targetNamespace")
            if own and own != schema.space:
                self.faults.invalid(
                    f"`{each.get('schemaLocation')}` is of the namespace `{own}`, not of this schema's",
                    schema.document,
                    each.pointer,
                    "Import it with its namespace; include only what has the same one, or none.",
                )
            if each.name == "redefine":
                chameleon = not own and bool(schema.space)
                self.redefined[id(each)] = Schema(found.data, found, own or schema.space, chameleon)

    def _follow(
        self, each: Element, document: Document, location: str, space: str, lost: str
    ) -> Document | None:
        """Put the document at a location on the list; `space` is what one without a namespace takes."""
        try:
            found = followed(each, document, location, self.sources, self.others)
        except Unresolved as problem:
            self.lost.add(lost)
            self.faults.unresolved(str(problem), document, each.pointer)
            return None
        if found is None:
            return None
        if isinstance(found.data, Element) and found.data.get("targetNamespace"):
            space = ""
        elif not isinstance(found.data, Element):
            self.lost.add(lost)
        self.documents.setdefault(found.path, found)
        self._todo.append((found, space))
        return found


def followed(
    each: Element, document: Document, location: str, sources: Sources, others: Sequence[Document]
) -> Document | None:
    """The document that an import or include leads to; None where nothing says which one.

    Where its location is none that is read, a schema of its namespace in the same folder is taken: whoever
    keeps a copy of what lies elsewhere keeps it there. Raises Unresolved.
    """
    folder = document.path.rpartition("/")[0]
    copies = [
        other
        for other in others
        if each.name == "import"
        and other is not document
        and other.path.rpartition("/")[0] == folder
        and isinstance(other.data, Element)
        and other.data.get("targetNamespace") == each.get("namespace") != ""
    ]
    copy = copies[0] if len(copies) == 1 else None
    if not location:
        return copy
    try:
        return sources.follow(document, location.partition("#")[0] or location).document
    except Unresolved:
        if copy is None:
            raise
        return copy


def mains(documents: Sequence[Document], sources: Sources) -> list[Document]:
    """The documents that begin a contract: no other one of them refers to them.

    Of documents that refer to one another in a circle the first one begins.
    """
    paths = {document.path for document in documents}
    refers = {
        document.path: {path for path in _referred(document, sources, documents) if path in paths}
        - {document.path}
        for document in documents
    }
    named = {path for found in refers.values() for path in found}
    first = [document for document in documents if document.path not in named]
    covered = _covered(refers, [document.path for document in first])
    for document in documents:
        if document.path not in covered:
            first.append(document)
            covered |= _covered(refers, [document.path])
    return first


def _covered(refers: dict[str, set[str]], paths: list[str]) -> set[str]:
    """All that is read with some documents."""
    covered: set[str] = set()
    while paths:
        path = paths.pop()
        if path not in covered:
            covered.add(path)
            paths += refers.get(path, ())
    return covered


def _referred(document: Document, sources: Sources, others: Sequence[Document]) -> Iterator[str]:
    """The paths that a document refers to, as far as they can be followed."""
    for each in _headings(document.data):
        if each.name in ("import", "include", "redefine") and each.space in (XS, WSDL1, WSDL2):
            location = each.get("schemaLocation") or each.get("location")
            try:
                if found := followed(each, document, location, sources, others):
                    yield found.path
            except Unresolved:
                continue


def _headings(root: object) -> Iterator[Element]:
    """The parts of a document, and those of the schemas in it."""
    if isinstance(root, Element):
        for each in root:
            yield each
            if each.name == "types":
                yield from each
                for schema in each:
                    yield from schema
