"""What a configuration says of rules: levels, options, and findings that are accepted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from contractbook.config.typed import OWN, Spot, members, nearest, plain, record, typed
from contractbook.finding import Acceptance, Level
from contractbook.judge import Decision, Setting
from contractbook.rules import every, rule_named

OFF = "off"


class Entry(msgspec.Struct):
    """One of the findings under `accept`, as it is written."""

    rule: str
    reason: str
    element: str = "*"
    by: str | None = None
    until: date | None = None


def setting(value: Any, at: Spot) -> Setting:
    """`off`, a level, or a mapping of a level and options; the key is the rule."""
    known(at.keys[-1], at)
    if not isinstance(value, dict):
        return Setting(_level(value, at), value == OFF)
    given = dict(members(value, at))
    level = given.pop("level", None)
    rule = rule_named(at.keys[-1])
    declared = rule.options if rule else {}
    options = {
        key.replace("-", "_"): _option(declared, key, option, at.under(key)) for key, option in given.items()
    }
    if level is None:
        return Setting(options=options)
    return Setting(_level(level, at.under("level")), level == OFF, options)


def _level(value: Any, at: Spot) -> Level | None:
    if value == OFF:
        return None
    words = [level.value for level in Level]
    if value not in words:
        forms = f"{OFF}, {', '.join(reversed(words))}, or a mapping with `level` and options"
        raise at.wrong(f"{at.name} is no level; it can be {forms}")
    return Level(value)


def _option(declared: Mapping[str, Any], key: str, value: Any, at: Spot) -> Any:
    name = key.replace("-", "_")
    if name not in declared:
        known = ["level", *(option.replace("_", "-") for option in declared)]
        raise at.wrong(f"the rule {at.keys[-2]} has no option `{key}`{nearest(key, known)}")
    default = declared[name]
    if isinstance(default, tuple | frozenset):
        return type(default)(typed(tuple[str, ...], value, at))
    return plain(type(default), value, at)


def decision(value: Any, at: Spot) -> Decision:
    """An entry of `accept`."""
    entry: Entry = record(Entry, value, at)
    if "*" not in entry.rule:
        known(entry.rule, at.under("rule"))
    if not entry.reason.strip():
        raise at.under("reason").wrong(f"{at.name} > reason is empty; say why the finding is accepted")
    line, _ = at.text.locate(f"/{'/'.join(at.keys)}")
    written = f"{at.text.path}:{line}"
    return Decision(entry.rule, entry.element, Acceptance(entry.reason, entry.by, entry.until), written)


def known(rule: str, at: Spot) -> None:
    """Raises Wrong for a rule that does not exist."""
    if rule_named(rule) is None:
        raise at.wrong(f"there is no rule `{rule}`{nearest(rule, every())}")


OWN[Setting] = setting
OWN[Decision] = decision
