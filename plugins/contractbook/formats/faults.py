"""What a reader finds wrong with a contract, said once for each cause."""

from __future__ import annotations

from contractbook.finding import Finding, Level, Location
from contractbook.source.document import Document


class Faults:
    """Collects the faults of one contract, each cause once."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, str, str, str], Finding] = {}

    def tell(self, rule: str, message: str, document: Document, pointer: str, advice: str = "") -> None:
        """Report a fault at a JSON Pointer of a document; `advice` says how to mend it."""
        cause = (rule, document.path, pointer, message)
        if cause in self.found:
            return
        line, column = document.locate(pointer)
        self.found[cause] = Finding(
            rule=rule,
            level=Level.ERROR,
            message=message,
            location=Location(document.path, line, column),
            pointer=pointer,
            advice=advice or None,
        )

    def invalid(self, message: str, document: Document, pointer: str, advice: str = "") -> None:
        """Report a structure against the specification of the format."""
        self.tell("invalid-structure", message, document, pointer, advice)

    def unresolved(self, message: str, document: Document, pointer: str, advice: str = "") -> None:
        """Report a reference that leads nowhere, or where it may not."""
        self.tell("unresolved-reference", message, document, pointer, advice)
