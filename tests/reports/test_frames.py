"""Code frames and texts in a terminal: never too wide, and the mark under the right word."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractbook.finding import Location
from contractbook.reports.frames import frame
from contractbook.reports.quotes import Quotes
from contractbook.reports.terminal import WIDTH, Paint, cut, plain, width, wrapped
from contractbook.source.disk import DiskTree

LONG = '{"a":' + '"' + "x" * 5000 + '","customer_pk":{"type":"integer"},' + '"b":"' + "y" * 5000 + '"}'


def framed(folder: Path, text: str, line: int, column: int) -> list[str]:
    (folder / "a.json").write_bytes(text.encode())
    return list(frame(Location("a.json", line, column), Quotes(DiskTree(folder)), Paint(False), "  "))


@pytest.mark.parametrize(
    ("text", "line", "column", "expected"),
    [
        (
            "a: 1\nb: 2\nc: 3\nd: 4\ne: 5",
            2,
            1,
            ["  1 | a: 1", "  2 | b: 2", "    | ^", "  3 | c: 3", "  4 | d: 4"],
        ),
        ("a:\r\n\tkey: 1\r\n", 2, 2, ["  1 | a:", "  2 |   key: 1", "    |   ^^^"]),
        ("주문: {stackTrace: x}", 1, 6, ["  1 | 주문: {stackTrace: x}", "    |        ^^^^^^^^^^"]),
        ('{"\u202ea b": 1}', 1, 2, ['  1 | {"\ufffda b": 1}', "    |  ^^^^^^"]),
        ("a: 1", 7, 1, []),
    ],
)
def test_the_mark_stands_under_the_word(
    tmp_path: Path, text: str, line: int, column: int, expected: list[str]
) -> None:
    assert framed(tmp_path, text, line, column) == expected


def test_of_a_long_line_the_part_around_the_word_is_shown(tmp_path: Path) -> None:
    shown, mark = framed(tmp_path, f"1\n{LONG}\n3", 2, LONG.index('"customer_pk"') + 1)
    assert all(width(each) <= WIDTH for each in (shown, mark))
    begin = shown.index('"customer_pk"')
    assert mark == " " * mark.index("|") + "|" + " " * (begin - mark.index("|") - 1) + "^" * 13


def test_texts_fit_whatever_they_are_written_in() -> None:
    korean = "주문이 취소되면 다시 배송되지 않습니다 " * 5
    assert all(width(line) <= 40 for line in wrapped(plain(korean), 40))
    assert " ".join(wrapped(plain(korean), 40)) == korean.strip()
    assert width(cut(korean, 21)) <= 21
    assert wrapped("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]
