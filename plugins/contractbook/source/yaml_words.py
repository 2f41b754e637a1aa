"""The YAML parser's complaints in plain words, each with a way to mend it."""

from __future__ import annotations

from typing import NamedTuple

from yaml.error import MarkedYAMLError

from contractbook.source.faults import Fault, quoted

_COLON = "Put a space after the `:` of a key, and quotes around a text that holds `: `."
_INDENT = "Indent what belongs together alike, with spaces."
_CLOSE = "Close the bracket, or put each part on a line of its own."
_CHARACTER = "Write the character itself."


class _Words(NamedTuple):
    """`{found}` is the character at the fault, `{line}` the line where what is broken begins.

    `opening`: the fault is shown where that begins, because the parser only stumbles later.
    """

    message: str
    advice: str
    opening: bool = False


# By the beginning of libyaml's sentence (its problem, else its context).
_WORDS = {
    "mapping values are not allowed": _Words("a second `:` makes a key where none can stand", _COLON),
    "could not find expected ':'": _Words(
        "this is no key with a value: a `:` is missing", _COLON, opening=True
    ),
    "did not find expected key": _Words("this does not fit the mapping that begins in line {line}", _INDENT),
    "did not find expected '-' indicator": _Words(
        "this does not fit the list that begins in line {line}", _INDENT
    ),
    "block sequence entries are not allowed": _Words("a list item (`- `) cannot stand here", _INDENT),
    "found character that cannot start any token": _Words(
        "a value cannot begin with {found}", "Indent with spaces, and put a text that begins so in quotes."
    ),
    "found a tab character": _Words("a tab stands where spaces have to indent", "Indent with spaces."),
    "did not find expected ',' or ']'": _Words(
        "the list that begins in line {line} is not closed before {found}", _CLOSE
    ),
    "did not find expected ',' or '}'": _Words(
        "the mapping that begins in line {line} is not closed before {found}", _CLOSE
    ),
    "did not find expected node content": _Words("a value should stand here, not {found}", _CLOSE),
    "found unexpected end of stream": _Words(
        "the quotes that open here are not closed", "Close them.", opening=True
    ),
    "found unexpected document indicator": _Words(
        "`---` or `...` stands inside the quotes that open in line {line}",
        "Close the quotes, or indent the line.",
    ),
    "did not find expected <document start>": _Words(
        "the value has ended, but the text goes on", "Indent what belongs to the value, and remove the rest."
    ),
    "found unknown escape character": _Words(
        "the text in double quotes holds an unknown `\\` escape",
        "Write `\\\\` for a backslash, or use single quotes.",
    ),
    "found invalid Unicode character escape code": _Words("the escape names no character", _CHARACTER),
    "did not find expected hexdecimal number": _Words("the escape lacks hexadecimal digits", _CHARACTER),
    "found incompatible YAML document": _Words(
        "`%YAML` names a version that is not 1.1 or 1.2", "Remove the line."
    ),
    "found undefined tag handle": _Words(
        "no `%TAG` line declares the beginning of this tag", "Remove the tag."
    ),
    "did not find expected alphabetic or numeric character": _Words(
        "the name after `&` or `*` is missing", "Put a text that begins so in quotes."
    ),
    "while scanning a block scalar": _Words("the block of text is indented wrongly", _INDENT),
}


def explained(error: MarkedYAMLError, text: str) -> Fault:
    """What is wrong, at an offset in characters."""
    problem, context = error.problem or "", error.context or ""
    mark = error.problem_mark or error.context_mark
    at, begin = mark.index if mark else 0, error.context_mark or mark
    for start, words in _WORDS.items():
        if problem.startswith(start) or context.startswith(start):
            line = begin.line + 1 if begin else 1
            message = words.message.format(found=quoted(text[at : at + 1]), line=line)
            return Fault(begin.index if words.opening and begin else at, message, words.advice)
    sentence = " ".join(filter(None, (context, problem)))
    return Fault(at, f"this is no YAML: {sentence}", "Mend the line, or the one before it.")
