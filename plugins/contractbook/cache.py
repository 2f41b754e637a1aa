"""What an earlier run found out, kept by the content that it was found in.

A cache can be deleted at any time, shared between machines, and cut off in the middle of a write: what does
not decode is not there. Nothing in it is ever run.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from contractbook.version import VERSION

LARGEST = 100_000_000  # bytes of all that is kept
CHECKED = 16  # bytes of the digest that stands before each value

T = TypeVar("T")


def folder() -> Path | None:
    """Where the user keeps caches: CONTRACTBOOK_CACHE names the folder, else it is below the usual one."""
    own = os.environ.get("CONTRACTBOOK_CACHE")
    if own:
        return Path(own)
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local) / "contractbook" / "cache" if local else None
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "contractbook"
    except RuntimeError:  # a user without a home
        return None


def digest(*parts: bytes | str) -> str:
    """A name for some contents: different ones have different names."""
    found = sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part
        found.update(len(raw).to_bytes(8, "big") + raw)
    return found.hexdigest()


class Cache:
    """Values by name, in files of a folder; without a folder nothing is kept."""

    def __init__(self, kept_in: Path | None) -> None:
        self.folder = kept_in

    def get(self, name: str, kind: type[T]) -> T | None:
        """The value of a name; None where there is none, or none of the kind."""
        if self.folder is None:
            return None
        try:
            raw = (self.folder / name).read_bytes()
        except OSError:
            return None
        value = raw[CHECKED:]
        if sha256(value).digest()[:CHECKED] != raw[:CHECKED]:
            return None
        try:
            return msgspec.msgpack.decode(value, type=kind)
        except msgspec.MsgspecError:
            return None

    def put(self, name: str, value: Any) -> None:
        """Keep a value; where that cannot be done, it is not kept."""
        if self.folder is None:
            return
        encoded = msgspec.msgpack.encode(value, enc_hook=str)
        beside = self.folder / f"{name}.{os.getpid()}"
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(sha256(encoded).digest()[:CHECKED] + encoded)
            beside.replace(self.folder / name)

    def tidy(self) -> None:
        """Drop what was not written for the longest time, once too much is kept."""
        with suppress(OSError):
            if self.folder is None:
                return
            files = [
                (entry.stat().st_mtime, entry.stat().st_size, entry.path) for entry in os.scandir(self.folder)
            ]
            left = sum(size for _, size, _ in files)
            for _, size, path in sorted(files):
                if left <= LARGEST:
                    break
                Path(path).unlink()
                left -= size


def program() -> str:
    """A name for this very program: its version, and where it is being worked on the state of its files."""
    package = Path(__file__).parent
    if package.parent.name in ("site-packages", "dist-packages"):
        return digest(VERSION, sys.version)
    states = (
        f"{path.relative_to(package)} {(state := path.stat()).st_mtime_ns} {state.st_size}"
        for path in sorted(package.rglob("*.py"))
    )
    return digest(VERSION, sys.version, *states)
