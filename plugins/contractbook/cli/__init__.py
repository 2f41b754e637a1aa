"""The command line: what is asked for, and the exit status.

0: nothing at or above `--fail-on`. 1: such findings. 2: the call or the configuration is wrong.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper

from contractbook.cli.arguments import parsed
from contractbook.wrong import Wrong


def command() -> None:
    """What the installed script calls: ends at once, without taking down what a big contract left behind."""
    status = main()
    with suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # contracts are written in all languages, wherever this runs
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        call = parsed(sys.argv[1:] if arguments is None else arguments)
        status: int = import_module(f"contractbook.cli.{call.command}").run(call)
    except Wrong as error:
        print(f"contractbook: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if os.environ.get("CONTRACTBOOK_DEBUG"):
            raise
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        print(f"contractbook: this should not happen; please report it: {reason}", file=sys.stderr)
        return 2
    return status
