"""Leaks planted in contracts are found where they stand, and innocent words are left in peace."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from contractbook.engine.lint import lint
from contractbook.entries import Scope
from contractbook.library import library
from contractbook.rules import RULES
from contractbook.source.disk import DiskTree
from contractbook.source.positions import placed

HERE = Path(__file__).parent
LEAKY = sorted(path.name for path in (HERE / "leaks").iterdir())
UNSEEN = "unseen"  # a leak that no rule finds
RULES_OF_LEAKS = [
    rule
    for rule in RULES.values()
    if rule.guideline in ("hidden", "technology-neutral") and not rule.compares
]
_comment = re.compile(r"  (?:#|//|<!--) ([a-z- ]+?)(?: -->)?$")
Leaks = set[tuple[int, str]]


def found(path: Path) -> Leaks:
    """The findings of the two guidelines in a contract: line and rule."""
    read = library(DiskTree(path.parent), Scope(specs=(path.name,)))
    (contract,) = read.contracts
    assert not contract.faults
    findings = placed(lint(contract, rules=RULES_OF_LEAKS), read.sources.places)
    return {(finding.location.line, finding.rule) for finding in findings}


def planted(path: Path) -> Leaks:
    """What the comments expect: rules by their ids, at the line that the comment stands on."""
    lines = enumerate(path.read_text("utf-8").splitlines(), 1)
    comments = ((line, match) for line, one in lines if (match := _comment.search(one)))
    return {(line, rule) for line, match in comments for rule in match[1].split()}


@pytest.mark.parametrize("name", LEAKY)
def test_what_is_planted_is_found_where_it_stands(name: str) -> None:
    path = HERE / "leaks" / name
    expected = {leak for leak in planted(path) if leak[1] != UNSEEN}
    assert expected
    assert found(path) == expected


def test_few_leaks_are_not_seen() -> None:
    every = [leak for name in LEAKY for leak in planted(HERE / "leaks" / name)]
    unseen = [leak for leak in every if leak[1] == UNSEEN]
    lines = len({(name, line) for name in LEAKY for line, _ in planted(HERE / "leaks" / name)})
    assert lines > 120
    assert len(unseen) < lines / 10


def test_innocent_words_are_left_in_peace() -> None:
    assert found(HERE / "clean.yaml") == set()
