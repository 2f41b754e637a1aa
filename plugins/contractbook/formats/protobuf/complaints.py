"""What is wrong with proto files, in our words and with the place where it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from contractbook.finding import Finding, Level, Location
from contractbook.formats.protobuf.layout import Missing
from contractbook.formats.protobuf.spots import Spots
from contractbook.formats.protobuf.world import Complaint, Unit, World
from contractbook.source.faults import shortened
from contractbook.source.lines import Lines

SYNTAX = "Mend the text at this place; what could be read of the file is checked."
TOOLS = "Follow the language guide of protobuf: no compiler takes the file as it is."
MOST = 20  # faults of one file that are told

_missing_import = re.compile(
    r'Import "[^"]*" was not found or had errors|File not found|File recursively imports itself'
)


class Wording(NamedTuple):
    """How a complaint of the compiler is told; without a message it is told as it is."""

    pattern: str
    rule: str
    message: str = ""
    advice: str = TOOLS


WORDINGS = (
    Wording(
        r'"(?P<name>[^"]+)" is not defined\.?$',
        "unresolved-reference",
        "no type is called `{name}`",
        "Correct the name, or import the file that declares it.",
    ),
    Wording(
        r'"(?P<name>[^"]+)" seems to be defined in "(?P<file>[^"]+)", which is not imported',
        "unresolved-reference",
        "`{name}` is declared in `{file}`, which is not imported",
        "Import that file.",
    ),
    Wording(
        r'"(?P<name>[^"]+)" is resolved to "(?P<found>[^"]+)", which is not defined',
        "unresolved-reference",
        "`{name}` is looked for as `{found}`, which does not exist",
        "Begin the name with a dot to look for it from the outermost package.",
    ),
    Wording(
        r'Option "(?P<name>[^"]+)" unknown',
        "unresolved-reference",
        "nobody declares the option `{name}`",
        "Correct the name, or import the file that declares it.",
    ),
    Wording(
        r'"(?P<name>[^"]+)" is already defined in file "(?P<file>[^"]+)"',
        "duplicate-key",
        "`{name}` is declared here and in `{file}`",
        "Remove or rename one of the two.",
    ),
    Wording(
        r'"(?P<name>[^"]+)" is already defined',
        "duplicate-key",
        "`{name}` is declared twice",
        "Remove or rename one of the two.",
    ),
    Wording(
        r'Field number (?P<number>\d+) has already been used in "(?P<type>[^"]+)" by field "(?P<name>[^"]+)"',
        "duplicate-key",
        "the number {number} is that of `{name}`, too",
        "Give each field of `{type}` a number of its own.",
    ),
    Wording(
        r'"(?P<name>[^"]+)" uses the same enum value as "(?P<other>[^"]+)"',
        "duplicate-key",
        "`{name}` has the number of `{other}`",
        "Give it a number of its own, or allow aliases (`option allow_alias = true;`).",
    ),
    Wording(
        r"Expected|Unexpected|Unmatched|Invalid|Missing|Need space|Unterminated|String literals|Multiple"
        r"|Unrecognized|End-of-file|Reached|Interpreting|Comment started|\"/\*\"",
        "unreadable",
        advice=SYNTAX,
    ),
)
_wordings = tuple((re.compile(each.pattern).match, each) for each in WORDINGS)


def missing(found: Iterable[Missing]) -> Iterator[Finding]:
    """The imports of a contract that lead nowhere, each once."""
    every = list(found)
    again = Counter(each.name for each in every)
    first = {each.name: each for each in reversed(every)}
    for document, name, offset in first.values():
        line, column = Lines(document.utf8).place(offset)
        more = again[name] - 1
        others = f" (and so in {'another file' if more == 1 else f'{more} other files'})" if more else ""
        yield Finding(
            rule="unresolved-reference",
            level=Level.ERROR,
            message=f"the import `{shortened(name)}` leads nowhere: no folder of contracts holds it{others}",
            location=Location(document.path, line, column),
            advice="Add the folder that holds it to `imports`; what it declares is passed over.",
        )


def faults(world: World, name: str, unit: Unit, spots: Spots) -> Iterator[Finding]:
    """What the compiler, or our own reader, says of a file."""
    if unit.document is None:
        return
    said = [each for each in world.complaints if each.name == name and not each.is_warning]
    said = [each for each in said if not _missing_import.match(each.text)]
    for each in list(_causes(said))[:MOST]:
        place = spots.point(each.line - 1, each.column - 1) if each.line else (1, 1)
        yield _finding(each, unit.document.path, place)
    if not said:
        for problem in (unit.problems or ())[:MOST]:
            yield Finding(
                rule="unreadable",
                level=Level.ERROR,
                message=problem.message,
                location=Location(unit.document.path, problem.line + 1, problem.column + 1),
                advice=SYNTAX,
            )


def _causes(said: Iterable[Complaint]) -> Iterator[Complaint]:
    """The complaints without remarks, and without those of what stands in a type that is declared twice."""
    twice: list[str] = []
    for each in said:
        named = re.match(r'"([^"]+)" is already defined', each.text)
        if each.text.startswith("Note that") or (named and named[1].startswith(tuple(twice))):
            continue
        if named:
            twice.append(f"{named[1]}.")
        yield each


def _finding(said: Complaint, path: str, place: tuple[int, int]) -> Finding:
    matches = ((match(said.text), wording) for match, wording in _wordings)
    found, wording = next((each for each in matches if each[0]), (None, Wording("", "invalid-structure")))
    names = {key: shortened(value) for key, value in found.groupdict().items()} if found else {}
    return Finding(
        rule=wording.rule,
        level=Level.ERROR,
        message=wording.message.format(**names) or _plain(said.text),
        location=Location(path, *place),
        advice=wording.advice.format(**names),
    )


def _plain(text: str) -> str:
    """A complaint as ours are written: quotes of code, a small letter, no full stop."""
    text = re.sub(r'"([^"]*)"', r"`\1`", shortened(text, 240)).rstrip(".")
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
