"""How a rule is declared: one function, whose signature says what it looks at, whose docstring is its page.

A rule that looks at one thing lints; one that takes `old` and `new` compares, and `new: None` is a removal.
A type can be asked for by what it has, as `Record` or `Enumeration`. Keyword-only parameters ask for context
by name (`at`, `today`, `words`, `documents` as they are written, and in a comparison `findings`, all that the
other rules said); any other one is an option.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from types import NoneType, UnionType
from typing import Annotated, Any, NamedTuple, TypeVar, Union, get_args, get_origin

import msgspec

from contractbook.finding import Direction, Guideline, Kind, Level
from contractbook.model import Element, Type

# Most types have none of the parts that a rule looks at, and need not be shown to it.
Record = Annotated[Type, "fields"]
Enumeration = Annotated[Type, "values"]
Choice = Annotated[Type, "parts"]
Limited = Annotated[Type, "limits", "patterns"]
Extended = Annotated[Type, "fields", "binding"]

CONTEXT = frozenset({"at", "today", "words", "findings", "documents"})


class Preset(StrEnum):
    """A set of rules to begin with; each holds all of the ones before it."""

    RECOMMENDED = "recommended"
    STRICT = "strict"
    ALL = "all"

    @property
    def includes(self) -> list[Preset]:
        """This set and the smaller ones."""
        every = list(Preset)
        return every[: every.index(self) + 1]


class Fact(msgspec.Struct, frozen=True):
    """What a rule says, when a sentence is not enough: old and new value, or another element than its own.

    `surface` is what breaks by it, where that is not the same for all facts of the rule: wire, json, source.
    `about` is an element declared elsewhere that the finding is about, with the elements around it in
    `within`; `at` is the exact place where it is not that of the element, such as an example's; `level`
    lowers or raises the level of this one fact. In a comparison, elements with a `common` fact of the same
    old and new values share one finding: a new prefix of all paths is one change.
    """

    message: str
    old: Any = None
    new: Any = None
    about: Element | None = None
    within: tuple[Element, ...] = ()
    at: str = ""
    level: Level | None = None
    advice: str | None = None
    common: bool = False
    surface: str | None = None

    def __str__(self) -> str:
        return self.message


class Sample(NamedTuple):
    """An example of a rule's page: a contract, or one side of a pair."""

    format: str
    label: str  # bad, good, old, new
    text: str


Check = Callable[..., Iterator[str | Fact]]
Declared = TypeVar("Declared", bound=Check)


class Rule(msgspec.Struct, frozen=True, eq=False, dict=True):
    """One declared rule. `input` and `output` are its levels by direction; None: it says nothing there.

    One without a `preset` is in no set: it is asked where a team or a call names it.
    """

    id: str
    guideline: Guideline | None
    check: Check
    input: Level | None
    output: Level | None
    kind: Kind | None
    surface: str | None
    preset: Preset | None = Preset.RECOMMENDED

    @cached_property
    def subjects(self) -> tuple[tuple[type, type], ...]:
        """The pairs of classes, old and new, that it looks at; a rule that lints has NoneType first."""
        code = self.check.__code__
        looks_at = [_hints(self.check, name) for name in code.co_varnames[: code.co_argcount]]
        before, after = ([_class(hint) for hint in hints] for hints in ([(None,), *looks_at][-2:]))
        pairs = [(old, new) for old in before for new in after if NoneType in (old, new) or old is new]
        return tuple(pairs)

    @cached_property
    def having(self) -> Mapping[type, tuple[str, ...]]:
        """Of which classes it looks only at elements that have one of these parts."""
        hints = _hints(self.check, self.check.__code__.co_varnames[0])
        return {_class(hint): hint.__metadata__ for hint in hints if get_origin(hint) is Annotated}

    @cached_property
    def context(self) -> frozenset[str]:
        """What it asks for beside what it looks at."""
        code = self.check.__code__
        begin, size = code.co_argcount, code.co_kwonlyargcount
        return CONTEXT.intersection(code.co_varnames[begin : begin + size])

    @property
    def options(self) -> Mapping[str, Any]:
        """Its options with their defaults."""
        return self.check.__kwdefaults__ or {}

    @property
    def format(self) -> str:
        """The folder of the one format that it is about; empty for a rule about all of them."""
        _, _, room = self.check.__module__.partition(".formats.")
        return room.partition(".")[0]

    @property
    def compares(self) -> bool:
        """Whether it looks at two versions."""
        return self.kind is not None

    def level(self, direction: Direction | None = None) -> Level | None:
        """The level in a direction; the heavier one where both are meant."""
        match direction:
            case Direction.INPUT:
                return self.input
            case Direction.OUTPUT:
                return self.output
        return max(filter(None, (self.input, self.output)), key=lambda level: level.weight, default=None)

    @cached_property
    def page(self) -> str:
        """The docstring: a statement, why it matters, what to do instead, examples; CommonMark."""
        return inspect.cleandoc(self.check.__doc__ or "")

    @cached_property
    def paragraphs(self) -> list[str]:
        """The page's text before its first example, one line for each paragraph."""
        prose = self.page.partition("\n```")[0]
        return [" ".join(part.split()) for part in prose.split("\n\n") if part.strip()]

    @property
    def statement(self) -> str:
        """What the rule finds, in one sentence."""
        return self.paragraphs[0]

    @property
    def why(self) -> str:
        """Why it matters to consumers, or to the provider's freedom to change."""
        return self.paragraphs[1]

    @property
    def advice(self) -> str:
        """What to do instead."""
        return self.paragraphs[2]

    @cached_property
    def samples(self) -> list[Sample]:
        """The fenced examples of the page, in their order."""
        from markdown_it import MarkdownIt

        fences = [token for token in MarkdownIt().parse(self.page) if token.type == "fence"]
        return [Sample(*_info(token.info), token.content) for token in fences]


RULES: dict[str, Rule] = {}
TEAM: list[str] = []
"""The rules that come from the rulesets of a project, and go with it."""


def rule(
    guideline: Guideline | None,
    level: Level | None = None,
    *,
    input: Level | None = None,
    output: Level | None = None,
    kind: Kind | None = None,
    surface: str | None = None,
    preset: Preset | None = Preset.RECOMMENDED,
) -> Callable[[Declared], Declared]:
    """Declare a rule; the id is the function's name with hyphens.

    Give `level` where the direction does not matter, else `input` (the consumer writes it) and `output`
    (the consumer reads it). A rule that compares states its `kind`. `preset` is the smallest set that the
    rule is in: what many teams would find too strict is not recommended, and what costs much is in none.
    """

    def declare(check: Declared) -> Declared:
        name = check.__name__.replace("_", "-")
        if name in RULES and RULES[name].check.__module__ != check.__module__:
            raise ValueError(f"two rules are called {name}")
        levels = (input or level, output or level)
        RULES[name] = Rule(name, guideline, check, *levels, kind, surface, preset)
        return check

    return declare


def _info(info: str) -> tuple[str, str]:
    format, _, label = info.strip().partition(" ")
    return format, label


def _hints(check: Check, name: str) -> tuple[Any, ...]:
    """What a parameter may be; annotations are texts where a module puts them off."""
    hint = check.__annotations__[name]
    if isinstance(hint, str):
        hint = eval(hint, check.__globals__)
    origin: Any = get_origin(hint)
    return get_args(hint) if origin in (Union, UnionType) else (hint,)


def _class(hint: Any) -> type:
    if hint is None:
        return NoneType
    found: type = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    return found
