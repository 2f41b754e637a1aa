"""Every rule proves its own page: the bad examples and changes fire, the good and unchanged ones do not."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from contractbook.declare import Rule, Sample
from contractbook.engine.compare import compare
from contractbook.engine.lint import lint
from contractbook.finding import Finding
from contractbook.formats import FORMATS
from contractbook.model import Contract
from contractbook.rules import RULES
from contractbook.source.disk import DiskTree
from contractbook.source.document import Document
from contractbook.source.sources import Sources

DAY = date(2027, 3, 1)
OWN = [
    rule for rule in RULES.values() if ".around." not in rule.check.__module__
]  # theirs have tests of their own
every_rule = pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in RULES.values()])
every_own = pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in OWN])


def read(sample: Sample, folder: Path) -> Contract | None:
    """The contract of an example, completed where it is a fragment; None where it is gone."""
    if not sample.text.strip():
        return None
    format = FORMATS[sample.format]
    texts = (sample.text, format.preamble + sample.text + format.closing)
    names = ("example.yaml", f"example{format.suffixes[0]}")
    documents = [Document(name, text.encode()) for name in names for text in texts]
    document = next((each for each in documents if format.detect(each)), documents[-1])
    (folder / document.path).write_bytes(document.raw)
    (contract,) = format.read([document], Sources(DiskTree(folder)))
    return contract


def said(rule: Rule, contract: Contract, folder: Path) -> list[Finding]:
    """What a rule says of a contract; what keeps it from being read is said by its reader."""
    faults = [fault for fault in contract.faults if fault.rule == rule.id]
    documents = Sources(DiskTree(folder))
    return faults or list(lint(contract, rules=[rule], today=DAY, documents=documents))


@every_rule
def test_the_page_says_what_why_and_what_instead(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", rule.id)
    assert len(rule.paragraphs) >= 3
    assert all(paragraph.endswith(".") for paragraph in rule.paragraphs[:3])
    labels = [sample.label for sample in rule.samples]
    pair = ("old", "new") if rule.compares else ("bad", "good")
    assert labels == [*pair] * (len(labels) // 2) and labels


@every_own
def test_it_lies_where_rules_of_its_sort_are_looked_for(rule: Rule) -> None:
    folder = rule.check.__module__.rpartition(".")[0]
    assert rule.format or rule.compares is folder.endswith(".backward_compatible")


@every_own
def test_the_examples_are_right(rule: Rule, tmp_path: Path) -> None:
    contracts = []
    for number, sample in enumerate(rule.samples):
        folder = tmp_path / str(number)
        folder.mkdir()
        contract = read(sample, folder)
        contracts.append((sample.label, contract))
        if not rule.compares and contract:
            assert bool(said(rule, contract, folder)) == (sample.label == "bad"), sample.label
    for (label, old), (_, new) in pairwise(contracts):
        if label == "old" and old:
            assert list(compare(old, new, rules=[rule], today=DAY))
            assert not list(compare(old, old, rules=[rule], today=DAY))
