"""Many findings get their lines at once."""

from __future__ import annotations

from pathlib import Path

from contractbook.finding import Finding, Level, Location
from contractbook.source.disk import DiskTree
from contractbook.source.positions import placed
from contractbook.source.sources import Sources


def finding(path: str, pointer: str, was: str | None = None, line: int = 0) -> Finding:
    return Finding(
        rule="field-removed",
        level=Level.ERROR,
        message="gone",
        location=Location(path, line, line),
        pointer=pointer,
        was=Location("a.yaml") if was is not None else None,
        was_pointer=was or "",
    )


def test_findings_are_placed_on_the_side_that_they_tell_of(tmp_path: Path) -> None:
    for side, text in {"old": "# old\na:\n  b: 1\n", "new": "a: {c: 2}\n"}.items():
        (tmp_path / side).mkdir()
        (tmp_path / side / "a.yaml").write_text(text)
    old, new = Sources(DiskTree(tmp_path / "old")), Sources(DiskTree(tmp_path / "new"))
    found = placed(
        [
            finding("a.yaml", "/a/c"),
            finding("a.yaml", "/a/b", was="/a/b"),
            finding("a.yaml", "/a", line=7),
            finding("gone.yaml", "/a"),
        ],
        new.places,
        old.places,
    )
    assert [(str(each.location), each.was and str(each.was)) for each in found] == [
        ("a.yaml:1:5", None),
        ("a.yaml:1:1", "a.yaml:3:3"),
        ("a.yaml:7:7", None),
        ("gone.yaml:1:1", None),
    ]
