"""The templates: an environment of our own that escapes everything; users can override each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import jinja2
from markupsafe import Markup

from contractbook.portal import marks, text


@cache
def environment(folders: tuple[str, ...] = ()) -> jinja2.Environment:
    """The environment; templates in `folders` go before ours."""
    loaders: Sequence[jinja2.BaseLoader] = [
        jinja2.FileSystemLoader(folders),
        jinja2.PackageLoader("contractbook.portal"),
    ]
    made = jinja2.Environment(
        loader=jinja2.ChoiceLoader(loaders),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    made.filters |= {"day": marks.day, "count": marks.count, "sentence": text.sentence}
    for name in HTML:
        made.globals[name] = _as_markup(name)
    return made


HTML = ("badge", "mark", "method", "change", "heading", "code", "said")


def _as_markup(name: str) -> object:
    make = getattr(marks, name)
    return lambda *given: Markup(make(*given))


def render(template: str, folders: tuple[str, ...] = (), **given: object) -> str:
    """A template as HTML."""
    return environment(folders).get_template(template).render(**given)
