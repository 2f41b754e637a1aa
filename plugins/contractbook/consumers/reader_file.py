"""Reader files (`*.reader.yml`): written by hand, so what is wrong in one is told with a hint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from contractbook.consumers.consumer import Consumer, Style, Use
from contractbook.formats.faults import Faults
from contractbook.source.document import Document
from contractbook.source.pointers import joined

SUFFIXES = (".reader.yml", ".reader.yaml", ".reader.json")
KEYS = ("consumer", "provider", "version", "reads")
USE_KEYS = ("operation", "fields", "values", "style", "media")


def is_reader_file(path: str) -> bool:
    """Whether a file is one by its name."""
    return path.lower().endswith(SUFFIXES)


def read(document: Document, faults: Faults) -> Consumer | None:
    """The consumer of a reader file, as far as it can be read; None where it names nobody."""
    reading = _Reading(document, faults)
    data = document.data
    if not isinstance(data, dict):
        if not document.faults:
            reading.wrong("the file holds no keys", advice=f"Write {', '.join(KEYS[:2])} and reads.")
        return None
    reading.known(data, KEYS, "a reader file")
    name, provider = reading.name(data, "consumer"), reading.name(data, "provider")
    version = reading.text(data, "version", default="")
    uses = tuple(reading.uses(data.get("reads")))
    return Consumer(name, provider, uses, document.path, version) if name and provider else None


class _Reading:
    """One reader file being read."""

    def __init__(self, document: Document, faults: Faults) -> None:
        self.document = document
        self.faults = faults

    def wrong(self, message: str, *keys: str | int, advice: str = "") -> None:
        self.faults.invalid(message, self.document, joined(map(str, keys)) if keys else "", advice)

    def known(self, given: Mapping[str, Any], keys: tuple[str, ...], what: str, *around: str | int) -> None:
        for key in given.keys() - {*keys}:
            near = get_close_matches(key, keys, n=1)
            hint = f"did you mean `{near[0]}`?" if near else f"There is {', '.join(keys)}."
            self.wrong(f"there is no key `{key}` in {what}: {hint}", *around, key, advice=hint)

    def name(self, given: Mapping[str, Any], key: str) -> str:
        if key not in given:
            self.wrong(f"`{key}` is missing", advice=f"Say who the {key} is.")
            return ""
        return self.text(given, key)

    def text(self, given: Mapping[str, Any], key: str, *around: str | int, default: str = "") -> str:
        value = given.get(key, default)
        if isinstance(value, str):
            return value.strip()
        self.wrong(f"`{key}` is no text", *around, key)
        return default

    def uses(self, given: Any) -> Iterator[Use]:
        if not isinstance(given, list) or not given:
            self.wrong(
                "`reads` lists nothing" if isinstance(given, list) else "`reads` is missing or no list",
                *(["reads"] if given is not None else []),
                advice="List the operations that the consumer uses.",
            )
            return
        for index, each in enumerate(given):
            if not isinstance(each, dict) or not isinstance(each.get("operation"), str):
                self.wrong(
                    "this names no operation", "reads", index, advice="Write `operation: GET /orders`."
                )
                continue
            yield self.use(each, "reads", index)

    def use(self, given: Mapping[str, Any], *around: str | int) -> Use:
        self.known(given, USE_KEYS, "what is read", *around)
        style = self.text(given, "style", *around, default=Style.TOLERANT)
        if style not in [*Style]:
            self.wrong(f"the style is `{style}`; it can be tolerant or strict", *around, "style")
            style = Style.TOLERANT
        values = given.get("values") or {}
        if not isinstance(values, dict):
            self.wrong("`values` is no mapping", *around, "values", advice="Write `{status: [open, paid]}`.")
            values = {}
        return Use(
            operation=given["operation"].strip(),
            fields=self.texts(given.get("fields"), *around, "fields"),
            values={key: self.texts(value, *around, "values", key) for key, value in values.items()},
            style=Style(style),
            media=self.text(given, "media", *around, default=""),
            at=joined(map(str, around)),
        )

    def texts(self, given: Any, *around: str | int) -> tuple[str, ...]:
        if given is None:
            return ()
        if not isinstance(given, list) or not all(isinstance(each, str | int | bool) for each in given):
            self.wrong(f"`{around[-1]}` is no list of texts", *around, advice="Write `[id, state]`.")
            return ()
        return tuple(each if isinstance(each, str) else str(each).lower() for each in given)
