"""Texts with gaps for numbers, filled by Jinja2; a gap that nothing fills is an error."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape


def fill(template: str, **values: object) -> str:
    """The template of that file name with its gaps filled; HTML and XML are escaped, Markdown is not."""
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("where_is_ai.publication"),
        autoescape=select_autoescape(["html", "html.j2", "xml.j2"]),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
    )
    environment.filters["whole"] = lambda number: f"{number:,}"
    environment.filters["decimals"] = lambda number, places: f"{number:,.{places}f}"
    return environment
