"""What all parts of the reader of one OpenAPI document share: nodes, references and the words of objects."""

from __future__ import annotations

from contractbook.formats.faults import Faults
from contractbook.formats.lifecycle import ENDINGS, Endings
from contractbook.formats.nodes import Following, Node, mapping
from contractbook.formats.openapi.structure import check_part
from contractbook.formats.openapi.versions import Specification
from contractbook.formats.schema.read import Schemas
from contractbook.model import Example, Field, Message
from contractbook.source.document import Document
from contractbook.source.sources import Sources, Target

__all__ = ["Node", "Reading", "mapping"]


class Reading(Following):
    """The reading of one document: its sources, its schemas, and what was found wrong."""

    beside = ("summary", "description")  # OpenAPI 3.1, 4.8.23

    def __init__(
        self,
        document: Document,
        sources: Sources,
        version: Specification,
        faults: Faults,
        endings: Endings = ENDINGS,
    ) -> None:
        schemas = Schemas(document, sources, version.dialect, faults, endings, self._check_schema)
        super().__init__(document, sources, faults, schemas)
        self.version = version
        self.endings = endings
        self.shared: dict[str, Field] = {}  # parameters and headers that several places refer to
        self.answers: dict[str, tuple[Message, ...]] = {}  # responses that several operations refer to

    def _check_schema(self, target: Target) -> None:
        self.check(target, "schema")

    def check(self, target: Target, kind: str) -> None:
        check_part(target.document, target.pointer, target.value, kind, self.version, self.faults)

    def examples(self, node: Node) -> tuple[Example, ...]:
        """What `example` and `examples` of a parameter, header or media type show."""
        found = []
        if "example" in node.value:
            found.append(Example(value=node.value["example"], at=f"{self.at(node)}/example"))
        for name, inner in node.children("examples"):
            found.append(self._example(name, self.resolve(inner, "example")))
        return tuple(found)

    def _example(self, name: str, node: Node) -> Example:
        texts = (node.text("summary"), node.text("description"))
        value = next((node.value[key] for key in SHOWN if key in node.value), None)
        return Example(
            value=value,
            name=name,
            doc="\n\n".join(filter(None, texts)),
            url=node.text("externalValue"),
            at=self.at(node),
            binding=node.rest(EXAMPLE),
        )


SHOWN = ("value", "dataValue", "serializedValue")
EXAMPLE = frozenset({"summary", "description", "externalValue", "value", "dataValue"})
