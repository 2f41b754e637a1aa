"""Which element of the old version is which element of the new one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

from contractbook.model import Contract, Element, Operation, Type, Variant

E = TypeVar("E", bound=Element)
Pairs = Iterator[tuple[E | None, E | None]]

_PARAMETER = re.compile(r"\{[^{}]*\}")
_VERSION = re.compile(r"(?<![a-z0-9])v\d+(?:(?:alpha|beta|p)\d+)*(?![a-z0-9])[/.]?", re.IGNORECASE)


def pair(old: Iterable[E], new: Iterable[E], *keys: Callable[[E], Hashable]) -> Pairs[E]:
    """Pair elements by the first key that is theirs alone on each side, then by the next.

    Pairs come in the order of the old side, what has no partner last.
    """
    before, after = list(old), list(new)
    partner: dict[int, E] = {}
    taken: set[int] = set()
    for key in keys or (identity,):
        left = _unique([each for each in before if id(each) not in partner], key)
        right = _unique([each for each in after if id(each) not in taken], key)
        for name, element in left.items():
            if name in right:
                partner[id(element)] = right[name]
                taken.add(id(right[name]))
    yield from ((each, partner.get(id(each))) for each in before)
    yield from ((None, each) for each in after if id(each) not in taken)


def _unique(elements: Sequence[E], key: Callable[[E], Hashable]) -> dict[Hashable, E]:
    keys = [key(each) for each in elements]
    counts = Counter(keys)
    return {name: each for name, each in zip(keys, elements, strict=True) if counts[name] == 1}


def identity(element: Element) -> Hashable:
    """The key that the format gave it."""
    return element.identity


def operations(old: Contract, new: Contract) -> Pairs[Operation]:
    """Operations side by side; parameter names and, where they stay apart, versions in names do not count."""
    return pair(old.operations(), new.operations(), identity, _neutral, _versionless)


def _neutral(operation: Operation) -> str:
    return _PARAMETER.sub("{}", operation.identity)


def _versionless(operation: Operation) -> str:
    return _VERSION.sub("", _neutral(operation))


def variants(contract: Contract, union: Type) -> list[Variant]:
    """The branches of a union as elements, told apart by type name or by discriminator value."""
    return [_variant(contract, union, part) for part in union.parts]


def _variant(contract: Contract, union: Type, part: str) -> Variant:
    type = contract.types[part]
    mapping = union.discriminator.mapping if union.discriminator else {}
    value = next((key for key, name in mapping.items() if name == part), "")
    shown = value or (contract.resolve(part).name if type.inline else part)
    return Variant(name=shown.rpartition(" > ")[2], key=part, at=type.at, type=part)


def pair_variants(old: Contract, new: Contract, before: Type, after: Type) -> Pairs[Variant]:
    """Branches side by side: by name, else by what they look like, else by their form alone."""

    olds, news = variants(old, before), variants(new, after)
    types = {
        id(each): side.resolve(each.type) for side, sides in ((old, olds), (new, news)) for each in sides
    }

    def look(variant: Variant) -> Hashable:
        type = types[id(variant)]
        return (type.shape, type.scalar, type.format, frozenset(field.name for field in type.fields))

    def form(variant: Variant) -> Hashable:
        return (types[id(variant)].shape, types[id(variant)].scalar)

    return pair(olds, news, lambda variant: variant.name, look, form)
