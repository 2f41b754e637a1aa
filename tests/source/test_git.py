"""Contracts at refs, without a checkout."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from contractbook.source.git import GitFailed, Repository
from contractbook.source.sources import Sources, Unresolved


def git(folder: Path, *command: str) -> None:
    who = ("-c", "user.name=Anna", "-c", "user.email=anna@example.com", "-c", "init.defaultBranch=main")
    subprocess.run(("git", *who, *command), cwd=folder, check=True, capture_output=True)


def commit(folder: Path, message: str, **files: str) -> None:
    for name, text in files.items():
        path = folder / "specs" / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", message)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q")
    order = "a: 1\nb: 2\nc: 3\nd: 4\ntype: {$ref: 'Größe.yaml#/x'}\n"
    commit(tmp_path, "Take orders", orders=order, Größe="x: old\n")
    git(tmp_path, "tag", "v1.0.0")
    git(tmp_path, "mv", "specs/orders.yaml", "specs/order.yaml")
    (tmp_path / "specs" / "link.yaml").symlink_to("order.yaml")
    (tmp_path / "specs" / "out.yaml").symlink_to("../../secret.yaml")
    (tmp_path / ".hidden.yaml").write_text("")
    commit(tmp_path, "Rename", Größe="x: new\n")
    git(tmp_path, "tag", "-a", "v2.0.0", "-m", "Second")
    git(tmp_path, "tag", "r2")
    commit(tmp_path, "Change", order=order + "e: 5\n")
    return tmp_path


def test_a_ref_is_read_with_its_references(folder: Path) -> None:
    repository = Repository(folder)
    old, new = Sources(repository.tree("v1.0.0")), Sources(repository.tree("v2.0.0"))
    assert list(old.tree.files()) == ["specs/Größe.yaml", "specs/orders.yaml"]
    assert old.follow(old.open("specs/orders.yaml"), "Größe.yaml#/x").value == "old"
    assert new.follow(new.open("specs/link.yaml"), "Gr%C3%B6%C3%9Fe.yaml#/x").value == "new"
    with pytest.raises(FileNotFoundError):
        old.open("specs/order.yaml")
    with pytest.raises(Unresolved, match="leads out"):
        new.follow(new.open("specs/order.yaml"), "out.yaml")


def test_paths_are_relative_to_the_folder(folder: Path) -> None:
    tree = Repository(folder / "specs").tree("main")
    assert list(tree.files()) == ["Größe.yaml", "link.yaml", "order.yaml", "out.yaml"]
    assert tree.read("Größe.yaml") == b"x: new\n"


def test_the_history_of_a_file_follows_its_renames(folder: Path) -> None:
    repository = Repository(folder)
    found = repository.history("specs/order.yaml")
    assert [revision.path for revision in found] == [
        "specs/orders.yaml",
        "specs/order.yaml",
        "specs/order.yaml",
    ]
    texts = [repository.tree(revision.commit).read(revision.path) for revision in found]
    assert [text[-5:] for text in texts] == [b"/x'}\n", b"/x'}\n", b"e: 5\n"]


def test_tags_lead_to_commits(folder: Path) -> None:
    repository = Repository(folder)
    tags = repository.tags("v*")
    assert [tag.name for tag in tags] == ["v1.0.0", "v2.0.0"]
    assert [tag.commit for tag in tags] == [repository.commit("v1.0.0"), repository.commit("r2")]


@pytest.mark.parametrize(
    ("ref", "said"),
    [
        ("v1.0", "there is no git ref `v1.0`: did you mean `v1.0.0`?"),
        ("origin/next", "fetch it first (git fetch origin next)"),
        ("--help", "there is no git ref `--help`"),
    ],
)
def test_a_ref_that_does_not_exist_is_said_in_one_line(folder: Path, ref: str, said: str) -> None:
    with pytest.raises(GitFailed) as error:
        Repository(folder).tree(ref)
    assert said in str(error.value)


def test_a_folder_without_history_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(GitFailed, match="not a git repository"):
        Repository(tmp_path)
