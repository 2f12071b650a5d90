"""The geographies that a run has at hand, for all assets of the layer that place something."""

from collections.abc import Sequence

from where_is_ai.archive.entry import Entry
from where_is_ai.archive.fetch import Library
from where_is_ai.geography.areas import Areas
from where_is_ai.geography.cbsa_shapes import BOUNDARIES, read_boundaries
from where_is_ai.geography.urban_centres import centres_at_hand


def geographies_at_hand(library: Library, entries: Sequence[Entry]) -> list[Areas]:
    """The geographies that are at hand, in the order of preference."""
    by_url = {entry.url: entry for entry in entries}
    return centres_at_hand(library, entries) + [
        read_boundaries(library, by_url[b.request.url], b) for b in BOUNDARIES if b.request.url in by_url
    ]
