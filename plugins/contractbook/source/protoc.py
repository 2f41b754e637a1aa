"""The protobuf compiler as a process of its own: from the texts of proto files to descriptors.

In its own process because it writes to the terminal past Python, and because a text that crashes it must
not end the run. The files are laid out in a temporary folder, so that it sees nothing but them.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

LONGEST = 300  # seconds that a compilation may take
# The compiler's own start needs nothing but its extension module: everything else would only cost time.
# It is asked for all files at once, or for each by itself, with its number before its complaints.
_PROGRAM = """\
import os, sys
sys.path.insert(0, sys.argv.pop(1))
from grpc_tools import _protoc_compiler as protoc
each = sys.argv.pop(1) == "each"
begin = [argument.encode() for argument in sys.argv[:-1]]
if not each:
    sys.exit(protoc.run_main([*begin, sys.argv[-1].encode()]))
for number, name in enumerate(open(sys.argv[-1][1:], encoding="utf-8").read().splitlines()):
    os.write(2, b"@%d\\n" % number)
    protoc.run_main([*begin, name.encode()])
"""


class Compiled(NamedTuple):
    """What became of files: a FileDescriptorSet, empty where one of them has a fault, and complaints."""

    descriptors: bytes
    complaints: str


def compiled(files: Mapping[str, bytes], wanted: Sequence[str], folder: Path | None = None) -> Compiled:
    """Compile some of the files, by the names under which they import each other.

    Where they lie in a folder just so, with these texts, they need not be laid out.
    The descriptors hold comments and positions, and those of all imports before the files that need them.
    What `bundled` finds need not be among the files. The compiler gives up at the first file with a fault.
    """
    return _run(files, wanted, "all", folder)


def refused(files: Mapping[str, bytes], wanted: Sequence[str]) -> list[str]:
    """What the compiler says of each of the files by itself; empty where it has nothing to complain about."""
    said = _run(files, wanted, "each").complaints
    parts = re.split(r"^@\d+\n", said, flags=re.MULTILINE)[1:]
    return parts if len(parts) == len(wanted) else [said] * len(wanted)


def _run(files: Mapping[str, bytes], wanted: Sequence[str], mode: str, there: Path | None = None) -> Compiled:
    import subprocess
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="contractbook-") as folder:
        root, arguments, result = (Path(folder, name) for name in ("files", "arguments", "descriptors"))
        if there is None:
            _lay_out(root, files)
        else:
            root = there.resolve()
        arguments.write_text("".join(f"{root / name}\n" for name in wanted), "utf-8")
        folders = [f"-I{each}" for each in (root, *_folders())]
        options = ("--include_imports", "--include_source_info", f"--descriptor_set_out={result}")
        start = (sys.executable, "-I", "-S", "-c", _PROGRAM, str(_packages()), mode)
        try:
            done = subprocess.run(
                (*start, *folders, *options, f"@{arguments}"), capture_output=True, timeout=LONGEST
            )
        except subprocess.TimeoutExpired:
            return Compiled(b"", "")
        complaints = done.stderr.decode("utf-8", "replace").replace(f"{root}{os.sep}", "")
        whole = mode == "all" and result.exists()
        return Compiled(result.read_bytes() if whole else b"", complaints)


@cache
def bundled(name: str) -> bytes | None:
    """A file that everybody may import: a well-known type, or one of Google's common ones."""
    if not name.startswith("google/") or ".." in name:
        return None
    for folder in _folders():
        if (folder / name).is_file():
            return (folder / name).read_bytes()
    return None


def _lay_out(root: Path, files: Mapping[str, bytes]) -> None:
    for folder in {(root / name).parent for name in files}:
        folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (root / name).write_bytes(text)


@cache
def _packages() -> Path:
    """The folder that the compiler is installed in."""
    found = find_spec("grpc_tools")
    assert found and found.origin
    return Path(found.origin).parent.parent


@cache
def _folders() -> tuple[Path, ...]:
    """The folders of the well-known types, and of googleapis-common-protos."""
    common = find_spec("google.api")
    found = (common.submodule_search_locations if common else None) or ()
    return (_packages() / "grpc_tools" / "_proto", *(Path(each).parent.parent for each in found))
