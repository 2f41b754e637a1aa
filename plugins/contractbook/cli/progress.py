"""What a longer run is doing, on a terminal alone."""

from __future__ import annotations

import sys
from types import TracebackType

from contractbook.reports.terminal import cut, plain

PATIENCE = 1.5  # seconds in which nobody asks
CLEAR = "\r\x1b[K"
COLUMNS = 79


class Progress:
    """A line on standard error that comes late and goes without a trace."""

    def __init__(self) -> None:
        self._is_wanted = sys.stderr.isatty()
        self._is_shown = False
        self._text = ""

    def __enter__(self) -> Progress:
        if self._is_wanted:
            from threading import Timer

            self._timer = Timer(PATIENCE, self._begin)
            self._timer.daemon = True
            self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        if self._is_wanted:
            self._timer.cancel()
            if self._is_shown:
                self._write("")

    def tell(self, done: int, of: int, path: str) -> None:
        """Say that a contract is looked at."""
        self._text = f"{done}/{of} {path}" if of > 1 else path
        if self._is_shown:
            self._write(self._text)

    def _begin(self) -> None:
        self._is_shown = True
        self._write(self._text)

    def _write(self, text: str) -> None:
        sys.stderr.write(CLEAR + cut(plain(text), COLUMNS))
        sys.stderr.flush()
