"""Which field became several, and which several became one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contractbook.lexicon.spelling import words
from contractbook.model import Field


def splits(gone: Sequence[Field], come: Sequence[Field]) -> Iterator[tuple[Field, list[Field]]]:
    """Each field that is gone with the several that have its words in their names, and more of their own.

    Read the other way round, they are the fields that became one.
    """
    for field in gone:
        name = set(words(field.name))
        parts = [each for each in come if each.type == field.type and name < set(words(each.name))]
        if len(parts) > 1 and name:
            yield field, parts
