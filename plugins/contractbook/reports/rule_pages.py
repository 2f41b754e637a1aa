"""Rules as pages and lists, from their declarations: for the terminal, for Markdown, and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from contractbook.declare import Rule, Sample
from contractbook.finding import Direction, Guideline, Level
from contractbook.reports.json import written
from contractbook.reports.literal import literal
from contractbook.reports.terminal import WIDTH, Paint, cut, wrapped
from contractbook.version import VERSION

LANGUAGES = {"openapi": "yaml", "asyncapi": "yaml", "protobuf": "protobuf", "graphql": "graphql"}
TITLES = {"bad": "Not like this", "good": "But like this", "old": "Before", "new": "After"}
READING = "reading"


def levels(rule: Rule) -> str:
    """The levels of a rule in words, both where the direction makes a difference."""
    if rule.input is rule.output:
        return _word(rule, None)
    ways = (Direction.INPUT, Direction.OUTPUT)
    return ", ".join(f"{way} {_word(rule, way)}" for way in ways if rule.level(way))


def _word(rule: Rule, way: Direction | None) -> str:
    level = rule.level(way)
    assert level is not None
    return level.change if rule.compares else level.value


def prose(rule: Rule) -> str:
    """What a rule finds, why that matters and what to do instead, without examples."""
    return "\n\n".join((rule.statement, f"Why it matters: {rule.why}", f"What to do: {rule.advice}"))


def markdown(rule: Rule) -> str:
    """The whole page of a rule in CommonMark, without a heading."""
    statement, why, advice = map(literal, (rule.statement, rule.why, rule.advice))
    parts = [f"**{statement}**", f"*Why it matters:* {why}", f"*What to do:* {advice}"]
    for sample in rule.samples:
        parts += [f"{TITLES[sample.label]}:", f"```{LANGUAGES.get(sample.format, 'json')}\n{sample.text}```"]
    return "\n\n".join(parts)


def as_json(rules: Iterable[Rule]) -> str:
    """Rules for programs."""
    return written({"contractbook": VERSION, "command": "rules", "rules": [_facts(rule) for rule in rules]})


def _facts(rule: Rule) -> Mapping[str, Any]:
    return {
        "id": rule.id,
        "guideline": rule.guideline,
        "kind": rule.kind,
        "surface": rule.surface,
        "input": rule.input,
        "output": rule.output,
        "preset": rule.preset,
        "statement": rule.statement,
        "why": rule.why,
        "advice": rule.advice,
        "options": {name.replace("_", "-"): _plain(value) for name, value in rule.options.items()},
        "examples": [
            {"format": sample.format, "label": sample.label, "text": sample.text} for sample in rule.samples
        ],
    }


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value


def as_markdown(rules: Sequence[Rule]) -> str:
    """One rule as a page, or several as tables."""
    if len(rules) == 1:
        return f"# {rules[0].id}\n\n{_kind(rules[0])} · {levels(rules[0])}\n\n{markdown(rules[0])}\n"
    parts = ["# Rules"]
    for title, found in _grouped(rules):
        rows = (f"| `{rule.id}` | {levels(rule)} | {literal(rule.statement)} |" for rule in found)
        parts.append("\n".join((f"## {title}\n", "| Rule | Level | Tells |", "| --- | --- | --- |", *rows)))
    return "\n\n".join(parts) + "\n"


def as_text(rules: Sequence[Rule], colour: bool = False) -> str:
    """One rule explained, or several as a list, for the terminal."""
    paint = Paint(colour)
    lines = _page(rules[0], paint) if len(rules) == 1 else _list(rules, paint)
    return "\n".join(lines) + "\n"


def _list(rules: Sequence[Rule], paint: Paint) -> Iterator[str]:
    wide = max(len(rule.id) for rule in rules)
    for title, found in _grouped(rules):
        yield paint("strong", title)
        for rule in found:
            level = rule.level() or Level.NOTE
            word = paint(level.value, (level.change if rule.compares else level.value).ljust(9))
            yield f"  {rule.id:{wide}}  {word}  {cut(rule.statement, WIDTH - wide - 15)}"
        yield ""
    yield f"{len(rules)} rules; `contractbook rules ID` explains one"


def _page(rule: Rule, paint: Paint) -> Iterator[str]:
    yield f"{paint('strong', rule.id)}  {paint('faint', f'{_kind(rule)} · {levels(rule)}')}"
    for title, text in (("", rule.statement), ("Why it matters", rule.why), ("What to do", rule.advice)):
        yield ""
        yield from _section(title, wrapped(text, WIDTH - 2), paint)
    for sample in rule.samples:
        yield ""
        yield from _section(_sample_title(sample, rule), sample.text.rstrip().split("\n"), paint)
    yield ""
    yield from _section("Set it", _settings(rule), paint)


def _section(title: str, lines: Iterable[str], paint: Paint) -> Iterator[str]:
    if title:
        yield paint("strong", title)
    for line in lines:
        yield f"  {line}".rstrip()


def _sample_title(sample: Sample, rule: Rule) -> str:
    several = len({each.format for each in rule.samples}) > 1
    return f"{TITLES[sample.label]} ({sample.format})" if several else TITLES[sample.label]


def _settings(rule: Rule) -> Iterator[str]:
    """What to write in the configuration, and in a contract."""
    level = rule.level() or "warning"
    given = "".join(f", {name.replace('_', '-')}: {_value(value)}" for name, value in rule.options.items())
    yield "contractbook.yml:   rules:"
    yield f"                      {rule.id}: {f'{{level: {level}{given}}}' if given else level}   # or off"
    yield f"in the contract:    # contractbook: accept {rule.id} -- the reason"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple | frozenset):
        return f"[{', '.join(map(str, sorted(value)))}]"
    return str(value)


def _kind(rule: Rule) -> str:
    return " · ".join(filter(None, (rule.guideline or READING, rule.kind)))


def _grouped(rules: Iterable[Rule]) -> Iterator[tuple[str, list[Rule]]]:
    """Rules by guideline, those that compare apart, each by id."""
    ordered = sorted(rules, key=lambda rule: rule.id)
    for compares in (False, True):
        for guideline in (*Guideline, None):
            found = [rule for rule in ordered if rule.guideline is guideline and rule.compares is compares]
            if found:
                yield f"{guideline or READING}{', between two versions' if compares else ''}", found
