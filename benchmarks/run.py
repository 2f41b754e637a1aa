"""Measure contractbook beside its peer, in turn, on the same documents.

usage: python benchmarks/run.py [lint] [diff] [graphql] [protos] [portal] [serve] [--rounds N]
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from documents import (
    FINDER,
    GITHUB,
    GITHUB_BEFORE,
    INSPECTOR,
    MIDDLE,
    PEERS,
    REDOCLY,
    SCHEMA,
    SCHEMA_BEFORE,
    SMALL,
    STRIPE,
    events,
    fetch,
    synthetic,
    xml_schema,
)
from measure import Command, Cost, in_turn
from protos import GOOGLE_BEFORE, few, many
from served import saved_to_shown

BIN = Path(sys.executable).parent
OURS = BIN / "contractbook"
SITE = "site_name: Bench\ntheme: {name: material, font: false}\nplugins: [search%s]\n"


class Result(NamedTuple):
    """One line of the table; `most` is what we allow ourselves."""

    name: str
    ours: Cost
    peer: Cost | None
    figure: float
    most: float
    remark: str = ""


def lint(folder: Path, rounds: int) -> Iterator[Result]:
    """Lint, whole process, all rules, against Redocly's recommended ones; then again with a warm cache."""
    channels = folder / "events.json"
    channels.write_text(events(40), "utf-8")
    for name, document, most in (
        ("lint AsyncAPI, 25 KB", channels, 0.6),
        ("lint 4 KB", SMALL, 0.35),
        ("lint 44 KB", MIDDLE, 0.35),
        ("lint Stripe, 2.5 MB", STRIPE, 0.3),
        ("lint GitHub, 13 MB", GITHUB, 0.2),
    ):
        ours = Command([OURS, "lint", "--no-cache", document], folder)
        redocly = Command([REDOCLY, "lint", document], folder)
        mine, theirs = in_turn([ours, redocly], rounds)
        remark = "" if mine.memory <= theirs.memory else "more memory"
        yield Result(name, mine, theirs, mine.cpu / theirs.cpu, most, remark)
    again = Command([OURS, "lint", GITHUB], folder)
    first = Command([OURS, "lint", GITHUB], folder, _forget)
    cold, warm = (in_turn([command], rounds)[0] for command in (first, again))
    yield Result("lint GitHub again", warm, cold, warm.cpu / cold.cpu, 1 / 3, "peer: the first run")
    schema = folder / "things.xsd"
    schema.write_text(xml_schema(2600), "utf-8")
    [alone] = in_turn([Command([OURS, "lint", "--no-cache", schema], folder)], rounds)
    yield Result("lint XML Schema, 5 MB", alone, None, alone.cpu, 2.0, "CPU seconds")


def diff(folder: Path, rounds: int) -> Iterator[Result]:
    """Compare two GitHub descriptions, against Redocly's lint of the newer one."""
    ours = Command([OURS, "diff", "--no-cache", GITHUB_BEFORE, GITHUB], folder)
    redocly = Command([REDOCLY, "lint", GITHUB], folder)
    mine, theirs = in_turn([ours, redocly], rounds)
    yield Result("diff GitHub, 11 to 13 MB", mine, theirs, mine.cpu / theirs.cpu, 0.16)


def graphql(folder: Path, rounds: int) -> Iterator[Result]:
    """Compare two schemas of GitHub, against GraphQL Inspector and against graphql-core."""
    ours = Command([OURS, "diff", "--no-cache", SCHEMA_BEFORE, SCHEMA], folder)
    inspector = Command(["node", "-e", INSPECTOR, SCHEMA_BEFORE, SCHEMA], PEERS.parent)
    finder = Command([sys.executable, "-c", FINDER, SCHEMA_BEFORE, SCHEMA], folder)
    mine, inspected, found = in_turn([ours, inspector, finder], rounds)
    name = "diff GitHub schemas, 1.2 MB"
    yield Result(name, mine, inspected, mine.cpu / inspected.cpu, 1.2, "peer: GraphQL Inspector")
    yield Result(name, mine, found, mine.cpu / found.cpu, 0.5, "peer: graphql-core")


def portal(folder: Path, rounds: int) -> Iterator[Result]:
    """Build the portal, against an empty Material site; the figure is CPU seconds on top of it."""
    empty = _site(folder / "empty", None)
    customers = Path(__file__).parent.parent / "specs" / "customers" / "v2" / "openapi.yaml"
    for name, text, most in (
        ("portal of customers", customers.read_text("utf-8"), 0.15),
        ("portal of Stripe", STRIPE.read_text("utf-8"), 6.0),
        ("portal of 1,000 operations", synthetic(1000), 2.5),
        ("portal of 3,000 operations", synthetic(3000), 7.0),
    ):
        site = _site(folder / name.replace(" ", "-"), text)
        mine, theirs = in_turn([site, empty], rounds)
        yield Result(name, mine, theirs, mine.cpu - theirs.cpu, most, _sizes(site.folder / "site"))


