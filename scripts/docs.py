"""Write the generated part of the documentation from the declarations, or check that it is up to date.

usage: python scripts/docs.py [--check]
"""

from __future__ import annotations

import ast
import re
import sys
from argparse import Action, ArgumentParser
from collections.abc import Iterator
from pathlib import Path

import contractbook
from contractbook.cli.arguments import COMMANDS, command_line
from contractbook.declare import Rule, Sample
from contractbook.finding import Direction, Guideline, Kind, Level
from contractbook.fix import FIXES
from contractbook.rules import RULES
from contractbook.spectral import FUNCTIONS

DOCS = Path(__file__).parent.parent / "docs"
PACKAGE = Path(contractbook.__file__).parent
LANGUAGES = {"openapi": "yaml", "asyncapi": "yaml", "protobuf": "protobuf", "graphql": "graphql"}
TITLES = {"bad": "Not like this", "good": "But like this", "old": "Before", "new": "After"}
READING = "Reading"


def pages() -> Iterator[tuple[str, str]]:
    """Each generated page: its path below docs/ and its text."""
    yield "rules/index.md", rules_index()
    yield "changes.md", changes()
    yield "architecture.md", rooms((DOCS / "architecture.md").read_text("utf-8"))
    yield "how-to/fix.md", between((DOCS / "how-to/fix.md").read_text("utf-8"), "fixes", fixes())
    yield (
        "how-to/spectral.md",
        between((DOCS / "how-to/spectral.md").read_text("utf-8"), "functions", functions()),
    )
    yield "commands.md", commands((DOCS / "commands.md").read_text("utf-8"))
    for rule in RULES.values():
        yield f"rules/{rule.id}.md", rule_page(rule)


def rules_index() -> str:
    """All rules that lint, by guideline."""
    parts = [
        "# Rules",
        "What `contractbook lint` looks at. Each rule serves one of the "
        "[five guidelines](../guidelines/index.md); `contractbook rules ID` shows its page in the terminal. "
        "What `contractbook diff` looks at stands on [its own page](../changes.md).",
    ]
    for guideline in (*Guideline, None):
        rows = [
            [link(rule, ""), levels(rule), literal(rule.statement)]
            for rule in by_id()
            if rule.guideline is guideline and not rule.compares
        ]
        if rows:
            parts += [
                f"## {heading(guideline) if guideline else READING}",
                table(["Rule", "Level", "Finds"], rows),
            ]
    return "\n\n".join(parts) + "\n"


def changes() -> str:
    """All rules that compare, by kind of change."""
    parts = [
        "# Changes",
        "What `contractbook diff` tells between two versions. *Input* is what the consumer writes, *output* "
        "what it reads: the same change can break in one direction and be safe in the other.",
    ]
    for kind in Kind:
        rows = [
            [
                link(rule, "rules/"),
                change(rule, Direction.INPUT),
                change(rule, Direction.OUTPUT),
                rule.statement,
            ]
            for rule in by_id()
            if rule.kind is kind
        ]
        if rows:
            parts += [f"## {heading(kind)}", table(["Change", "Input", "Output", "Tells"], rows)]
    return "\n\n".join(parts) + "\n"


def rooms(page: str) -> str:
    """The page of the architecture, with what the rooms say of themselves, in the order of the layers."""
    layers = page.partition("```layers\n")[2].partition("\n")[0]
    rows = [
        [f"`{room}`", literal(text)] for room in layers.replace("|", " ").split() if (text := _purpose(room))
    ]
    return between(page, "rooms", table(["Room", "Is"], rows))


def _purpose(room: str) -> str:
    """The first line of a room's docstring, without its name; empty where there is no such room yet."""
    for path in (PACKAGE / f"{room}.py", PACKAGE / room / "__init__.py"):
        if path.exists():
            first = (ast.get_docstring(ast.parse(path.read_bytes())) or "").partition("\n\n")[0]
            name, _, rest = " ".join(first.split()).partition(": ")
            return rest[:1].upper() + rest[1:] if name == room else f"{name}: {rest}" if rest else name
    return ""


def fixes() -> str:
    """What `lint --fix` writes where which rules find something."""
    rules: dict[str, list[str]] = {}
    for name, fix in sorted(FIXES.items()):
        rules.setdefault(fix.__doc__ or "", []).append(link(RULES[name], "../rules/"))
    return table(["Where", "It"], [[", ".join(found), does] for does, found in rules.items()])


def functions() -> str:
    """The functions that rules of Spectral may ask."""
    return table(
        ["Function", "Says it where"], [[f"`{name}`", does.__doc__ or ""] for name, does in FUNCTIONS.items()]
    )


