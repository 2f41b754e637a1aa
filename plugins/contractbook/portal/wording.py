"""Two states of a text side by side, with the words marked that went and came."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from markupsafe import escape

MANY = 600  # words above which a text is shown as it is: finding what changed takes the square of them
_WORD = re.compile(r"\s+|\w+|[^\w\s]")


def marked(old: str, new: str) -> tuple[str, str]:
    """The old text with what went in `<del>`, and the new one with what came in `<ins>`, as HTML."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    if old == new or not old or not new or len(before) + len(after) > MANY:
        return str(escape(old)), str(escape(new))
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    gone = ((before[i:j], step != "equal") for step, i, j, _, _ in steps)
    come = ((after[i:j], step != "equal") for step, _, _, i, j in steps)
    return "".join(_in_html(gone, "del")), "".join(_in_html(come, "ins"))


def _in_html(runs: Iterable[tuple[Sequence[str], bool]], tag: str) -> Iterator[str]:
    for words, changed in runs:
        text = escape("".join(words))
        yield f"<{tag}>{text}</{tag}>" if changed and text.strip() else str(text)
