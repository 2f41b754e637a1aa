"""contractbook export: the portal's pages as Markdown files."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from contractbook.cli.call import project, today
from contractbook.export import export
from contractbook.wrong import Wrong


def run(call: Namespace) -> int:
    """Write the portal, and say how much it is and what is left to do."""
    folder, base = Path.cwd() / call.to, call.path.strip("/")
    if folder.exists() and not folder.is_dir():
        raise Wrong(f"--to {call.to}: this is a file; a folder is meant")
    if not base or ".." in base.split("/"):
        raise Wrong(f"--path {call.path}: a folder in {call.to} is meant, such as `contracts`")
    try:
        done = export(project(call), folder, base, call.site_url, today(call))
    except OSError as error:
        raise Wrong(f"cannot write to {call.to}: {error.strerror}") from None
    gone = f", removed {done.gone:,} of an earlier time" if done.gone else ""
    sys.stdout.write(f"wrote {done.pages:,} pages, {done.files:,} files in all, to {call.to}{gone}\n")
    sys.stdout.write(f"the entries for the navigation of the site are in {call.to}/{base}/nav.yml\n")
    return 0
