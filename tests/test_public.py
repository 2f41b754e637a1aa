"""What Python programs call."""

from __future__ import annotations

import inspect
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import contractbook

REPOSITORY = Path(__file__).parent.parent
DAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def in_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(REPOSITORY)


def test_every_public_name_is_there_and_says_what_it_is_for() -> None:
    page = (REPOSITORY / "docs" / "python.md").read_text("utf-8")
    for name in contractbook.__all__:
        value = getattr(contractbook, name)
        assert not callable(value) or inspect.getdoc(value), name
        assert f"`{name}" in page


def test_a_contract_is_read_and_linted() -> None:
    contract = contractbook.read("specs/customers/v2/openapi.yaml")
    assert (contract.service, contract.version, contract.faults) == ("customers", "v2", ())
    (leak,) = (each for each in contractbook.lint(contract, today=DAY) if each.rule == "database-key-name")
    text = (REPOSITORY / leak.location.path).read_text("utf-8").splitlines()[leak.location.line - 1]
    assert text[leak.location.column - 1 :].startswith("customer_pk")


def test_versions_are_compared() -> None:
    old, new = contractbook.read_all("specs/customers")
    told = {(each.rule, each.element) for each in contractbook.compare(old, new, today=DAY)}
    assert {
        ("field-removed", "Customer > phoneNumber"),
        ("field-moved", "Customer > naming > firstname"),
    } <= told
    assert list(contractbook.compare(new, new, today=DAY)) == []


def test_what_is_no_contract_is_a_fault_and_no_error(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("hello", "utf-8")
    (fault,) = contractbook.read(tmp_path / "note.txt").faults
    assert fault.rule == "unreadable"
    (fault,) = contractbook.read("specs").faults
    assert "contracts; read_all" in fault.message
    with pytest.raises(FileNotFoundError):
        contractbook.read(tmp_path / "nothing.yaml")


def test_importing_the_package_loads_no_rule() -> None:
    code = "import sys, contractbook; sys.exit('contractbook.rules' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": "plugins"}).returncode == 0
