"""What a command costs: user and system CPU seconds, and the peak of its memory."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

# Python keeps compiled modules as it does where a package is installed, whatever the environment says.
QUIET = {
    "PYTHONDONTWRITEBYTECODE": "",
    "REDOCLY_TELEMETRY": "off",
    "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true",
    "NO_MKDOCS_2_WARNING": "1",
}
UNIT = 1 if sys.platform == "darwin" else 1024  # what ru_maxrss counts in


class Cost(NamedTuple):
    """CPU seconds of a process with all that it started, and MiB of the largest of them."""

    cpu: float
    memory: float


class Command(NamedTuple):
    """A command line, and what to do before each run."""

    line: Sequence[str | Path]
    folder: Path
    before: Callable[[], object] = lambda: None


def run(command: Command) -> Cost:
    """Run a command to its end; findings (exit status 1, of buf 100) are fine, a crash is not."""
    command.before()
    process = subprocess.Popen(
        [str(part) for part in command.line],
        cwd=command.folder,
        env=os.environ | QUIET,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1, 100):
        raise SystemExit(f"{' '.join(map(str, command.line))}: exit status {process.returncode}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * UNIT / 2**20)


def in_turn(commands: Sequence[Command], rounds: int) -> list[Cost]:
    """The medians of several commands, run one after the other so that a busy minute meets them all."""
    costs = [[run(command) for command in commands] for _ in range(rounds)]
    return [
        Cost(median(cost.cpu for cost in column), median(cost.memory for cost in column))
        for column in zip(*costs, strict=True)
    ]
