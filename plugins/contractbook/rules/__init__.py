"""Every rule, one folder for each guideline; importing this package declares them all."""

from __future__ import annotations

import importlib
import pkgutil

from contractbook.declare import RULES

for _module in pkgutil.walk_packages(__path__, f"{__name__}."):
    importlib.import_module(_module.name)

__all__ = ["RULES"]
