"""What the commands share: the project, the day, and where a report goes."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from contractbook import clock
from contractbook.config import Project
from contractbook.config.load import nearest_project, project_of
from contractbook.consumers.audience import Audience
from contractbook.entries import Scope
from contractbook.finding import Guideline, Level
from contractbook.judge import Policy
from contractbook.lexicon import Lexicon
from contractbook.rules import every, rule_named
from contractbook.source.disk import DiskTree
from contractbook.wrong import Wrong

HOSTS = ("github", "gitlab")  # forms of reports


def project(call: Namespace) -> Project:
    """The project that `--config` names, else that of the current folder."""
    here = Path.cwd()
    found = project_of(here / call.config, here) if call.config else nearest_project(here)
    warn(found.unheeded)
    return found


def scope(found: Project) -> Scope:
    """Where the contracts of a project lie."""
    return found.configuration.scope()


def policy(call: Namespace, found: Project) -> Policy:
    """What configuration and call say of rules; raises Wrong for a rule or guideline that does not exist."""
    for option in ("select", "ignore"):
        for word in getattr(call, option):
            if word not in [*Guideline] and rule_named(word) is None:
                from contractbook.config.typed import nearest

                near = nearest(word, {*every(), *Guideline})
                raise Wrong(f"--{option} {word}: there is no such rule or guideline{near}")
    return found.configuration.policy(tuple(call.select), tuple(call.ignore))


def audience(found: Project) -> Audience:
    """The consumers that are registered now; what is wrong with their files is warned of."""
    known, faults = found.configuration.audience(DiskTree(found.root))
    warn(f"{each.location}: {each.message}" for each in faults)
    return known


def lexicon(found: Project) -> Lexicon:
    """The words that rules mind, as the team has changed them."""
    return Lexicon(found.configuration.words.allow, found.configuration.words.add)


def paths(call: Namespace, found: Project) -> list[str]:
    """The named paths as the project calls them: relative to its root, with `/`."""
    return [relative(path, found) for path in call.paths]


def relative(path: str, found: Project) -> str:
    """A path from the current folder as one from the project's root; raises Wrong where nothing is."""
    place = Path.cwd() / path
    if not place.exists():
        raise Wrong(f"there is no file or folder {path}")
    return relative_to(found.root, place)


def relative_to(root: Path, place: Path) -> str:
    """A place as seen from a folder, with `/`; on another drive of Windows it is seen from nowhere."""
    try:
        return Path(os.path.relpath(place, root)).as_posix()
    except ValueError:
        return place.as_posix()


def today(call: Namespace) -> date:
    """The day that rules about lifecycles count from: `--today`, SOURCE_DATE_EPOCH, else now."""
    if call.today:
        try:
            return date.fromisoformat(call.today)
        except ValueError:
            raise Wrong(f"--today {call.today}: a day such as 2027-03-31 is meant") from None
    return clock.today()


def fails_on(call: Namespace) -> Level | None:
    """The level from which findings fail the run; None for never."""
    return None if call.fail_on == "never" else Level(call.fail_on)


def colour(call: Namespace) -> bool:
    """Whether the report is painted: on a terminal, unless somebody says otherwise (no-color.org)."""
    if call.color != "auto" or call.output:
        return bool(call.color == "always")
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def prefix(call: Namespace, found: Project) -> str:
    """The way from the top of the repository to the project, for hosts that show findings beside files."""
    if call.format not in HOSTS:
        return ""
    from contractbook.source.git import GitFailed, Repository

    try:
        top = Repository(found.root).top
    except GitFailed:
        return ""
    return f"{top}/" if top else ""


def put_out(call: Namespace, text: str) -> None:
    """Write a report to `--output`, else to standard output."""
    if not call.output:
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except BrokenPipeError:
            # Whoever reads us has seen enough, and the status still counts; Python would complain at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return
    try:
        Path(call.output).write_bytes(text.encode("utf-8", "replace"))
    except OSError as error:
        raise Wrong(f"cannot write {call.output}: {error.strerror}") from None


def warn(messages: Iterable[str]) -> None:
    """Say something that is no part of the report."""
    for message in messages:
        print(f"contractbook: {message}", file=sys.stderr)
