"""Texts with gaps for numbers, filled by Jinja2; a gap that nothing fills is an error."""

from functools import cache
from pathlib import Path

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from where_is_ai.markdown import inert


def fill(template: Path, **values: object) -> str:
    """The template file with its gaps filled; HTML and XML are escaped, Markdown where a text has the filter ``inert``.

    The filters ``whole`` and ``decimals`` say of a number that is not known that it is "unknown".
    Templates of one folder may extend and import each other.
    """
    return _environment(template.parent).get_template(template.name).render(**values)


@cache
def _environment(folder: Path) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=select_autoescape(["html", "html.j2", "xml.j2"]),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
    )
    environment.filters["inert"] = inert
    environment.filters["whole"] = lambda number: _number(number, ",")
    environment.filters["decimals"] = lambda number, places: _number(number, f",.{places}f")
    return environment


def _number(number: float | None, form: str) -> str:
    return "unknown" if pd.isna(number) else format(number, form)
