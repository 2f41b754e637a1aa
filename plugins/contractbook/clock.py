"""The one place that looks at a clock; everywhere else the day is an argument."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime


def today() -> date:
    """SOURCE_DATE_EPOCH (reproducible-builds.org), else the day that it is here."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isdecimal() else datetime.now().date()
