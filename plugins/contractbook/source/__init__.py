"""Documents from files, folders and git, and the values, positions and references in them."""

from __future__ import annotations
