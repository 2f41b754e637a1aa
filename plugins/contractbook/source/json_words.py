"""The JSON parser's complaints in plain words, each with a way to mend it."""

from __future__ import annotations

from json import JSONDecodeError

from contractbook.source.faults import Fault, quoted

_COMMA = "Remove the comma."
_WORDS = {
    "Expecting ',' delimiter": ("a comma or a closing bracket is missing before {found}", "Add it."),
    "Expecting ':' delimiter": ("a `:` is missing after the key", 'Write `"key": value`.'),
    "Expecting property name": (
        "a key in double quotes should stand here, not {found}",
        'Write `"key": value`.',
    ),
    "Expecting value": (
        "a value should stand here, not {found}",
        "Write a value; text needs double quotes.",
    ),
    "Unterminated string": ("the text that begins here is not closed", "Add the closing quote."),
    "Invalid control character": (
        "a line break, tab or other control character stands in a text",
        "Write it as an escape, such as `\\n`.",
    ),
    "Invalid \\u": ("the `\\u` escape needs four hexadecimal digits", "Write the character itself."),
    "Invalid \\escape": ("the text holds an unknown `\\` escape", "Write `\\\\` for a backslash."),
    "Extra data": ("the value has ended, but the text goes on", "Remove the rest."),
}


def explained(error: JSONDecodeError) -> Fault:
    """What is wrong, from the standard library's error."""
    before, found = error.doc[: error.pos].rstrip(), error.doc[error.pos : error.pos + 1]
    if not found and not error.msg.startswith("Unterminated"):
        return Fault(
            error.pos, "the text ends too early", "Close what is open, or restore the rest of the file."
        )
    if before.endswith(",") and found in ("]", "}"):
        return Fault(len(before) - 1, "a comma stands before a closing bracket", _COMMA)
    if error.msg.startswith("Illegal trailing comma"):
        return Fault(error.pos, "a comma stands before a closing bracket", _COMMA)
    if found in ("/", "#") and error.msg.startswith("Expecting"):
        return Fault(error.pos, "JSON knows no comments", "Remove the comment, or write YAML.")
    for start, (message, advice) in _WORDS.items():
        if error.msg.startswith(start):
            return Fault(error.pos, message.format(found=quoted(found)), advice)
    return Fault(error.pos, f"this is no JSON: {error.msg}", "Mend the line, or the one before it.")
