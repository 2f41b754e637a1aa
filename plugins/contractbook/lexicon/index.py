"""Which families a name or a text speaks of.

A name is cut into words, and so is a text; only where one of the declared words is among them, a closer look
is taken: with regular expressions, for a text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from contractbook.lexicon.family import ADDRESS, SPACES, Family, Phrase, Word
from contractbook.lexicon.spelling import words
from contractbook.texts import compiled

LETTERS = 20_000  # of one text that are looked at
Found = tuple[tuple[Family, str], ...]  # each family with the word that was found


class Names:
    """The words that are looked for in names, by the word that gives them away."""

    def __init__(self, families: Iterable[Family], allowed: frozenset[str]) -> None:
        self._exact: dict[str, list[tuple[Family, str]]] = {}  # a name as it is spelled
        self._whole: dict[str, list[tuple[Family, str]]] = {}  # a name without case and separators
        self._parts: dict[str, list[tuple[Family, Word, tuple[str, ...]]]] = {}
        for family in families:
            for word in family.names:
                if word.text.lower() not in allowed:
                    self._add(family, word)
        self._triggers = frozenset(self._parts)

    def _add(self, family: Family, word: Word) -> None:
        spelling = tuple(word.text.lower().split())
        alone = "".join(spelling)
        if word.where == "spelled":
            self._exact.setdefault(word.text, []).append((family, word.text))
        elif word.where == "whole":
            self._whole.setdefault(alone, []).append((family, word.text))
        else:
            for one in {spelling, (alone,)}:
                self._parts.setdefault(one[-1], []).append((family, word, one))

    def found(self, name: str) -> Found:
        """The families that a name speaks of, each with the word."""
        spelling = words(name)
        hits = [*self._exact.get(name, ()), *self._whole.get("".join(spelling), ())]
        if not self._triggers.isdisjoint(spelling):
            for each in spelling:
                for family, word, sought in self._parts.get(each, ()):
                    if _stands(word.where, sought, spelling) and not _innocent(family, spelling):
                        hits.append((family, word.text))
        return tuple(dict.fromkeys(hits)) if hits else ()


class Texts:
    """The phrases that are looked for in texts (or in addresses), by the word that gives them away."""

    def __init__(self, families: Iterable[Family], allowed: frozenset[str], *, address: bool) -> None:
        self._allowed = allowed
        self._pieces: dict[str, list[tuple[Family, Phrase]]] = {}
        self._phrases: dict[str, list[tuple[Family, Phrase]]] = {}
        for family in families:
            if ADDRESS in family.parts if address else family.parts - {ADDRESS}:
                for phrase in family.texts:
                    self._add(family, phrase)
        self._triggers = frozenset(self._phrases)

    def _add(self, family: Family, phrase: Phrase) -> None:
        if phrase.piece:
            self._pieces.setdefault(phrase.piece, []).append((family, phrase))
        for word in phrase.words:
            self._phrases.setdefault(word, []).append((family, phrase))

    def found(self, text: str) -> Found:
        """The families that a text speaks of, each with the first words that do."""
        text = text[:LETTERS]
        tried = [each for piece, phrases in self._pieces.items() if piece in text for each in phrases]
        tokens = text.translate(SPACES).split()
        if not self._triggers.isdisjoint(tokens):
            for token in self._triggers.intersection(tokens):
                tried += self._phrases[token]
        return tuple(self._confirmed(text, dict.fromkeys(tried))) if tried else ()

    def _confirmed(self, text: str, tried: Iterable[tuple[Family, Phrase]]) -> Iterator[tuple[Family, str]]:
        for family, phrase in tried:
            for match in compiled(phrase.pattern).finditer(text):
                word = (match["word"] if "word" in match.re.groupindex else match[0]).strip()
                if word.lower() not in self._allowed:
                    yield family, word
                    break


def _stands(where: str, sought: tuple[str, ...], spelling: tuple[str, ...]) -> bool:
    """Whether words stand where they were declared for."""
    size = len(sought)
    if where == "ends":
        return len(spelling) > size and spelling[-size:] == sought
    if where == "begins":
        return len(spelling) > size and spelling[:size] == sought
    return any(spelling[i : i + size] == sought for i in range(len(spelling) - size + 1))


def _innocent(family: Family, spelling: tuple[str, ...]) -> bool:
    return any(_stands("within", tuple(words.split()), spelling) for words in family.but)
