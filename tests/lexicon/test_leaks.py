"""Leaks planted in a contract are found where they stand, and its innocent twin is left in peace."""

from __future__ import annotations

import re
from pathlib import Path

from contractbook.engine.lint import lint
from contractbook.formats import FORMATS
from contractbook.lexicon import Lexicon
from contractbook.rules import RULES
from contractbook.source.disk import DiskTree
from contractbook.source.document import Document
from contractbook.source.sources import Sources

HERE = Path(__file__).parent
RULES_OF_LEAKS = [
    rule
    for rule in RULES.values()
    if rule.guideline in ("hidden", "technology-neutral") and not rule.compares
]


def found(text: str, lexicon: Lexicon | None = None) -> set[tuple[int, str]]:
    """The findings of the two guidelines in a contract: line and rule."""
    document = Document("parcels.yaml", text.encode())
    (contract,) = FORMATS["openapi"].read([document], Sources(DiskTree(HERE)))
    findings = lint(contract, rules=RULES_OF_LEAKS, lexicon=lexicon)
    return {(document.locate(finding.pointer)[0], finding.rule) for finding in findings}


def planted(text: str) -> set[tuple[int, str]]:
    """What the comments expect: rules by their ids, at the line that the comment stands on."""
    lines = enumerate(text.splitlines(), 1)
    comments = ((line, re.search(r"  # ([a-z- ]+)$", one)) for line, one in lines)
    return {(line, rule) for line, match in comments if match for rule in match[1].split()}


def test_what_is_planted_is_found_where_it_stands() -> None:
    text = (HERE / "leaks.yaml").read_text("utf-8")
    assert len(planted(text)) > 35
    assert found(text) == planted(text)


def test_innocent_words_are_left_in_peace() -> None:
    assert found((HERE / "clean.yaml").read_text("utf-8")) == set()
