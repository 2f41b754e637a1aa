"""The words of all families, looked for in one pass over an element.

Names and texts repeat heavily in a contract, so each distinct one is looked at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

from msgspec.structs import replace

from contractbook.lexicon.family import ADDRESS, DEFAULT, DOC, EXAMPLE, Family, listed, said
from contractbook.lexicon.index import Found, Names, Texts
from contractbook.lexicon.subject import Subject
from contractbook.lexicon.tables import FAMILIES
from contractbook.model import (
    Contract,
    Element,
    Example,
    Field,
    Message,
    Operation,
    Security,
    Server,
    Service,
    Type,
    Value,
)

NODES = 5_000  # values of one example that are looked at
NAMELESS = frozenset({Contract, Server, Service})  # the reader made their names


class Hit(NamedTuple):
    """A word of the lexicon in an element: as it is written there, the text it stands in, and which text."""

    word: str
    text: str
    part: str  # name, doc, example, default, address, key

    @property
    def noun(self) -> str:
        """The word for that text in a message to people."""
        return "description" if self.part == DOC else self.part


Words = tuple[Hit, ...]
Answer = TypeVar("Answer")


class Memo(dict[str, Answer]):
    """Answers by question, each worked out once."""

    def __init__(self, work_out: Callable[[str], Answer]) -> None:
        self._work_out = work_out

    def __missing__(self, question: str) -> Answer:
        answer = self[question] = self._work_out(question)
        return answer


class Lexicon:
    """The words of every family; a team allows words, and adds its own by rule id."""

    def __init__(self, allow: Iterable[str] = (), add: Mapping[str, Iterable[str]] | None = None) -> None:
        allowed = frozenset(word.lower() for word in allow)
        families = tuple(_with_more(family, (add or {}).get(family.rule, ())) for family in FAMILIES)
        self.names: Memo[Found] = Memo(Names(families, allowed).found)
        self.texts: Memo[Found] = Memo(Texts(families, allowed, address=False).found)
        self.addresses: Memo[Found] = Memo(Texts(families, allowed, address=True).found)
        self.keys: dict[str, list[Family]] = {}
        for family in families:
            for key in family.keys:
                if key.lower() not in allowed:
                    self.keys.setdefault(key, []).append(family)

    def over(self, contract: Contract) -> Matcher:
        """What looks for the words in the elements of this contract."""
        return Matcher(self, Subject(contract))


def _with_more(family: Family, more: Iterable[str]) -> Family:
    """A family with the words that a team adds: in names and in texts, or as keys where it has some."""
    words = ",".join(more)
    if family.keys:
        family = replace(family, keys=family.keys + listed(words))
    return replace(family, names=family.names + family.adds(words), texts=family.texts + said(words))


class Matcher:
    """A lexicon's view of one contract."""

    def __init__(self, lexicon: Lexicon, subject: Subject) -> None:
        self._lexicon = lexicon
        self._subject = subject
        self._names, self._texts, self._keys = lexicon.names, lexicon.texts, lexicon.keys
        self._examples: dict[int, list[tuple[Family, Hit]]] = {}

    def likely(self, type: Type) -> list[Element]:
        """The members of a type that may hold a hit: few of many, picked at the cost of a look at each."""
        names, texts = self._names, self._texts
        found: list[Element] = [
            each
            for each in (*type.fields, *type.patterns)
            if names[each.name]
            or texts[each.doc]
            or each.title
            or each.examples
            or each.binding
            or each.arguments
            or each.default.__class__ is str
        ]
        found += (
            each
            for each in type.values
            if names[each.name] or texts[each.doc] or each.title or each.examples or each.binding
        )
        return found

    def match(self, element: Element) -> Mapping[str, Words]:
        """The hits in an element by rule id; nothing for nearly every element."""
        # Nearly every element holds nothing: what is asked first must be cheap.
        kind = element.__class__
        texts = self._texts
        found: list[tuple[Family, Hit]] = []
        named = kind is Field or kind is Value or _is_named(element)
        if named and (hits := self._names[element.name]):
            found += self._meant(hits, element.name, "name")
        if (doc := element.doc) and (hits := texts[doc]):
            found += self._meant(hits, doc, DOC)
        if (title := element.title) and (hits := texts[title]):
            found += self._meant(hits, title, DOC)
        if element.examples:
            found += self._in_examples(element.examples)
        if (binding := element.binding) and not self._keys.keys().isdisjoint(binding):
            found += self._in_keys(binding)
        if kind is Field or kind is Type:
            default = element.default  # type: ignore[attr-defined]
            if default.__class__ is str and (hits := texts[default]):
                found += self._meant(hits, default, DEFAULT)
        elif kind is not Value:
            found += self._elsewhere(element)
        return _by_rule(found) if found else NO_HITS

    def _elsewhere(self, element: Element) -> Iterator[tuple[Family, Hit]]:
        """Hits in what only one class of element has."""
        match element:
            case Operation(address=address):
                for part in address.split("/"):
                    if "{" not in part:
                        yield from self._meant(self._names[part], part, ADDRESS)
                yield from self._meant(self._lexicon.addresses[address], address, ADDRESS)
            case Server():
                url = filled(element)
                yield from self._meant(self._lexicon.addresses[url], url, ADDRESS)
            case Message(content_type=content_type):
                yield from self._in_keys((content_type,))
            case Security(binding=binding):
                sent_as = str(binding.get("name", ""))
                yield from self._meant(self._names[sent_as], sent_as, "name")

    def _meant(self, hits: Found, text: str, part: str) -> Iterator[tuple[Family, Hit]]:
        """The hits that count in this part of an element, and are not what the contract is about."""
        for family, word in hits:
            counts = part == "name" or part in family.parts
            if counts and not (family.spares and self._is_known(family, word, text, part)):
                yield family, Hit(word, text, part)

    def _is_known(self, family: Family, word: str, text: str, part: str) -> bool:
        """Whether a word is what consumers come for."""
        subject = self._subject
        if family.about and subject.mentions(*family.about):
            return True
        if family.spares == "product":
            return subject.offers(word)
        return part != ADDRESS and subject.is_about(word, text if part == "name" else word)

    def _in_examples(self, examples: Iterable[Example]) -> Iterator[tuple[Family, Hit]]:
        texts = self._texts
        for example in examples:
            value = example.value
            if value.__class__ is str:
                if hits := texts[value]:
                    yield from self._meant(hits, value, EXAMPLE)
            elif value.__class__ is dict or value.__class__ is list:
                yield from self._in_value(value)
            if example.url:
                yield from self._meant(self._lexicon.addresses[example.url], example.url, ADDRESS)

    def _in_value(self, value: Any) -> list[tuple[Family, Hit]]:
        """The hits in a nested example, which many messages may share."""
        known = self._examples.get(id(value))
        if known is None:
            texts = self._texts
            known = self._examples[id(value)] = [
                hit
                for text in strings(value)
                if (hits := texts[text])
                for hit in self._meant(hits, text, EXAMPLE)
            ]
        return known

    def _in_keys(self, keys: Iterable[str]) -> Iterator[tuple[Family, Hit]]:
        return ((family, Hit(key, key, "key")) for key in keys for family in self._keys.get(key, ()))


def _is_named(element: Element) -> bool:
    """Whether an element has a name of its own in the document."""
    return element.__class__ not in NAMELESS and not (isinstance(element, Type) and element.inline)


NO_HITS: Mapping[str, Words] = {}


def strings(value: Any) -> Iterator[str]:
    """The texts in a value; the keys of objects are names that the schema declares."""
    todo = [value]
    left = NODES
    while todo and left:
        left -= 1
        one = todo.pop()
        if one.__class__ is str:
            yield one
        elif one.__class__ is dict:
            todo += one.values()
        elif one.__class__ is list:
            todo += one


def filled(server: Server) -> str:
    """A server's address with the defaults of its variables filled in."""
    url = server.url
    for variable in server.variables:
        url = url.replace("{" + variable.name + "}", variable.default)
    return url


def _by_rule(found: Iterable[tuple[Family, Hit]]) -> Mapping[str, Words]:
    hits: dict[str, list[Hit]] = {}
    for family, hit in found:
        hits.setdefault(family.rule, []).append(hit)
    return {rule: tuple(dict.fromkeys(each)) for rule, each in hits.items()}
