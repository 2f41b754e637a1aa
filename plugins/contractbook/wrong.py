"""The one error that ends a run."""

from __future__ import annotations


class Wrong(Exception):
    """The call or the configuration is wrong; the text is one line that says what, and how to mend it."""
