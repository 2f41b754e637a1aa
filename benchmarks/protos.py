"""Google's own proto files in three sizes, laid out so that buf can read them, too."""

from __future__ import annotations

import shutil
from pathlib import Path

from documents import PEERS

GOOGLE, GOOGLE_BEFORE = PEERS / "google-proto-files", PEERS / "google-proto-files-before"
FEW = ("api", "rpc", "type", "longrunning", "iam", "pubsub", "logging", "cloud/speech")
MODULE = "version: v2\nmodules:\n  - path: .\n"


def few(folder: Path) -> Path:
    """About 140 files that need nothing else."""
    return _copied(folder, GOOGLE, [f"google/{name}" for name in FEW])


def many(folder: Path, package: Path = GOOGLE) -> Path:
    """About 8,000 files: all but protobuf's own tests, which no compiler takes together."""
    return _copied(folder, package, ["google", "grafeas"])


def _copied(folder: Path, package: Path, names: list[str]) -> Path:
    for name in names:
        if (package / name).is_dir():
            shutil.copytree(package / name, folder / name, ignore=shutil.ignore_patterns("protobuf"))
    (folder / "buf.yaml").write_text(MODULE, "utf-8")
    return folder
