"""Files with faults: each cause is told once, with its place, and all the rest is read."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest
from tests.compare.reading import SHARED
from tests.formats.protobuf.test_read import contracts

from contractbook.examine import examined
from contractbook.formats import FORMATS
from contractbook.judge import Policy
from contractbook.model import Contract
from contractbook.source.disk import DiskTree
from contractbook.source.git import Repository
from contractbook.source.protoc import compiled
from contractbook.source.sources import Sources, Tree

MALFORMED = SHARED / "corpus" / "malformed"
HEAD = 'syntax = "proto3";\npackage p;\n'


def told(text: str) -> list[str]:
    (contract,) = contracts(("a.proto", HEAD + text))
    return [
        f"{each.location.line}:{each.location.column} {each.rule}: {each.message}" for each in contract.faults
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("message A { Lost a = 1; }", "3:13 unresolved-reference: no type is called `Lost`"),
        ("message A { string a = 1; string b = 1; }", "3:38 duplicate-key: the number 1 is that of `a`, too"),
        ("message A { string a = 1; string a = 2; }", "3:34 duplicate-key: `a` is declared twice"),
        ("message A {} message A {}", "3:22 duplicate-key: `A` is declared twice"),
        ("enum E { A = 0; B = 0; }", "3:21 duplicate-key: `p.B` has the number of `p.A`"),
        ("message A { string a 1; }", "3:22 unreadable: missing field number"),
        ("enum E { A = 1; }", "3:14 invalid-structure: the first enum value must be zero"),
        ('import "lost.proto";', "3:8 unresolved-reference: the import `lost.proto` leads nowhere"),
        (
            "message A { option (lost) = 1; }",
            "3:20 unresolved-reference: nobody declares the option `(lost)`",
        ),
    ],
)
def test_a_fault_is_told_in_our_words_where_it_stands(text: str, fault: str) -> None:
    found = told(text)
    assert len(found) == 1
    assert found[0].startswith(fault)


def test_columns_count_characters_whatever_stands_before() -> None:
    assert told("\tmessage A { /* 값 */ Lost a = 1; }")[0].startswith("3:22 unresolved-reference")


def test_one_bad_file_takes_none_of_the_others_with_it() -> None:
    texts = {
        name: HEAD.replace("p;", f"{name};") + f"message {name.upper()} {{ string a = 1; }}"
        for name in "abcd"
    }
    texts["b"] += "message {"
    found = contracts(*((f"{name}.proto", text) for name, text in texts.items()))
    assert [(one.name, len(one.types), len(one.faults)) for one in found] == [
        ("a", 2, 0),
        ("b", 2, 1),
        ("c", 2, 0),
        ("d", 2, 0),
    ]


def read(tree: Tree, roots: tuple[str, ...] = ("",), *paths: str) -> list[Contract]:
    sources = Sources(tree, roots)
    return [*FORMATS["protobuf"].read([sources.open(path) for path in paths], sources)]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    files = {
        "specs/shop/v1/shop.proto": 'import "money/money.proto";\nmessage Shop { money.Money all = 1; }',
        "third/money/money.proto": "message Money { int64 units = 1; }",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True)
        package = Path(path).stem
        (tmp_path / path).write_text(f'syntax = "proto3";\npackage {package};\n{text}\n', "utf-8")
    return tmp_path


def test_imports_come_from_the_configured_folders_and_from_no_others(project: Path) -> None:
    path = "specs/shop/v1/shop.proto"
    (inside,) = read(DiskTree(project), ("specs", "third"), path)
    assert inside.faults == ()
    assert inside.types["money.Money"].borrowed
    assert inside.documents == (path, "third/money/money.proto")
    (outside,) = read(DiskTree(project), ("specs",), path)
    assert [fault.rule for fault in outside.faults] == ["unresolved-reference"]


def test_a_state_in_git_is_read_as_one_on_disk(project: Path) -> None:
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@shop.example"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "First"]):
        subprocess.run([*git, *command], cwd=project, check=True)
    path = "specs/shop/v1/shop.proto"
    there = read(Repository(project).tree("HEAD"), ("specs", "third"), path)
    assert there == read(DiskTree(project), ("specs", "third"), path)


def test_two_versions_of_one_package_are_two_contracts() -> None:
    text = HEAD + "message A { string a = 1; }"
    found = contracts(
        ("2024-01-01/a.proto", text), ("2025-01-01/a.proto", text), ("2025-01-01/b.proto", HEAD)
    )
    assert [(one.path, one.documents) for one in found] == [
        ("2024-01-01/a.proto", ("2024-01-01/a.proto",)),
        ("2025-01-01/a.proto", ("2025-01-01/a.proto", "2025-01-01/b.proto")),
    ]
    assert not any(one.faults for one in found)


@pytest.mark.skipif(not MALFORMED.exists(), reason="the corpus is not part of this repository")
def test_nothing_malformed_is_too_much_for_the_reader() -> None:
    every = (path.relative_to(MALFORMED).as_posix() for path in sorted(MALFORMED.rglob("*.proto")))
    paths = [path for path in every if not path.startswith("protocompile/parser")]
    found = read(DiskTree(MALFORMED), ("",), *paths)
    assert {path for one in found for path in one.documents} == set(paths)
    assert sum(bool(one.faults) for one in found) > len(found) / 2


def test_a_comment_accepts_a_finding_for_all_that_it_stands_above(tmp_path: Path) -> None:
    comment = "// contractbook: accept unusual-* -- as it was\n"
    types = "message A { string aB = 1; }\nmessage B { string aB = 1; }\n"
    (tmp_path / "a.proto").write_text(HEAD + comment + types, "utf-8")
    sources = Sources(DiskTree(tmp_path))
    (contract,) = FORMATS["protobuf"].read([sources.open("a.proto")], sources)
    found = examined(contract, sources, Policy(), date(2027, 3, 1))
    told = [(each.location.line, bool(each.accepted)) for each in found if each.rule == "unusual-style"]
    assert told == [(4, True), (5, False)]


def test_files_that_lie_as_they_import_one_another_are_compiled_where_they_are(project: Path) -> None:
    path = "money/money.proto"
    files = {path: (project / "third" / path).read_bytes()}
    there = compiled(files, [path], project / "third")
    assert there.descriptors
    assert there == compiled(files, [path])
