"""How a rule is declared: one function, whose signature says what it looks at, whose docstring is its page.

A rule that looks at one thing lints; one that takes `old` and `new` compares, and `new: None` is a removal.
Keyword-only parameters ask for context by name (`at`, `today`, `words`, and in a comparison `findings`, all
that the other rules said); any other one is an option.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_type_hints

from contractbook.finding import Direction, Guideline, Kind, Level
from contractbook.model import Element

CONTEXT = frozenset({"at", "today", "words", "findings"})


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


@dataclass(frozen=True, slots=True)
class Fact:
    """What a rule says, when a sentence is not enough: old and new value, or another element than its own.

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

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class Sample:
    """An example of a rule's page: a contract, or one side of a pair."""

    format: str
    label: str  # bad, good, old, new
    text: str


Check = Callable[..., Iterator[str | Fact]]
Declared = TypeVar("Declared", bound=Check)


@dataclass(frozen=True)
class Rule:
    """One declared rule. `input` and `output` are its levels by direction; None: it says nothing there."""

    id: str
    guideline: Guideline | None
    check: Check
    input: Level | None
    output: Level | None
    kind: Kind | None
    surface: str | None
    subjects: tuple[tuple[type, type], ...]  # (old, new) classes; a rule that lints has NoneType first
    context: frozenset[str]
    options: Mapping[str, Any]
    preset: Preset = Preset.RECOMMENDED

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


def rule(
    guideline: Guideline | None,
    level: Level | None = None,
    *,
    input: Level | None = None,
    output: Level | None = None,
    kind: Kind | None = None,
    surface: str | None = None,
    preset: Preset = Preset.RECOMMENDED,
) -> Callable[[Declared], Declared]:
    """Declare a rule; the id is the function's name with hyphens.

    Give `level` where the direction does not matter, else `input` (the consumer writes it) and `output`
    (the consumer reads it). A rule that compares states its `kind`. `preset` is the smallest set that the
    rule is in: what many teams would find too strict is not recommended.
    """

    def declare(check: Declared) -> Declared:
        subjects, context, options = _signature(check)
        name = check.__name__.replace("_", "-")
        if name in RULES and RULES[name].check.__module__ != check.__module__:
            raise ValueError(f"two rules are called {name}")
        levels = (input or level, output or level)
        RULES[name] = Rule(name, guideline, check, *levels, kind, surface, subjects, context, options, preset)
        return check

    return declare


def _info(info: str) -> tuple[str, str]:
    format, _, label = info.strip().partition(" ")
    return format, label


def _signature(check: Check) -> tuple[tuple[tuple[type, type], ...], frozenset[str], dict[str, Any]]:
    """What a rule looks at, the context that it asks for, and its options with their defaults."""
    hints = get_type_hints(check)
    looks_at: list[tuple[type, ...]] = []
    context: set[str] = set()
    options: dict[str, Any] = {}
    for name, parameter in inspect.signature(check).parameters.items():
        if parameter.kind is not inspect.Parameter.KEYWORD_ONLY:
            looks_at.append(_classes(hints[name]))
        elif name in CONTEXT:
            context.add(name)
        else:
            options[name] = parameter.default
    before, after = looks_at if len(looks_at) == 2 else [(NoneType,), looks_at[0]]
    pairs = [(old, new) for old in before for new in after if NoneType in (old, new) or old is new]
    return tuple(pairs), frozenset(context), options


def _classes(hint: Any) -> tuple[type, ...]:
    return get_args(hint) if isinstance(hint, UnionType) else (hint,)
