"""How long a site takes to build, and how big it gets, against the budgets of the portal.

    python benchmarks/portal.py CONTRACT...          real contracts, each in a site of its own
    python benchmarks/portal.py --operations 1000    a made-up contract with so many operations

User CPU seconds of `mkdocs build` in a process of its own, the median of three runs; an empty site first.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

RUNS = 3
CONFIG = "site_name: Bench\ntheme: {name: material, font: false}\nplugins: [search%s]\n"


def main() -> None:
    """Measure what is named."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("contracts", nargs="*", type=Path)
    parser.add_argument("--operations", type=int, default=0)
    call = parser.parse_args()
    print(f"{'site':24} {'user s':>7} {'pages':>6} {'MB':>6} {'largest KB':>11} {'index MB':>9}")
    with tempfile.TemporaryDirectory() as folder:
        measure("empty", Path(folder) / "empty", None)
        for contract in call.contracts:
            measure(contract.stem[:24], Path(folder) / contract.stem, contract)
        if call.operations:
            made = Path(folder) / "made.json"
            made.write_text(json.dumps(made_up(call.operations)), "utf-8")
            measure(f"{call.operations} operations", Path(folder) / "made", made)


def measure(name: str, root: Path, contract: Path | None) -> None:
    """Build a site three times, and say what it cost."""
    (root / "docs").mkdir(parents=True)
    (root / "docs" / "index.md").write_text("# Home\n", "utf-8")
    (root / "mkdocs.yml").write_text(CONFIG % (", contractbook" if contract else ""), "utf-8")
    if contract:
        (root / "specs" / "service").mkdir(parents=True)
        shutil.copy(contract, root / "specs" / "service" / contract.name)
    seconds = statistics.median(build(root) for _ in range(RUNS))
    pages = [path.stat().st_size for path in (root / "site").rglob("*.html")]
    whole = sum(path.stat().st_size for path in (root / "site").rglob("*") if path.is_file())
    index = (root / "site" / "search" / "search_index.json").stat().st_size
    sizes = f"{whole / 1e6:6.1f} {max(pages) / 1e3:11.1f} {index / 1e6:9.2f}"
    print(f"{name:24} {seconds:7.2f} {len(pages):6} {sizes}", flush=True)


def build(root: Path) -> float:
    """User CPU seconds of one build."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=root, env=environment, check=True)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def made_up(operations: int) -> dict[str, object]:
    """A contract whose operations answer a record that is long enough to give each a page of its own."""
    fields = {
        f"field{i}": {"type": "string", "description": f"Says the {i}th thing of it."} for i in range(60)
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "paths": {f"/things{i}/{{id}}": {"get": operation(i)} for i in range(operations)},
        "components": {"schemas": {"Thing": {"type": "object", "properties": fields}}},
    }


def operation(number: int) -> dict[str, object]:
    """One of the operations."""
    answer = {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}
    return {
        "operationId": f"getThing{number}",
        "tags": [f"Group {number // 50}"],
        "summary": f"Get thing {number}",
        "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
        "responses": {"200": {"description": "The thing", "content": answer}},
    }


if __name__ == "__main__":
    main()
