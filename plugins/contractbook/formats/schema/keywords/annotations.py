"""Keywords that speak of a place: texts, examples, defaults, and when it ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from contractbook.formats.schema.draft import Draft, Spot
from contractbook.formats.schema.keywords.keyword import Keyword, flag, text
from contractbook.model import ALIVE, Example

if TYPE_CHECKING:
    from contractbook.formats.schema.read import Schemas


def _default(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
    draft.default = value


def _example(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
    draft.examples = (*draft.examples, Example(value=value, at=spot.at + "/example"))


def _examples(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
    values = value if isinstance(value, list) else [value]
    more = (Example(value=one, at=f"{spot.at}/examples/{i}") for i, one in enumerate(values))
    draft.examples = (*draft.examples, *more)


def lifecycle(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
    """Read the keys that announce an end, all at once."""
    if "lifecycle" not in draft.said:
        found = schemas.endings.read(schema)
        if found is not ALIVE:
            draft.lifecycle = found


def lifecycle_beside(key: str) -> Keyword:
    """Read a key that announces an end and says more than that."""

    def read(schemas: Schemas, draft: Draft, value: Any, spot: Spot, schema: Mapping[str, Any]) -> None:
        lifecycle(schemas, draft, value, spot, schema)
        draft.bind(key, value)

    return read


ANNOTATIONS: Mapping[str, Keyword] = {
    "title": text("title"),
    "description": text("doc"),
    "default": _default,
    "example": _example,
    "examples": _examples,
    "readOnly": flag("read_only"),
    "writeOnly": flag("write_only"),
    "nullable": flag("nullable"),
    "x-nullable": flag("nullable"),
}
