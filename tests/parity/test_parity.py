"""One contract and its edits: every format hears the same of each rule that is not about one format."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from tests.parity.spellings import SPELLINGS, Edit, Spelling

from contractbook.engine.compare import compare
from contractbook.engine.lint import lint
from contractbook.entries import Scope
from contractbook.finding import Finding
from contractbook.library import library
from contractbook.model import Contract
from contractbook.rules import RULES
from contractbook.source.disk import DiskTree

HERE = Path(__file__).parent
TODAY = date(2026, 11, 22)
Told = set[tuple[str, str, str, str]]

FORMATS = [name for name in SPELLINGS if name != "openapi"]
_qualified = re.compile(r"[\w.]+\.(?=[A-Z]\w*(?: > |$))")


def contract(folder: Path, spelling: Spelling, edit: Edit | None = None) -> Contract:
    """The contract in a format, edited; each text to be replaced must be there."""
    text = (HERE / spelling.file).read_text("utf-8")
    for old, new in spelling.edits[edit] if edit else ():
        assert old in text
        text = text.replace(old, new, 1)
    (folder / spelling.file).write_text(text, "utf-8")
    (found,) = library(DiskTree(folder), Scope(specs=(spelling.file,))).contracts
    assert not found.faults
    return found


def told(findings: Iterable[Finding], spelling: Spelling, *contracts: Contract) -> Told:
    """What is said of which elements, without the rules that the formats differ in."""
    ids = {one.label: one.name.lower() for contract in contracts for one in contract.operations()}
    return {
        (
            one.rule,
            one.level if spelling.directed else "",
            one.direction or "" if spelling.directed else "",
            ids.get(one.element) or _qualified.sub("", one.element),
        )
        for one in findings
        if one.rule not in spelling.apart and not RULES[one.rule].format
    }


def linted(folder: Path, spelling: Spelling, apart: Spelling) -> Told:
    """What the rules say of the contract, but for those that say something else of another spelling."""
    found = contract(folder, spelling)
    return told(lint(found, today=TODAY), apart, found)


def changed(folder: Path, spelling: Spelling, edit: Edit, apart: Spelling) -> Told:
    """What a comparison says of an edit."""
    old, new = contract(folder, spelling), contract(folder, spelling, edit)
    return told(compare(old, new, today=TODAY), apart, old, new)


@pytest.mark.parametrize("format", FORMATS)
def test_lint_says_the_same(format: str, tmp_path: Path) -> None:
    spelling = SPELLINGS[format]
    theirs = linted(tmp_path, SPELLINGS["openapi"], spelling)
    assert {rule for rule, *_ in theirs} >= {"persistence-suffix", "secret-in-response"}
    assert linted(tmp_path, spelling, spelling) == theirs


@pytest.mark.parametrize("edit", Edit)
@pytest.mark.parametrize("format", FORMATS)
def test_an_edit_is_told_the_same(format: str, edit: Edit, tmp_path: Path) -> None:
    spelling = SPELLINGS[format]
    if edit in spelling.cannot:
        assert edit not in spelling.edits
        return
    theirs = changed(tmp_path, SPELLINGS["openapi"], edit, spelling)
    assert theirs
    ours = changed(tmp_path, spelling, edit, spelling)
    if edit in spelling.heavier:
        assert ours != theirs
        ours, theirs = _without_levels(ours), _without_levels(theirs)
    assert ours == theirs


def _without_levels(found: Told) -> Told:
    return {(rule, "", way, element) for rule, _, way, element in found}
