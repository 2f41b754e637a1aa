"""contractbook.yml, or [tool.contractbook] in pyproject.toml: read into typed values that never change.

Every key has a default, so that a project without a configuration is a project all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import msgspec

from contractbook.consumers.audience import NOBODY, Audience
from contractbook.declare import Preset
from contractbook.entries import Scope
from contractbook.finding import Finding
from contractbook.formats.lifecycle import spelled
from contractbook.judge import NONE, Decision, Override, Policy, Setting
from contractbook.migration.strategy import House, Strategy
from contractbook.source.sources import Tree


class Versions(msgspec.Struct, frozen=True, rename="kebab"):
    """Where versions come from, beside folders and file names."""

    git_tags: str = ""


class ServiceEntry(msgspec.Struct, frozen=True, rename="kebab"):
    """What the team says of a service."""

    title: str = ""
    owner: str = ""
    names: tuple[str, ...] = ()
    strategy: Strategy | None = None


class WordLists(msgspec.Struct, frozen=True, rename="kebab"):
    """Words that rules shall not mind, and further ones that they shall, by rule."""

    allow: tuple[str, ...] = ()
    add: Mapping[str, tuple[str, ...]] = NONE


class LifecycleKeys(msgspec.Struct, frozen=True, rename="kebab"):
    """The team's own keys for dates and replacement of what is deprecated."""

    sunset: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    replacement: tuple[str, ...] = ()


class LifecyclePolicy(msgspec.Struct, frozen=True, rename="kebab"):
    """What the team promises of an end: the least time between deprecation and sunset."""

    notice: timedelta | None = None
    keys: LifecycleKeys = LifecycleKeys()


RULES_VERSION = 1  # of the set of rules and their levels: there is one


class Configuration(msgspec.Struct, frozen=True, rename="kebab"):
    """The keys of a configuration; paths and globs are relative to the folder that it lies in."""

    specs: tuple[str, ...] = ("specs",)
    exclude: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()
    versions: Versions = Versions()
    services: Mapping[str, ServiceEntry] = NONE
    teams: Mapping[str, tuple[str, ...]] = NONE
    consumers: tuple[str, ...] = ()
    consumers_complete: bool = False
    extends: Preset = Preset.RECOMMENDED
    rules_version: int = RULES_VERSION
    rules: Mapping[str, Setting] = NONE
    overrides: tuple[Override, ...] = ()
    words: WordLists = WordLists()
    rulesets: tuple[str, ...] = ()
    rule_modules: tuple[str, ...] = ()
    lint_old: bool = False
    lifecycle: LifecyclePolicy = LifecyclePolicy()
    accept: tuple[Decision, ...] = ()
    baseline: str = ""

    def policy(self, select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()) -> Policy:
        """What the configuration and one call say of rules and findings."""
        return Policy(
            preset=self.extends,
            rules=_with_notice(self.rules, self.lifecycle.notice),
            overrides=self.overrides,
            decisions=self.accept,
            lint_old=self.lint_old,
            select=select,
            ignore=ignore,
        )

    @property
    def house(self) -> House:
        """How services bring out breaking changes, and who belongs together."""
        declared = {name: entry.strategy for name, entry in self.services.items() if entry.strategy}
        return House(declared, self.teams)

    @property
    def names(self) -> Mapping[str, tuple[str, ...]]:
        """What each service is called elsewhere."""
        return {name: (*entry.names, *filter(None, [entry.title])) for name, entry in self.services.items()}

    def audience(self, tree: Tree) -> tuple[Audience, tuple[Finding, ...]]:
        """The registered consumers in a state of the project, and what is wrong with their files."""
        if not self.consumers:
            return NOBODY, ()
        from contractbook.consumers.register import register

        found = register(tree, self.consumers, self.exclude)
        return Audience(found.consumers, self.names, self.consumers_complete), found.faults

    def scope(self) -> Scope:
        """Where the contracts of the project lie, and how it spells their ends."""
        keys = self.lifecycle.keys
        endings = spelled({"sunset": keys.sunset, "since": keys.since, "replacement": keys.replacement})
        return Scope(self.specs, self.exclude, self.imports, self.consumers, endings)


def _with_notice(rules: Mapping[str, Setting], notice: timedelta | None) -> Mapping[str, Setting]:
    """The settings of rules, and the notice for the one that asks for it."""
    if notice is None:
        return rules
    known = rules.get(NOTICE, Setting())
    return {**rules, NOTICE: msgspec.structs.replace(known, options={"notice": notice.days, **known.options})}


NOTICE = "sunset-too-near"


class Project(NamedTuple):
    """A folder of contracts: all paths are relative to `root`; `path` is its configuration, if it has one.

    `unheeded` tells what is asked for and not done.
    """

    root: Path
    configuration: Configuration = Configuration()
    path: Path | None = None
    unheeded: tuple[str, ...] = ()
