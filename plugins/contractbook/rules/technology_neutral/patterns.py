"""Regular expressions that mean something else, or nothing, in other languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contractbook.declare import Fact, Limited, rule
from contractbook.finding import Guideline, Level
from contractbook.model import Field, Type
from contractbook.texts import expression

LONGEST = 10_000  # characters of a pattern that are looked at
# What stands after `(?`, `\` and so on, why it is not portable, and how grave that is.
GROUPS = (
    ("<=", "looks behind", Level.WARNING),
    ("<!", "looks behind", Level.WARNING),
    ("=", "looks ahead, which Go and Rust cannot", Level.NOTE),
    ("!", "looks ahead, which Go and Rust cannot", Level.NOTE),
    (">", "has an atomic group", Level.WARNING),
    ("P", "has a group in Python's spelling", Level.WARNING),
    ("(", "has a condition", Level.WARNING),
    ("#", "has a comment", Level.WARNING),
    ("R", "calls itself", Level.WARNING),
)
ESCAPES = {
    **dict.fromkeys("AZzG", "has an anchor that JavaScript takes for a letter"),
    **dict.fromkeys("hHRKXQEa", "has an escape that JavaScript takes for a letter"),
}
SLASHES = expression(r"/\^.*/[a-z]*|/.*\$/[a-z]*", re.DOTALL)
FLAGS = expression(r"[a-zA-Z]{0,9}-?[a-zA-Z]{1,9}[:)]")
JAVA_CLASS = expression(
    r"\{(?:Alnum|Alpha|Punct|Blank|Digit|Space|Upper|Lower|Graph|Print|XDigit|Cntrl|ASCII)\}"
)


@rule(Guideline.TECHNOLOGY_NEUTRAL, Level.WARNING)
def json_schema_regex_not_portable(type: Limited) -> Iterator[Fact]:
    """A pattern uses features outside the regular expressions that all languages share.

    It fails or means something else in other languages, so consumers and provider disagree on what is valid.

    Keep to the subset that JSON Schema recommends (2020-12, Core, 6.4): characters, classes, groups,
    alternatives, `^`, `$` and plain quantifiers.

    ```openapi bad
    components:
      schemas:
        Sku: {type: string, pattern: "(?i)^[a-z]{2}[0-9]++$"}
    ```
    ```openapi good
    components:
      schemas:
        Sku: {type: string, pattern: "^[A-Za-z]{2}[0-9]+$"}
    ```
    """
    pattern = type.limits.get("pattern")
    if isinstance(pattern, str):
        yield from _told(pattern[:LONGEST], type)
    for field in type.patterns:
        yield from _told(field.name[:LONGEST], field)


def _told(pattern: str, element: Type | Field) -> Iterator[Fact]:
    """The gravest fault of a pattern, or nothing."""
    found = sorted(faults(pattern), key=lambda fault: -fault[1].weight)
    for reason, level in found[:1]:
        yield Fact(f"the pattern {reason}: {pattern[:60]}", level=level, about=element)


def faults(pattern: str) -> Iterator[tuple[str, Level]]:
    """What in a pattern is not portable, and how grave that is; the pattern is read, never run."""
    if SLASHES.fullmatch(pattern):
        yield "is written between slashes, which are part of it here", Level.WARNING
    at, inside, quantified = 0, False, False
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            yield from _escape(pattern, at + 1, inside)
            at += 1
        elif inside:
            yield from _in_class(pattern, at)
            inside = char != "]"
        elif char == "[":
            inside = True
            at += pattern.startswith(("^]", "]"), at + 1) * (1 + (pattern[at + 1] == "^"))
        elif pattern.startswith("(?", at):
            yield from _group(pattern, at + 2)
            at += 1
        elif char == "+" and quantified:
            yield "has a possessive quantifier", Level.WARNING
        quantified = not inside and char in "*+?}" and not quantified
        at += 1


def _escape(pattern: str, at: int, inside: bool) -> Iterator[tuple[str, Level]]:
    char = pattern[at : at + 1]
    if char in ESCAPES and not inside:
        yield ESCAPES[char], Level.WARNING
    elif char in ("p", "P"):
        if JAVA_CLASS.match(pattern, at + 1):
            yield "has a class in Java's spelling", Level.WARNING
        else:
            yield "has a Unicode class, which not all languages know", Level.NOTE
    elif char == "x" and pattern.startswith("{", at + 1):
        yield "has a character in Perl's spelling", Level.WARNING
    elif char.isdigit() and char != "0" and not inside:
        yield "repeats an earlier group, which Go and Rust cannot", Level.NOTE


def _in_class(pattern: str, at: int) -> Iterator[tuple[str, Level]]:
    if pattern.startswith("[:", at):
        yield "has a class in POSIX spelling", Level.WARNING
    elif pattern.startswith(("&&[", "-["), at):
        yield "computes with classes", Level.WARNING


def _group(pattern: str, at: int) -> Iterator[tuple[str, Level]]:
    for start, reason, level in GROUPS:
        if pattern.startswith(start, at):
            yield reason, level
            return
    if FLAGS.match(pattern, at):
        yield "sets flags inside, which JavaScript cannot", Level.WARNING
