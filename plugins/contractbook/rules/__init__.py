"""Every rule, one folder for each guideline; importing this package declares them all.

What only one format can say stands in that format's own `rules` module.
"""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

from contractbook import formats
from contractbook.declare import RULES

for _module in pkgutil.walk_packages(__path__, f"{__name__}."):
    importlib.import_module(_module.name)
for _file in sorted(Path(formats.__path__[0]).glob("*/rules.py")):
    importlib.import_module(f"{formats.__name__}.{_file.parent.name}.rules")

__all__ = ["RULES"]
