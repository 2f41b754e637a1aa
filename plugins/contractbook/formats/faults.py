"""What a reader finds wrong with a contract, said once for each cause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from contractbook.finding import Finding, Level, Location
from contractbook.source.document import Document


class Fault(NamedTuple):
    """A fault at a JSON Pointer of a document; `advice` says how to mend it."""

    rule: str
    message: str
    document: Document
    pointer: str
    advice: str = ""


class Faults:
    """Collects the faults of one contract, each cause once; places are looked up at the end, all at once."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, ...], Fault] = {}
        self._again: dict[tuple[str, ...], int] = {}

    def invalid(
        self, message: str, document: Document, pointer: str, advice: str = "", cause: str = ""
    ) -> None:
        """Report a structure against the specification.

        Of one `cause` only the first place is told, and the others are counted.
        """
        fault = Fault("invalid-structure", message, document, pointer, advice)
        self._tell(fault, cause or f"{pointer} {message}")

    def unresolved(self, message: str, document: Document, pointer: str, advice: str = "") -> None:
        """Report a reference that leads nowhere, or where it may not; further places of it are counted."""
        self._tell(Fault("unresolved-reference", message, document, pointer, advice), message)

    def doubled(self, message: str, document: Document, pointer: str, advice: str = "") -> None:
        """Report a name that is declared twice, where it stands the second time."""
        self._tell(Fault("duplicate-key", message, document, pointer, advice), f"{pointer} {message}")

    def _tell(self, fault: Fault, cause: str) -> None:
        key = (fault.rule, fault.document.path, cause)
        if self._found.setdefault(key, fault).pointer != fault.pointer:
            self._again[key] = self._again.get(key, 0) + 1

    def findings(self, documents: Iterable[Document]) -> Iterator[Finding]:
        """The faults in these documents with line and column, one document after the other, from the top."""
        told = [_counted(fault, self._again.get(cause, 0)) for cause, fault in self._found.items()]
        for document in documents:
            found = [fault for fault in told if fault.document is document]
            places = document.locate_all([fault.pointer for fault in found])
            located = sorted(zip(places, found, strict=True), key=lambda pair: pair[0])
            yield from (_finding(fault, line, column) for (line, column), fault in located)


def _counted(fault: Fault, more: int) -> Fault:
    others = "another place" if more == 1 else f"{more} other places"
    return fault._replace(message=f"{fault.message} (and so in {others})") if more else fault


def _finding(fault: Fault, line: int, column: int) -> Finding:
    return Finding(
        rule=fault.rule,
        level=Level.ERROR,
        message=fault.message,
        location=Location(fault.document.path, line, column),
        pointer=fault.pointer,
        advice=fault.advice or None,
    )
