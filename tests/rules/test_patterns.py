"""Which regular expressions are portable: they are read, never run."""

from __future__ import annotations

import pytest

from contractbook.finding import Level
from contractbook.rules.technology_neutral.patterns import faults

PORTABLE = (
    r"^[A-Za-z0-9_.+-]+@[a-z0-9-]+(\.[a-z]{2,})+$",
    r"^\d{4}-\d{2}-\d{2}$",
    r"^[^\]\[]*$",
    r"^[+*?]+$",
    r"^\+[0-9]+\?+$",
    r"^(?:a|b)*?$",
    r"^[\w\\A\\Z-]+$",
    r"^/orders/[0-9]+/$|^/all/",
    "((((((((((a+)+)+)+)+)+)+)+)+)+)+$",
    "",
)
FAULTY = {
    r"/^[a-z]+$/i": "is written between slashes",
    r"(?i)^a$": "sets flags inside",
    r"^a++$": "has a possessive quantifier",
    r"^[a-z]{2}+$": "has a possessive quantifier",
    r"^(?>a|ab)c$": "has an atomic group",
    r"(?<!a)b": "looks behind",
    r"^(?P<year>\d{4})$": "has a group in Python's spelling",
    r"\A[a-z]+\Z": "has an anchor that JavaScript takes for a letter",
    r"^[[:alpha:]]+$": "has a class in POSIX spelling",
    r"^[a-z&&[^aeiou]]+$": "computes with classes",
    r"^\p{Alnum}+$": "has a class in Java's spelling",
    r"^\x{1F600}$": "has a character in Perl's spelling",
}
DOUBTFUL = {
    r"^(?!admin)[a-z]+$": "looks ahead",
    r"^\p{L}+$": "has a Unicode class",
    r"^(a|b)\1$": "repeats an earlier group",
}


@pytest.mark.parametrize("pattern", PORTABLE)
def test_what_all_languages_share_is_left_in_peace(pattern: str) -> None:
    assert list(faults(pattern)) == []


@pytest.mark.parametrize("pattern", [*FAULTY, *DOUBTFUL])
def test_what_is_not_portable_is_named(pattern: str) -> None:
    level = Level.WARNING if pattern in FAULTY else Level.NOTE
    reason = (FAULTY | DOUBTFUL)[pattern]
    told, found = next(faults(pattern))
    assert (told.startswith(reason), found) == (True, level)


@pytest.mark.parametrize("pattern", ["(", "[", "(?", "[[:", "\\", "a{", "[^", "(?P<", "\\x{"])
def test_a_broken_pattern_is_read_to_its_end(pattern: str) -> None:
    list(faults(pattern * 1000))
