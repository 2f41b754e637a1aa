"""What one schema says, while it is being read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import msgspec

from contractbook.model import (
    ALIVE,
    NOTHING,
    Condition,
    Discriminator,
    Example,
    Field,
    Lifecycle,
    Value,
)
from contractbook.source.document import Document


class Spot(msgspec.Struct, frozen=True, gc=False):
    """Where a schema stands: its document, its `at` in the model, and how people are led to it."""

    document: Document
    at: str
    way: str
    depth: int = 0

    @property
    def pointer(self) -> str:
        """The JSON Pointer in the document."""
        return self.at.partition("#")[2]

    def into(self, step: str, way: str = "") -> Spot:
        """The spot of a schema inside this one."""
        return Spot(self.document, self.at + step, self.way + way, self.depth + 1)


class Draft:
    """The facts of one schema, before it is known whether they make a type of their own.

    The class holds what a schema means that says nothing; an instance holds only what was said.
    """

    # about the place: of a field's schema these belong to the field
    nullable: bool = False
    doc: str = ""
    title: str = ""
    lifecycle: Lifecycle = ALIVE
    examples: tuple[Example, ...] = ()
    binding: Mapping[str, Any] = NOTHING
    default: Any = msgspec.UNSET
    read_only: bool = False
    write_only: bool = False

    # about the values
    kinds: tuple[str, ...] = ()  # JSON types, without null
    format: str = ""
    limits: Mapping[str, Any] = NOTHING
    values: tuple[Value, ...] | None = None
    growing: bool = False  # values may be added
    fields: tuple[Field, ...] = ()
    required: tuple[str, ...] = ()
    patterns: tuple[Field, ...] = ()
    open: bool = True
    rest: str = ""  # the type of undeclared fields
    item: str = ""
    prefix: tuple[str, ...] = ()
    bases: tuple[str | Branch, ...] = ()  # all must hold; those with a name of their own by name
    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()
    conditions: tuple[Condition, ...] = ()
    discriminator: Discriminator | None = None

    @property
    def said(self) -> dict[str, Any]:
        """What was said, by attribute."""
        return self.__dict__

    def bind(self, key: str, value: Any) -> None:
        """Keep what the common words cannot say."""
        if self.binding is NOTHING:
            self.binding = {}
        self.binding[key] = value  # type: ignore[index]

    def limit(self, key: str, value: Any) -> None:
        """Note a limit by JSON Schema's name for it."""
        if self.limits is NOTHING:
            self.limits = {}
        self.limits[key] = value  # type: ignore[index]

    def take(self, other: Draft, keys: Iterable[str]) -> None:
        """Take over what another draft says and this one does not."""
        for key in keys:
            self.said.setdefault(key, other.said[key])


class Branch(NamedTuple):
    """A schema of `allOf`, or the only one of a choice, that has no name of its own."""

    draft: Draft
    spot: Spot


ANNOTATIONS = frozenset(
    {"nullable", "doc", "title", "lifecycle", "examples", "binding", "default", "read_only", "write_only"}
)


def gather(draft: Draft) -> None:
    """Make one statement of what a draft and its branches say, as far as they do not overlap."""
    for branch in draft.bases:
        if isinstance(branch, Branch):
            texts = ANNOTATIONS.intersection(branch.draft.said) - {"nullable"}
            draft.take(branch.draft, texts)
            for key in texts:
                del branch.draft.said[key]
    bases = tuple(base for base in draft.bases if isinstance(base, str) or base.draft.said)
    if len(bases) == 1 and isinstance(bases[0], Branch):
        only = bases[0].draft
        if draft.said.keys().isdisjoint(only.said.keys() - {"bases"}):
            del draft.bases
            draft.take(only, only.said)
            return
    draft.bases = bases
    if not bases:
        del draft.bases
