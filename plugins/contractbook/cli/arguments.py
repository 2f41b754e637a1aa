"""The words of the command line."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any, NoReturn

from contractbook.version import VERSION
from contractbook.wrong import Wrong

FINDINGS = ("text", "json", "sarif", "markdown")
PAGES = ("text", "json", "markdown")
EPILOG = "exit status: 0 nothing at or above --fail-on, 1 such findings, 2 a wrong call or configuration"


class _Parser(argparse.ArgumentParser):
    """One line for what is wrong, instead of the whole usage."""

    def error(self, message: str) -> NoReturn:
        raise Wrong(f"{message}; `{self.prog} --help` says what there is")


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """What is asked for; raises Wrong, and ends the process after `--help` and `--version`."""
    return command_line().parse_args(arguments)


def command_line() -> argparse.ArgumentParser:
    """All commands with their arguments; the documentation is made from it, too."""
    parser = _Parser(
        prog="contractbook",
        description="Read, lint and compare the contracts between services.",
        epilog=EPILOG,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"contractbook {VERSION}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_Parser)

    lint = _command(commands, "lint", "lint contracts (default: the configured specs folders)", FINDINGS)
    lint.add_argument("paths", nargs="*", metavar="PATH", help="files, or folders of contracts")
    _fails(lint)

    diff = _command(commands, "diff", "compare two versions", FINDINGS)
    diff.add_argument("old", metavar="OLD", help="a file, a folder, or GITREF[:PATH]")
    diff.add_argument("new", metavar="NEW", help="likewise")
    _fails(diff)

    history = _command(commands, "history", "the changelog of contracts over all their versions", PAGES)
    history.add_argument("paths", nargs="*", metavar="PATH", help="files, or folders of contracts")

    rules = _command(commands, "rules", "list every rule, or explain one", PAGES)
    rules.add_argument("rule", nargs="?", metavar="ID", help="the rule to explain")

    init = commands.add_parser("init", help="write a starting configuration, site and sample contract")
    init.description = "Write mkdocs.yml, contractbook.yml and a sample contract; nothing is overwritten."
    return parser


def _command(commands: Any, name: str, purpose: str, formats: Sequence[str]) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=purpose, description=f"{purpose[0].upper()}{purpose[1:]}.", allow_abbrev=False
    )
    parser.add_argument("--config", metavar="FILE", help="the configuration (default: the nearest one)")
    parser.add_argument(
        "--format", choices=formats, default="text", metavar="|".join(formats), help="the form of the report"
    )
    parser.add_argument("--output", metavar="FILE", help="write the report there")
    parser.add_argument("--select", **_LIST, metavar="RULE|GUIDELINE", help="only these; may be repeated")
    parser.add_argument("--ignore", **_LIST, metavar="RULE|GUIDELINE", help="not these; may be repeated")
    parser.add_argument("--today", metavar="YYYY-MM-DD", help="the day for lifecycles (default: today)")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes to use")
    parser.add_argument("--no-cache", action="store_true", help="read everything anew")
    parser.add_argument(
        "--color", choices=_COLOURS, default="auto", metavar="|".join(_COLOURS), help="whether to use colours"
    )
    return parser


_LIST: dict[str, Any] = {"action": "append", "default": []}
_COLOURS = ("auto", "always", "never")
_LEVELS = ("error", "warning", "note", "never")


def _fails(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--fail-on",
        choices=_LEVELS,
        default="error",
        metavar="|".join(_LEVELS),
        help="the level that makes the exit status 1",
    )
    parser.epilog = EPILOG
