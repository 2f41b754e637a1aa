"""`oneOf` and `anyOf`: real choices, and what only looks like one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from contractbook.formats.schema.draft import Draft, Spot
from contractbook.formats.schema.enumerations import together
from contractbook.formats.schema.names import option
from contractbook.model import Shape

if TYPE_CHECKING:
    from contractbook.formats.schema.read import Schemas


def choose(
    schemas: Schemas,
    draft: Draft,
    key: str,
    choice: str,
    branches: list[Any],
    spot: Spot,
    schema: Mapping[str, Any],
) -> None:
    """Note a `oneOf` or `anyOf`; what is no real choice becomes what it means."""
    real = [(i, one) for i, one in enumerate(branches) if not _is_null(one)]
    if len(real) < len(branches):
        draft.nullable = True
    if not real:
        draft.kinds = ("null",)
    elif len(real) == 1:
        draft.bases = (*draft.bases, schemas.branch(real[0][1], spot.into(f"/{key}/{real[0][0]}")))
    else:
        spots = [spot.into(f"/{key}/{i}", f" ({option(str(i))})") for i, _ in real]
        drafts = [schemas.draft(one, there) for (_, one), there in zip(real, spots, strict=True)]
        _note_choice(schemas, draft, choice, drafts, spots, schema.get("type"))


def _note_choice(
    schemas: Schemas, draft: Draft, choice: str, drafts: list[Draft], spots: list[Spot], kind: Any
) -> None:
    for one in drafts:
        if one.said.pop("nullable", False):
            draft.nullable = True
        if isinstance(kind, str) and not one.said.keys() & {"kinds", "bases", "choices"}:
            one.kinds = (kind,)
    if enumerated := together([_known_values(schemas, one, drafts, spots[0].depth) for one in drafts]):
        draft.kinds, draft.values, draft.growing = enumerated
    else:
        parts = tuple(schemas.settle(one, there) for one, there in zip(drafts, spots, strict=True))
        draft.choices = (*draft.choices, (choice, parts))


def _known_values(schemas: Schemas, draft: Draft, drafts: list[Draft], depth: int) -> Draft:
    """A branch that refers to an enumeration as if it listed the values, beside one that admits any."""
    refers = draft.said.keys() == {"bases"} and len(draft.bases) == 1 and isinstance(draft.bases[0], str)
    if not refers or not any(one.kinds == ("string",) and len(one.said) == 1 for one in drafts):
        return draft
    target = schemas.complete(str(draft.bases[0]), depth + 1)
    if target is None or target.shape is not Shape.ENUM:
        return draft
    listed = Draft()
    listed.kinds, listed.values = (target.scalar,), target.values
    return listed


def _is_null(schema: Any) -> bool:
    """Whether null, and nothing else, satisfies a schema."""
    if not isinstance(schema, dict):
        return False
    return (
        schema.get("type") in ("null", ["null"])
        or schema.get("enum") == [None]
        or ("const" in schema and schema["const"] is None)
    )
