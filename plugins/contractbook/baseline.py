"""baseline: old findings that a team lives with, counted for each file and rule; it only shrinks."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from contractbook.finding import Finding
from contractbook.wrong import Wrong

FILE = ".contractbook-baseline.json"
FORM = 1  # of the file

Counts = Mapping[str, Mapping[str, int]]
"""How many findings each rule has in each file."""


def read(path: str, raw: bytes) -> Counts:
    """The counts of a baseline file; raises Wrong where it is none."""
    try:
        data: Any = json.loads(raw)
    except ValueError as error:
        raise Wrong(f"{path}: this is no baseline: {error}; delete it, and write it again") from None
    counts = data.get("counts") if isinstance(data, dict) else None
    if not isinstance(counts, dict) or not all(map(_is_counted, counts.values())):
        raise Wrong(f"{path}: this is no baseline; delete it, and write it again (--write-baseline)")
    return counts


def _is_counted(rules: Any) -> bool:
    return isinstance(rules, dict) and all(type(number) is int for number in rules.values())


def written(counts: Counts) -> str:
    """The text of a baseline file, sorted so that it merges well."""
    kept = {path: dict(sorted(rules.items())) for path, rules in sorted(counts.items()) if rules}
    return json.dumps({"baseline": FORM, "counts": kept}, indent=2, ensure_ascii=False) + "\n"


def counted(findings: Iterable[Finding]) -> dict[str, dict[str, int]]:
    """The counts of findings that nobody accepted."""
    found: dict[str, Counter[str]] = {}
    for each in findings:
        if not each.accepted:
            found.setdefault(each.location.path, Counter())[each.rule] += 1
    return {path: dict(rules) for path, rules in found.items()}


def shrunk(old: Counts | None, now: Counts, looked_at: Iterable[str]) -> Counts:
    """The counts after another look: those of files that were not looked at stay, no other one grows."""
    if old is None:
        return now
    seen = {*looked_at, *now}
    return {
        path: {
            rule: min(number, now.get(path, {}).get(rule, 0)) if path in seen else number
            for rule, number in rules.items()
            if path not in seen or now.get(path, {}).get(rule)
        }
        for path, rules in old.items()
    }


def with_known(findings: Iterable[Finding], counts: Counts) -> Iterator[Finding]:
    """The findings, known where a rule has no more of them in a file than the baseline counts.

    Where it has more nobody can tell which are the new ones, so that all are shown.
    """
    found = list(findings)
    now = counted(found)
    for each in found:
        path, rule = each.location.path, each.rule
        is_known = not each.accepted and now[path][rule] <= counts.get(path, {}).get(rule, 0)
        yield replace(each, known=True) if is_known else each


def total(counts: Counts) -> int:
    """How many findings are counted."""
    return sum(number for rules in counts.values() for number in rules.values())
