"""What an earlier run of lint kept: used while nothing changed, and never trusted."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from contractbook import cache
from contractbook.cache import Cache, digest

if TYPE_CHECKING:
    from tests.cli.conftest import Run

CONTRACT = """\
openapi: 3.1.0
info: {title: Shop, version: 1.0.0}
paths:
  /problems:
    get:
      responses:
        default:
          description: What went wrong
          content: {application/json: {schema: {$ref: problem.yaml}}}
"""
PROBLEM = "description: What went wrong\nproperties: {stackTrace: {type: string}}\n"
SELECT = ("--select", "stack-trace-in-error")


@pytest.fixture
def shop(run: Run) -> Run:
    run.write("specs/shop/openapi.yaml", CONTRACT)
    run.write("specs/shop/problem.yaml", PROBLEM)
    return run


def lines(run: Run, *words: str) -> list[int]:
    report = json.loads(run("lint", *SELECT, "--format", "json", *words).out)
    return [each["location"]["line"] for each in report["findings"]]


def kept(run: Run) -> list[Path]:
    return sorted((run.folder / ".cache").glob("*"))


def test_a_second_run_says_the_same_and_examines_nothing(shop: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    first = [shop("lint", *SELECT, *words) for words in ((), ("--format", "json"))]
    monkeypatch.setattr("contractbook.cli.linting.examined", None)
    assert [shop("lint", *SELECT, *words) for words in ((), ("--format", "json"))] == first
    assert shop("lint").status == 2  # other rules have not been asked yet


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("specs/shop/problem.yaml", f"# moved\n{PROBLEM}", [3]),
        ("specs/shop/problem.yaml", "type: object\n", []),
        ("specs/shop/openapi.yaml", CONTRACT.replace("{$ref: problem.yaml}", "{}"), []),
    ],
)
def test_whatever_changes_is_noticed(shop: Run, path: str, text: str, found: list[int]) -> None:
    assert lines(shop) == [2]
    shop.write(path, text)
    assert lines(shop) == found


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("contractbook.yml", "rules: {stack-trace-in-error: note}"),
        ("specs/shop/v2/openapi.yaml", CONTRACT.replace("{$ref: problem.yaml}", "{}")),
    ],
)
def test_levels_follow_the_configuration_and_newer_versions(shop: Run, path: str, text: str) -> None:
    assert shop("lint", *SELECT).status == 1
    shop.write(path, text)
    assert shop("lint", *SELECT).status == 0


def test_what_was_missing_may_come(shop: Run) -> None:
    (shop.folder / "specs/shop/problem.yaml").unlink()
    assert "unresolved-reference" in shop("lint").out
    shop.write("specs/shop/problem.yaml", PROBLEM)
    assert lines(shop) == [2]


@pytest.mark.parametrize("raw", [b"", b"\xff" * 100, b"0123456789abcdef\x93"])
def test_a_broken_cache_is_as_good_as_none(shop: Run, raw: bytes) -> None:
    lines(shop)
    (file,) = kept(shop)
    file.write_bytes(raw)
    assert lines(shop) == [2]
    assert file.read_bytes() != raw


def test_nothing_is_kept_where_nobody_wants_it_or_it_cannot_be(
    shop: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert lines(shop, "--no-cache") == [2]
    assert kept(shop) == []
    monkeypatch.setenv("CONTRACTBOOK_CACHE", str(shop.folder / "specs/shop/problem.yaml/below"))
    assert lines(shop) == [2]


def test_the_oldest_goes_when_too_much_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Cache(tmp_path)
    for name in ("a", "b"):
        store.put(digest(name), [name] * 100)
    os.utime(tmp_path / digest("a"), (0, 0))
    monkeypatch.setattr(cache, "LARGEST", 300)
    store.tidy()
    assert store.get(digest("a"), list) is None
    assert store.get(digest("b"), list) == ["b"] * 100


def test_names_tell_parts_apart() -> None:
    assert digest("ab", "c") != digest("a", "bc")
