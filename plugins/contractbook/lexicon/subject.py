"""What a contract is about, in the words of its own paths, headings and values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from contractbook.lexicon.spelling import singular, words
from contractbook.model import Contract

PARAMETER = re.compile(r"\{[^{}]*\}")
OFTEN = 4  # different names with a word: then it is no slip


class Subject:
    """The words that consumers of a contract come for: what they name is no leak of the inside."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract

    def is_about(self, *names: str) -> bool:
        """Whether the contract is about one of these."""
        return any(joined(name) in self._nouns for name in names)

    def mentions(self, *names: str) -> bool:
        """Whether one of these is a word of what the contract is about."""
        return any(joined(name) in self._nouns or joined(name) in self._words for name in names)

    def offers(self, product: str) -> bool:
        """Whether a product is what consumers choose or see everywhere, and no detail that slipped."""
        sought = joined(product)
        return any(noun.startswith(sought) for noun in self._nouns) or self._uses[sought] >= OFTEN

    @cached_property
    def _nouns(self) -> frozenset[str]:
        return frozenset(map(joined, self._names))

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(singular(word) for name in self._names for word in words(name))

    @cached_property
    def _uses(self) -> Counter[str]:
        """How many different names hold a word."""
        contract = self._contract
        names = {field.name for type in contract.types.values() for field in type.fields}
        names |= {type.name for type in contract.types.values() if not type.inline}
        names |= {operation.name for operation in contract.operations()}
        return Counter(word for name in names for word in words(name))

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(_subjects(self._contract))


def _subjects(contract: Contract) -> Iterator[str]:
    """The names that a contract gives to what it is about; types often list the same values."""
    yield from contract.title.split()
    for group in contract.groups:
        if not group.name.endswith("-controller"):  # named after a class, and so a leak itself
            yield from (group.name, *group.name.split())
    for operation in contract.operations():
        yield from PARAMETER.sub("", operation.address).split("/")
    for type in contract.types.values():
        yield from [value.name for value in type.values]


def joined(name: str) -> str:
    """A name without case, separators and plural ending."""
    spelling = words(name)
    return "".join((*spelling[:-1], singular(spelling[-1]))) if spelling else ""
