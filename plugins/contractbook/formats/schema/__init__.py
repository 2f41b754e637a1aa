"""Reads JSON Schemas of any dialect into types; formats that hold schemas stand on it."""

from __future__ import annotations

from contractbook.formats.schema.dialect import DIALECTS, Dialect
from contractbook.formats.schema.read import Schemas

__all__ = ["DIALECTS", "Dialect", "Schemas"]
