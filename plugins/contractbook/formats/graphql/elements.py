"""What all elements of a schema share: their places, texts, ends and directives."""

from __future__ import annotations

import re
from typing import Any

from graphql.language import Token, TokenKind
from msgspec.structs import replace

from contractbook.formats.graphql.faults import Faults
from contractbook.formats.graphql.schema import File, Schema
from contractbook.formats.graphql.values import applied, kept, value_of
from contractbook.formats.lifecycle import Endings
from contractbook.model import ALIVE, NOTHING, Lifecycle

# What is commented out, or said to a tool, is no description.
_code = re.compile(
    r"\s*(?:[@}{)|]|\w+\s*(?:\([^)]*\))?\s*:|[\w-]*(?:lint|import|contractbook)\b|[-=#*~]{3})"
).match
UNSAID = "No longer supported"  # the default reason of @deprecated (GraphQL 3.13.3)


class Reading:
    """The reading of one schema: places by `at`, and the faults that are found on the way."""

    def __init__(self, schema: Schema, faults: Faults, endings: Endings) -> None:
        self.schema = schema
        self.faults = faults
        self.endings = endings
        self.places: dict[str, tuple[int, int]] = {file.begins: (1, 1) for file in schema.files}

    def at(self, file: File, node: Any, pointer: str) -> str:
        """The `at` of an element, whose place is that of its name."""
        at = file.begins + pointer
        token = node.name.loc
        self.places.setdefault(at, (token.line, token.column))
        return at

    def lifecycle(self, node: Any) -> Lifecycle:
        """The end of an element, from the reason that `@deprecated` gives."""
        said = applied(node.directives, "deprecated") if node.directives else None
        if said is None:
            return ALIVE
        reason = said.get("reason")
        text = reason if isinstance(reason, str) and reason != UNSAID else ""
        return replace(self.endings.read({"deprecated": True}, text), reason=text)

    def binding(self, node: Any, **more: Any) -> Any:
        """Directives, and what else the model has no words for."""
        if node.directives:
            more = {**more, **kept(node.directives)}
        return more or NOTHING


def doc(node: Any) -> str:
    """The description of an element, or else the comment right above it, as older schemas have it."""
    if node.kind.endswith("extension"):
        return ""
    if node.description:
        return str(node.description.value)
    lines: list[str] = []
    token: Token = node.loc
    line = token.line
    while token.prev and token.prev.kind is TokenKind.COMMENT and token.prev.line == line - 1:
        token, line = token.prev, line - 1
        lines.insert(0, (token.value or "").removeprefix(" "))
    if token.prev and token.prev.kind is not TokenKind.SOF and lines and token.prev.line == line:
        lines.pop(0)  # a remark behind the element before
    return "" if any(map(_code, lines)) else "\n".join(lines).strip()


def default_of(node: Any) -> dict[str, Any]:
    """The default of an argument or input field, if it has one."""
    return {"default": value_of(node.default_value)} if node.default_value else {}
