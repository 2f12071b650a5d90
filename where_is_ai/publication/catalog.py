"""What is published, read from the list of layers: files, pages, data package, dictionary and database follow from it.

A table that an edition does not have is left out everywhere.
"""

from where_is_ai import layers
from where_is_ai.claims.published import CLAIMS, STATEMENTS
from where_is_ai.layers.layer import Layer, Page, Picture, PublishedTable
from where_is_ai.publication.profiles import PROFILES
from where_is_ai.settings import Settings

# The tables that span layers.
OVER_LAYERS = (CLAIMS, STATEMENTS, PROFILES)


def published_tables() -> dict[str, PublishedTable]:
    """Every table that is published, by its name: those of the layers, then those that span layers."""
    return {
        table.name: table
        for table in (*(table for each in layers.LAYERS for table in each.tables), *OVER_LAYERS)
    }


def published_table(name: str) -> PublishedTable:
    """The published table of that name; KeyError where there is none."""
    return published_tables()[name]


def layer_named(name: str) -> Layer:
    """The layer of that name; KeyError where there is none."""
    return {layer.name: layer for layer in layers.LAYERS}[name]


def layer_of(table: str) -> Layer | None:
    """The layer that publishes ``table``; None for one that spans layers."""
    return next((layer for layer in layers.LAYERS if any(each.name == table for each in layer.tables)), None)


def methods() -> tuple[str, ...]:
    """The methods that a run may choose from, of whichever layer."""
    return tuple(name for layer in layers.LAYERS if layer.methods for name in layer.methods.names)


def default_method(source: str) -> str:
    """The method that a run from ``source`` takes where nobody chose."""
    return next(layer.methods.default(source) for layer in layers.LAYERS if layer.methods)


def require_method(method: str, only: str | None, settings: Settings) -> None:
    """Raises UsageError where ``settings`` lack what the method needs, and its layer is measured (by ``only``)."""
    for layer in layers.LAYERS:
        if layer.methods and method in layer.methods.names and only in (layer.name, None):
            layer.methods.require(method, settings)


def queries() -> dict[str, str]:
    """Examples of questions to the database of all editions, as SQL by what they ask."""
    return {words: query for layer in layers.LAYERS for words, query in layer.queries.items()}


def pages() -> tuple[Page, ...]:
    """The pages of questions: first that of each layer, then those that layers have besides."""
    firsts = [layer.pages[0] for layer in layers.LAYERS]
    return (*firsts, *(page for layer in layers.LAYERS for page in layer.pages[1:]))


def pictures() -> tuple[tuple[Layer, Picture], ...]:
    """Every picture with its layer."""
    return tuple((layer, picture) for layer in layers.LAYERS for picture in layer.pictures)
