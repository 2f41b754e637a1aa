"""What other pages ask for by name: an operation, a type, a changelog, a list of deprecations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TypeVar

import msgspec

from contractbook.config.typed import Spot, nearest
from contractbook.portal import embedded
from contractbook.portal.addresses import slug
from contractbook.portal.deprecations import Ending
from contractbook.portal.edition import Edition, Series
from contractbook.portal.embedded import Embedded
from contractbook.portal.group_pages import fully_shown
from contractbook.portal.rows import Rows

EVERY = "all"
Publish = Callable[[Series, str], Edition]
"""A version of a contract as it is published."""
T = TypeVar("T")


class Wanted(msgspec.Struct, frozen=True):
    """What a page asks for: one of the first four, and perhaps the version that it is taken from."""

    operation: str = ""
    type: str = ""
    changelog: str = ""
    deprecations: str = ""
    version: str = ""


class Embeds:
    """Finds what pages ask for, and makes it; days are counted from `today`.

    `folders` hold templates that go before ours.
    """

    def __init__(
        self,
        every: Sequence[Series],
        endings: Sequence[Ending],
        publish: Publish,
        today: date,
        folders: tuple[str, ...] = (),
    ) -> None:
        self.every = every
        self.endings = endings
        self.publish = publish
        self.today = today
        self.folders = folders
        self._rows: dict[tuple[str, str, str], Rows] = {}

    def embed(self, wanted: Wanted, at: Spot, id: str) -> Embedded:
        """What is wanted, with ids that begin with `id`; raises Wrong where there is no such thing."""
        make = {
            "operation": self._operation,
            "type": self._type,
            "changelog": self._changelog,
            "deprecations": self._deprecations,
        }
        keys = [key for key in make if getattr(wanted, key)]
        if len(keys) != 1:
            raise at.wrong(f"one of the keys {', '.join(make)} is needed, and no more than one")
        made = make[keys[0]](wanted, at.under(keys[0]))
        return made._replace(html=embedded.apart(made.html, id))

    def failed(self, message: str, place: str) -> Embedded:
        """What stands on a page where nothing can be shown: why, and in which line of which file."""
        return embedded.failed(message, place, self.folders)

    def _operation(self, wanted: Wanted, at: Spot) -> Embedded:
        found = []
        names: list[str] = []
        for rows, name in self._versions(wanted.operation, wanted.version, at):
            edition = rows.edition
            for each in edition.operations:
                called = each.name, each.label, edition.slugs[each.label]
                names.append(each.name)
                found += [(rows, each)] if name in called else []
        rows, operation = _one(found, wanted.operation, "operation", names, at)
        return embedded.operation(rows, operation, self.folders)

    def _type(self, wanted: Wanted, at: Spot) -> Embedded:
        found = []
        names: list[str] = []
        for rows, name in self._versions(wanted.type, wanted.version, at):
            named = [each for each in rows.contract.types.values() if not each.inline]
            names += [each.name for each in named]
            found += [(rows, each) for each in named if name in (each.name, slug(each.name))]
        rows, type = _one(found, wanted.type, "type", names, at)
        return embedded.type(rows, type, self.folders)

    def _changelog(self, wanted: Wanted, at: Spot) -> Embedded:
        service = wanted.changelog.partition("/")[0]
        found = [
            (rows, "") for rows, rest in self._versions(wanted.changelog, wanted.version, at) if not rest
        ]
        names = [f"{service}/{each.name}" for each in self.every if each.service == service]
        rows, _ = _one(found, wanted.changelog, "contract", names, at)
        return embedded.history(rows.edition, wanted.version, self.folders)

    def _deprecations(self, wanted: Wanted, at: Spot) -> Embedded:
        found = self.endings
        if wanted.deprecations != EVERY:
            services = {series.service for series, _ in self._contracts(wanted.deprecations, at)}
            found = [each for each in found if each.service in services]
        if wanted.version:
            found = [each for each in found if each.version == wanted.version]
        service = "" if wanted.deprecations == EVERY else wanted.deprecations
        where = " ".join(filter(None, (service, wanted.version)))
        return embedded.ends(found, where, self.today, self.folders)

    # -- names

    def _contracts(self, name: str, at: Spot) -> list[tuple[Series, str]]:
        """The contracts that a name such as `orders/getOrder` begins with, each with the rest of the name."""
        service, _, rest = name.partition("/")
        own = [series for series in self.every if service in (series.service, slug(series.service))]
        if not own:
            known = {series.service for series in self.every}
            raise at.wrong(f"there is no service `{service}`{nearest(service, known)}")
        named = [
            (series, rest[len(series.name) + 1 :])
            for series in own
            if series.name and f"{rest}/".startswith(f"{series.name}/")
        ]
        return named or [(series, rest) for series in own]

    def _versions(self, name: str, version: str, at: Spot) -> Iterator[tuple[Rows, str]]:
        """The contracts that a name begins with in one version, the newest if none is named."""
        found = self._contracts(name, at)
        known = {contract.version for series, _ in found for contract in series.versions}
        if version and version not in known:
            raise at._replace(keys=("version",)).wrong(
                f"there is no version `{version}`{nearest(version, known)}"
            )
        for series, rest in found:
            if not version or any(contract.version == version for contract in series.versions):
                yield self._shown(series, version or series.newest.version), rest

    def _shown(self, series: Series, version: str) -> Rows:
        key = series.service, series.name, version
        if key not in self._rows:
            self._rows[key] = rows = Rows(self.publish(series, version))
            rows.edition.in_full = fully_shown(rows)
        return self._rows[key]


def _one(
    found: Sequence[tuple[Rows, T]], name: str, noun: str, known: Iterable[str], at: Spot
) -> tuple[Rows, T]:
    """The one that is called so; raises Wrong."""
    if not found:
        last = name if noun == "contract" else name.rpartition("/")[2]
        raise at.wrong(f"there is no {noun} `{name}`{nearest(last, known)}")
    if len(found) > 1:
        service, _, rest = name.partition("/")
        ways = [f"`{service}/{rows.edition.series.name}/{rest}`".replace("/`", "`") for rows, _ in found]
        raise at.wrong(f"`{name}` can be one of several: write {' or '.join(ways)}")
    return found[0]
