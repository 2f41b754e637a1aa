"""The YAML parser's complaints in plain words, each with a way to mend it."""

from __future__ import annotations

from yaml.error import MarkedYAMLError, YAMLError

_COLON = "Put a space after the `:` of a key, and quotes around a text that holds `: `."
_INDENT = "Indent what belongs together alike, with spaces."
_CLOSE = "Close the bracket, or write the value on lines of its own."
_QUOTE = "Put the text in quotes."

# libyaml's sentence (or its beginning): what is wrong, and what to do about it
_WORDS = {
    "mapping values are not allowed": ("a second `:` makes a key where none can stand", _COLON),
    "could not find expected ':'": ("this line is no key with a value: a `:` is missing", _COLON),
    "did not find expected key": ("this line does not fit the mapping that it stands in", _INDENT),
    "did not find expected '-' indicator": ("this line does not fit the list that it stands in", _INDENT),
    "block sequence entries are not allowed": ("a list item (`- `) cannot stand here", _INDENT),
    "block mapping is not allowed": ("a mapping cannot stand here", _INDENT),
    "found character that cannot start any token": (
        "a value cannot begin with this character (a tab, `@`, `` ` `` or `%`)",
        "Indent with spaces, and put a text that begins so in quotes.",
    ),
    "found a tab character": ("a tab stands where spaces indent", "Indent with spaces."),
    "did not find expected ',' or ']'": ("the list that `[` opened is not closed", _CLOSE),
    "did not find expected ',' or '}'": ("the mapping that `{` opened is not closed", _CLOSE),
    "did not find expected node content": ("a value is missing", _CLOSE),
    "found unexpected end of stream": ("the text ends inside quotes", "Close the quotes."),
    "found unexpected document indicator": (
        "`---` stands inside quotes",
        "Close the quotes, or indent the line.",
    ),
    "did not find expected <document start>": (
        "the value has ended, but the text goes on",
        "Indent what belongs to the value, and remove the rest.",
    ),
    "found unknown escape character": (
        "the text in double quotes holds an unknown `\\` escape",
        "Write `\\\\` for a backslash, or use single quotes.",
    ),
    "found invalid Unicode character escape code": (
        "the `\\u` escape names no character",
        "Write the character itself.",
    ),
    "did not find expected hexdecimal number": (
        "the escape lacks hexadecimal digits",
        "Write the character itself.",
    ),
    "found incompatible YAML document": (
        "`%YAML` names a version that is not 1.1 or 1.2",
        "Remove the line.",
    ),
    "found undefined tag handle": ("the tag uses a handle that no `%TAG` line declares", "Remove the tag."),
    "did not find expected alphabetic or numeric character": (
        "the name of an anchor (`&`) or alias (`*`) is missing",
        _QUOTE,
    ),
    "control characters are not allowed": ("a control character stands here", "Remove it."),
    "while scanning a block scalar": ("the block of text is indented wrongly", _INDENT),
}


def explained(error: YAMLError) -> tuple[str, str]:
    """Message and advice for an error of the parser."""
    problem, context = _sentences(error)
    for start, words in _WORDS.items():
        if problem.startswith(start) or context.startswith(start):
            return words
    sentence = " ".join(filter(None, (context, problem)))
    return f"this is no YAML: {sentence}", "Mend the line, or the one before it."


def _sentences(error: YAMLError) -> tuple[str, str]:
    if isinstance(error, MarkedYAMLError):
        return error.problem or "", error.context or ""
    return getattr(error, "reason", str(error)), ""
