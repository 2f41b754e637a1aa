"""contractbook init: a site, a configuration and a sample contract to begin with."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

START = Path(__file__).parent / "start"
NEXT = """
Next:
  contractbook lint     what a consumer of the sample should not see
  mkdocs serve          the portal, at http://127.0.0.1:8000/contracts/ (pip install 'contractbook[mkdocs]')
"""
PLUGIN = "\nTo publish contracts on your site, add `- contractbook` to the plugins in mkdocs.yml.\n"


def run(call: Namespace) -> int:
    """Write what is not there yet, and say so."""
    here = Path.cwd()
    kept = {path for path in ("mkdocs.yml", "specs", "docs") if (here / path).exists()}
    for source in sorted(path for path in START.rglob("*") if path.is_file()):
        name = source.relative_to(START).as_posix()
        target = here / name
        if target.exists() or name.partition("/")[0] in kept:
            sys.stdout.write(f"kept   {name if target.exists() else name.partition('/')[0] + '/'}\n")
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
        sys.stdout.write(f"wrote  {name}\n")
    sys.stdout.write(NEXT)
    if b"contractbook" not in (here / "mkdocs.yml").read_bytes():
        sys.stdout.write(PLUGIN)
    return 0
