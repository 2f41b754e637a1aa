"""How long it takes until `mkdocs serve` shows what was saved."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from pathlib import Path
from statistics import median
from urllib.error import URLError
from urllib.request import urlopen

from measure import QUIET, UNIT, Cost

PATIENCE = 300  # seconds until a server is given up


def saved_to_shown(
    mkdocs: Path, folder: Path, contract: Path, text: str, page: str, rounds: int
) -> tuple[float, Cost]:
    """Seconds until a page shows what took the place of `text` in a contract, the median, and the cost."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    server = subprocess.Popen(
        [mkdocs, "serve", "--quiet", "--dev-addr", address], cwd=folder, env=os.environ | QUIET
    )
    before = contract.read_text("utf-8")
    try:
        _wait(f"http://{address}/{page}", text)
        seconds = []
        for number in range(rounds):
            said = f"{text}, change {number}"
            start = time.monotonic()
            contract.write_text(before.replace(text, said), "utf-8")
            _wait(f"http://{address}/{page}", said)
            seconds.append(time.monotonic() - start)
    finally:
        server.terminate()
        _, status, usage = os.wait4(server.pid, 0)
        server.returncode = os.waitstatus_to_exitcode(status)
    return median(seconds), Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * UNIT / 2**20)


def _wait(url: str, text: str) -> None:
    """Ask for a page until it says a text, as somebody does who looks at it."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urlopen(url, timeout=PATIENCE) as answer:
                if text in answer.read().decode():
                    return
        except (URLError, ConnectionError):
            pass
        time.sleep(0.02)
    raise SystemExit(f"{url} never showed: {text}")
