"""What is wrong with a schema, each cause once, with line and column."""

from __future__ import annotations

from typing import Any

from contractbook.finding import Finding, Level, Location
from contractbook.source.faults import MOST_FAULTS

TOLD = 20  # faults of one rule about one name


class Faults:
    """Collects the faults of one contract."""

    def __init__(self) -> None:
        self.found: list[Finding] = []
        self._told: dict[tuple[str, str], int] = {}

    def tell(self, rule: str, message: str, path: str, node: Any, pointer: str, advice: str) -> None:
        """Report a fault at the token that a node begins with."""
        told = self._told[rule, message] = self._told.get((rule, message), 0) + 1
        if len(self.found) < MOST_FAULTS and told <= TOLD:
            self.found.append(
                Finding(
                    rule=rule,
                    level=Level.ERROR,
                    message=message,
                    location=Location(path, node.loc.line, node.loc.column),
                    pointer=pointer,
                    advice=advice,
                )
            )

    def invalid(self, message: str, path: str, node: Any, pointer: str, advice: str) -> None:
        """Report what the specification does not allow."""
        self.tell("invalid-structure", message, path, node, pointer, advice)
