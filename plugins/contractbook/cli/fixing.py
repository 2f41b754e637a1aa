"""contractbook lint --fix and --diff: what is certain to be right is written, or shown."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from datetime import date
from difflib import unified_diff

from contractbook.cli.call import lexicon, paths, put_out, scope, warn
from contractbook.config import Project
from contractbook.examine import examined
from contractbook.fix import Change, Mended, changes, mended
from contractbook.judge import Policy
from contractbook.library import library
from contractbook.model import Contract
from contractbook.rules.naming import count
from contractbook.source.disk import DiskTree
from contractbook.source.document import Document
from contractbook.wrong import Wrong


def fix(call: Namespace, found: Project, policy: Policy, day: date) -> None:
    """Write what mends the findings of the newest versions of contracts into their documents."""
    total = files = 0
    for one in _mended(call, found, policy, day):
        place = found.root / one.document.path
        if place.read_bytes() != one.document.raw:
            raise Wrong(f"{one.document.path} was changed by somebody else meanwhile: run it again")
        place.write_bytes(one.raw)
        total, files = total + one.changes, files + 1
    wrote = f"wrote {count(total, 'fact')} into {count(files, 'file')}"
    warn([wrote if total else "there is nothing that --fix can write"])


def show(call: Namespace, found: Project, policy: Policy, day: date) -> int:
    """Show what `fix` would write, as a patch; that is no failure."""
    put_out(call, "".join(line for one in _mended(call, found, policy, day) for line in _patch(one)))
    return 0


def _mended(call: Namespace, found: Project, policy: Policy, day: date) -> Iterator[Mended]:
    tree = DiskTree(found.root)
    books = library(tree, scope(found), paths(call, found))
    words = lexicon(found)

    def wanted() -> Iterator[tuple[Contract, list[Change]]]:
        for contract in books.newest:
            findings = examined(contract, books.sources, policy, day, lexicon=words)
            yield contract, list(changes(contract, findings))

    for one in mended(wanted(), books.sources):
        if one.document.path.startswith("../"):
            continue  # what is imported from elsewhere is not ours to change
        if one.changes:
            yield one
        else:
            warn(
                [f"{one.document.path}: what --fix would write cannot be written there without changing more"]
            )


def _patch(one: Mended) -> Iterator[str]:
    """The lines of a unified diff, as `git apply` takes it."""
    path = one.document.path
    before, after = (
        Document(path, raw).text.splitlines(keepends=True) for raw in (one.document.raw, one.raw)
    )
    for line in unified_diff(before, after, f"a/{path}", f"b/{path}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
