"""Reads Spectral rulesets: what they extend, aliases and overrides, until each rule stands by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from contractbook.config.typed import Spot, items, members, nearest
from contractbook.finding import Level
from contractbook.rules import every
from contractbook.source.disk import DiskTree
from contractbook.source.document import Document
from contractbook.spectral import FUNCTIONS, Asked, Exemption, Misspelled, TeamRule, Then, declare, query
from contractbook.spectral.functions import CASES, expression
from contractbook.spectral.versions import is_known

LEVELS = {"error": Level.ERROR, "warn": Level.WARNING, "info": Level.NOTE, "hint": Level.NOTE}
BY_NUMBER = {0: "error", 1: "warn", 2: "info", 3: "hint", -1: "off"}
MODES = ("recommended", "all", "off")
BUILT_IN = ("spectral:oas", "spectral:asyncapi", "spectral:arazzo")
KEYS = frozenset(
    [
        "rules",
        "extends",
        "aliases",
        "formats",
        "overrides",
        "functions",
        "functionsDir",
        "documentationUrl",
        "parserOptions",
    ]
)
RULE_KEYS = frozenset(
    [
        "given",
        "then",
        "message",
        "description",
        "severity",
        "formats",
        "resolved",
        "recommended",
        "documentationUrl",
        "type",
        "tags",
        "enabled",
        "extensions",
    ]
)
DEEPEST = 20  # rulesets that extend one another


class Defined(NamedTuple):
    """A rule with all that its ruleset says of it so far; it is off while `level` is None."""

    data: Mapping[str, Any]
    at: Spot
    aliases: Mapping[str, Any]
    formats: tuple[str, ...]
    level: Level | None
    stated: Level
    recommended: bool
    exemptions: tuple[Exemption, ...] = ()


Rules = dict[str, Defined]


def load(paths: Iterable[str], folder: Path) -> tuple[str, ...]:
    """Declare the rules of rulesets, whose paths are relative to a folder; gives what of them is not run.

    Raises Wrong, with file, line and column, for what cannot be understood.
    """
    ours = set(every())
    notes: list[str] = []
    for path in paths:
        reader = _Reader(folder, notes)
        for name, rule in reader.read(path, None).items():
            told = reader.finished(name if name not in ours else f"spectral-{name}", rule)
            if told is not None:
                declare(told)
    return tuple(dict.fromkeys(notes))


class _Reader:
    """Reads one ruleset with those that it extends; what cannot be run is told in `notes`."""

    def __init__(self, folder: Path, notes: list[str]) -> None:
        self.folder = folder
        self.notes = notes

    def read(self, path: str, called: Spot | None, deep: int = 0) -> Rules:
        """The rules of a ruleset by name; `called` is where it is named, if a ruleset does so."""
        at = Spot(_document(self.folder, path, called), whole="the ruleset")
        given = dict(members(at.text.data, at))  # type: ignore[attr-defined]
        for key in given:
            if key not in KEYS and not key.startswith("x-"):
                self.notes.append(
                    f"{_where(at.under(key))}: `{key}` is not known in a ruleset, and does nothing"
                )
        if deep > DEEPEST:
            raise at.under("extends").wrong("rulesets extend one another without an end")
        rules = self._extended(given, at, path, deep)
        aliases = given.get("aliases") or {}
        formats = self._formats(given.get("formats"), at.under("formats"))
        self._add(rules, given.get("rules"), at.under("rules"), aliases, formats)
        for index, override in items(given.get("overrides"), at.under("overrides")):
            spot = at.under("overrides").under(index)
            self._override(rules, dict(members(override, spot)), spot, aliases, formats, path)
        return rules

    # -- what a ruleset builds on

    def _extended(self, given: Mapping[str, Any], at: Spot, path: str, deep: int) -> Rules:
        found: Rules = {}
        written = given.get("extends") or []
        for index, entry in enumerate(written if isinstance(written, list) else [written]):
            spot = at.under("extends").under(index) if isinstance(written, list) else at.under("extends")
            name, mode = entry if isinstance(entry, list) and len(entry) == 2 else (entry, MODES[0])
            if not isinstance(name, str) or mode not in MODES:
                raise spot.wrong(f"a ruleset is named by a text, or by [text, {' or '.join(MODES)}]")
            if self._is_file(name, spot):
                beside = (Path(path).parent / name).as_posix()
                for rule, defined in self.read(beside, spot, deep + 1).items():
                    on = mode == "all" or (mode == "recommended" and defined.recommended)
                    found[rule] = defined._replace(level=defined.stated if on else None)
        return found

    def _is_file(self, name: str, spot: Spot) -> bool:
        """Whether a ruleset can be read; of others it is told why they are not."""
        if name in BUILT_IN:
            self.notes.append(f"{_where(spot)}: {name} is not run: our own rules look at what it looks at")
        elif "://" in name or not (name.startswith(".") or name.endswith((".yaml", ".yml", ".json"))):
            self.notes.append(f"{_where(spot)}: {name} is not loaded: only files beside the ruleset are")
        elif name.endswith((".js", ".mjs", ".cjs", ".ts")):
            self.notes.append(f"{_where(spot)}: {name} is JavaScript, which is not run")
        else:
            return True
        return False

    # -- rules

    def _add(
        self, rules: Rules, written: Any, at: Spot, aliases: Mapping[str, Any], formats: tuple[str, ...]
    ) -> None:
        """Take over what a ruleset says of its own rules and of those that it extends."""
        unknown = []
        for name, value in members(written, at):
            spot = at.under(name)
            if isinstance(value, dict):
                rules[name] = self._defined(value, spot, aliases, formats)
            elif name in rules:
                rules[name] = rules[name]._replace(level=_level(value, rules[name].stated, spot))
            else:
                unknown.append(name)
        if unknown:
            more = f" and {len(unknown) - 1} more" if len(unknown) > 1 else ""
            self.notes.append(f"{_where(at)}: {unknown[0]}{more}: no ruleset that is read has such a rule")

    def _defined(
        self, data: Mapping[str, Any], at: Spot, aliases: Mapping[str, Any], formats: tuple[str, ...]
    ) -> Defined:
        for key in data:
            if key not in RULE_KEYS and not key.startswith("x-"):
                raise at.under(key).wrong(f"there is no key `{key}` in a rule{nearest(key, RULE_KEYS)}")
        for key in ("given", "then"):
            if key not in data:
                raise at.wrong(f"the rule {at.keys[-1]} needs the key `{key}`")
        level = _level(data.get("severity", "warn"), Level.WARNING, at.under("severity"))
        recommended = data.get("recommended", True) is not False
        own = self._formats(data.get("formats"), at.under("formats")) or formats
        on = level if recommended and data.get("enabled", True) is not False else None
        return Defined(data, at, aliases, own, on, level or Level.WARNING, recommended)

    def _override(
        self,
        rules: Rules,
        given: Mapping[str, Any],
        at: Spot,
        aliases: Mapping[str, Any],
        formats: tuple[str, ...],
        path: str,
    ) -> None:
        """Give rules another level in some files; a rule that is defined here speaks only there."""
        folder = Path(path).parent
        globs = [str(glob) for _, glob in items(given.get("files"), at.under("files"))]
        if not globs or any("#" in glob for glob in globs):
            self.notes.append(f"{_where(at)}: an override is run for files, not for parts of them")
        files = tuple((folder / glob).as_posix() for glob in globs if "#" not in glob)
        for name, value in members(given.get("rules"), at.under("rules")):
            spot = at.under("rules").under(name)
            if isinstance(value, dict):
                both = {**aliases, **(given.get("aliases") or {})}
                found = self._defined(value, spot, both, formats)
                elsewhere = rules[name].level if name in rules else None
                there = Exemption(("**",), elsewhere), Exemption(files, found.level)
                rules[name] = found._replace(level=found.stated, exemptions=there)
            elif name in rules:
                known = rules[name]
                change = Exemption(files, _level(value, known.stated, spot))
                base = () if known.level or known.exemptions else (Exemption(("**",), None),)
                rules[name] = known._replace(
                    level=known.level or known.stated, exemptions=(*known.exemptions, *base, change)
                )

    def _formats(self, written: Any, at: Spot) -> tuple[str, ...]:
        names = [str(name) for _, name in items(written, at)]
        for name in names:
            if not is_known(name):
                self.notes.append(f"{_where(at)}: no contract is in the format {name}")
        return tuple(names)

    # -- a rule that stands by itself

    def finished(self, name: str, rule: Defined) -> TeamRule | None:
        """A rule that can be run; None where it is off, or needs what is not run."""
        if rule.level is None:
            return None
        then = tuple(self._then(rule))
        if any(each.function not in FUNCTIONS for each in then):
            return None
        data = rule.data
        return TeamRule(
            name,
            tuple(_asked(data["given"], rule.at.under("given"), rule.aliases)),
            then,
            rule.level,
            _where(rule.at).rpartition(":")[0],
            str(data.get("message") or ""),
            str(data.get("description") or ""),
            str(data.get("documentationUrl") or ""),
            rule.formats,
            data.get("resolved", True) is not False,
            rule.exemptions,
        )

    def _then(self, rule: Defined) -> Iterator[Then]:
        written = rule.data["then"]
        at = rule.at.under("then")
        for index, each in enumerate(written if isinstance(written, list) else [written]):
            spot = at.under(index) if isinstance(written, list) else at
            said = dict(members(each, spot))
            name = str(said.get("function", ""))
            if name not in FUNCTIONS:
                self.notes.append(
                    f"{_where(spot)}: the rule {rule.at.keys[-1]} is not run: {name or 'its function'} is"
                    f" JavaScript{nearest(name, FUNCTIONS) if len(name) > 3 else ''}"
                )
            options = dict(members(said.get("functionOptions"), spot.under("functionOptions")))
            _check(name, options, spot.under("functionOptions"))
            yield Then(name, str(said.get("field") or ""), options)


def _check(function: str, options: Mapping[str, Any], at: Spot) -> None:
    """Raises Wrong for options that a function cannot work with."""
    if function == "pattern":
        for key in ("match", "notMatch"):
            try:
                expression(str(options.get(key, "")))
            except re.error as error:
                raise at.under(key).wrong(f"the pattern is no regular expression: {error}") from None
    if function == "casing" and options.get("type") not in CASES:
        raise at.wrong(f"`type` is one of {', '.join(CASES)}")
    if function == "schema" and not isinstance(options.get("schema"), dict | bool):
        raise at.wrong("`schema` is needed, and is a JSON Schema")


def _asked(written: Any, at: Spot, aliases: Mapping[str, Any], deep: int = 0) -> Iterator[Asked]:
    """The paths that are looked at, with aliases in their place."""
    for index, path in enumerate(written if isinstance(written, list) else [written]):
        spot = at.under(index) if isinstance(written, list) else at
        if not isinstance(path, str) or not path.startswith(("$", "#")):
            raise spot.wrong("a path begins with `$`, or is an alias that begins with `#`")
        if path.startswith("#"):
            yield from _of_alias(path, spot, aliases, deep)
            continue
        try:
            yield Asked(query(path))
        except Misspelled as error:
            raise spot.wrong(f"the path {path} is not understood: {error}") from None


def _of_alias(path: str, at: Spot, aliases: Mapping[str, Any], deep: int) -> Iterator[Asked]:
    found = re.match(r"#([A-Za-z][\w-]*)", path)
    name = found[1] if found else path[1:]
    if name not in aliases or deep > DEEPEST:
        raise at.wrong(f"there is no alias `{name}`{nearest(name, aliases)}")
    rest = path[len(name) + 1 :]
    value = aliases[name]
    targets = value.get("targets") if isinstance(value, dict) else [{"given": value}]
    for target in targets or ():
        given = target.get("given") or []
        paths = [f"{each}{rest}" for each in (given if isinstance(given, list) else [given])]
        for each in paths:
            for asked in _asked(each, at, aliases, deep + 1):
                yield asked._replace(formats=tuple(target.get("formats") or asked.formats))


def _level(value: Any, stated: Level, at: Spot) -> Level | None:
    """The level of a severity; None for off."""
    word = BY_NUMBER.get(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if word in (True, "on"):
        return stated
    if word in (False, "off"):
        return None
    if not isinstance(word, str) or word not in LEVELS:
        raise at.wrong(f"{at.name} is no severity; it can be {', '.join(LEVELS)} or off")
    return LEVELS[word]


def _document(folder: Path, path: str, called: Spot | None) -> Document:
    try:
        place = folder / path
        document = Document(path, DiskTree(place.parent).read(place.name))
    except FileNotFoundError:
        missing = f"there is no ruleset {path}"
        raise called.wrong(missing) if called else FileNotFoundError(missing) from None
    if document.faults:
        fault = document.faults[0]
        raise Spot(document).wrong(fault.message)
    return document


def _where(at: Spot) -> str:
    line, column = at.text.locate(
        "/" + "/".join(key.replace("~", "~0").replace("/", "~1") for key in at.keys)
    )
    return f"{at.text.path}:{line}:{column}"
