"""A rule of a ruleset: where it looks, what it asks there, and what it says; declared as ours are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from contractbook.declare import RULES, TEAM, Check, Fact, Rule
from contractbook.finding import Guideline, Level
from contractbook.model import Contract, Element
from contractbook.source.globs import matcher
from contractbook.source.pointers import parts_of
from contractbook.source.sources import Sources
from contractbook.spectral.functions import FUNCTIONS, MISSING, Options, Told
from contractbook.spectral.nodes import Members, Node, node, plain
from contractbook.spectral.paths import Query
from contractbook.spectral.versions import is_one_of

if TYPE_CHECKING:
    from jsonpath import JSONPathMatch

SUFFIXES = (".yaml", ".yml", ".json")
MOST = 100_000  # places that a rule looks at in one document
_HOLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


class Asked(NamedTuple):
    """A path to look at, in contracts of some formats (none: all)."""

    query: Query
    formats: tuple[str, ...] = ()


class Then(NamedTuple):
    """What is asked of each place: of its member `field`, of its keys (`@key`), or of itself."""

    function: str
    field: str = ""
    options: Options = {}


class Exemption(NamedTuple):
    """Files for which a rule has another level; None: it is off there."""

    files: tuple[str, ...]
    level: Level | None


class TeamRule(NamedTuple):
    """A rule as its ruleset says it; `written` is where."""

    name: str
    asked: tuple[Asked, ...]
    then: tuple[Then, ...]
    level: Level
    written: str
    message: str = ""
    description: str = ""
    url: str = ""
    formats: tuple[str, ...] = ()
    resolved: bool = True
    exemptions: tuple[Exemption, ...] = ()

    @property
    def page(self) -> str:
        """What people read of it: statement, why, what to do."""
        statement = " ".join(
            (self.description or self.message or f"The contract breaks the rule {self.name}.").split()
        )
        more = f" It is explained at <{self.url}>." if self.url else ""
        return f"{statement}\n\nYour team's ruleset asks for it: `{self.written}`.{more}\n\n{self._advice}"

    @property
    def _advice(self) -> str:
        asked = {" ".join((FUNCTIONS[then.function].__doc__ or "").split()) for then in self.then}
        return f"Mend what is named. It speaks where: {' '.join(sorted(asked))}"


class _Look(NamedTuple):
    """A value that is asked about, and where it stands; `name` is the last part of the way to it."""

    value: Any
    at: str
    name: str
    way: str


def declare(rule: TeamRule) -> None:
    """Make a rule of a ruleset one of ours, to be set, selected, accepted and explained like any other."""

    def check(contract: Contract, *, documents: Sources) -> Iterator[Fact]:
        return facts(rule, contract, documents)

    check.__doc__ = rule.page
    typed: Check = check
    TEAM.append(rule.name)
    RULES[rule.name] = Rule(rule.name, Guideline.EXPLICIT, typed, rule.level, rule.level, None, None)


def facts(rule: TeamRule, contract: Contract, documents: Sources) -> Iterator[Fact]:
    """What a rule says of the documents of a contract."""
    if PurePosixPath(contract.path).suffix not in SUFFIXES:
        return
    if rule.formats and not is_one_of(contract, rule.formats):
        return
    level: Level | None = rule.level
    for exemption in rule.exemptions:
        if any(matcher(glob)(contract.path) for glob in exemption.files):
            level = exemption.level
    if level is not None:
        labels = _labels(contract)
        for message, at in dict.fromkeys(_told(rule, contract, documents)):
            yield Fact(message, about=Element(name=_named(at, labels), at=at), level=level)


def _told(rule: TeamRule, contract: Contract, documents: Sources) -> Iterator[tuple[str, str]]:
    """Messages with the places that they are about."""
    for query, formats in rule.asked:
        if not formats or is_one_of(contract, formats):
            for root in _roots(rule, query, contract, documents):
                for match in islice(query.find(root), MOST):
                    for then in rule.then:
                        for look in _looks(match, query.keys, then):
                            yield from _said(rule, then, look)


def _roots(rule: TeamRule, query: Query, contract: Contract, documents: Sources) -> Iterator[Any]:
    """What a path starts from: a document with its references followed, or each that is part of the contract.

    A path to all depths would meet what is shared again and again, so it looks at each document as it is.
    """
    if rule.resolved and not query.deep:
        document = documents.open(contract.path)
        yield node(document.data, document, sources=documents)
        return
    for path in contract.documents if query.deep else (contract.path,):
        document = documents.open(path)
        yield node(document.data, document)


def _looks(match: JSONPathMatch, keys: bool, then: Then) -> Iterator[_Look]:
    """What a function is asked of at a place."""
    value, way = match.obj, ".".join(map(str, match.parts))
    holder = match.parent.obj if match.parent else None
    name = str(match.parts[-1]) if match.parts else ""
    at = holder.at(match.parts[-1]) if isinstance(holder, Node) else getattr(value, "place", "")
    if isinstance(value, Node) and not keys:
        at = value.place
    if keys:
        yield _Look(match.parts[-1] if match.parts else MISSING, at, name, way)
    elif then.field == "@key":
        if isinstance(value, Members):
            yield from (_Look(key, value.at(key), key, f"{way}.{key}") for key in value)
    elif then.field:
        yield _member(value, at, then.field, way)
    else:
        yield _Look(value, at, name, way)


def _member(value: Any, at: str, field: str, way: str) -> _Look:
    """A member, or one further in: `info.contact`; one that is missing stands where it is missed."""
    found = value
    for part in [field] if isinstance(plain(value), dict) and field in plain(value) else field.split("."):
        held = plain(found)
        if isinstance(held, dict) and part in held:
            at, found = found.at(part), found.part(part)
        elif isinstance(held, list) and part.isdecimal() and int(part) < len(held):
            at, found = found.at(part), found.part(int(part))
        else:
            return _Look(MISSING, at, field, f"{way}.{field}")
    return _Look(found, at, field, f"{way}.{field}")


def _said(rule: TeamRule, then: Then, look: _Look) -> Iterator[tuple[str, str]]:
    subject = f'"{look.name}" property' if look.name else "the document"
    for told in FUNCTIONS[then.function](look.value, then.options, subject):
        at = look.at
        if told.part is not None and isinstance(look.value, Node):
            at = look.value.at(told.part)
        yield _message(rule, told, look), at


def _message(rule: TeamRule, told: Told, look: _Look) -> str:
    """The rule's own message with its holes filled, else its description, else what the function says."""
    value = plain(look.value)
    filled: Mapping[str, str] = {
        "error": told.message,
        "description": rule.description,
        "path": look.way,
        "property": look.name,
        "value": str(value) if isinstance(value, str | int | float | bool) else "",
    }
    template = rule.message or rule.description or "{{error}}"
    return " ".join(_HOLE.sub(lambda hole: filled.get(hole[1], ""), template).split())


def _labels(contract: Contract) -> dict[str, str]:
    """What operations and types are called, by where they stand."""
    named = [type for type in contract.types.values() if type.at and not type.inline]
    every: list[Element] = [*contract.operations(), *named]
    return {"#".join(contract.place(each.at)): each.label for each in every}


def _named(at: str, labels: Mapping[str, str]) -> str:
    """The element at a place: the operation or type that it is in, and the way from there."""
    path, _, pointer = at.partition("#")
    whole = parts_of(pointer)
    around = pointer
    while around and f"{path}#{around}" not in labels:
        around = around.rpartition("/")[0]
    known = [labels[f"{path}#{around}"]] if around else []
    return " > ".join([*known, *whole[len(parts_of(around)) :]]) or path
