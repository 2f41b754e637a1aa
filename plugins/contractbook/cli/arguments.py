"""The words of the command line."""

from __future__ import annotations

import os
from argparse import ArgumentParser, HelpFormatter, Namespace
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, NoReturn

from contractbook.version import VERSION
from contractbook.wrong import Wrong

EPILOG = "exit status: 0 nothing at or above --fail-on, 1 such findings, 2 a wrong call or configuration"
FINDINGS = ("text", "json", "sarif", "junit", "github", "gitlab", "markdown")
PAGES = ("text", "json", "markdown")
COLOURS = ("auto", "always", "never")
LEVELS = ("error", "warning", "note", "never")


def parsed(arguments: Sequence[str]) -> Namespace:
    """What is asked for; raises Wrong, and ends the process after `--help` and `--version`."""
    first = next(iter(arguments), "")
    return command_line([first] if first in COMMANDS else COMMANDS).parse_args(arguments)


def command_line(names: Iterable[str]) -> ArgumentParser:
    """The parser of some commands: each takes time to make."""
    parser = _Parser(
        prog="contractbook",
        description="Read, lint and compare the contracts between services.",
        epilog=EPILOG,
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_Parser)
    for name in names:
        purpose, words = COMMANDS[name]
        words(commands.add_parser(name, help=purpose, description=f"{purpose.capitalize()}.", epilog=EPILOG))
    return parser


class _Parser(ArgumentParser):
    """Says in one line what is wrong, instead of the whole usage."""

    def __init__(self, **given: Any) -> None:
        super().__init__(allow_abbrev=False, formatter_class=_Help, **given)
        self.add_argument("--version", action="version", version=f"contractbook {VERSION}")

    def error(self, message: str) -> NoReturn:
        raise Wrong(f"{message}; `{self.prog} --help` says what there is")


class _Help(HelpFormatter):
    """Knows its width by itself: the standard one imports much to ask the terminal."""

    def __init__(self, prog: str) -> None:
        columns = os.environ.get("COLUMNS", "")
        super().__init__(prog, max_help_position=32, width=int(columns) if columns.isdecimal() else 100)


class _Command(NamedTuple):
    purpose: str
    words: Callable[[ArgumentParser], None]


def _lint(parser: ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files, or folders of contracts")
    parser.add_argument("--since", metavar="REF", default="", help="only what is new since a branch or tag")
    parser.add_argument(
        "--write-baseline", action="store_true", help="count what is found as known; the counts only shrink"
    )
    parser.add_argument("--fix", action="store_true", help="write what is certain to be right into the files")
    parser.add_argument("--diff", action="store_true", help="show what --fix would write, as a patch")
    parser.add_argument("--cross-check", action="store_true", help="also ask openapi-spec-validator")
    _common(parser, FINDINGS)
    _fails(parser)


def _diff(parser: ArgumentParser) -> None:
    parser.add_argument("old", metavar="OLD", help="a file, a folder, or GITREF[:PATH]")
    parser.add_argument("new", metavar="NEW", help="likewise")
    _common(parser, FINDINGS)
    _fails(parser)


def _check(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--against", metavar="REF", default="", help="the branch to go into (default: origin's main branch)"
    )
    _common(parser, FINDINGS)
    _fails(parser)


def _history(parser: ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files, or folders of contracts")
    _common(parser, PAGES)


def _rules(parser: ArgumentParser) -> None:
    parser.add_argument("rule", nargs="?", metavar="ID", help="the rule to explain")
    _common(parser, PAGES)


def _export(parser: ArgumentParser) -> None:
    parser.add_argument("--to", metavar="DIR", required=True, help="the folder of the site's Markdown files")
    parser.add_argument("--config", metavar="FILE", help="the configuration (default: the nearest one)")
    parser.add_argument("--path", metavar="PATH", default="contracts", help="the portal's folder in DIR")
    parser.add_argument("--site-url", metavar="URL", default="", help="the site's address, for feeds")
    parser.add_argument("--today", metavar="YYYY-MM-DD", help="the day for lifecycles (default: now)")


def _init(parser: ArgumentParser) -> None:
    pass


COMMANDS = {
    "lint": _Command("lint contracts (default: the configured specs folders)", _lint),
    "diff": _Command("compare two versions", _diff),
    "check": _Command("the gate of a pull request: what a change breaks, and for whom", _check),
    "history": _Command("the changelog of contracts over all their versions", _history),
    "rules": _Command("list every rule, or explain one", _rules),
    "export": _Command("write the portal as Markdown files, for generators that run no plugins", _export),
    "init": _Command(
        "write a starting configuration, site and sample contract; nothing is overwritten", _init
    ),
}


def _common(parser: ArgumentParser, formats: Sequence[str]) -> None:
    several: dict[str, Any] = {"action": "append", "default": [], "metavar": "RULE|GUIDELINE"}
    parser.add_argument("--config", metavar="FILE", help="the configuration (default: the nearest one)")
    _choice(parser, "--format", formats, "the form of the report")
    parser.add_argument("--output", metavar="FILE", help="write the report there")
    parser.add_argument("--select", **several, help="only these; may be repeated")
    parser.add_argument("--ignore", **several, help="not these; may be repeated")
    parser.add_argument("--today", metavar="YYYY-MM-DD", help="the day for lifecycles (default: now)")
    parser.add_argument("--jobs", type=number, default=1, metavar="N", help="processes to use (default: 1)")
    parser.add_argument("--no-cache", action="store_true", help="read everything anew")
    _choice(parser, "--color", COLOURS, "whether to use colours")


def _fails(parser: ArgumentParser) -> None:
    _choice(parser, "--fail-on", LEVELS, "the level that makes the exit status 1")


def _choice(parser: ArgumentParser, name: str, words: Sequence[str], purpose: str) -> None:
    parser.add_argument(name, choices=words, default=words[0], metavar="|".join(words), help=purpose)


def number(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise ValueError(text)
    return int(text)