def commands(page: str) -> str:
    """The page of the commands, with what the command line knows of each between its marks."""
    for action in command_line(COMMANDS)._actions:  # argparse has no public way to them
        if isinstance(action.choices, dict):
            for name, parser in action.choices.items():
                page = between(page, name, _command(parser))
    return page


def between(page: str, name: str, text: str) -> str:
    """A page with a text between the marks of a name."""
    begin, _, rest = page.partition(f"<!-- {name} -->\n")
    end = rest.partition("<!-- end -->")[2]
    return f"{begin}<!-- {name} -->\n\n{text.rstrip()}\n\n<!-- end -->{end}"


def _command(parser: ArgumentParser) -> str:
    """Purpose, arguments and options of one command."""
    actions = [action for action in parser._actions if action.dest not in ("help", "version")]
    actions.sort(key=lambda action: bool(action.option_strings))
    rows = [[_spelling(action), _meaning(action)] for action in actions]
    parts = ["", parser.description or "", *([table(["Argument", "Means"], rows)] if rows else [])]
    return "\n\n".join(parts).lstrip("\n") + "\n"


def _spelling(action: Action) -> str:
    value = str(action.metavar or "").replace("|", " or ")
    return f"`{' '.join([*action.option_strings[-1:], *([] if action.choices or not value else [value])])}`"


def _meaning(action: Action) -> str:
    choices = f"{', '.join(action.choices)} (default: {action.default})" if action.choices else ""
    return ": ".join(filter(None, (action.help, choices)))


def rule_page(rule: Rule) -> str:
    """The page of one rule: its docstring, what it costs, and how it is set."""
    title = f"---\ntitle: {rule.id}\n---\n\n# {rule.id}"
    guideline = rule.guideline
    serves = f"[{guideline}](../guidelines/{guideline}.md)" if guideline else READING.lower()
    facts = [serves, levels(rule)]
    facts += [rule.kind.value] if rule.kind else []
    statement, why, *advice = map(literal, rule.paragraphs)
    parts = [title, f"**{statement}**", " · ".join(facts), "## Why it matters", why, "## What to do", *advice]
    if rule.id in FIXES:
        parts[-1] += f"\n\n`contractbook lint --fix` does it where that is certain: {FIXES[rule.id].__doc__}"
    parts += [text for sample in rule.samples for text in sample_block(sample)]
    if rule.options:
        rows = [[f"`{name}`", f"`{value}`"] for name, value in rule.options.items()]
        parts += ["## Options", table(["Option", "Default"], rows)]
    return "\n\n".join(parts) + "\n"


def sample_block(sample: Sample) -> Iterator[str]:
    """One example under its heading."""
    yield f"## {TITLES[sample.label]}"
    yield f"```{LANGUAGES.get(sample.format, 'json')}\n{sample.text.rstrip()}\n```"


def levels(rule: Rule) -> str:
    """The level in words, both where the direction matters."""
    if rule.input is rule.output:
        return word(rule, rule.input)
    ways = (Direction.INPUT, Direction.OUTPUT)
    return ", ".join(f"{way}: {word(rule, level)}" for way in ways if (level := rule.level(way)))


def change(rule: Rule, way: Direction) -> str:
    """What a change means in one direction."""
    level = rule.level(way)
    return level.change if level else "–"


def word(rule: Rule, level: Level | None) -> str:
    """A level in the words of its command."""
    assert level is not None, f"{rule.id} has no level"
    return level.change if rule.compares else level.value


def literal(text: str) -> str:
    """Names such as __TypeId__ as they are: outside code, Markdown would make emphasis and tags of them."""
    parts = re.split(r"(`+[^`]+`+)", text)
    return "".join(part if part.startswith("`") else re.sub(r"([_<])", r"\\\1", part) for part in parts)


def heading(word: Guideline | Kind) -> str:
    return word.value.replace("-", " ").capitalize()


def by_id() -> list[Rule]:
    return sorted(RULES.values(), key=lambda rule: rule.id)


def link(rule: Rule, folder: str) -> str:
    return f"[{rule.id}]({folder}{rule.id}.md)"


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table; a bar in a cell is escaped."""
    cells = [head, ["---"] * len(head), *([cell.replace("|", r"\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in cells)


def main(arguments: list[str]) -> int:
    """Write what differs, or name it and fail."""
    wanted = {DOCS / path: text for path, text in pages()}
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text("utf-8") != text]
    extra = [path for path in (DOCS / "rules").glob("*.md") if path not in wanted]
    if arguments == ["--check"]:
        for path in stale + extra:
            print(f"{path.relative_to(DOCS.parent)} is not up to date: run make docs", file=sys.stderr)
        return 1 if stale or extra else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[path], "utf-8")
    for path in extra:
        path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
