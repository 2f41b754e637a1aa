"""Which files may hold contracts."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from contractbook.source.disk import DiskTree
from contractbook.source.specs import candidates

FILES = ("specs/orders/v1/api.yaml", "specs/orders/drafts/new.yaml", "specs/b.yaml", "services/a/api/x.yaml")


@pytest.fixture
def tree(tmp_path: Path) -> DiskTree:
    for name in (*FILES, "specs/.hidden.yaml", "specs/build/out.yaml", "services/a/api/x.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / ".gitignore").write_text("build/\n")
    subprocess.run(("git", "init", "-q"), cwd=tmp_path, check=True)
    return DiskTree(tmp_path)


@pytest.mark.parametrize(
    ("specs", "exclude", "found"),
    [
        (["specs"], [], ["b.yaml", "orders/drafts/new.yaml", "orders/v1/api.yaml"]),
        (["./specs/"], ["**/drafts/**"], ["b.yaml", "orders/v1/api.yaml"]),
        (["specs/**/*.yaml", "specs/b.yaml"], ["specs/orders"], ["b.yaml"]),
        (["services/*/api/*.{yaml,json}"], [], ["a/api/x.yaml"]),
        (["specs/orders/v1/api.yaml"], [], ["api.yaml"]),
        (["specs/build/out.yaml"], [], ["out.yaml"]),
        (["specs/build"], [], ["out.yaml"]),
        (["*/b.y[a]ml"], ["?/b.yaml"], ["specs/b.yaml"]),
        (["nowhere"], [], []),
    ],
)
def test_folders_globs_and_files_give_candidates(
    tree: DiskTree, specs: list[str], exclude: list[str], found: list[str]
) -> None:
    assert [each.below for each in candidates(tree, specs, exclude)] == found


def test_without_git_its_patterns_still_count(tree: DiskTree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    (tree.root / "specs" / ".gitignore").write_text("drafts\n")
    assert [each.below for each in candidates(tree, ["specs"])] == ["b.yaml", "orders/v1/api.yaml"]


def test_links_that_lead_out_are_left_out(tree: DiskTree, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.yaml").write_text("")
    (tree.root / "specs" / "secret.yaml").symlink_to(outside / "secret.yaml")
    (tree.root / "specs" / "folder").symlink_to(outside)
    (tree.root / "specs" / "c.yaml").symlink_to("b.yaml")
    found = [each.below for each in candidates(tree, ["specs"], ["specs/orders"])]
    assert found == ["b.yaml", "c.yaml"]


def test_a_repository_inside_is_listed_by_its_own_rules(tree: DiskTree) -> None:
    inner = tree.root / "specs" / "shared"
    (inner / "secret").mkdir(parents=True)
    (inner / "types.yaml").write_text("")
    (inner / "secret" / "types.yaml").write_text("")
    (inner / ".gitignore").write_text("secret\n")
    subprocess.run(("git", "init", "-q"), cwd=inner, check=True)
    found = [each.path for each in candidates(DiskTree(tree.root), ["specs/shared"])]
    assert found == ["specs/shared/types.yaml"]