def serve(folder: Path, rounds: int) -> Iterator[Result]:
    """Save a contract while the site is served; the figure is seconds until its page shows the change."""
    customers = Path(__file__).parent.parent / "specs" / "customers" / "v2" / "openapi.yaml"
    for name, contract, text, page, most in (
        ("serve customers", customers.read_text("utf-8"), "Get a customer", "accounts/get-customer", 1.5),
        ("serve 1,000 operations", synthetic(1000), "Get thing 7", "group-0/get-thing7", 3.0),
    ):
        site = _site(folder / name.replace(" ", "-"), contract)
        document = site.folder / "specs" / "bench" / "openapi.yaml"
        seconds, cost = saved_to_shown(
            BIN / "mkdocs", site.folder, document, text, f"contracts/bench/{page}/", rounds
        )
        yield Result(name, cost, None, seconds, most, "seconds from save to shown")


def protos(folder: Path, rounds: int) -> Iterator[Result]:
    """Lint and compare Google's proto files, against buf (`pip install buf-bin`)."""
    buf = shutil.which("buf", path=f"{BIN}:{os.environ.get('PATH', '')}")
    if buf is None:
        raise SystemExit("make bench compares proto files with buf: pip install buf-bin")
    some, all_of, before = few(folder / "few"), many(folder / "many"), many(folder / "before", GOOGLE_BEFORE)
    for name, tree, most in (("lint 140 proto files", some, 1.2), ("lint 8,000 proto files", all_of, 0.6)):
        ours = Command([OURS, "lint", "--no-cache", "."], tree)
        mine, theirs = in_turn([ours, Command([buf, "lint"], tree)], rounds)
        share = f"memory {mine.memory / theirs.memory:.2f}"
        yield Result(name, mine, theirs, mine.cpu / theirs.cpu, most, share)
    ours = Command([OURS, "diff", "--no-cache", before, all_of], folder)
    mine, theirs = in_turn([ours, Command([buf, "breaking", "--against", before], all_of)], rounds)
    yield Result("diff 8,000 proto files", mine, theirs, mine.cpu / theirs.cpu, 1.0)


def _site(folder: Path, contract: str | None) -> Command:
    """A site with one contract, or without the plugin."""
    (folder / "docs").mkdir(parents=True)
    (folder / "docs" / "index.md").write_text("# Bench\n", "utf-8")
    (folder / "mkdocs.yml").write_text(SITE % (", contractbook" if contract else ""), "utf-8")
    if contract:
        (folder / "specs" / "bench").mkdir(parents=True)
        (folder / "specs" / "bench" / "openapi.yaml").write_text(contract, "utf-8")
    return Command([BIN / "mkdocs", "build", "-q"], folder, _forget)


def _forget() -> None:
    shutil.rmtree(os.environ["CONTRACTBOOK_CACHE"], ignore_errors=True)


def _sizes(site: Path) -> str:
    pages = [path.stat().st_size for path in site.rglob("*.html")]
    index = (site / "search" / "search_index.json").stat().st_size
    return f"{len(pages)} pages, largest {max(pages) / 1e3:.0f} KB, search {index / 1e6:.1f} MB"


PARTS: dict[str, Callable[[Path, int], Iterator[Result]]] = {
    "lint": lint,
    "diff": diff,
    "graphql": graphql,
    "portal": portal,
    "serve": serve,
    "protos": protos,
}


def main() -> int:
    """Print a line for each measurement as it comes; fail where one is over what we allow ourselves."""
    parser = argparse.ArgumentParser(description="Measure contractbook beside its peer.")
    parser.add_argument("parts", nargs="*", help=f"some of: {', '.join(PARTS)} (default: all)")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each command (default: 3)")
    arguments = parser.parse_args()
    fetch()
    over = 0
    print(f"{'':28}{'ours':>16}{'peer':>16}{'figure':>10}{'at most':>10}")
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        os.environ["CONTRACTBOOK_CACHE"] = f"{temporary}/cache"
        for part in arguments.parts or PARTS:
            for result in PARTS[part](Path(temporary), arguments.rounds):
                over += result.figure > result.most
                print(_line(result), flush=True)
    return 1 if over else 0


def _line(result: Result) -> str:
    ours, peer = (f"{cost.cpu:.2f} s {cost.memory:4.0f} MiB" if cost else "" for cost in result[1:3])
    verdict = "OVER" if result.figure > result.most else ""
    return (
        f"{result.name:28}{ours:>16}{peer:>16}{result.figure:10.2f}{result.most:10.2f}"
        f"  {verdict:5}{result.remark}".rstrip()
    )


if __name__ == "__main__":
    sys.exit(main())
