"""A meta-schema that documents are checked against; each cause is one finding."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from contractbook.formats.faults import Faults
from contractbook.formats.structure.causes import Cause, causes, inside, keys_of
from contractbook.formats.structure.words import WORDS, named, otherwise
from contractbook.source.document import Document
from contractbook.source.faults import shortened
from contractbook.source.pointers import joined


class Structure:
    """A meta-schema; `names` says for a map of named things what a name must look like, by the map's key."""

    def __init__(self, schema: Mapping[str, Any], names: Mapping[str, str]) -> None:
        from jsonschema_rs import validator_for

        self.schema = schema
        self.names = names
        # The drafts disagree on whether a format binds, and regular expressions have many dialects.
        self._iter_errors = validator_for(dict(schema), validate_formats=False).iter_errors

    def check(self, document: Document, pointer: str, value: Any, faults: Faults) -> None:
        """Report what of a value, which stands at a pointer of a document, is against the meta-schema."""
        found = [cause for error in self._iter_errors(value) for cause in causes(error, value)]
        told: set[tuple[tuple[str | int, ...], str]] = set()
        for cause in sorted(found, key=lambda cause: ORDER.get(cause.keyword, 1)):
            refers = _refers(cause, value)
            if (cause.path, "type") in told or (cause.keyword == "several" and (cause.path, "not") in told):
                continue
            told.add((cause.path, "type" if refers else cause.keyword))
            tell = self._tell_reference if refers else self._tell
            tell(_at_reference(cause, value), document, pointer, value, faults)

    def _tell_reference(
        self, cause: Cause, document: Document, pointer: str, value: Any, faults: Faults
    ) -> None:
        """Many tools follow references everywhere; one finding says that the specification does not."""
        keys = keys_of(value, cause.path)
        faults.invalid(
            f"`{named(value, keys)}` is a reference, where the specification has none",
            document,
            pointer + joined(keys),
            "Refer to the object around it, or write the object itself here.",
            cause="reference",
        )

    def _tell(self, cause: Cause, document: Document, pointer: str, value: Any, faults: Faults) -> None:
        keys = keys_of(value, cause.path)
        there = pointer + joined(keys)
        where, found = named(value, keys), inside(value, keys)
        if cause.keyword in UNEXPECTED:
            for key in cause.demand:
                message, advice = self._unknown(key, where, keys, cause)
                faults.invalid(message, document, there + joined([key]), advice)
        else:
            if cause.keyword == "several":
                cause = cause._replace(demand=self._forms(cause, found))
            message, advice = WORDS.get(cause.keyword, otherwise)(cause, where, found)
            faults.invalid(message, document, there, advice)

    def _forms(self, cause: Cause, found: Any) -> dict[str, list[str]]:
        """The keys by which a value has several forms at once."""
        forms = inside(self.schema, map(str, cause.schema_path))
        names = [name for form in forms or () for name in form.get("required", ()) if name in found]
        return {"required": names} if len(names) > 1 else {}

    def _unknown(self, key: str, where: str, keys: list[str], cause: Cause) -> tuple[str, str]:
        """A key that has no meaning where it stands."""
        rule = self.names.get(keys[-1] if keys else "")
        if rule:
            return f"`{shortened(key)}` in `{where}` is no {rule}", ""
        parent = inside(self.schema, [str(part) for part in cause.schema_path[:-1]])
        known = parent.get("properties", {}) if isinstance(parent, dict) else {}
        near = get_close_matches(key, known, n=1)
        hint = f"Did you mean `{near[0]}`?" if near else "Remove it, or begin its name with `x-`."
        return (
            f"`{shortened(key)}` has no meaning in `{where}`" if where else f"`{key}` has no meaning here",
            hint,
        )


UNEXPECTED = frozenset({"additionalProperties", "unevaluatedProperties"})
# What is of the wrong kind is not told for its value again, nor what excludes something for having two forms.
ORDER = {"type": 0, "not": 0, "several": 2}


def _refers(cause: Cause, value: Any) -> bool:
    """Whether what is wrong is that a reference stands there."""
    found = inside(value, keys_of(value, cause.path))
    if cause.path[-1:] == ("$ref",):
        return isinstance(found, str)
    known = isinstance(found, dict) and isinstance(found.get("$ref"), str)
    return known and (cause.keyword not in UNEXPECTED or "$ref" in cause.demand)


def _at_reference(cause: Cause, value: Any) -> Cause:
    """A cause at the object that holds a reference, even where the reference itself is blamed."""
    blamed = cause.path[-1:] == ("$ref",) and _refers(cause, value)
    return cause._replace(path=cause.path[:-1]) if blamed else cause
